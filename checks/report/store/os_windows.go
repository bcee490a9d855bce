package store

import "golang.org/x/sys/windows"

var (
	full     = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED}
	readOnly = []error{windows.ERROR_WRITE_PROTECT}
)

// syncDir does nothing: Windows has no way to flush a folder, and NTFS logs the rename.
func syncDir(string) error { return nil }
