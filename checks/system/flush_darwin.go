package system

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"time"
)

// Patience of a flush: for programs, and for a person who types a password.
const (
	flushLimit    = 3 * time.Second
	passwordLimit = 2 * time.Minute
)

// flushScript is the fixed program that macOS runs after its own password prompt. Both parts are needed: mDNSResponder
// keeps the answers, the directory service those of local files.
const flushScript = `do shell script "/usr/bin/dscacheutil -flushcache; /usr/bin/killall -HUP mDNSResponder" with administrator privileges`

// caches is mDNSResponder's cache, which every lookup passes.
func caches(context.Context) []cache { return []cache{{"dscacheutil", clearResponder}} }

// clearResponder clears the cache: root does it as it is, everybody else after a password.
func clearResponder(ctx context.Context, ask bool) error {
	if os.Geteuid() == 0 {
		_, err := run(ctx, flushLimit, "/usr/bin/dscacheutil", "-flushcache")
		_, errSignal := run(ctx, flushLimit, "/usr/bin/killall", "-HUP", "mDNSResponder")
		return errors.Join(err, errSignal)
	}
	if !ask {
		return errPassword
	}
	_, err := run(ctx, passwordLimit, "/usr/bin/osascript", "-e", flushScript)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return errPassword // "User canceled", or no right to
	}
	return err
}
