// Package storetest gives tests of what is written to disk a file system of their own.
package storetest

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

const place = "ISITME_TEST_PLACE"

// Mounted runs inside with an empty file system of its own at dir: a tmpfs with the given mount flags and options, in a
// mount namespace, so that it keeps root out too. The test starts itself again for that; it is skipped where the kernel
// allows no such namespace, and fails there with CI=true.
func Mounted(t *testing.T, flags uintptr, options string, inside func(dir string)) {
	t.Helper()
	if dir := os.Getenv(place); dir != "" {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, options); err != nil {
			t.Fatalf("mount: %v", err)
		}
		inside(dir)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), place+"="+t.TempDir())
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
