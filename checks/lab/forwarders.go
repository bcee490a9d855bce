//go:build linux

package lab

import (
	"net"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"
)

// explaining is a filtering resolver at home that denies one name and says why (RFC 8914), as public family filters
// do.
func explaining(name string, why uint16) server {
	return func(r *running) error {
		return r.forwarder(name, func(q *dns.Msg) *dns.Msg {
			m := new(dns.Msg).SetRcode(q, dns.RcodeNameError)
			m.SetEdns0(1232, false)
			m.IsEdns0().Option = []dns.EDNS0{&dns.EDNS0_EDE{InfoCode: why, ExtraText: "not for children"}}
			return m
		})
	}
}

// cutting is a resolver at home whose reply about one name does not fit into a packet, so that it must be asked over TCP
// (RFC 7766, 5).
func cutting(name string) server {
	return func(r *running) error {
		return r.forwarder(name, func(q *dns.Msg) *dns.Msg {
			m := new(dns.Msg).SetReply(q)
			m.RecursionAvailable, m.Truncated = true, true
			return m
		})
	}
}

// moving is a resolver at home that gives a name's old address, good for an hour, to the first who asks, and the new
// one from then on.
func moving(name, old string) server {
	return func(r *running) error {
		var asked atomic.Bool
		return r.forwarder(name, func(q *dns.Msg) *dns.Msg {
			if q.Question[0].Qtype != dns.TypeA || asked.Swap(true) {
				return nil
			}
			m := new(dns.Msg).SetReply(q)
			m.RecursionAvailable = true
			m.Answer = []dns.RR{&dns.A{
				Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 3600},
				A:   net.ParseIP(old),
			}}
			return m
		})
	}
}

// remembering is a dnsmasq on the visitor's own computer that already knows a name.
func remembering(name string) server {
	return func(r *running) error {
		if err := r.dnsmasq(r.visitor, "own-dnsmasq", []string{"127.0.0.1"}, homeAddress); err != nil {
			return err
		}
		_, err := question(r.visitor, "127.0.0.1", new(dns.Msg).SetQuestion(dns.Fqdn(name), dns.TypeA))
		return err
	}
}

// forwarder is a resolver at home that asks the provider, but answers for one name as own says; where that is nil,
// the provider is asked for it too.
func (r *running) forwarder(name string, own func(q *dns.Msg) *dns.Msg) error {
	return odd(func(w dns.ResponseWriter, q *dns.Msg) bool {
		if dns.CanonicalName(q.Question[0].Name) != dns.Fqdn(name) {
			return false
		}
		m := own(q)
		if m != nil {
			_ = w.WriteMsg(m)
		}
		return m != nil
	})(r)
}

// odd is a resolver at home that asks the provider, but does something else with some questions: act reports whether it did.
func odd(act func(w dns.ResponseWriter, q *dns.Msg) bool) server {
	return func(r *running) error {
		return r.answer(r.home, homeAddress, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
			if len(q.Question) == 1 && act(w, q) {
				return
			}
			if m, err := question(r.home, providerDNS, q); err == nil {
				_ = w.WriteMsg(m)
			}
		}))
	}
}

// swallows is a resolver at home that never answers questions of one type.
func swallows(kind uint16) server {
	return odd(func(_ dns.ResponseWriter, q *dns.Msg) bool { return q.Question[0].Qtype == kind })
}

// codes is a resolver at home that answers questions of one type with an error code.
func codes(kind uint16, code int) server {
	return odd(func(w dns.ResponseWriter, q *dns.Msg) bool {
		if q.Question[0].Qtype != kind {
			return false
		}
		_ = w.WriteMsg(new(dns.Msg).SetRcode(q, code))
		return true
	})
}

// sluggish is a resolver at home that takes its time for every answer.
func sluggish(d time.Duration) server {
	return odd(func(dns.ResponseWriter, *dns.Msg) bool {
		time.Sleep(d)
		return false
	})
}

// unfitting is a resolver at home whose answers never fit into a packet, and that takes no questions over TCP.
func unfitting(r *running) error {
	return odd(func(w dns.ResponseWriter, q *dns.Msg) bool {
		if _, stream := w.RemoteAddr().(*net.TCPAddr); stream {
			w.Close()
			return true
		}
		m := new(dns.Msg).SetReply(q)
		m.Truncated = true
		_ = w.WriteMsg(m)
		return true
	})(r)
}

// question asks a resolver, as somebody in the namespace would.
func question(n *namespace, resolver string, q *dns.Msg) (*dns.Msg, error) {
	c, err := n.dial("udp", withPort(resolver, "53"), time.Second)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return nil, err
	}
	conn := &dns.Conn{Conn: c, UDPSize: dns.MaxMsgSize}
	if err := conn.WriteMsg(q); err != nil {
		return nil, err
	}
	return conn.ReadMsg()
}
