package render_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
)

// A real browser, in a network namespace of its own without any interface, finds no script to run in a report of hostile
// texts: each of them would set the title.
func TestHostileHTMLInABrowser(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "report.html")
	if err := os.WriteFile(file, []byte(draw(t, render.HTML, reporttest.HostileReport(), "en")), 0o600); err != nil {
		t.Fatal(err)
	}
	dom := browse(t, dir, file)
	if !strings.Contains(dom, "</html>") || !strings.Contains(dom, `id="answer"`) {
		t.Fatalf("the report was not loaded:\n%s", dom)
	}
	title, _, _ := strings.Cut(dom, "</title>")
	title = title[strings.LastIndex(title, "<title>")+len("<title>"):]
	if title == "pwned" || strings.Contains(dom, "<script") || strings.Contains(dom, "<img") {
		t.Errorf("a script got in; title %q", title)
	}
}

// browse loads a file in headless Chromium and returns the document as it stands afterwards.
func browse(t *testing.T, dir, file string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, need(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--virtual-time-budget=3000", "--dump-dom", "file://"+file)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	cmd.Env = append(os.Environ(), "TMPDIR=/tmp") // Chromium puts a socket there, whose path must be short
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("chromium: %v\n%s", err, errs.String())
	}
	return out.String()
}
