package window

import (
	"io/fs"
	"syscall"

	"golang.org/x/sys/windows"
)

// isHidden reports whether the system hides a file by an attribute.
func isHidden(info fs.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&syscall.FILE_ATTRIBUTE_HIDDEN != 0
}

// drives are the tops of the file system (GetLogicalDrives: one bit for each letter).
func drives() []string {
	mask, err := windows.GetLogicalDrives()
	if err != nil {
		return nil // then there is no way to another drive
	}
	var tops []string
	for i := range 26 {
		if mask&(1<<i) != 0 {
			tops = append(tops, string(rune('A'+i))+`:\`)
		}
	}
	return tops
}
