package signature

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestNeedlesHideNoMatch: looking for the needles first never changes whether a pattern is found, in any recorded page.
func TestNeedlesHideNoMatch(t *testing.T) {
	files, err := filepath.Glob("testdata/*.http")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures (%v)", err)
	}
	sought := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := bytes.Cut(data, []byte("\n\n"))
		text := foldText(string(body))
		for _, r := range Rules() {
			for _, c := range slices.Concat(r.All, r.Any, r.None) {
				if c.needles != nil {
					sought++
				}
				if c.holds(text) != c.Pattern.MatchString(text) {
					t.Errorf("%s, %s: %q needs %q", f, r.ID, c.Pattern, c.needles)
				}
			}
		}
	}
	if sought == 0 {
		t.Error("no pattern has a needle")
	}
}
