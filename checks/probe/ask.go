package probe

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// Question is one DNS question to one resolver over one transport.
type Question struct {
	// Address is the resolver's IP address, with a port where it is not 53.
	Address   string
	Role      evidence.Role
	Transport evidence.Transport
	Name      string
	// Type is the record type, such as dns.TypeA.
	Type uint16
	// CheckingDisabled asks the resolver not to validate (RFC 4035, 3.2.2).
	CheckingDisabled bool
	// DoHURL is the RFC 8484 endpoint for OverHTTPS. It is reached at Address, so that no lookup is needed, and
	// verified by the host in it.
	DoHURL string
}

// ednsSize is the UDP payload size offered: what passes every path unfragmented (DNS flag day 2020).
const ednsSize = 1232

// Ask puts one question and reports what came back, within Limits.DNS. Only a reply to this very question counts
// (its ID, and the question in it); whatever else arrives is passed over.
func (p *Prober) Ask(ctx context.Context, q Question) evidence.Answer {
	begin := time.Now()
	answer := evidence.Answer{
		Resolver: resolverName(q), Role: q.Role, Transport: q.Transport, Name: strings.TrimSuffix(q.Name, "."),
		Type: dns.TypeToString[q.Type], CheckingDisabled: q.CheckingDisabled,
	}
	msg := new(dns.Msg)
	msg.SetQuestion(dns.Fqdn(q.Name), q.Type)
	msg.CheckingDisabled = q.CheckingDisabled
	msg.SetEdns0(ednsSize, false)
	bound, cancel := bounded(ctx, p.Env.Limits.DNS)
	defer cancel()
	reply, err := p.put(bound, q, msg)
	if err == nil && reply.Rcode == dns.RcodeFormatError && reply.IsEdns0() == nil {
		// A server older than EDNS (RFC 6891, 7) is asked in the old way.
		msg.Extra = nil
		reply, err = p.put(bound, q, msg)
	}
	if err != nil {
		answer.Failure = faultOf(ctx, err, evidence.Resolve).Failure
	} else {
		readAnswer(&answer, reply, q.Type)
	}
	answer.MS = since(begin)
	return answer
}

// resolverName is the resolver as it is recorded: its address without zone and port, or the host of its endpoint.
func resolverName(q Question) string {
	if q.Transport == evidence.OverHTTPS {
		return hostOf(q.DoHURL)
	}
	if ap, err := netip.ParseAddrPort(q.Address); err == nil {
		return ap.Addr().WithZone("").String()
	}
	return withoutZone(q.Address)
}

// put sends msg over the question's transport; a reply over UDP that was cut is fetched over TCP (RFC 7766, 5).
func (p *Prober) put(ctx context.Context, q Question, msg *dns.Msg) (*dns.Msg, error) {
	switch q.Transport {
	case evidence.OverUDP:
		reply, err := p.putUDP(ctx, q.Address, msg)
		if err != nil || !reply.Truncated {
			return reply, err
		}
		full, err := p.putTCP(ctx, q.Address, msg)
		if err != nil && saysSomething(reply, q.Type) {
			return reply, nil
		}
		return full, err
	case evidence.OverTCP:
		return p.putTCP(ctx, q.Address, msg)
	case evidence.OverHTTPS:
		return p.putHTTPS(ctx, q, msg)
	}
	return nil, failed(evidence.Unknown, "")
}

// saysSomething reports whether a reply that was cut is worth more than none: it has a record that was asked for, or an
// error code. Without either it must not be taken for "no address": the records may be what was cut (RFC 2181, 9).
func saysSomething(reply *dns.Msg, want uint16) bool {
	return reply.Rcode != dns.RcodeSuccess ||
		slices.ContainsFunc(reply.Answer, func(rr dns.RR) bool { return rr.Header().Rrtype == want })
}

// dialDNS connects to the resolver.
func (p *Prober) dialDNS(ctx context.Context, network, address string) (net.Conn, error) {
	if _, err := netip.ParseAddrPort(address); err != nil {
		address = net.JoinHostPort(address, "53")
	}
	return p.Env.Dial(ctx, network, address, environment.DialOptions{})
}

// putUDP sends the question, and once more after half of the time, since either packet may be lost.
func (p *Prober) putUDP(ctx context.Context, address string, msg *dns.Msg) (*dns.Msg, error) {
	wire, err := msg.Pack()
	if err != nil {
		return nil, failed(evidence.Unknown, "the name does not fit into a question")
	}
	conn, err := p.dialDNS(ctx, "udp", address)
	if err != nil {
		return nil, refusedNotReset(err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(longAgo) })()
	again := time.Time{}
	if end, ok := ctx.Deadline(); ok {
		again = time.Now().Add(time.Until(end) / 2)
	}
	if _, err := conn.Write(wire); err != nil {
		return nil, refusedNotReset(err)
	}
	conn.SetReadDeadline(again)
	if ctx.Err() != nil {
		return nil, ctx.Err() // it may have ended just before, and its deadline been replaced
	}
	strange := error(nil)
	buf := make([]byte, dns.MaxMsgSize)
	for {
		n, err := conn.Read(buf)
		if err == nil {
			reply, err := readDNSReply(msg, buf[:n])
			if err == nil {
				return reply, nil
			}
			strange = err
			continue
		}
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() && ctx.Err() == nil && !again.IsZero() {
			again = time.Time{}
			conn.SetReadDeadline(again)
			// ctx may have ended just before the deadline was lifted.
			if ctx.Err() == nil {
				if _, err := conn.Write(wire); err != nil {
					return nil, refusedNotReset(err)
				}
				continue
			}
		}
		if strange != nil {
			return nil, strange
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, refusedNotReset(err)
	}
}

// refusedNotReset renames a reset of a UDP socket: there is no such thing, it is how Windows reports the ICMP message
// that nobody listens (WSAECONNRESET, recvfrom).
func refusedNotReset(err error) error {
	if failure, _ := classify(err, evidence.Resolve); failure == evidence.ConnectionReset {
		return failed(evidence.ConnectionRefused, "")
	}
	return err
}

// putTCP sends the question with its length before it (RFC 1035, 4.2.2).
func (p *Prober) putTCP(ctx context.Context, address string, msg *dns.Msg) (*dns.Msg, error) {
	wire, err := msg.Pack()
	if err != nil {
		return nil, failed(evidence.Unknown, "the name does not fit into a question")
	}
	conn, err := p.dialDNS(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(longAgo) })()
	if _, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(wire))), wire...)); err != nil {
		return nil, err
	}
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return nil, err
	}
	buf := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(conn, buf); err != nil {
		return nil, err
	}
	return readDNSReply(msg, buf)
}
