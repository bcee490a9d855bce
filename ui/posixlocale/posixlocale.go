// Package posixlocale gives the toolkit a locale that it can read. Fyne 2.7 parses the environment's locale when it is
// initialised and complains on standard error about the POSIX one ("C"), which is no language (RFC 5646). For the words of
// this program both mean English, of no country: that of a visitor is read from the locale too.
//
// It works by Go's order of initialisation: a package goes before those that depend on more (Go specification, "Program
// initialization"), and this one depends on os alone.
package posixlocale

import (
	"os"
	"strings"
)

func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := os.Getenv(name)
		if base, _, _ := strings.Cut(value, "."); base == "C" || base == "POSIX" || value == "" && name == "LANG" {
			_ = os.Setenv(name, "en") // it fails for impossible names only
		}
	}
}
