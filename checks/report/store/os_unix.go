//go:build !windows

package store

import (
	"errors"
	"os"
	"syscall"
)

var (
	full     = []error{syscall.ENOSPC, syscall.EDQUOT}
	readOnly = []error{syscall.EROFS}
)

// syncDir makes a rename in a folder last (fsync(2), "Calling fsync() does not necessarily ensure that the entry in the
// directory containing the file has also reached disk"). Some network file systems refuse to; the file itself is safe.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
