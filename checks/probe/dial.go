package probe

import (
	"context"
	"net"
	"syscall"

	"isitme/checks/environment"
)

// Dial is the real Environment.Dial. Addresses are "IP:port": it looks no name up. A socket option that the system
// refuses or does not have fails the connection, since a probe that silently went another way would be worse than
// none.
func Dial(ctx context.Context, network, address string, opt environment.DialOptions) (net.Conn, error) {
	d := net.Dialer{KeepAlive: -1} // no connection lives long enough for keep-alive probes
	if opt != (environment.DialOptions{}) {
		d.Control = func(network, _ string, raw syscall.RawConn) error {
			var failure error
			if err := raw.Control(func(fd uintptr) { failure = setOptions(fd, network, opt) }); err != nil {
				return err
			}
			return failure
		}
	}
	return d.DialContext(ctx, network, address)
}
