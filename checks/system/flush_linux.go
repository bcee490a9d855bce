package system

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// Programs that clear caches, and the one that asks for the password (polkit).
const (
	nscdPath   = "/usr/sbin/nscd"
	nscdSocket = "/run/nscd/socket"
	killPath   = "/usr/bin/kill"
	pkexecPath = "/usr/bin/pkexec"
)

// Patience of a flush: for programs, and for a person who types a password.
const (
	flushLimit    = 3 * time.Second
	passwordLimit = 2 * time.Minute
)

// errOtherCache says that a resolver here keeps a cache and offers no way to clear it that is known to do no harm.
var errOtherCache = errors.New("cannot be cleared from here")

// caches lists the DNS caches that this computer's lookups pass.
func caches(ctx context.Context) []cache {
	var found []cache
	if nscdRuns() {
		found = append(found, cache{"nscd", clearNSCD})
	}
	if resolvedRuns(ctx) {
		found = append(found, cache{"systemd-resolved", clearResolved})
	}
	conf, err := resolvConfOf(resolvConfPath)
	if err != nil || !slices.ContainsFunc(conf.Servers, func(a string) bool { return isLoopback(a) && !isResolvedStub(a) }) {
		return found
	}
	switch name := localResolver(); name {
	case "":
	case "dnsmasq":
		found = append(found, cache{name, clearDnsmasq})
	default:
		found = append(found, cache{name, func(context.Context, bool) error { return errOtherCache }})
	}
	return found
}

// resolvedRuns reports whether systemd-resolved is on the system's bus.
func resolvedRuns(ctx context.Context) bool {
	bus, err := systemBus(ctx)
	if err != nil {
		return false
	}
	defer bus.Close()
	return running(ctx, bus, resolvedName)
}

// clearResolved calls Manager.FlushCaches. Newer versions of systemd ask polkit first, which may want a password.
func clearResolved(ctx context.Context, ask bool) error {
	bus, err := systemBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	flags, limit := dbus.FlagNoAutoStart, flushLimit
	if ask {
		flags, limit = flags|dbus.FlagAllowInteractiveAuthorization, passwordLimit
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	manager := bus.Object(resolvedName, resolvedPath)
	err = manager.CallWithContext(ctx, resolvedManager+".FlushCaches", flags).Err
	var refusal dbus.Error
	if !ask && errors.As(err, &refusal) && isRefusal(refusal.Name) {
		return errPassword
	}
	return err
}

// isRefusal reports whether an error of the bus means that more rights are needed.
func isRefusal(name string) bool {
	return name == "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired" ||
		name == "org.freedesktop.DBus.Error.AccessDenied" ||
		name == "org.freedesktop.DBus.Error.AuthFailed"
}

// nscdRuns reports whether the C library's cache daemon answers; a socket can outlive it.
func nscdRuns() bool {
	conn, err := net.DialTimeout("unix", nscdSocket, flushLimit)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// clearNSCD runs `nscd -i hosts`, which only root may.
func clearNSCD(ctx context.Context, ask bool) error {
	if firstFile(nscdPath) == "" {
		return os.ErrNotExist
	}
	return asRoot(ctx, ask, nscdPath, "-i", "hosts")
}

// clearDnsmasq sends each dnsmasq of this computer the signal on which it clears its cache and reads its hosts files
// again (dnsmasq(8), NOTES).
func clearDnsmasq(ctx context.Context, ask bool) error {
	var failed error
	for _, p := range processes("dnsmasq") {
		err := syscall.Kill(p.PID, syscall.SIGHUP)
		if errors.Is(err, syscall.EPERM) {
			err = asRoot(ctx, ask, killPath, "-HUP", strconv.Itoa(p.PID))
		}
		if err != nil && !errors.Is(err, syscall.ESRCH) {
			failed = err
		}
	}
	return failed
}

// asRoot runs a program with root's rights: as it is for root, else by way of polkit's prompt when ask allows it.
func asRoot(ctx context.Context, ask bool, path string, args ...string) error {
	limit := flushLimit
	if os.Geteuid() != 0 {
		if !ask {
			return errPassword
		}
		if firstFile(pkexecPath) == "" {
			return fmt.Errorf("no %s: %w", pkexecPath, errPassword)
		}
		path, args, limit = pkexecPath, append([]string{path}, args...), passwordLimit
	}
	out, err := run(ctx, limit, path, args...)
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == 126 || exit.ExitCode() == 127) && path == pkexecPath {
		return errPassword // dismissed, or not authorised (pkexec(1), RETURN VALUE)
	}
	if err != nil {
		return fmt.Errorf("%w %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
