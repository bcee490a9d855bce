//go:build linux

package lab

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// inTurn is a site that answers the requests it gets with each handler in turn, and then with the last.
func inTurn(all ...http.HandlerFunc) func(*running, *site) error {
	var asked atomic.Int64
	return handle(func(w http.ResponseWriter, q *http.Request) {
		n := int(asked.Add(1)) - 1
		all[min(n, len(all)-1)](w, q)
	})
}

// late answers after d.
func late(d time.Duration, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		select {
		case <-time.After(d):
			h(w, q)
		case <-q.Context().Done():
		}
	}
}

// onlyCart is a site that has a fault on one page.
func onlyCart(h http.HandlerFunc) func(*running, *site) error {
	return handle(func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path == "/cart" {
			h(w, q)
			return
		}
		reply(200, "<title>Shop</title>welcome")(w, q)
	})
}

// sendsTo is a site that sends every visit on.
func sendsTo(address string) func(*running, *site) error { return page(302, "", "Location: "+address) }

// says is a site that answers over TLS with bytes of its own, and then ends the connection.
func says(text string) func(*running, *site) error {
	return secure(func(c net.Conn) { say(c, text) })
}

// begins is a site that answers over TLS with bytes of its own, and then says nothing more.
func begins(text string) func(*running, *site) error {
	return secure(func(c net.Conn) {
		say(c, text)
		_ = c.SetReadDeadline(time.Time{})
		hold(c)
	})
}

// over2 is a site that agrees on HTTP/2 and then sends frames of its own.
func over2(frames string) func(*running, *site) error {
	return func(r *running, s *site) error {
		config, err := r.tlsFor(s)
		if err != nil {
			return err
		}
		config.NextProtos = []string{"h2"}
		return r.tcp(r.internet, withPort(s.addresses[0], "443"), func(c net.Conn) {
			t := tls.Server(c, config)
			if t.Handshake() == nil {
				_, _ = t.Read(make([]byte, 4096)) // the request
				_, _ = io.WriteString(t, frames)
				hold(t)
			}
		})
	}
}

// hesitating is a site that takes d before it answers a TLS handshake.
func hesitating(d time.Duration) func(*running, *site) error {
	return func(r *running, s *site) error {
		config, err := r.tlsFor(s)
		if err != nil {
			return err
		}
		return r.tcp(r.internet, withPort(s.addresses[0], "443"), func(c net.Conn) {
			time.Sleep(d)
			t := tls.Server(c, config)
			if t.Handshake() == nil {
				say(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
			}
		})
	}
}

// tlsFor is a TLS configuration with the site's certificate.
func (r *running) tlsFor(s *site) (*tls.Config, error) {
	chain, err := r.authority.issue(s.certificate, r.now(), s.host)
	return &tls.Config{Certificates: []tls.Certificate{chain}}, err
}

// split gives the shop two servers, each with the shop's certificate: the resolver at home names one, everybody else
// the other. What they answer in plain text differs.
func split(home, others http.HandlerFunc) fault {
	const far = "46.4.110.20"
	return func(w *world) {
		s := w.site(shop, func(r *running, s *site) error {
			for address, plain := range map[string]http.HandlerFunc{far: home, shopAddress: others} {
				one := &site{host: s.host, addresses: []string{address}}
				if err := onlyPlain(plain)(r, one); err != nil {
					return err
				}
				if err := onPort("443", reply(200, "secure"))(r, one); err != nil {
					return err
				}
			}
			return nil
		}, shopAddress, far)
		s.noRecords = true
		w.ownRecords = []string{shop + ". 60 IN A " + shopAddress}
		w.homeDNS = dnsmasq("address=/" + shop + "/" + far)
	}
}

// unwell makes well-known hosts answer with a status of their own.
func unwell(status int, hosts ...string) fault {
	return func(w *world) {
		for _, host := range hosts {
			w.unwell[host] = status
		}
	}
}
