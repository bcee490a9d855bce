package system

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// osRelease is the system's name for people by the first of the files that exists (os-release(5)).
func osRelease(paths ...string) string {
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			continue
		}
		defer file.Close()
		return prettyName(file)
	}
	return "Linux"
}

// prettyName reads PRETTY_NAME, which may be quoted as in a shell.
func prettyName(r io.Reader) string {
	lines := bufio.NewScanner(io.LimitReader(r, maxOutput))
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), "PRETTY_NAME="); ok {
			return cut(strings.Trim(strings.TrimSpace(value), `"'`))
		}
	}
	return "Linux"
}

// Signs that somebody else administers this computer: joined to a directory, or browsers under policies.
var managedSigns = []string{
	"/etc/sssd/sssd.conf",
	"/etc/krb5.keytab",
	"/etc/opt/chrome/policies/managed/*.json",
	"/etc/chromium/policies/managed/*.json",
	"/etc/firefox/policies/policies.json",
	"/etc/landscape/client.conf",
}

// isManaged reports whether one of the signs is there.
func isManaged() bool {
	for _, sign := range managedSigns {
		if found, err := filepath.Glob(sign); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}
