package terminal_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"isitme/checks/report/store/storetest"
)

// A place that takes no files, neither the report nor the history, is said, and the answer is printed all the same.
func TestReadOnlyPlace(t *testing.T) {
	storetest.Mounted(t, syscall.MS_RDONLY, "size=64k", func(dir string) { inReadOnlyPlace(t, dir) })
}

func inReadOnlyPlace(t *testing.T, dir string) {
	t.Setenv("XDG_DATA_HOME", dir)
	out, said, status := sessionAsSet(t, t.Context(), nil, "check", "https://broken.example/", "--save", filepath.Join(dir, "report.txt"))
	if status != 1 {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(out, "site / bad_gateway / certain") {
		t.Errorf("no answer in:\n%s", out)
	}
	said = strings.Join(strings.Fields(said), " ")
	for _, want := range []string{"It could not be saved: the place is write-protected", "the report could not be kept"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in:\n%s", want, said)
		}
	}
}
