package window

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"isitme/ui/look"
)

var update = flag.Bool("update", false, "write the goldens of the pages anew; look at what changed before it is committed")

// outline is the structure of what is shown: every control and text, indented by what it stands in.
func outline(o fyne.CanvasObject) string {
	var b strings.Builder
	var visit func(o fyne.CanvasObject, depth int)
	visit = func(o fyne.CanvasObject, depth int) {
		if !o.Visible() {
			return
		}
		kind, says := strings.TrimPrefix(fmt.Sprintf("%T", o), "*"), ""
		deeper := false
		switch o := o.(type) {
		case *look.Text:
			kind, says = "", o.Text()
		case *look.Button:
			says = o.Label()
			if o.Disabled() {
				says += " (off)"
			}
		case *look.Check:
			says = fmt.Sprint(o.Checked())
			deeper = true
		default:
			deeper = strings.HasPrefix(kind, "look.") && !strings.Contains(kind, "Picture") && !strings.Contains(kind, "Spinner")
			if !deeper {
				kind = ""
			}
		}
		if kind != "" || says != "" {
			line := strings.TrimSpace(kind + " " + strings.ReplaceAll(says, "\n", " / "))
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", depth), line)
		}
		if deeper {
			depth++
		}
		for _, inner := range children(o) {
			visit(inner, depth)
		}
	}
	visit(o, 0)
	return b.String()
}

// Parts of a page that differ between two runs of the tests, and what stands for them in the goldens.
var varying = []struct {
	what *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`(Reports are kept in )[^<\n]*`), "${1}FOLDER"},
	{regexp.MustCompile(`\d+ seconds? so far`), "N seconds so far"},
	{regexp.MustCompile(`(?m)^( *)\S.*[/\\]Test\S*$`), "${1}FOLDER"},
}

// golden compares got with the file of that name, or writes the file anew with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	for _, v := range varying {
		got = v.what.ReplaceAllString(got, v.as)
	}
	path := filepath.Join("testdata", "pages", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, is := strings.Split(string(data), "\n"), strings.Split(got, "\n")
	for i := range min(len(want), len(is)) {
		if want[i] != is[i] {
			t.Fatalf("the page differs from %s in line %d; `go test ./ui/window -update` writes it anew.\nwant: %s\ngot:  %s", path, i+1, want[i], is[i])
		}
	}
	if len(want) != len(is) {
		t.Errorf("the page has %d lines, %s %d; `go test ./ui/window -update` writes it anew", len(is), path, len(want))
	}
}

// TestPagesHaveTheirStructure compares every page with its golden outline: what it says and what can be pressed, in
// reading order.
func TestPagesHaveTheirStructure(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			r := newRig(t)
			s.set(r)
			golden(t, s.name+".txt", outline(r.layer()))
		})
	}
}

// TestPagesAreLaidOut compares a page of every kind with its golden markup: where everything stands, how large, in which
// colour.
func TestPagesAreLaidOut(t *testing.T) {
	chosen := []string{
		"start", "start-problem", "start-recent", "answer-working", "answer-site", "answer-you", "answer-unknown",
		"history", "about", "write", "compare", "question",
	}
	for _, s := range scenes {
		if !slices.Contains(chosen, s.name) {
			continue // the same widgets in other words
		}
		t.Run(s.name, func(t *testing.T) {
			r := newRig(t)
			s.set(r)
			r.ui.shell.relayout()
			golden(t, s.name+".xml", test.RenderToMarkup(r.win.Canvas()))
		})
	}
}
