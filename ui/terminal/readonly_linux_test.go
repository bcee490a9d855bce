package terminal_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const readOnlyPlace = "ISITME_TERMINAL_TEST_PLACE"

// A place that takes no files, neither the report nor the history, is said, and the answer is printed all the same. It is
// a real read-only file system, in a mount namespace of its own: what keeps root out too.
func TestReadOnlyPlace(t *testing.T) {
	if dir := os.Getenv(readOnlyPlace); dir != "" {
		inReadOnlyPlace(t, dir)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestReadOnlyPlace$", "-test.v")
	cmd.Env = append(os.Environ(), readOnlyPlace+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	switch {
	case errors.Is(err, syscall.EPERM) || strings.Contains(string(out), "mount: "):
		if os.Getenv("CI") == "true" {
			t.Fatalf("no mount namespace here: %v\n%s", err, out)
		}
		t.Skipf("no mount namespace here: %v", err)
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	}
}

func inReadOnlyPlace(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_RDONLY, "size=64k"); err != nil {
		t.Fatalf("mount: %v", err)
	}
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
