package probe

import (
	"syscall"

	"golang.org/x/sys/windows"

	"isitme/checks/evidence"
)

// errnoFailure maps a Windows Sockets error, or the Win32 error that overlapped operations give in its place; None
// where it has no name in the vocabulary. Go's own syscall.ECONNREFUSED and the like are invented numbers on Windows
// that the system never returns.
func errnoFailure(errno syscall.Errno) evidence.Failure {
	switch errno {
	case windows.WSAECONNREFUSED, windows.ERROR_CONNECTION_REFUSED, windows.ERROR_PORT_UNREACHABLE:
		return evidence.ConnectionRefused
	case windows.WSAECONNRESET, windows.WSAENETRESET, windows.WSAESHUTDOWN, windows.ERROR_NETNAME_DELETED:
		return evidence.ConnectionReset
	case windows.WSAECONNABORTED, windows.ERROR_CONNECTION_ABORTED:
		return evidence.ConnectionAborted
	case windows.WSAEHOSTUNREACH, windows.WSAEHOSTDOWN, windows.ERROR_HOST_UNREACHABLE:
		return evidence.HostUnreachable
	case windows.WSAENETUNREACH, windows.WSAEADDRNOTAVAIL, windows.WSAEAFNOSUPPORT, windows.ERROR_NETWORK_UNREACHABLE:
		return evidence.NetworkUnreachable
	case windows.WSAENETDOWN:
		return evidence.NetworkDown
	case windows.WSAEACCES, windows.ERROR_ACCESS_DENIED:
		return evidence.PermissionDenied
	case windows.WSAETIMEDOUT, windows.ERROR_SEM_TIMEOUT:
		return evidence.Timeout
	case windows.WSAEINTR, windows.WSAECANCELLED, windows.ERROR_OPERATION_ABORTED:
		return evidence.Interrupted
	}
	return evidence.None
}
