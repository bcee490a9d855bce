package contact

import (
	"context"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/environment"
)

// hosters run the name servers of millions: their SOA mailbox is nobody's who knows the site.
var hosters = []string{
	"cloudflare.com", "amazon.com", "google.com", "microsoft.com", "azure-dns.com", "nsone.net", "godaddy.com", "jomax.net",
	"registrar-servers.com", "digitalocean.com", "linode.com", "hetzner.com", "ovh.net", "gandi.net", "akamai.com", "ultradns.com",
	"vercel.com", "wixdns.net", "squarespacedns.com", "ionos.com", "1und1.de", "strato.de",
}

// soaPatience is for one question over one transport, as for any other (environment.Limits.DNS).
const soaPatience = 2 * time.Second

// soa asks a public name service for the zone's SOA record, which names the mailbox of whoever keeps the zone. A reply over
// UDP that was cut is asked for over TCP (RFC 7766, 5).
func (f *finder) soa(ctx context.Context) ([]Contact, []Source) {
	question := new(dns.Msg).SetQuestion(dns.Fqdn(f.domain), dns.TypeSOA)
	for _, resolver := range f.env.Resolvers {
		for _, network := range []string{"udp", "tcp"} {
			answer, err := f.ask(ctx, network, resolver, question)
			if err != nil || answer.Truncated || answer.Rcode != dns.RcodeSuccess && answer.Rcode != dns.RcodeNameError {
				continue
			}
			for _, rr := range append(answer.Answer, answer.Ns...) {
				if soa, ok := rr.(*dns.SOA); ok && strings.EqualFold(soa.Hdr.Name, dns.Fqdn(f.domain)) {
					if m, ok := mailbox(decodeRName(soa.Mbox)); ok && !ofHoster(m) {
						return []Contact{{Source: SOA, Mail: m}}, nil
					}
				}
			}
			return nil, nil
		}
	}
	return nil, []Source{SOA}
}

// ask puts one question to a name service over network, "udp" or "tcp".
func (f *finder) ask(ctx context.Context, network string, resolver environment.Resolver, question *dns.Msg) (*dns.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, soaPatience)
	defer cancel()
	conn, err := f.env.Dial(ctx, network, net.JoinHostPort(resolver.Address, "53"), environment.DialOptions{})
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return nil, err
		}
	}
	answer, _, err := new(dns.Client).ExchangeWithConnContext(ctx, question, &dns.Conn{Conn: conn})
	return answer, err
}

// decodeRName turns the RNAME of an SOA record into a mail address: the first label is the local part, in which dots and
// other signs are escaped (RFC 1035, 5.1 and 8).
func decodeRName(rname string) string {
	var local strings.Builder
	for i := 0; i < len(rname); i++ {
		switch {
		case rname[i] == '.':
			return local.String() + "@" + strings.TrimSuffix(rname[i+1:], ".")
		case rname[i] != '\\':
			local.WriteByte(rname[i])
		case i+3 < len(rname) && rname[i+1] >= '0' && rname[i+1] <= '9':
			n, err := strconv.ParseUint(rname[i+1:i+4], 10, 8)
			if err != nil {
				return ""
			}
			local.WriteByte(byte(n))
			i += 3
		case i+1 < len(rname):
			i++
			local.WriteByte(rname[i])
		}
	}
	return ""
}

// ofHoster reports whether a mailbox is one of the hosters'.
func ofHoster(mail string) bool {
	domain := strings.ToLower(mail[strings.LastIndexByte(mail, '@')+1:])
	return slices.ContainsFunc(hosters, func(h string) bool { return domain == h || strings.HasSuffix(domain, "."+h) })
}
