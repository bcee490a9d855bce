//go:build linux

package lab

import (
	"fmt"
	"strings"

	"github.com/miekg/dns"
)

// zone is one DNS zone: what its name server says about the names in it.
type zone struct {
	origin string
	names  map[string]map[uint16][]dns.RR
}

// readZone reads a zone from lines of a zone file.
func readZone(origin string, lines []string) (*zone, error) {
	z := &zone{origin: origin, names: map[string]map[uint16][]dns.RR{}}
	text := "$ORIGIN " + origin + "\n" + strings.Join(lines, "\n") + "\n"
	parser := dns.NewZoneParser(strings.NewReader(text), origin, "")
	for rr, ok := parser.Next(); ok; rr, ok = parser.Next() {
		z.add(rr)
	}
	if err := parser.Err(); err != nil {
		return nil, fmt.Errorf("zone %s: %w", origin, err)
	}
	return z, nil
}

func (z *zone) add(rr dns.RR) {
	name := dns.CanonicalName(rr.Header().Name)
	for n := name; ; { // the names above it exist too, even with no records of their own (RFC 8020)
		if z.names[n] == nil {
			z.names[n] = map[uint16][]dns.RR{}
		}
		if n == z.origin || n == "." {
			break
		}
		offset, end := dns.NextLabel(n, 0)
		if end {
			n = "."
			continue
		}
		n = n[offset:]
	}
	z.names[name][rr.Header().Rrtype] = append(z.names[name][rr.Header().Rrtype], rr)
}

// answer answers one question as the zone's name server.
func (z *zone) answer(q dns.Question, m *dns.Msg) {
	name := dns.CanonicalName(q.Name)
	for n := name; n != z.origin && n != "."; {
		if ns := z.names[n][dns.TypeNS]; len(ns) > 0 && !(n == name && q.Qtype == dns.TypeDS) {
			m.Ns = ns
			for _, rr := range ns {
				m.Extra = append(m.Extra, z.glue(rr.(*dns.NS).Ns)...)
			}
			return
		}
		offset, end := dns.NextLabel(n, 0)
		if end {
			break
		}
		n = n[offset:]
	}
	m.Authoritative = true
	types, ok := z.names[name]
	switch {
	case !ok:
		m.Rcode = dns.RcodeNameError
		m.Ns = z.names[z.origin][dns.TypeSOA]
	case len(types[q.Qtype]) > 0:
		m.Answer = types[q.Qtype]
		if q.Qtype == dns.TypeNS {
			for _, rr := range m.Answer {
				m.Extra = append(m.Extra, z.glue(rr.(*dns.NS).Ns)...)
			}
		}
	case len(types[dns.TypeCNAME]) > 0:
		m.Answer = types[dns.TypeCNAME]
	default:
		m.Ns = z.names[z.origin][dns.TypeSOA]
	}
}

func (z *zone) glue(name string) []dns.RR {
	types := z.names[dns.CanonicalName(name)]
	return append(append([]dns.RR(nil), types[dns.TypeA]...), types[dns.TypeAAAA]...)
}

// serveZones answers for zones at an address of the internet, over UDP and TCP. What own answers goes before them.
func serveZones(r *running, address string, own func(q *dns.Msg) *dns.Msg, zones ...*zone) error {
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		if m := own(q); m != nil {
			_ = w.WriteMsg(m)
			return
		}
		m := new(dns.Msg)
		m.SetReply(q)
		m.Rcode = dns.RcodeRefused
		var best *zone
		for _, z := range zones {
			if len(q.Question) == 1 && dns.IsSubDomain(z.origin, dns.CanonicalName(q.Question[0].Name)) &&
				(best == nil || dns.CountLabel(z.origin) > dns.CountLabel(best.origin)) {
				best = z
			}
		}
		if best != nil {
			m.Rcode = dns.RcodeSuccess
			best.answer(q.Question[0], m)
		}
		if opt := q.IsEdns0(); opt != nil {
			m.SetEdns0(1232, opt.Do())
		}
		_ = w.WriteMsg(m)
	})
	return r.answer(r.internet, address, handler)
}

// answer lets a handler answer DNS questions at an address, over UDP and TCP.
func (r *running) answer(n *namespace, address string, handler dns.Handler) error {
	packets, err := n.listenPacket("udp", withPort(address, "53"))
	if err != nil {
		return err
	}
	stream, err := n.listen("tcp", withPort(address, "53"))
	if err != nil {
		return err
	}
	r.atClose(func() { packets.Close(); stream.Close() })
	for _, s := range []*dns.Server{{PacketConn: packets, Handler: handler}, {Listener: stream, Handler: handler}} {
		go func() { _ = s.ActivateAndServe() }() // ends with its socket
	}
	return nil
}

// rootNames serves the root and everything below it but the zones of the scenarios' sites.
func rootNames(r *running) error {
	lines := []string{
		". 3600 IN SOA a.root-servers.net. hostmaster.example.org. 1 3600 600 86400 60",
		". 3600 IN NS a.root-servers.net.",
		"a.root-servers.net. 3600 IN A " + rootServer,
		"ipv4only.arpa. 3600 IN A 192.0.0.170",
		"ipv4only.arpa. 3600 IN A 192.0.0.171",
	}
	for _, domain := range []string{"example.org.", "example.net."} {
		lines = append(lines, domain+" 3600 IN NS ns1."+domain, "ns1."+domain+" 3600 IN A "+nameServerShop)
	}
	for _, h := range publicHosts() {
		for _, address := range h.addresses {
			lines = append(lines, fmt.Sprintf("%s. 300 IN %s %s", h.host, recordType(address), address))
		}
	}
	for _, line := range r.records() {
		if !ownZone(strings.Fields(line)[0]) {
			lines = append(lines, line)
		}
	}
	root, err := readZone(".", lines)
	if err != nil {
		return err
	}
	return serveZones(r, rootServer, nothingOfItsOwn, root)
}

// ownZone reports whether a name is in one of the zones that nameServer serves.
func ownZone(name string) bool {
	return dns.IsSubDomain("example.org.", name) || dns.IsSubDomain("example.net.", name)
}

// zoneLines are the lines of the zone file of one of the sites' domains.
func zoneLines(r *running, domain string) []string {
	lines := []string{
		domain + " 60 IN SOA ns1." + domain + " hostmaster." + domain + " 1 3600 600 86400 60",
		domain + " 60 IN NS ns1." + domain,
		"ns1." + domain + " 60 IN A " + nameServerShop,
	}
	for _, line := range r.records() {
		if dns.IsSubDomain(domain, strings.Fields(line)[0]) {
			lines = append(lines, line)
		}
	}
	return lines
}

// nameServer is the healthy name server of the sites' domains.
func nameServer() server { return answering(nothingOfItsOwn) }

func nothingOfItsOwn(*dns.Msg) *dns.Msg { return nil }

// answering is the name server of the sites' domains, which answers some questions in its own way: those for which own
// has an answer.
func answering(own func(q *dns.Msg) *dns.Msg) server {
	return func(r *running) error {
		var zones []*zone
		for _, domain := range []string{"example.org.", "example.net."} {
			z, err := readZone(domain, zoneLines(r, domain))
			if err != nil {
				return err
			}
			zones = append(zones, z)
		}
		return serveZones(r, nameServerShop, own, zones...)
	}
}
