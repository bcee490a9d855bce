package verdict

import (
	"bytes"
	"net/netip"
	"slices"

	"isitme/checks/evidence"
)

// familyRules are about the two kinds of internet address.
func familyRules() []Rule {
	return []Rule{
		{
			ID: "ipv6_missing", Who: You, Cause: IPv6Missing,
			When: "the site's name has only IPv6 addresses, and this computer has no IPv6 route out",
			Sure: "an independent name service says so too",
			holds: func(r *reading) bool {
				_, _, missing := r.world.ipv6()
				return r.failed() && r.status == 0 && !r.viaProxy() && r.onlyIPv6() && missing && r.world.answered
			},
			certain: func(r *reading) bool { return r.names.count(addresses) >= 1 || r.names.literal },
			why:     "computer_says_so",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonOnlyIPv6, "Host", r.t.DisplayHost)}
			},
		},
		{
			ID: "ipv6_broken", Who: You, Cause: IPv6Broken,
			When: "the site was tried over IPv6 alone, no IPv6 host of two or more operators can be reached although a route is announced, and IPv4 works",
			Sure: "three unrelated IPv6 hosts were tried in vain",
			holds: func(r *reading) bool {
				_, dead, _ := r.world.ipv6()
				return r.failed() && r.status == 0 && !r.viaProxy() && r.onlyIPv6() && dead && r.world.answered
			},
			certain: func(r *reading) bool { return r.ipv6Tried() >= 3 },
			why:     "independent_agree",
			fill: func(_ *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonIPv4Works), finding(ReasonIPv6Silent)}
			},
		},
	}
}

// onlyIPv6 reports whether every known address of the subject is an IPv6 one.
func (r *reading) onlyIPv6() bool {
	all := slices.Concat(r.names.own.addrs, r.names.others())
	for _, s := range r.names.servers {
		all = append(all, s.addrs...)
	}
	if r.names.literal {
		all = []string{r.t.Host}
	}
	return allNot(all, func(a string) bool { return !isIPv6(a) })
}

func (r *reading) ipv6Tried() int {
	n := 0
	for _, d := range r.ev.Reachable {
		if isIPv6(d.Address) {
			n++
		}
	}
	return n
}

// siteIPv4Dead reports whether the site was tried over IPv4 only, and IPv4 leads nowhere here.
func (r *reading) siteIPv4Dead() bool {
	s := r.ev.System
	noRoute := s != nil && s.DefaultV4 == nil && s.DefaultV6 != nil
	return r.siteFamilyDead() && !isIPv6(r.hop.Connects[0].Address) && (noRoute || r.world.familyAsked(false))
}

// translatorDead reports whether the site was tried through the network's translator (NAT64) only, and none of two or more
// unrelated places can be reached through it.
func (r *reading) translatorDead() bool {
	tried := 0
	for _, d := range r.hop.Connects {
		for _, place := range r.ev.Reachable {
			if !samePrefix96(d.Address, place.Address) {
				continue
			}
			if place.Failure == evidence.None {
				return false
			}
			tried++
		}
	}
	return r.ev.NAT64 && tried >= 2*len(r.hop.Connects) && tried > 0
}

// samePrefix96 reports whether two IPv6 addresses differ in their last four bytes at most, where translators put the IPv4
// address (RFC 6052, 2.2).
func samePrefix96(a, b string) bool {
	x, errX := netip.ParseAddr(a)
	y, errY := netip.ParseAddr(b)
	return errX == nil && errY == nil && isIPv6(a) && isIPv6(b) && bytes.Equal(x.AsSlice()[:12], y.AsSlice()[:12])
}
