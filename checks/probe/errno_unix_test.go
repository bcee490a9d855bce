//go:build !windows

package probe

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"testing"

	"isitme/checks/evidence"
)

func TestSystemErrors(t *testing.T) {
	for errno, want := range map[syscall.Errno]evidence.Failure{
		syscall.ECONNREFUSED: evidence.ConnectionRefused, syscall.ECONNRESET: evidence.ConnectionReset,
		syscall.EPIPE: evidence.ConnectionReset, syscall.ECONNABORTED: evidence.ConnectionAborted,
		syscall.EHOSTUNREACH: evidence.HostUnreachable, syscall.ENETUNREACH: evidence.NetworkUnreachable,
		syscall.EADDRNOTAVAIL: evidence.NetworkUnreachable, syscall.EAFNOSUPPORT: evidence.NetworkUnreachable,
		syscall.ENETDOWN: evidence.NetworkDown, syscall.ENODEV: evidence.NetworkDown, syscall.EACCES: evidence.PermissionDenied,
		syscall.EPERM: evidence.PermissionDenied, syscall.ETIMEDOUT: evidence.Timeout, syscall.EINTR: evidence.Interrupted,
		syscall.EBADF: evidence.Unknown,
	} {
		err := fmt.Errorf("get: %w", &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", errno)})
		if got := Classify(err, evidence.Connect); got.Failure != want {
			t.Errorf("%v: %s, want %s", errno, got.Failure, want)
		}
	}
}
