// Package headless is the program where there is a screen but no window can be drawn on it (no OpenGL): it asks for an
// address in the browser, runs the same check, saves the report as one HTML file, and opens that in the browser.
package headless

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/target"
	"isitme/checks/words"
)

// Check checks an address, saves the report in folder and opens it in the browser. It returns the file; the error is the
// address's, the disk's or the browser's.
func Check(ctx context.Context, env environment.Environment, address, folder string) (file string, err error) {
	goal, err := target.Parse(address)
	if err != nil {
		return "", err
	}
	result := checklist.Run(ctx, env, goal, checklist.Options{}, nil)
	r := report.New(report.NewID(), report.ToolOf(env.Version, result), result)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	file = filepath.Join(folder, "isitme-"+r.ID+".html")
	if err := render.Save(file, r.Redact(false), words.For(words.Detect()), render.Formats()); err != nil {
		return "", err
	}
	return file, show(ctx, file)
}

// show opens a file or an address with the program that the system has for it, without a shell.
func show(ctx context.Context, what string) error {
	var opener []string
	switch runtime.GOOS {
	case "windows":
		opener = []string{filepath.Join(os.Getenv("SystemRoot"), "System32", "rundll32.exe"), "url.dll,FileProtocolHandler"}
	case "darwin":
		opener = []string{"/usr/bin/open"}
	default:
		opener = []string{"/usr/bin/xdg-open"}
	}
	if _, err := os.Stat(opener[0]); err != nil {
		return errors.Join(errors.New("no program to open a page with"), err)
	}
	return exec.CommandContext(ctx, opener[0], append(opener[1:], what)...).Run()
}
