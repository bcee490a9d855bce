package journey

import (
	"bytes"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// screen is an X server in memory with one window of the program on it.
type screen struct {
	t         *testing.T
	display   string
	artefacts string
	window    string
	shots     int
	// size is the whole screen's, memory the file that the server keeps it in, shown what of it the window covers.
	size   image.Point
	memory string
	shown  image.Rectangle
	// options are more of the server's own.
	options []string
}

// Display numbers that a desktop does not use. Each server locks its own, so that tests beside this one are no trouble.
const firstDisplay, displays = 100, 800

// newScreen starts an X server that ends with the test.
func newScreen(t *testing.T) *screen {
	t.Helper()
	return newScreenOf(t, image.Pt(1280, 1024))
}

// newScreenOf starts an X server with a screen of that size, in pixels, and with more options of its own.
func newScreenOf(t *testing.T, size image.Point, options ...string) *screen {
	t.Helper()
	folder := filepath.Join("testdata", "artefacts", strings.ReplaceAll(t.Name(), "/", "-"))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		s := &screen{t: t, display: fmt.Sprintf(":%d", firstDisplay+rand.IntN(displays)), artefacts: folder, size: size, memory: t.TempDir(), options: options}
		if s.serve() {
			return s
		}
	}
	t.Fatal("no X server starts here")
	return nil
}

// serve starts the server of the screen's display and reports whether it got that display.
func (s *screen) serve() bool {
	// Without -noreset it starts anew whenever its last client leaves, and turns away whoever comes meanwhile.
	server := exec.Command("Xvfb", append([]string{
		s.display, "-screen", "0", fmt.Sprintf("%dx%dx24", s.size.X, s.size.Y), "-fbdir", s.memory, "-nolisten", "tcp", "-noreset",
	}, s.options...)...)
	if err := server.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = server.Wait(); close(ended) }() // it is killed in the end: its status means nothing
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		select {
		case <-ended:
			return false // somebody else has this display
		default:
		}
		if _, err := s.run("xdotool", "getmouselocation"); err == nil {
			s.t.Cleanup(func() { _ = server.Process.Signal(os.Interrupt); <-ended })
			return true
		}
	}
	_ = server.Process.Kill()
	<-ended
	return false
}

// run runs a tool on the screen and returns what it printed.
func (s *screen) run(name string, arguments ...string) (string, error) {
	cmd := exec.Command(name, arguments...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %v: %w: %s", name, arguments, err, errors.String())
	}
	return strings.TrimSpace(out.String()), nil
}

func (s *screen) must(name string, arguments ...string) string {
	s.t.Helper()
	out, err := s.run(name, arguments...)
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// find waits for the program's window and gives it the keyboard, as a window manager would.
func (s *screen) find(title string) {
	s.t.Helper()
	s.wait(patience, "the window", func() bool {
		out, err := s.run("xdotool", "search", "--onlyvisible", "--name", title)
		s.window, _, _ = strings.Cut(out, "\n")
		return err == nil && s.window != ""
	})
	s.must("xdotool", "windowmove", s.window, "0", "0")
	s.shown = image.Rectangle{Max: s.size}
	s.must("xdotool", "windowfocus", "--sync", s.window)
	s.wait(patience, "the first page to be drawn", func() bool { return drawn(s.look()) })
}

// resize gives the window another size and waits until it has it.
func (s *screen) resize(width, height int) {
	s.t.Helper()
	s.must("xdotool", "windowsize", "--sync", s.window, strconv.Itoa(width), strconv.Itoa(height))
	s.shown = image.Rect(0, 0, width, height)
}

// keys presses keys by their X names, one after the other.
func (s *screen) keys(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.must("xdotool", "key", "--clearmodifiers", name)
		s.handled() // the toolkit takes one key per frame
	}
}

// write types text as a person with a keyboard would.
func (s *screen) write(text string) {
	s.t.Helper()
	s.must("xdotool", "type", "--delay", "25", text)
	s.handled()
}

// click presses the left button at a place of the window.
func (s *screen) click(x, y int) {
	s.t.Helper()
	s.must("xdotool", "mousemove", "--window", s.window, strconv.Itoa(x), strconv.Itoa(y))
	s.handled()
	s.must("xdotool", "click", "1")
	s.handled()
}

// shot keeps a picture of the window among the test's artefacts.
func (s *screen) shot(name string) {
	s.t.Helper()
	s.shots++
	s.save(filepath.Join(s.artefacts, fmt.Sprintf("%02d-%s.png", s.shots, name)), s.still())
}

// patience is how long a busy computer may take for anything that is waited for.
const patience = 3 * time.Minute

// wait polls until something is so.
func (s *screen) wait(most time.Duration, what string, is func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(most); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if is() {
			return
		}
	}
	if s.window != "" {
		s.save(filepath.Join(s.artefacts, "waited-in-vain.png"), s.look())
	}
	s.t.Fatalf("waited %v for %s", most, what)
}

// pressClose tells the window to close, as a window manager does whose button was pressed (ICCCM, 4.2.8.1).
func (s *screen) pressClose() {
	s.t.Helper()
	e, err := openEye(s.display)
	if err != nil {
		s.t.Fatal(err)
	}
	defer e.conn.Close()
	if err := e.tell(s.number(), "WM_DELETE_WINDOW"); err != nil {
		s.t.Fatal(err)
	}
}

// number is the window's, as X numbers it.
func (s *screen) number() uint32 {
	s.t.Helper()
	n, err := strconv.ParseUint(s.window, 10, 32)
	if err != nil {
		s.t.Fatal(err)
	}
	return uint32(n)
}

// handled returns when the program has taken all keys and clicks up to now and has gone once more through its loop, in
// which the toolkit does what was asked for meanwhile.
func (s *screen) handled() {
	s.t.Helper()
	e, err := openEye(s.display)
	if err != nil {
		s.t.Fatal(err)
	}
	defer e.conn.Close()
	if err := e.conn.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		s.t.Fatal(err)
	}
	for range 3 {
		if err := e.ping(s.number()); err != nil {
			s.t.Fatalf("the window does not answer: %v", err)
		}
	}
}
