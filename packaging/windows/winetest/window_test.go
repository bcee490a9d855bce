package winetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"isitme/checks/report"
)

// title is the window's, without the sign that means more in a pattern.
const title = "^Is It Me"

// files lists what is in the folder of reports, by its ending.
func (b bench) files(t *testing.T, ending string) []string {
	t.Helper()
	// Names that begin with a dot are files that are being written.
	found, err := filepath.Glob(filepath.Join(b.userFolder(t), "AppData/Local/IsItMe/Reports", "[^.]*"+ending))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// newFile waits for a file that was not there before.
func (b bench) newFile(t *testing.T, ending string, before []string) string {
	t.Helper()
	var fresh string
	eventually(t, "a report", func() bool {
		for _, file := range b.files(t, ending) {
			if !slices.Contains(before, file) {
				fresh = file
			}
		}
		return fresh != ""
	})
	return fresh
}

// TestWindow: the window opens, checks the page it was started with, shows the answer, keeps the report and saves its
// picture, which a second process draws.
func TestWindow(t *testing.T) {
	b := newBench(t)
	s := newScreen(t)
	before := b.files(t, ".json")
	s.start(t, b, b.window, serve(t, status(502)))
	eventually(t, "the window", func() bool { return s.hasWindow(title) })
	time.Sleep(time.Second) // for the picture: its first frames, while the check runs
	s.picture(t, "checking")
	file := b.newFile(t, ".json", before)
	time.Sleep(2 * time.Second) // for the picture: the answer's page slides in
	s.picture(t, "answer")
	window, ok := s.tool("xdotool", "search", "--onlyvisible", "--name", title)
	if !ok {
		t.Fatal("the window is gone")
	}
	window, _, _ = strings.Cut(window, "\n")
	eventually(t, "the saved picture", func() bool {
		// Before the answer is shown the key does nothing.
		if out, ok := s.tool("xdotool", "windowfocus", window, "key", "alt+p"); !ok {
			t.Fatalf("no key could be pressed: %s", out)
		}
		time.Sleep(time.Second)
		saved, err := filepath.Glob(filepath.Join(b.userFolder(t), "Pictures", "is-it-me 127.0.0.1 *.png"))
		return err == nil && len(saved) > 0
	})
	time.Sleep(time.Second) // for the picture: the page says where it is
	s.picture(t, "saved")

	data, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	r, err := report.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if answer(r) != "site/bad_gateway/likely by bad_gateway" {
		t.Error(answer(r))
	}
	crash, err := os.ReadFile(filepath.Join(b.userFolder(t), "AppData/Local/IsItMe/crash.txt"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if len(crash) > 0 {
		t.Errorf("the program crashed:\n%s", crash)
	}
}

// TestNoOpenGL: on a screen without OpenGL the program says so in a native message, and then checks without a window
// and leaves the report as a page for the browser.
func TestNoOpenGL(t *testing.T) {
	b := newBench(t)
	s := newScreen(t, "-extension", "GLX")
	before := b.files(t, ".html")
	s.start(t, b, b.window, serve(t, status(502)))
	s.pressOK(t, "no-opengl", func() bool { return len(b.files(t, ".html")) > len(before) })
	b.toldOf502(t, before)
}

// TestNoOpenGLNoAddress: opened by a double click, without OpenGL, the program takes the address that the visitor copies.
func TestNoOpenGLNoAddress(t *testing.T) {
	b := newBench(t)
	s := newScreen(t, "-extension", "GLX")
	before := b.files(t, ".html")
	s.copied(t, serve(t, status(502)))
	s.start(t, b, b.window)
	s.pressOK(t, "no-opengl-no-address", func() bool { return len(b.files(t, ".html")) > len(before) })
	b.toldOf502(t, before)
}

// pressOK waits for the program's message, takes its picture and presses its first button, until it stays away.
func (s screen) pressOK(t *testing.T, name string, done func() bool) {
	t.Helper()
	eventually(t, "the message", func() bool { return s.hasWindow(title) })
	time.Sleep(time.Second) // for the picture: until it is drawn
	s.picture(t, name)
	eventually(t, "the report", func() bool {
		// A busy computer may not have given the message the keyboard yet, or may ask for what was copied once more.
		if s.hasWindow(title) {
			if out, ok := s.tool("xdotool", "key", "Return"); !ok {
				t.Fatalf("no key could be pressed: %s", out)
			}
		}
		return done()
	})
}

// toldOf502 reads the page that a check without a window leaves for the browser.
func (b bench) toldOf502(t *testing.T, before []string) {
	t.Helper()
	page, err := os.ReadFile(b.newFile(t, ".html", before))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "502 Bad Gateway") {
		t.Error("the page does not tell what the site said")
	}
}
