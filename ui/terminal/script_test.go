package terminal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/rogpeppe/go-internal/testscript"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/report/schema/schematest"
	"isitme/ui/terminal"
)

// program is the file that the scripts' own command isitme runs.
const program = "isitme-program"

// networkVariable says in the scripts which network the computer is in: "hotspot", "hotel", or at home.
const networkVariable = "SCRIPT_NETWORK"

// In the scripts, isitme is the real command line in a small internet on loopback, in which shop.example is healthy and
// the sites beside it are not.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){program: func() { os.Exit(isitme(os.Args[1:])) }})
}

func isitme(args []string) int {
	w, err := loopback.New()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 99
	}
	defer w.Close()
	furnish(w)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	p := terminal.Program{Out: os.Stdout, Err: os.Stderr, Environment: *w.Environment()}
	return p.Run(ctx, args)
}

// Where the sites of the scripts live. Names under .example belong to nobody (RFC 2606).
func furnish(w *loopback.World) {
	serve := func(name, address string) string { w.AddHost(name, address); return address + ":443" }
	at := serve("shop.example", "198.51.100.80")
	w.ServeTLS(at, w.Authority.Valid("shop.example"), loopback.Page)
	at = serve("broken.example", "198.51.100.81")
	w.ServeTLS(at, w.Authority.Valid("broken.example"), loopback.Status(502, "<title>502 Bad Gateway</title>nginx"))
	at = serve("private.example", "198.51.100.82")
	w.ServeTLS(at, w.Authority.Valid("private.example"), loopback.Status(403, "no"))
	at = serve("silent.example", "198.51.100.83")
	w.ServeRaw(at, func(c net.Conn) { loopback.Hold(c) })
	at = serve("moved.example", "198.51.100.86")
	if os.Getenv(networkVariable) == "hotspot" {
		w.ServeTLS(at, w.Authority.Valid("moved.example"), loopback.Page)
		w.Facts.DefaultV4 = &evidence.Route{Destination: "default", Interface: "wlan0", Gateway: "172.20.10.1", Source: "172.20.10.2"}
	} else {
		w.Silence(at) // the network at home lets nobody there
	}
	if os.Getenv(networkVariable) == "hotel" {
		w.HijackPortals(http.RedirectHandler("http://login.grandhotel.example/room?guest=anna", http.StatusFound))
		w.EachSite(func(_, address string) { w.Silence(address + ":443") })
		w.Silence("198.51.100.80:443")
	}
	at = serve("blocked.example", "198.51.100.85")
	w.ServeTLS(at, w.Authority.Valid("blocked.example"), loopback.Page)
	denied := loopback.RCode(dns.RcodeNameError, dns.ExtendedErrorCodeBlocked)
	w.OS.Set("blocked.example", denied)
	w.Router.Set("blocked.example", denied)
	at = serve("hostile.example", "198.51.100.84")
	w.ServeTLS(at, w.Authority.Valid("hostile.example"), loopback.Status(500, "<title>\x1b]0;owned\x07\x1b[31m\u202eevil</title>"))
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_US.UTF-8") // the toolkit complains about C at its start
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/data")
			env.Setenv("LocalAppData", env.WorkDir+"/data")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"isitme":       runIsitme,
			"interrupted":  interrupted,
			"valid-report": validReport,
			"one-object":   oneObject,
			"change":       change,
			"no-escapes":   noEscapes,
		},
	})
}

// runIsitme is `isitme STATUS ARGS…`: the command must end with that status.
func runIsitme(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: isitme STATUS ARGS…")
	}
	checkStatus(ts, ts.Exec(program, args[1:]...), args[0])
}

func checkStatus(ts *testscript.TestScript, err error, want string) {
	status := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		status = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(status) != want {
		ts.Fatalf("exit status %d, want %s", status, want)
	}
}

// interrupted is `interrupted STATUS AFTER ARGS…`: Ctrl-C comes AFTER the run began, and the command must soon end with
// that status.
func interrupted(ts *testscript.TestScript, _ bool, args []string) {
	after, err := time.ParseDuration(args[1])
	ts.Check(err)
	said := &firstWord{began: make(chan struct{})}
	cmd, err := start(ts, said, args[2:])
	ts.Check(err)
	select {
	case <-said.began:
	case <-time.After(5 * time.Minute):
		_ = cmd.Process.Kill()
		ts.Fatalf("it said nothing for five minutes")
	}
	time.Sleep(after)
	ts.Check(cmd.Process.Signal(os.Interrupt))
	pressed := time.Now()
	err = cmd.Wait()
	// The promise is 200 ms; the rest is for a busy computer under the race detector.
	if took := time.Since(pressed); took > time.Minute {
		ts.Fatalf("it ended %v after Ctrl-C", took)
	}
	fmt.Fprint(ts.Stdout(), cmd.Stdout)
	fmt.Fprint(ts.Stderr(), said.all.String())
	checkStatus(ts, err, args[0])
}

// start starts isitme with its standard error going to said.
func start(ts *testscript.TestScript, said io.Writer, args []string) (*exec.Cmd, error) {
	path, err := lookPath(ts.Getenv("PATH"))
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "LANG", "HOME", "XDG_DATA_HOME", "LocalAppData", "TMPDIR"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	cmd.Stdout, cmd.Stderr = &bytes.Buffer{}, said
	return cmd, cmd.Start()
}

func lookPath(path string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		if found, err := exec.LookPath(filepath.Join(dir, program)); err == nil {
			return found, nil
		}
	}
	return "", exec.ErrNotFound
}

// firstWord keeps what is written and closes began at the first of it.
type firstWord struct {
	all   bytes.Buffer
	began chan struct{}
	begun bool
}

func (f *firstWord) Write(p []byte) (int, error) {
	if !f.begun {
		f.begun = true
		close(f.began)
	}
	return f.all.Write(p)
}

// validReport is `valid-report FILE`: FILE is valid by the published schema.
func validReport(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(schematest.Validate([]byte(ts.ReadFile(args[0]))))
}

// oneObject is `one-object FILE KEY=VALUE…`: FILE holds one JSON object and nothing else, with these values in its
// verdict.
func oneObject(ts *testscript.TestScript, _ bool, args []string) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(args[0]))))
	var r struct {
		Schema  string         `json:"schema"`
		Verdict map[string]any `json:"verdict"`
	}
	ts.Check(decoder.Decode(&r))
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		ts.Fatalf("something stands behind the object")
	}
	if r.Schema != "isitme.report/1" {
		ts.Fatalf("schema %q", r.Schema)
	}
	for _, pair := range args[1:] {
		key, want, _ := bytes.Cut([]byte(pair), []byte("="))
		if got := fmt.Sprint(r.Verdict[string(key)]); got != string(want) {
			ts.Fatalf("%s is %s, want %s", key, got, want)
		}
	}
}

// change is `change FILE OLD NEW`: every OLD in FILE becomes NEW.
func change(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	changed := bytes.ReplaceAll([]byte(text), []byte(args[1]), []byte(args[2]))
	if string(changed) == text {
		ts.Fatalf("no %q in %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), changed, fs.FileMode(0o600)))
}

// noEscapes is `no-escapes FILE`: nothing in FILE steers a terminal.
func noEscapes(ts *testscript.TestScript, _ bool, args []string) {
	for i, r := range ts.ReadFile(args[0]) {
		if r < ' ' && r != '\n' || r == 0x7F || r >= 0x80 && r < 0xA0 || r >= 0x202A && r <= 0x202E {
			ts.Fatalf("%U at byte %d of %s", r, i, args[0])
		}
	}
}
