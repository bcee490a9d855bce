package journey

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// visitor is one start of the program with a home of its own.
type visitor struct {
	*screen
	home   string
	site   string
	visits chan string
	cmd    *exec.Cmd
	ended  chan error
	// environ is what the program finds in its environment besides.
	environ []string
}

// newVisitor starts a small broken site and the program, with the arguments given; {site} stands for the site's address.
func newVisitor(t *testing.T, choices map[string]any, arguments ...string) *visitor {
	t.Helper()
	needAll(t)
	v := moveIn(newScreen(t), choices)
	v.start(arguments...)
	v.resize(760, 720)
	return v
}

// moveIn gives a visitor a home with the choices made there before, and a small broken site to visit.
func moveIn(s *screen, choices map[string]any) *visitor {
	s.t.Helper()
	v := &visitor{screen: s, home: s.t.TempDir(), visits: make(chan string, 100)}
	v.serve()
	if err := os.MkdirAll(filepath.Join(v.home, "Pictures"), 0o700); err != nil {
		v.t.Fatal(err)
	}
	if choices == nil {
		choices = map[string]any{}
	}
	if choices["language"] == nil {
		choices["language"] = "en"
	}
	data, err := json.Marshal(choices)
	if err != nil {
		v.t.Fatal(err)
	}
	if err := os.MkdirAll(v.folder(), 0o700); err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(v.folder(), "settings.json"), data, 0o600); err != nil {
		v.t.Fatal(err)
	}
	return v
}

// start starts the program and waits for its window.
func (v *visitor) start(arguments ...string) {
	v.t.Helper()
	for i, a := range arguments {
		arguments[i] = strings.ReplaceAll(a, "{site}", v.site)
	}
	cmd := v.command(arguments...)
	if err := cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	v.cmd, v.ended = cmd, ended
	v.t.Cleanup(func() {
		select {
		case <-ended:
		default:
			_ = cmd.Process.Kill()
			<-ended
		}
	})
	v.find("Is It Me")
}

// command is the program with arguments, for this visitor.
func (v *visitor) command(arguments ...string) *exec.Cmd {
	cmd := exec.Command(os.Getenv(inside), arguments...)
	cmd.Env = append(os.Environ(), "DISPLAY="+v.display, "HOME="+v.home, "XDG_DATA_HOME="+v.home+"/data",
		"XDG_CONFIG_HOME="+v.home+"/config", "LANG=en_US.UTF-8", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere")
	cmd.Env = append(cmd.Env, v.environ...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd
}

func (v *visitor) folder() string { return filepath.Join(v.home, "data", "isitme") }

// serve is a site whose front door has lost the server behind it.
func (v *visitor) serve() {
	v.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		v.t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.visits <- r.URL.Path
		badGateway(w, r)
	})}
	go func() { _ = server.Serve(listener) }()
	v.t.Cleanup(func() { _ = server.Close() })
	v.site = "http://" + listener.Addr().String() + "/summer"
}

// reports are the reports on the disk.
func (v *visitor) reports() []map[string]any {
	files, err := filepath.Glob(filepath.Join(v.folder(), "reports", "*.json"))
	if err != nil {
		v.t.Fatal(err)
	}
	var all []map[string]any
	for _, f := range files {
		data, err := os.ReadFile(f)
		var r map[string]any
		if err == nil && json.Unmarshal(data, &r) == nil {
			all = append(all, r)
		}
	}
	return all
}

// untilReports waits for that many reports.
func (v *visitor) untilReports(n int) {
	v.t.Helper()
	v.wait(patience, fmt.Sprintf("%d reports on the disk", n), func() bool { return len(v.reports()) >= n })
}

func verdictOf(r map[string]any) string {
	v, ok := r["verdict"].(map[string]any)
	if !ok {
		return ""
	}
	return fmt.Sprint(v["who"], "/", v["cause"])
}

// newest is the report that was begun last.
func (v *visitor) newest() map[string]any {
	var newest map[string]any
	for _, r := range v.reports() {
		if newest == nil || fmt.Sprint(r["started_utc"]) > fmt.Sprint(newest["started_utc"]) {
			newest = r
		}
	}
	return newest
}

// untilPicture waits for saved pictures and looks at the last one.
func (v *visitor) untilPicture(n int) {
	v.t.Helper()
	var files []string
	v.wait(patience, "the saved picture", func() bool {
		var err error
		files, err = filepath.Glob(filepath.Join(v.home, "Pictures", "is-it-me *.png"))
		return err == nil && len(files) >= n
	})
	var picture image.Image
	v.wait(patience, "the whole picture", func() bool { // the name is there before the last byte
		file, err := os.Open(files[n-1])
		if err != nil {
			return false
		}
		defer file.Close()
		picture, err = png.Decode(file)
		return err == nil
	})
	if size := picture.Bounds().Size(); size.X != 1200 || size.Y < 600 {
		v.t.Errorf("the picture is %v, want 1200 wide and at least 600 high", size)
	}
}

// answered waits for the nth report and its page, and holds the verdict against the wanted one.
func (v *visitor) answered(n int, want string, tint color.NRGBA) {
	v.t.Helper()
	v.untilReports(n)
	if got := verdictOf(v.newest()); got != want {
		v.t.Errorf("the verdict is %s, want %s", got, want)
	}
	v.shows(tint, tinted)
}

// summer is a page that works, badGateway the answer of a front door that has lost the server behind it.
func summer(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, "<html><head><title>Summer</title></head><body>The summer list is here.</body></html>")
}

func badGateway(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Server", "nginx")
	w.WriteHeader(http.StatusBadGateway)
	fmt.Fprint(w, "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>")
}

// plugIn makes the site of an address reachable, as a visitor does who pushes the cable in.
func (v *visitor) plugIn(address string, site http.HandlerFunc) {
	v.t.Helper()
	if out, err := exec.Command("ip", "addr", "add", address+"/32", "dev", "lo").CombinedOutput(); err != nil {
		v.t.Fatalf("%v: %s", err, out)
	}
	v.t.Cleanup(func() { _ = exec.Command("ip", "addr", "del", address+"/32", "dev", "lo").Run() })
	listener, err := net.Listen("tcp", address+":80")
	if err != nil {
		v.t.Fatal(err)
	}
	server := &http.Server{Handler: site}
	go func() { _ = server.Serve(listener) }()
	v.t.Cleanup(func() { _ = server.Close() })
}

// copy puts text into the clipboard, as the visitor's browser does.
func (v *visitor) copy(text string) {
	v.t.Helper()
	// xclip stays as long as the text is its own, and must not keep our pipes open meanwhile.
	cmd := exec.Command("xclip", "-selection", "clipboard", "-quiet")
	cmd.Env = append(os.Environ(), "DISPLAY="+v.display)
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	v.t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	v.wait(patience, "the clipboard", func() bool {
		got, err := v.run("xclip", "-selection", "clipboard", "-o")
		return err == nil && got == text
	})
}
