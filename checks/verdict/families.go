package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// familyDead reports whether no connection over IPv6, or over IPv4, came about to any unrelated place, of at least three
// that were tried.
func (w world) familyDead(six bool) bool {
	tried, reached := 0, 0
	w.eachDial(func(d evidence.Dial) {
		if isIPv6(d.Address) != six || d.Failure == evidence.Interrupted {
			return
		}
		tried++
		if d.Failure == evidence.None {
			reached++
		}
	})
	return tried >= 3 && reached == 0
}

// familyAsked reports whether the well-known sites of two operators were tried over IPv6, or over IPv4: public name services
// alone are too few kinds of place, which some networks keep from everybody.
func (w world) familyAsked(six bool) bool {
	operators := map[string]bool{}
	note := func(operator string, fetch evidence.Fetch) {
		for _, hop := range fetch.Hops {
			for _, d := range slices.Concat(hop.Connects, w.ev.Reachable) {
				known := slices.Contains(knownAddresses(hop), d.Address)
				operators[operator] = operators[operator] || known && isIPv6(d.Address) == six && d.Failure != evidence.Interrupted
			}
		}
		if !operators[operator] {
			delete(operators, operator)
		}
	}
	for _, s := range w.ev.WellKnown {
		note(s.Operator, s.Fetch)
	}
	for _, p := range w.ev.Portals {
		note(p.Operator, p.Fetch)
	}
	return len(operators) >= 2
}

// ipv6 says whether IPv6 works here at all: alive when any IPv6 host answered, dead when a route is announced and at
// least two unrelated IPv6 hosts were tried in vain while IPv4 works, missing when there is no IPv6 route.
func (w world) ipv6() (alive, dead, missing bool) {
	tried := map[string]bool{}
	v4 := false
	count := func(d evidence.Dial) {
		reached := d.Failure == evidence.None || d.Failure == evidence.ConnectionRefused || d.Failure == evidence.ConnectionReset
		switch {
		case !isIPv6(d.Address):
			v4 = v4 || d.Failure == evidence.None
		case reached:
			alive = true
		case d.Failure != evidence.Interrupted:
			tried[d.Address] = true
		}
	}
	w.eachDial(count)
	for _, a := range w.ev.Addresses {
		for _, d := range a.Hop.Connects {
			if d.Failure == evidence.None && isIPv6(d.Address) {
				alive = true
			}
		}
	}
	s := w.ev.System
	if s == nil || alive {
		return alive, false, false
	}
	if s.DefaultV6 == nil {
		return false, false, true
	}
	return false, v4 && len(tried) >= 2, false
}

// Families are addresses of well-known sites over IPv6, or over IPv4, one of each operator.
func Families(ev *evidence.Evidence, six bool) []string {
	var out []string
	for _, s := range ev.WellKnown {
		if hop := s.Fetch.Last(); hop != nil {
			if i := slices.IndexFunc(knownAddresses(*hop), func(a string) bool { return isIPv6(a) == six }); i >= 0 {
				out = append(out, knownAddresses(*hop)[i])
			}
		}
	}
	return out
}

// knownAddresses are the addresses of the host that a hop went to.
func knownAddresses(hop evidence.Hop) []string {
	var all []string
	if hop.Resolution != nil {
		all = append(all, hop.Resolution.Addresses...)
	}
	for _, d := range hop.Connects {
		all = append(all, d.Address)
	}
	return all
}

// eachDial calls f with every connection attempt to unrelated places.
func (w world) eachDial(f func(evidence.Dial)) {
	each := func(fetch evidence.Fetch) {
		for _, hop := range fetch.Hops {
			for _, d := range hop.Connects {
				f(d)
			}
		}
	}
	for _, s := range w.ev.WellKnown {
		each(s.Fetch)
	}
	for _, p := range w.ev.Portals {
		each(p.Fetch)
	}
	for _, d := range w.ev.Reachable {
		f(d)
	}
}
