//go:build !windows

package window

import "io/fs"

// isHidden reports whether the system hides a file by an attribute; here it does so by the name alone.
func isHidden(fs.FileInfo) bool { return false }

// drives are the tops of the file system where there are several.
func drives() []string { return nil }
