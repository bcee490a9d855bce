package winetest

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// screen is a display of its own, without a window manager.
type screen struct {
	display string
}

// newScreen starts Xvfb until the test ends. Options are more of its own, such as "-extension", "GLX".
func newScreen(t *testing.T, options ...string) screen {
	t.Helper()
	if _, err := exec.LookPath("Xvfb"); err != nil {
		unavailable(t, "Xvfb is not installed")
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	// Without -noreset it starts anew whenever its last client leaves, and turns away whoever comes meanwhile.
	args := append([]string{"-displayfd", "3", "-screen", "0", "1100x900x24", "-nolisten", "tcp", "-noreset"}, options...)
	cmd := exec.Command("Xvfb", args...)
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if err := read.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	return screen{":" + strings.TrimSpace(number)}
}

// tool runs a program on this screen and returns its output and whether it succeeded.
func (s screen) tool(name string, args ...string) (string, bool) {
	ctx, cancel := background()
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.Output()
	return string(out), err == nil
}

// hasWindow reports whether a window whose title matches is to be seen.
func (s screen) hasWindow(title string) bool {
	_, ok := s.tool("xdotool", "search", "--onlyvisible", "--name", title)
	return ok
}

// picture saves what is on the screen among the artefacts.
func (s screen) picture(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(artefacts, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, ok := s.tool("import", "-window", "root", filepath.Join(artefacts, name+".png")); !ok {
		t.Errorf("no picture of the screen: %s", out)
	}
}

// copied puts a text on the screen's clipboard, as a browser on it would.
func (s screen) copied(t *testing.T, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "copied")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// It stays as long as the screen does, so nobody may wait for the end of its output.
	cmd := exec.Command("xclip", "-selection", "clipboard", "-in", file)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	if err := cmd.Run(); err != nil {
		t.Fatalf("xclip: %v", err)
	}
}

// start starts a program under Wine on this screen, until the test ends or stop is called. Wine's desktop belongs to the
// screen of its first program, none for those before, so Wine starts anew.
func (s screen) start(t *testing.T, b bench, args ...string) (stop func()) {
	t.Helper()
	b.restart(t)
	cmd := b.wine(context.Background(), args...)
	cmd.Env = append(cmd.Env, "DISPLAY="+s.display)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(stop)
	return stop
}
