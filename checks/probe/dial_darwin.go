package probe

import (
	"net"
	"strings"

	"golang.org/x/sys/unix"

	"isitme/checks/environment"
)

// setOptions sets opt on a socket that is not connected yet (ip(4), ip6(4), tcp(4)).
func setOptions(fd uintptr, network string, opt environment.DialOptions) error {
	if opt.Interface != "" {
		ifi, err := net.InterfaceByName(opt.Interface)
		if err != nil {
			return err
		}
		level, name := unix.IPPROTO_IP, unix.IP_BOUND_IF
		if strings.HasSuffix(network, "6") {
			level, name = unix.IPPROTO_IPV6, unix.IPV6_BOUND_IF
		}
		if err := unix.SetsockoptInt(int(fd), level, name, ifi.Index); err != nil {
			return err
		}
	}
	if opt.MaxSegment > 0 {
		return unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG, opt.MaxSegment)
	}
	return nil
}
