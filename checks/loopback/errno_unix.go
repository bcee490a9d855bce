//go:build !windows

package loopback

import (
	"os"
	"syscall"
)

// networkUnreachable is what the system says when there is no route.
var networkUnreachable = os.NewSyscallError("connect", syscall.ENETUNREACH)
