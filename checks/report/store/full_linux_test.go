package store

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"isitme/checks/report/store/storetest"
)

// A real file system of 256 KiB, first filled up and then made read-only.
func TestFullAndReadOnlyDisk(t *testing.T) {
	storetest.Mounted(t, 0, "size=256k", func(dir string) { onSmallDisk(t, dir) })
}

func onSmallDisk(t *testing.T, dir string) {
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
