//go:build !windows

package loopback

import (
	"os"
	"syscall"
)

// networkUnreachable is what the system says when there is no route.
var networkUnreachable = os.NewSyscallError("connect", syscall.ENETUNREACH)

// connectionForbidden is what the system says when a firewall, or a prohibiting route, forbids the connection.
var connectionForbidden = os.NewSyscallError("connect", syscall.EACCES)
