package journey

import (
	"fmt"
	"image"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inTheBrowser makes a browser the visitor's own that only notes what it is told to open, and returns where.
func (v *visitor) inTheBrowser() (notes string) {
	v.t.Helper()
	notes = filepath.Join(v.home, "opened")
	browser := filepath.Join(v.home, "browser")
	for file, text := range map[string]string{
		browser: fmt.Sprintf("#!/bin/sh\necho \"$1\" >>'%s'\n", notes),
		filepath.Join(v.home, "data", "applications", "browser.desktop"): "[Desktop Entry]\nType=Application\nName=Browser\nExec=" + browser +
			" %u\nMimeType=text/html;x-scheme-handler/http;\n",
		filepath.Join(v.home, "config", "mimeapps.list"): "[Default Applications]\nx-scheme-handler/http=browser.desktop\ntext/html=browser.desktop\n",
	} {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			v.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
			v.t.Fatal(err)
		}
	}
	return notes
}

// TestNoOpenGL: opened by a double click on a screen without OpenGL, the program asks for the address in the browser, and
// shows the report there.
func TestNoOpenGL(t *testing.T) {
	needAll(t)
	v := moveIn(newScreenOf(t, image.Pt(800, 600), "-extension", "GLX"), nil)
	notes := v.inTheBrowser()
	// Without a desktop's name, xdg-open goes by the visitor's own files, and by BROWSER where it cannot tell what a file is.
	v.environ = []string{"XDG_CURRENT_DESKTOP=", "DESKTOP_SESSION=", "BROWSER=" + filepath.Join(v.home, "browser")}
	opened := func(n int) (all []string) {
		v.wait(patience, fmt.Sprintf("%d pages in the browser", n), func() bool {
			data, err := os.ReadFile(notes)
			all = strings.Fields(string(data))
			return err == nil && len(all) >= n
		})
		return all
	}
	cmd := v.command()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })

	asks := opened(1)[0]
	reply, err := http.PostForm(asks, url.Values{"address": {v.site}})
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		t.Fatalf("the page that asks: %s", reply.Status)
	}
	page := opened(2)[1]
	if hidden := strings.Contains(strings.TrimPrefix(page, v.home), "/."); hidden || !strings.HasPrefix(page, v.home) {
		t.Errorf("a browser that is kept apart cannot read %s", page)
	}
	report, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(report), "502 Bad Gateway") {
		t.Error("the report does not tell what the site said")
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("the program goes on")
	}
}
