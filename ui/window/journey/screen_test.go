package journey

import (
	"bytes"
	"fmt"
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
}

// newScreen starts an X server that ends with the test.
func newScreen(t *testing.T) *screen {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	// The server picks a free display and tells its number on the descriptor.
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	number := make([]byte, 16)
	if err := read.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Logf("no deadline on the pipe: %v", err)
	}
	n, err := read.Read(number)
	if err != nil {
		t.Fatalf("the X server did not start: %v", err)
	}
	folder := filepath.Join("testdata", "artefacts", strings.ReplaceAll(t.Name(), "/", "-"))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return &screen{t: t, display: ":" + strings.TrimSpace(string(number[:n])), artefacts: folder}
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
	s.wait(30*time.Second, "the window", func() bool {
		out, err := s.run("xdotool", "search", "--onlyvisible", "--name", title)
		s.window, _, _ = strings.Cut(out, "\n")
		return err == nil && s.window != ""
	})
	s.must("xdotool", "windowmove", s.window, "0", "0")
	s.must("xdotool", "windowfocus", "--sync", s.window)
}

// resize gives the window another size and waits until it has it.
func (s *screen) resize(width, height int) {
	s.t.Helper()
	s.must("xdotool", "windowsize", "--sync", s.window, strconv.Itoa(width), strconv.Itoa(height))
}

// keys presses keys by their X names, one after the other.
func (s *screen) keys(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.must("xdotool", "key", "--clearmodifiers", name)
		time.Sleep(60 * time.Millisecond) // two frames: the toolkit takes one key per frame
	}
}

// type types text as a person with a keyboard would.
func (s *screen) write(text string) {
	s.t.Helper()
	s.must("xdotool", "type", "--delay", "25", text)
}

// click presses the left button at a place of the window.
func (s *screen) click(x, y int) {
	s.t.Helper()
	s.must("xdotool", "mousemove", "--window", s.window, strconv.Itoa(x), strconv.Itoa(y))
	time.Sleep(60 * time.Millisecond)
	s.must("xdotool", "click", "1")
	time.Sleep(60 * time.Millisecond)
}

// shot keeps a picture of the window among the test's artefacts.
func (s *screen) shot(name string) {
	s.t.Helper()
	s.shots++
	path := filepath.Join(s.artefacts, fmt.Sprintf("%02d-%s.png", s.shots, name))
	time.Sleep(250 * time.Millisecond) // what was asked for is drawn in the next frames
	s.must("import", "-window", s.window, path)
}

// wait polls until something is so.
func (s *screen) wait(patience time.Duration, what string, is func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if is() {
			return
		}
	}
	if s.window != "" {
		s.shot("waited-in-vain")
	}
	s.t.Fatalf("waited %v for %s", patience, what)
}
