package probe_test

import (
	"context"
	"errors"
	"net"
	"os"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"isitme/checks/environment"
	"isitme/checks/probe"
)

func TestSocketOptions(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := probe.Dial(context.Background(), "tcp", l.Addr().String(), environment.DialOptions{Interface: "lo", MaxSegment: 500})
	if errors.Is(err, unix.EPERM) {
		if os.Getenv("CI") == "true" {
			t.Fatal("this system does not let an ordinary user bind to an interface")
		}
		t.Skip("this system does not let an ordinary user bind to an interface (Linux before 5.7)")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	raw, err := c.(syscall.Conn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var device string
	var segment int
	var deviceErr, segmentErr error
	if err := raw.Control(func(fd uintptr) {
		device, deviceErr = unix.GetsockoptString(int(fd), unix.SOL_SOCKET, unix.SO_BINDTODEVICE)
		segment, segmentErr = unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG)
	}); err != nil || deviceErr != nil || segmentErr != nil {
		t.Fatal(err, deviceErr, segmentErr)
	}
	if device != "lo" || segment > 500 {
		t.Errorf("bound to %q, segments of %d bytes", device, segment)
	}
}
