package render_test

import (
	"os"
	"path/filepath"
	"testing"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
)

func TestLookAt(t *testing.T) {
	dir := os.Getenv("LOOK")
	for n, r := range reporttest.Samples() {
		for _, lang := range []string{"en", "de"} {
			os.WriteFile(filepath.Join(dir, n+"-"+lang+".html"), []byte(draw(t, render.HTML, r.Redact(false), lang)), 0o644)
			os.WriteFile(filepath.Join(dir, n+"-"+lang+".md"), []byte(draw(t, render.Markdown, r.Redact(false), lang)), 0o644)
		}
	}
}
