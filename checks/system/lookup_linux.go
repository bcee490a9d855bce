package system

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"time"
)

// getentPaths are where the C library's `getent` stands; the last is NixOS's.
var getentPaths = []string{"/usr/bin/getent", "/bin/getent", "/run/current-system/sw/bin/getent"}

// notFoundStatus is getent's exit status for "one or more supplied keys could not be found" (getent(1)).
const notFoundStatus = 2

// lookupLimit ends a lookup that the caller set no deadline for: glibc asks three servers twice, five seconds each.
const lookupLimit = 35 * time.Second

// systemLookup asks the C library by way of getent. It honours the hosts file, nsswitch.conf, systemd-resolved and
// mDNS as every program does, works the same with and without cgo, and unlike a call of getaddrinfo it can be ended.
// Where there is no getent, Go's resolver reads the same files.
func systemLookup(ctx context.Context, host string) (lookupResult, error) {
	getent := firstFile(getentPaths...)
	if getent == "" {
		return goLookup(ctx, host)
	}
	start := time.Now()
	out, err := run(ctx, lookupLimit, getent, "ahosts", host)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == notFoundStatus:
		// glibc folds "no such name" and "no name server answered" into this one status. Only a lookup that took as
		// long as a silent server's time-out can be the second.
		silent := time.Since(start) >= serverWait()
		return lookupResult{}, &net.DNSError{Err: "no such name", Name: host, IsNotFound: !silent, IsTimeout: silent}
	case err != nil && ctx.Err() == nil && !errors.Is(err, context.DeadlineExceeded):
		return goLookup(ctx, host) // getent itself failed
	case err != nil:
		return lookupResult{}, err
	}
	found := readGetent(out, host)
	if len(found.addresses) == 0 {
		return found, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	return found, nil
}

// serverWait is how long the C library waits for one silent name server.
func serverWait() time.Duration {
	file, err := os.Open(resolvConfPath)
	if err != nil {
		return usualServerWait
	}
	defer file.Close()
	conf, _ := readResolvConf(file) // what was read before an error counts
	return conf.Timeout
}
