//go:build linux

package lab

import (
	"crypto/tls"
	"net"
	"net/http"
	"strings"
)

// onlyPlain is a site with plain http only.
func onlyPlain(h http.HandlerFunc) func(*running, *site) error {
	return func(r *running, s *site) error { return s.each(r, "80", h, nil) }
}

// onPort is a site that serves https on a port of its own, and nothing elsewhere.
func onPort(port string, h http.HandlerFunc) func(*running, *site) error {
	return func(r *running, s *site) error {
		chain, err := r.authority.issue(s.certificate, r.now(), s.host)
		if err != nil {
			return err
		}
		return s.each(r, port, h, &tls.Config{Certificates: []tls.Certificate{chain}})
	}
}

// each serves a handler on one port of all of the site's addresses and counts what is asked for.
func (s *site) each(r *running, port string, h http.HandlerFunc, config *tls.Config) error {
	counted := http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.visited(q.RemoteAddr)
		h(w, q)
	})
	for _, address := range s.addresses {
		if err := r.http(r.at(address), withPort(address, port), counted, config); err != nil {
			return err
		}
	}
	return nil
}

// raw is a site that does something to bare connections, on the ordinary ports of both schemes.
func raw(serve func(net.Conn)) func(*running, *site) error {
	return func(r *running, s *site) error {
		for _, address := range s.addresses {
			for _, port := range []string{"80", "443"} {
				if err := r.tcp(r.internet, withPort(address, port), serve); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// secure is a site that does something to connections on which TLS stands.
func secure(serve func(net.Conn)) func(*running, *site) error {
	return func(r *running, s *site) error {
		chain, err := r.authority.issue(s.certificate, r.now(), s.host)
		if err != nil {
			return err
		}
		config := &tls.Config{Certificates: []tls.Certificate{chain}}
		for _, address := range s.addresses {
			if err := r.tcp(r.internet, withPort(address, "443"), func(c net.Conn) {
				t := tls.Server(c, config)
				if t.Handshake() != nil {
					return
				}
				r.visited(c.RemoteAddr().String())
				serve(t)
				t.Close()
			}); err != nil {
				return err
			}
		}
		return nil
	}
}

// device puts a device with a web page on the visitor's own network.
func device(serve func(*running, *site) error) fault {
	return func(w *world) { w.site("device", serve, deviceAddress).noRecords = true }
}

// page is a site that answers everything with one reply. Headers are "Name: value".
func page(status int, body string, headers ...string) func(*running, *site) error {
	return handle(reply(status, body, headers...))
}

// handle makes a site that this process serves, on the ordinary ports of both schemes.
func handle(h http.HandlerFunc) func(*running, *site) error {
	return func(r *running, s *site) error {
		if err := onlyPlain(h)(r, s); err != nil {
			return err
		}
		return onPort("443", h)(r, s)
	}
}

// at is the namespace that an address lives in: devices of the home network stand beside the router.
func (r *running) at(address string) *namespace {
	switch ip := net.ParseIP(address); {
	case ip.IsLoopback():
		return r.visitor
	case ip.IsPrivate():
		return r.home
	}
	return r.internet
}

// isIPv6 reports whether an address is one of IPv6.
func isIPv6(address string) bool { return strings.Contains(address, ":") }
