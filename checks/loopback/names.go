package loopback

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
)

// Asked is one question as a name server sees it.
type Asked struct {
	Question *dns.Msg
	Over     evidence.Transport
}

// Behaviour answers a question; nil is silence.
type Behaviour func(Asked) *dns.Msg

// NameServer knows every host of its World, except where a behaviour was set.
type NameServer struct {
	w     *World
	mu    sync.Mutex
	names map[string]Behaviour
	all   Behaviour

	invented []string
}

func (w *World) newNameServer() *NameServer { return &NameServer{w: w, names: map[string]Behaviour{}} }

// Set makes the server behave so for one name; nil makes it normal again.
func (s *NameServer) Set(name string, b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[fold(name)] = b
}

// SetAll makes the server behave so for every name that has no behaviour of its own; nil makes it normal again.
func (s *NameServer) SetAll(b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = b
}

// Invent gives every name that does not exist the addresses given, as some providers do. Set it before the first
// question.
func (s *NameServer) Invent(addresses ...string) { s.invented = addresses }

// answer is the reply to a question, nil for silence.
func (s *NameServer) answer(a Asked) *dns.Msg {
	if len(a.Question.Question) != 1 {
		return reply(a, dns.RcodeFormatError)
	}
	name := a.Question.Question[0].Name
	s.mu.Lock()
	b := s.names[fold(name)]
	if b == nil {
		b = s.all
	}
	s.mu.Unlock()
	if b != nil {
		return b(a)
	}
	addresses, ok := s.w.lookup(name)
	if !ok && len(s.invented) > 0 {
		addresses, ok = s.invented, true
	}
	if !ok {
		return reply(a, dns.RcodeNameError)
	}
	return Addresses(addresses...)(a)
}

// reply is an empty reply with a code.
func reply(a Asked, rcode int, ede ...uint16) *dns.Msg {
	m := new(dns.Msg)
	m.SetRcode(a.Question, rcode)
	m.RecursionAvailable = true
	if a.Question.IsEdns0() != nil {
		m.SetEdns0(1232, false)
		opt := m.IsEdns0()
		for _, code := range ede {
			opt.Option = append(opt.Option, &dns.EDNS0_EDE{InfoCode: code})
		}
	}
	return m
}

// Addresses answers with the addresses of the family asked for, none of which is no error.
func Addresses(addresses ...string) Behaviour {
	return func(a Asked) *dns.Msg {
		m := reply(a, dns.RcodeSuccess)
		q := a.Question.Question[0]
		for _, s := range addresses {
			ip := netip.MustParseAddr(s)
			head := dns.RR_Header{Name: q.Name, Rrtype: q.Qtype, Class: dns.ClassINET, Ttl: 300}
			switch {
			case ip.Is4() && q.Qtype == dns.TypeA:
				m.Answer = append(m.Answer, &dns.A{Hdr: head, A: ip.AsSlice()})
			case ip.Is6() && q.Qtype == dns.TypeAAAA:
				m.Answer = append(m.Answer, &dns.AAAA{Hdr: head, AAAA: ip.AsSlice()})
			}
		}
		return m
	}
}

// RCode answers with an error code and extended errors (RFC 8914).
func RCode(rcode int, ede ...uint16) Behaviour {
	return func(a Asked) *dns.Msg { return reply(a, rcode, ede...) }
}

// NoReply is silence.
func NoReply(Asked) *dns.Msg { return nil }

// Only answers as b does over the transports named and is silent over others.
func Only(b Behaviour, over ...evidence.Transport) Behaviour {
	return func(a Asked) *dns.Msg {
		for _, t := range over {
			if a.Over == t {
				return b(a)
			}
		}
		return nil
	}
}

// BrokenSeal is a name whose DNSSEC does not validate: SERVFAIL, unless checking is disabled.
func BrokenSeal(addresses ...string) Behaviour {
	return func(a Asked) *dns.Msg {
		if a.Question.CheckingDisabled {
			return Addresses(addresses...)(a)
		}
		return reply(a, dns.RcodeServerFailure, dns.ExtendedErrorCodeDNSBogus)
	}
}

// AddNameServer puts a name server at port 53 of a virtual address, over UDP and TCP.
func (w *World) AddNameServer(address string) (*NameServer, error) {
	s := w.newNameServer()
	at := net.JoinHostPort(address, "53")
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l, p := w.listen(at)
	udp := &dns.Server{PacketConn: packets, Handler: s.handler(evidence.OverUDP)}
	tcp := &dns.Server{Listener: l, Handler: s.handler(evidence.OverTCP)}
	start := func(d *dns.Server) func() {
		ready := make(chan struct{})
		d.NotifyStartedFunc = sync.OnceFunc(func() { close(ready) })
		w.wg.Go(func() { d.ActivateAndServe() })
		<-ready
		return sync.OnceFunc(func() { d.Shutdown() })
	}
	endUDP, endTCP := start(udp), start(tcp)
	w.mu.Lock()
	p.end = endTCP
	w.mu.Unlock()
	w.put("udp", at, &port{mode: served, real: packets.LocalAddr().String(), end: endUDP})
	w.atEnd(endUDP)
	w.atEnd(endTCP)
	return s, nil
}

// SilenceNameServer makes a virtual address stop answering over UDP and TCP; RefuseNameServer makes it refuse.
func (w *World) SilenceNameServer(address string) { w.putBoth(address, silent) }

// RefuseNameServer makes a virtual address refuse questions over UDP and TCP, as a computer without a name server.
func (w *World) RefuseNameServer(address string) { w.putBoth(address, refused) }

func (w *World) putBoth(address string, m mode) {
	at := net.JoinHostPort(address, "53")
	w.put("udp", at, &port{mode: m})
	w.put("tcp", at, &port{mode: m})
}

func (s *NameServer) handler(over evidence.Transport) dns.Handler {
	return dns.HandlerFunc(func(rw dns.ResponseWriter, m *dns.Msg) {
		if r := s.answer(Asked{m, over}); r != nil {
			rw.WriteMsg(r)
		}
	})
}

// lookupHost is Environment.LookupHost: both families asked of this name server, told in the OS's words.
func (s *NameServer) lookupHost(ctx context.Context, host string) evidence.Answer {
	begin := time.Now()
	out := evidence.Answer{
		Resolver: "os", Role: evidence.RoleSystem, Transport: evidence.OverOS, Name: host, Type: "A+AAAA",
	}
	for _, kind := range []uint16{dns.TypeA, dns.TypeAAAA} {
		q := new(dns.Msg)
		q.SetQuestion(dns.Fqdn(host), kind)
		m := s.answer(Asked{q, evidence.OverOS})
		if m == nil {
			<-ctx.Done()
			out.Failure = evidence.Timeout
			if ctx.Err() == context.Canceled {
				out.Failure = evidence.Interrupted
			}
			break
		}
		if m.Rcode == dns.RcodeNameError {
			out.Failure = evidence.DNSNotFound
			break
		}
		if m.Rcode != dns.RcodeSuccess {
			out.Failure = evidence.DNSTemporary
			break
		}
		for _, rr := range m.Answer {
			switch rr := rr.(type) {
			case *dns.A:
				out.Addresses = append(out.Addresses, rr.A.String())
			case *dns.AAAA:
				out.Addresses = append(out.Addresses, rr.AAAA.String())
			}
		}
	}
	if out.Failure == evidence.None && len(out.Addresses) == 0 {
		out.Failure = evidence.DNSNotFound
	}
	out.MS = float64(time.Since(begin)) / float64(time.Millisecond)
	return out
}
