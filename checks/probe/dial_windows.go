package probe

import (
	"encoding/binary"
	"errors"
	"net"
	"strings"

	"golang.org/x/sys/windows"

	"isitme/checks/environment"
)

// IP_UNICAST_IF and IPV6_UNICAST_IF of ws2ipdef.h, which x/sys does not name.
const (
	ipUnicastIf   = 31
	ipv6UnicastIf = 31
)

// setOptions sets opt on a socket that is not connected yet. IP_UNICAST_IF takes the interface's index in network
// byte order, IPV6_UNICAST_IF in the host's (Windows Sockets, "IPPROTO_IP socket options"). Windows cannot cap the
// segment size of one connection.
func setOptions(fd uintptr, network string, opt environment.DialOptions) error {
	if opt.MaxSegment > 0 {
		return errors.ErrUnsupported
	}
	if opt.Interface == "" {
		return nil
	}
	ifi, err := net.InterfaceByName(opt.Interface)
	if err != nil {
		return err
	}
	if strings.HasSuffix(network, "6") {
		return windows.SetsockoptInt(windows.Handle(fd), windows.IPPROTO_IPV6, ipv6UnicastIf, ifi.Index)
	}
	var index [4]byte
	binary.BigEndian.PutUint32(index[:], uint32(ifi.Index))
	return windows.SetsockoptInt(windows.Handle(fd), windows.IPPROTO_IP, ipUnicastIf,
		int(int32(binary.NativeEndian.Uint32(index[:]))))
}
