package loopback

import (
	"os"

	"golang.org/x/sys/windows"
)

// networkUnreachable is what the system says when there is no route.
var networkUnreachable = os.NewSyscallError("connectex", windows.WSAENETUNREACH)

// connectionForbidden is what the system says when a firewall forbids the connection.
var connectionForbidden = os.NewSyscallError("connectex", windows.WSAEACCES)
