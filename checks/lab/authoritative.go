//go:build linux

package lab

import (
	"crypto"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// nsd serves the shop's domain with NSD; what it serves is the healthy zone file after change.
func nsd(change func(r *running, lines []string) ([]string, error)) server {
	return func(r *running) error {
		var zones []string
		for _, domain := range []string{"example.org.", "example.net."} {
			lines := zoneLines(r, domain)
			if change != nil && domain == "example.org." {
				var err error
				if lines, err = change(r, lines); err != nil {
					return err
				}
			}
			if lines == nil {
				continue
			}
			if _, err := r.write(domain+"zone", []byte(strings.Join(lines, "\n")+"\n")); err != nil {
				return err
			}
			zones = append(zones, domain)
		}
		conf, err := r.template("nsd.conf", "nsd.conf", map[string]any{
			"Address": nameServerShop, "Dir": r.dir, "Zones": zones,
		})
		if err != nil {
			return err
		}
		d, err := r.daemon(r.internet, "nsd", "nsd", "-d", "-c", conf)
		if err != nil {
			return err
		}
		return r.awaitDNS(d, r.internet, nameServerShop)
	}
}

// lame is a name server that no longer knows the shop's domain, as after a move.
func lame(*running, []string) ([]string, error) { return nil, nil }

// keys is the key of the shop's domain, published and trusted by the resolvers as a trust anchor, since the lab's root
// is not signed.
type keys struct {
	public *dns.DNSKEY
	signer crypto.Signer
}

func newKeys() (*keys, error) {
	k := &dns.DNSKEY{
		Hdr:   dns.RR_Header{Name: "example.org.", Rrtype: dns.TypeDNSKEY, Class: dns.ClassINET, Ttl: 60},
		Flags: dns.ZONE | dns.SEP, Protocol: 3, Algorithm: dns.ECDSAP256SHA256,
	}
	private, err := k.Generate(256)
	if err != nil {
		return nil, err
	}
	return &keys{public: k, signer: private.(crypto.Signer)}, nil
}

// signedZone makes the shop's domain a signed one that the provider's and the public resolvers validate. Until is when
// its signatures end, relative to now; in the past, they are those of a domain whose signing has stopped.
func signedZone(until time.Duration) fault {
	return func(w *world) {
		k, err := newKeys()
		if err != nil {
			w.names = func(*running) error { return err }
			return
		}
		w.names = nsd(func(r *running, lines []string) ([]string, error) { return k.sign(lines, r.now().Add(until)) })
		w.providers = unboundEverywhere(fmt.Sprintf("trust-anchor: %q", strings.ReplaceAll(k.public.String(), "\t", " ")))
	}
}

// sign signs the lines of a zone file (RFC 4034): a signature for every set of records, and the chain of NSEC records
// that proves what does not exist.
func (k *keys) sign(lines []string, until time.Time) ([]string, error) {
	z, err := readZone("example.org.", lines)
	if err != nil {
		return nil, err
	}
	z.add(k.public)
	names := make([]string, 0, len(z.names))
	for name, types := range z.names {
		if len(types) > 0 && dns.IsSubDomain("example.org.", name) {
			names = append(names, name)
		}
	}
	sort.Slice(names, func(i, j int) bool { return canonicalBefore(names[i], names[j]) })
	for i, name := range names {
		nsec := &dns.NSEC{
			Hdr:        dns.RR_Header{Name: name, Rrtype: dns.TypeNSEC, Class: dns.ClassINET, Ttl: 60},
			NextDomain: names[(i+1)%len(names)],
			TypeBitMap: []uint16{dns.TypeRRSIG, dns.TypeNSEC},
		}
		for t := range z.names[name] {
			nsec.TypeBitMap = append(nsec.TypeBitMap, t)
		}
		slices.Sort(nsec.TypeBitMap)
		z.add(nsec)
	}
	var out []string
	for _, name := range names {
		for _, set := range z.names[name] {
			sig := &dns.RRSIG{
				Algorithm: k.public.Algorithm, KeyTag: k.public.KeyTag(), SignerName: "example.org.",
				Inception: uint32(until.Add(-30 * 24 * time.Hour).Unix()), Expiration: uint32(until.Unix()),
			}
			if err := sig.Sign(k.signer, set); err != nil {
				return nil, err
			}
			for _, rr := range append(slices.Clone(set), dns.RR(sig)) {
				out = append(out, rr.String())
			}
		}
	}
	// NSD wants the start of the zone first.
	sort.SliceStable(out, func(i, j int) bool {
		return strings.Contains(out[i], "\tSOA\t") && !strings.Contains(out[j], "\tSOA\t")
	})
	return out, nil
}

// canonicalBefore is the order of names in a signed zone: by labels from the right (RFC 4034, 6.1).
func canonicalBefore(a, b string) bool {
	x, y := dns.SplitDomainName(a), dns.SplitDomainName(b)
	slices.Reverse(x)
	slices.Reverse(y)
	return slices.Compare(x, y) < 0
}
