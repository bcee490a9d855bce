package render_test

import (
	"bytes"
	"testing"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/words"
)

func draw(t *testing.T, f render.Renderer, r report.Report, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, r, words.For(lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
