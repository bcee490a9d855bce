package verdict

import (
	"net/netip"
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// madeUp reports whether this computer's name service gives an address for a name that exists for nobody else, and no
// certificate vouches for it: a public address, or one that it also gives for names that cannot exist. A private address
// may otherwise be an intranet's own name.
func (r *reading) madeUp() bool {
	return r.names.count(nxdomain) >= 2 && r.names.agreed(nxdomain) && r.homeCounts() && r.names.own.outcome == addresses && !r.names.ownFromHosts && !r.secure() &&
		(r.names.wildcard || !allNot(r.names.own.addrs, public))
}

// proven reports whether the others' answer stands: two independent services or an authenticated one, and an address of
// theirs that serves the name.
func (r *reading) proven() bool {
	authenticated := slices.ContainsFunc(r.names.public, func(v view) bool { return v.authenticated && v.outcome == addresses })
	return (r.names.count(addresses) >= 2 || authenticated) && len(r.serving(r.names.others())) > 0
}

// serving are those of the addresses that serve the subject's name: with a valid certificate where the visit is secure,
// with a reply that is no server failure and no filter's page where it is plain.
func (r *reading) serving(addrs []string) []string {
	var good []string
	for _, c := range r.ev.Addresses {
		if !slices.Contains(addrs, c.Address) || c.Hop.Host != r.subject {
			continue
		}
		secure := c.Hop.TLS != nil && c.Hop.TLS.Verified
		resp := c.Hop.Response
		_, theirs := signedBy(resp, evidence.LayerVisitorFilter, evidence.LayerVisitorProxy, evidence.LayerPortal)
		if resp != nil && resp.Status < 500 && (secure || c.Hop.TLS == nil && !theirs) {
			good = append(good, c.Address)
		}
	}
	return good
}

// servesSecurely reports whether one of the addresses showed a valid certificate for the name: then it is the site's,
// whoever named it.
func (r *reading) servesSecurely(addrs []string) bool {
	for _, c := range r.ev.Addresses {
		if slices.Contains(addrs, c.Address) && c.Hop.Host == r.subject && c.Hop.TLS != nil && c.Hop.TLS.Verified {
			return true
		}
	}
	return r.secure() && slices.Contains(addrs, r.hop.Address)
}

// neglected reports whether one of the addresses showed a trusted certificate for the name that is only out of date.
func (r *reading) neglected(addrs []string) bool {
	lapsed := func(address string, h *evidence.Hop) bool {
		if h.TLS == nil || len(h.TLS.Chain) == 0 || h.Host != r.subject || !slices.Contains(addrs, address) {
			return false
		}
		p := h.TLS.Problem
		return (p == evidence.CertificateExpired || p == evidence.CertificateNotYetValid) && covers(h.TLS.Chain[0], r.subject)
	}
	return lapsed(r.hop.Address, r.hop) || slices.ContainsFunc(r.ev.Addresses, func(c evidence.AddressCheck) bool {
		return lapsed(c.Address, &c.Hop)
	})
}

// covers reports whether a certificate is for a name, itself or by a wildcard for its first label (RFC 6125, 6.4.3).
func covers(c evidence.Certificate, name string) bool {
	_, rest, _ := strings.Cut(name, ".")
	return slices.ContainsFunc(c.Names, func(n string) bool { return strings.EqualFold(n, name) || strings.EqualFold(n, "*."+rest) })
}

// othersFailToo reports whether every address that independent name services give was visited for the name, and none
// serves it: then whatever gave another address is not the reason.
func (r *reading) othersFailToo() bool {
	others := r.names.others()
	return len(others) > 0 && len(r.serving(others)) == 0 && allNot(others, func(a string) bool { return slices.Contains(r.unswept(), a) })
}

// strayAddress reports whether the visit ended at a certificate that does not count, at an address that this computer's name
// service gives beside the site's own and nobody else does.
func (r *reading) strayAddress() bool {
	others := r.names.others()
	known := slices.ContainsFunc(others, func(a string) bool { return a == r.hop.Address || sameNetwork(a, r.hop.Address) })
	return r.problem() != "" && !known && !r.names.ownFromHosts && slices.Contains(r.names.own.addrs, r.hop.Address) && r.servesSecurely(others)
}

// samePage reports whether one of the addresses serves the same page as the visit saw: the same body, or the same title.
func (r *reading) samePage(addrs []string) bool {
	if r.hop.Response == nil || r.page == nil {
		return false
	}
	first := r.page.Hops[0].Response
	for _, c := range r.ev.Addresses {
		if !slices.Contains(addrs, c.Address) || c.Hop.Response == nil || first == nil {
			continue
		}
		a, b := first, c.Hop.Response
		if a.BodySHA256 == b.BodySHA256 && a.Status == b.Status || a.Title != "" && a.Title == b.Title ||
			a.Header["location"] != "" && a.Header["location"] == b.Header["location"] {
			return true
		}
	}
	return false
}

// filterPageAtHome reports whether a filter's page answers at the address the visitor's name service gave. A page at a
// private address, given for a public name, is one whatever it says.
func (r *reading) filterPageAtHome() bool {
	if _, theirs := r.visitorsSide(); theirs {
		return true
	}
	filters := func(h *evidence.Hop, address string) bool {
		if h.Response == nil || h.TLS != nil && h.TLS.Verified || !slices.Contains(r.names.own.addrs, address) {
			return false
		}
		_, theirs := signedBy(h.Response, evidence.LayerVisitorFilter)
		return theirs || !public(address) && !r.private() && h.Host == r.subject
	}
	for i := range r.ev.Addresses {
		if filters(&r.ev.Addresses[i].Hop, r.ev.Addresses[i].Address) {
			return true
		}
	}
	plain := r.ev.OtherScheme.Last()
	return !r.viaProxy() && (filters(r.hop, r.hop.Address) || plain != nil && filters(plain, plain.Address))
}

// public reports whether an address can be a website's on the internet.
func public(address string) bool { return !evidence.Local(address) }

// sinkhole reports whether an address is one that filters hand out for names they withhold: unspecified or loopback.
func sinkhole(address string) bool {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	a = a.Unmap()
	return a.IsUnspecified() || a.IsLoopback() || a.Is4() && a.As4()[0] == 0
}

// lastFour are the last four bytes of an address: all of an IPv4 one, and the IPv4 address in one that a translator's name
// server made up (RFC 6052, 2.2).
func lastFour(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	b := a.AsSlice()
	return string(b[len(b)-4:])
}

// sameNetwork reports whether two public addresses lie in one /24 (IPv4) or /48 (IPv6), the smallest blocks that are
// routed on their own.
func sameNetwork(a, b string) bool {
	x, errX := netip.ParseAddr(a)
	y, errY := netip.ParseAddr(b)
	if errX != nil || errY != nil || x.Is4() != y.Is4() || !public(a) || !public(b) {
		return false
	}
	bits := 48
	if x.Is4() {
		bits = 24
	}
	p, err := x.Prefix(bits)
	return err == nil && p.Contains(y)
}

func isIPv6(address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && a.Unmap().Is6()
}

// allNot reports whether there are items and none is ok.
func allNot(list []string, ok func(string) bool) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, ok)
}
