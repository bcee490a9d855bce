package probe

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"testing"

	"isitme/checks/evidence"
)

// The numbers are those of "Windows Sockets Error Codes" and winerror.h.
func TestSystemErrors(t *testing.T) {
	for errno, want := range map[syscall.Errno]evidence.Failure{
		10061: evidence.ConnectionRefused, 1225: evidence.ConnectionRefused, 10054: evidence.ConnectionReset,
		64: evidence.ConnectionReset, 10053: evidence.ConnectionAborted, 10065: evidence.HostUnreachable,
		1232: evidence.HostUnreachable, 10051: evidence.NetworkUnreachable, 10049: evidence.NetworkUnreachable,
		10050: evidence.NetworkDown, 10013: evidence.PermissionDenied, 10060: evidence.Timeout, 121: evidence.Timeout,
		10004: evidence.Interrupted, 10038: evidence.Unknown,
	} {
		err := fmt.Errorf("get: %w", &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("wsarecv", errno)})
		if got := Classify(err, evidence.Connect); got.Failure != want {
			t.Errorf("%d: %s, want %s", uintptr(errno), got.Failure, want)
		}
	}
}
