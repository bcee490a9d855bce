package probe

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
)

// The cuts of what is kept of a DNS reply.
const (
	maxAddresses      = 32
	maxCNAMEs         = 16
	maxExtendedErrors = 8
	maxExtendedText   = 200 // runes
)

// readDNSReply unpacks a reply to question and checks that it is one: the same ID, and the same question (RFC 5452,
// 9.1), its name in capitals or not (RFC 4343, 3). An error code may come without the question, as some forwarders send
// it. Anything else is dns_server_misbehaving.
func readDNSReply(question *dns.Msg, wire []byte) (*dns.Msg, error) {
	reply := new(dns.Msg)
	if err := reply.Unpack(wire); err != nil {
		return nil, failed(evidence.DNSMisbehaving, "unreadable reply")
	}
	if !reply.Response || reply.Id != question.Id {
		return nil, failed(evidence.DNSMisbehaving, "a reply to another question")
	}
	if len(reply.Question) == 0 && reply.Rcode != dns.RcodeSuccess {
		return reply, nil
	}
	if len(reply.Question) != 1 {
		return nil, failed(evidence.DNSMisbehaving, "a reply without the question")
	}
	asked, got := question.Question[0], reply.Question[0]
	if got.Qtype != asked.Qtype || got.Qclass != asked.Qclass || !strings.EqualFold(got.Name, asked.Name) {
		return nil, failed(evidence.DNSMisbehaving, "a reply to another question")
	}
	return reply, nil
}

// readAnswer fills answer from a reply to a question about answer.Name for records of type want. Records of a name that
// the reply does not lead to from the one asked for are passed over, as system resolvers do.
func readAnswer(answer *evidence.Answer, reply *dns.Msg, want uint16) {
	answer.RCode = rcodeName(reply.Rcode)
	answer.Authenticated = reply.AuthenticatedData
	aliases := aliasesOf(answer.Name, reply.Answer)
	for _, name := range aliases[1:] {
		answer.CNAMEs = append(answer.CNAMEs, clean(strings.TrimSuffix(name, "."), maxName))
	}
	for _, rr := range reply.Answer {
		if !slices.Contains(aliases, dns.CanonicalName(rr.Header().Name)) {
			continue
		}
		switch rr := rr.(type) {
		case *dns.A:
			if want == dns.TypeA {
				addAddress(answer, rr.A, rr.Hdr.Ttl)
			}
		case *dns.AAAA:
			if want == dns.TypeAAAA {
				addAddress(answer, rr.AAAA, rr.Hdr.Ttl)
			}
		}
	}
	if opt := reply.IsEdns0(); opt != nil {
		for _, o := range opt.Option {
			if ede, ok := o.(*dns.EDNS0_EDE); ok && len(answer.ExtendedErrors) < maxExtendedErrors {
				answer.ExtendedErrors = append(answer.ExtendedErrors, evidence.ExtendedError{
					Code: int(ede.InfoCode), Text: clean(ede.ExtraText, maxExtendedText),
				})
			}
		}
	}
	answer.Failure = rcodeFailure(reply.Rcode, len(answer.Addresses) > 0)
}

// aliasesOf is the chain of names that CNAME records lead along, in whatever order they came (RFC 1034, 3.6.2): name
// first, canonical as dns.CanonicalName has it. A chain that goes round in circles ends where it began.
func aliasesOf(name string, records []dns.RR) []string {
	next := map[string]string{}
	for _, rr := range records {
		if alias, ok := rr.(*dns.CNAME); ok {
			next[dns.CanonicalName(alias.Hdr.Name)] = dns.CanonicalName(alias.Target)
		}
	}
	chain := []string{dns.CanonicalName(name)}
	for len(chain) <= maxCNAMEs {
		to, more := next[chain[len(chain)-1]]
		if !more || slices.Contains(chain, to) {
			break
		}
		chain = append(chain, to)
	}
	return chain
}

// addAddress adds an address record and keeps the lowest TTL.
func addAddress(answer *evidence.Answer, ip []byte, ttl uint32) {
	a, ok := netip.AddrFromSlice(ip)
	if !ok || len(answer.Addresses) >= maxAddresses {
		return
	}
	if answer.Type == dns.TypeToString[dns.TypeA] {
		a = a.Unmap()
	}
	if len(answer.Addresses) == 0 || int(ttl) < answer.TTL {
		answer.TTL = int(ttl)
	}
	answer.Addresses = append(answer.Addresses, a.String())
}

// rcodeName is the name of an RCODE in the IANA registry.
func rcodeName(rcode int) string {
	if rcode == dns.RcodeBadVers {
		return "BADVERS" // the number is BADSIG's too, which is for TSIG only
	}
	if name, ok := dns.RcodeToString[rcode]; ok {
		return name
	}
	return "RCODE" + strconv.Itoa(rcode)
}

// rcodeFailure is what an RCODE means for somebody who wants an address.
func rcodeFailure(rcode int, found bool) evidence.Failure {
	switch rcode {
	case dns.RcodeSuccess:
		if found {
			return evidence.None
		}
		return evidence.DNSNoAnswer
	case dns.RcodeNameError:
		return evidence.DNSNXDomain
	case dns.RcodeServerFailure:
		return evidence.DNSServfail
	case dns.RcodeRefused:
		return evidence.DNSRefused
	}
	return evidence.DNSMisbehaving
}
