package loopback

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"

	"isitme/checks/environment"
)

// mode is what happens at a virtual address.
type mode int

const (
	served mode = iota
	refused
	silent
	unroutable
	forbidden
)

// port is one virtual "IP:port" of one protocol.
type port struct {
	mode mode
	// real is the loopback address behind it.
	real string
	// dials counts connections.
	dials *atomic.Int64
	// end stops the server that was there.
	end func()
}

// closedPort is a loopback port where nobody listens (tcpmux, RFC 1078, which nobody runs).
const closedPort = "127.0.0.1:1"

// Dial is Environment.Dial: a connection to a virtual address. Where nothing was put, an address that has some server
// refuses, any other stays silent, as a firewall does.
func (w *World) Dial(ctx context.Context, network, address string, _ environment.DialOptions) (net.Conn, error) {
	protocol := network[:3]
	w.mu.Lock()
	p := w.ports[protocol+" "+address]
	known := w.hasAddress(address)
	w.mu.Unlock()
	switch {
	case p == nil && known, p != nil && p.mode == refused:
		return new(net.Dialer).DialContext(ctx, protocol, closedPort)
	case p != nil && p.mode == unroutable:
		return nil, &net.OpError{Op: "dial", Net: network, Err: networkUnreachable}
	case p != nil && p.mode == forbidden:
		return nil, &net.OpError{Op: "dial", Net: network, Err: connectionForbidden}
	case (p == nil || p.mode == silent) && protocol == "udp":
		return w.deafUDP()
	case p == nil || p.mode == silent:
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: network, Err: ctx.Err()}
	}
	p.dials.Add(1)
	return new(net.Dialer).DialContext(ctx, protocol, p.real)
}

// hasAddress reports whether anything is put at the address, whatever the port. The caller holds the lock.
func (w *World) hasAddress(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	for key, p := range w.ports {
		_, at, _ := strings.Cut(key, " ")
		if h, _, err := net.SplitHostPort(at); err == nil && h == host && p.mode == served {
			return true
		}
	}
	return false
}

// deafUDP is a connection to a socket that nobody reads. One does for the whole life of a World.
func (w *World) deafUDP() (net.Conn, error) {
	w.deafOnce.Do(func() {
		if w.deaf, w.deafErr = net.ListenPacket("udp", "127.0.0.1:0"); w.deafErr == nil {
			w.atEnd(func() { w.deaf.Close() })
		}
	})
	if w.deafErr != nil {
		return nil, w.deafErr
	}
	return net.Dial("udp", w.deaf.LocalAddr().String())
}

// put places p at a virtual address and ends what was there.
func (w *World) put(protocol, address string, p *port) {
	ap := netip.MustParseAddrPort(address) // a test's own mistake
	key := protocol + " " + ap.String()
	w.mu.Lock()
	old := w.ports[key]
	if p.dials == nil {
		p.dials = new(atomic.Int64)
	}
	if old != nil {
		p.dials = old.dials
	}
	w.ports[key] = p
	w.mu.Unlock()
	if old != nil && old.end != nil {
		old.end()
	}
}

// Refuse makes a TCP address refuse connections, Silence stay silent, and Unroute be without a route.
func (w *World) Refuse(address string) { w.put("tcp", address, &port{mode: refused}) }

// Silence makes a TCP address stay silent.
func (w *World) Silence(address string) { w.put("tcp", address, &port{mode: silent}) }

// Unroute makes a TCP address unreachable for want of a route.
func (w *World) Unroute(address string) { w.put("tcp", address, &port{mode: unroutable}) }

// Forbid makes connections to a TCP address end with the error of a firewall that forbids them.
func (w *World) Forbid(address string) { w.put("tcp", address, &port{mode: forbidden}) }

// Connections counts the TCP connections that were made to an address.
func (w *World) Connections(address string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := w.ports["tcp "+address]; p != nil {
		return int(p.dials.Load())
	}
	return 0
}

// listen opens a loopback listener for a virtual address.
func (w *World) listen(address string) (net.Listener, *port) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err) // no loopback: no test can run
	}
	p := &port{mode: served, real: l.Addr().String()}
	w.put("tcp", address, p)
	return l, p
}
