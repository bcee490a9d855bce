package store

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

const smallDisk = "ISITME_STORE_TEST_DISK"

// A real file system of 256 KiB, in a mount namespace of its own, first filled up and then made read-only.
func TestFullAndReadOnlyDisk(t *testing.T) {
	if dir := os.Getenv(smallDisk); dir != "" {
		onSmallDisk(t, dir)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestFullAndReadOnlyDisk$", "-test.v")
	cmd.Env = append(os.Environ(), smallDisk+"="+t.TempDir())
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

func onSmallDisk(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Fatalf("mount: %v", err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for ; kept < MaxReports && err == nil; kept++ {
		err = s.Save(numbered(kept))
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("after %d reports: %v, want disk full", kept, err)
	}
	list, bad := s.List()
	if len(list) != kept-1 || len(bad) != 0 {
		t.Errorf("%d of %d reports, damaged %v", len(list), kept-1, bad)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > kept {
		t.Errorf("parts were left: %v", entries)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatalf("mount: %v", err)
	}
	if err := s.Save(numbered(1)); !errors.Is(err, ErrReadOnly) {
		t.Errorf("%v, want read-only", err)
	}
	if list, _ := s.List(); len(list) != kept-1 {
		t.Errorf("%d of %d reports can be read from a read-only disk", len(list), kept-1)
	}
}
