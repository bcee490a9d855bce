//go:build !windows

package probe

import (
	"syscall"

	"isitme/checks/evidence"
)

// errnoFailure maps a system error number (errno(3)); None where it has no name in the vocabulary.
func errnoFailure(errno syscall.Errno) evidence.Failure {
	switch errno {
	case syscall.ECONNREFUSED:
		return evidence.ConnectionRefused
	case syscall.ECONNRESET, syscall.EPIPE, syscall.ENETRESET:
		return evidence.ConnectionReset
	case syscall.ECONNABORTED:
		return evidence.ConnectionAborted
	case syscall.EHOSTUNREACH, syscall.EHOSTDOWN:
		return evidence.HostUnreachable
	case syscall.ENETUNREACH, syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT:
		// The last two are what an IPv6 address gives on a computer without an IPv6 address, or without IPv6.
		return evidence.NetworkUnreachable
	case syscall.ENETDOWN, syscall.ENODEV, syscall.ENXIO:
		return evidence.NetworkDown
	case syscall.EACCES, syscall.EPERM:
		return evidence.PermissionDenied
	case syscall.ETIMEDOUT:
		return evidence.Timeout
	case syscall.EINTR:
		return evidence.Interrupted
	}
	return evidence.None
}
