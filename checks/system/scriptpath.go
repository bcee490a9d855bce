package system

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// scriptPath is the path that a file: URL or a bare path names on this system.
func scriptPath(u *url.URL) string {
	path := u.Path
	if u.Opaque != "" {
		path = u.Opaque // "file:C:/proxy.pac"
	}
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/") // "file:///C:/proxy.pac"
	}
	return filepath.FromSlash(path)
}
