package verdict

import (
	"slices"
	"time"

	"isitme/checks/evidence"
)

// world is what the rest of the internet looks like from here.
type world struct {
	ev *evidence.Evidence
	// asked and opened are the operators whose well-known pages were asked for, and those that opened properly.
	asked, opened map[string]bool
	// secureAsked and secureOpened count the same over verified secure connections, plainOpened over plain HTTP.
	secureAsked, secureOpened, plainAsked, plainOpened int
	foreign                                            map[string]bool // operators in whose place something else replied
	landmarks                                          int             // public addresses reached by number
	landmarksAsked                                     int
	answered                                           bool // anything at all beyond the local network replied
	heard                                              bool // with more than taking a connection, which a box on the way may do
}

func readWorld(ev *evidence.Evidence) world {
	w := world{ev: ev, asked: map[string]bool{}, opened: map[string]bool{}, foreign: map[string]bool{}}
	for _, p := range ev.Portals {
		w.asked[p.Operator] = true
		w.plainAsked++
		if p.Genuine {
			w.opened[p.Operator], w.heard = true, true
			w.plainOpened++
		}
		if p.Foreign {
			w.foreign[p.Operator] = true
		}
	}
	for _, s := range ev.WellKnown {
		w.asked[s.Operator] = true
		w.secureAsked++
		hop := s.Fetch.Last()
		if hop != nil && hop.TLS != nil && hop.TLS.Verified && s.Fetch.Status() > 0 {
			w.opened[s.Operator] = true
			w.secureOpened++
		}
		w.heard = w.heard || hop != nil && passes(*hop)
	}
	for _, d := range ev.Reachable {
		w.landmarksAsked++
		if d.Failure == evidence.None {
			w.landmarks++
		}
	}
	for _, rv := range ev.Resolvers {
		if rv.Role != evidence.RolePublic {
			continue
		}
		for _, a := range slices.Concat(rv.Answers, rv.Control) {
			// A router that has lost its line may answer in the public services' name, with an error code.
			w.heard = w.heard || len(a.Addresses) > 0 && !intercepted(ev) || a.Transport == evidence.OverHTTPS && a.Replied()
		}
	}
	w.answered = w.heard || w.landmarks > 0
	return w
}

// othersWork reports whether two unrelated operators' pages open from here.
func (w world) othersWork() bool { return len(w.opened) >= 2 }

// portal reports whether a sign-in page stands in for the well-known sites: two operators agree (VERDICTS.md), and
// secure pages do not open as if nothing were.
func (w world) portal() bool { return len(w.foreign) >= 2 && w.secureOpened < 2 }

// dead reports whether nothing beyond the local network answers, though it was asked in enough ways.
func (w world) dead() bool {
	return !w.heard && len(w.foreign) == 0 && (w.plainAsked+w.secureAsked+w.landmarksAsked) >= 3
}

// onlyNames reports whether nothing beyond the local network takes a connection, of at least five places that were asked,
// though names can be looked up there.
func (w world) onlyNames() bool {
	tried, reached := 0, false
	w.eachDial(func(d evidence.Dial) {
		if d.Failure != evidence.Interrupted {
			tried++
		}
		reached = reached || d.Failure == evidence.None
	})
	return tried >= 5 && !reached && len(w.foreign) == 0
}

// cutShort reports whether pages of two operators ended early or stalled on the way: then a page that does is no sign of the
// site's.
func (w world) cutShort() bool {
	operators := map[string]bool{}
	for _, s := range w.ev.WellKnown {
		if s.Fetch.Fault.Is(evidence.HTTPBody) && s.Fetch.Fault.Failure != evidence.Interrupted {
			operators[s.Operator] = true
		}
	}
	return len(operators) >= 2
}

// secureBlocked reports whether secure pages open nowhere while plain ones do, at two operators each.
func (w world) secureBlocked() bool {
	return w.secureAsked >= 2 && w.secureOpened == 0 && w.plainOpened >= 2
}

// SaysOffline reports whether this computer itself says that it has no way out, by its interfaces and routes, and nothing was
// heard that says otherwise.
func SaysOffline(ev *evidence.Evidence) bool {
	noInterface, noRoute := readWorld(ev).offline()
	return noInterface || noRoute
}

// offline reports whether this computer has no usable interface, and noRoute whether it has one but no way out.
func (w world) offline() (noInterface, noRoute bool) {
	s := w.ev.System
	if s == nil || w.answered || len(w.foreign) > 0 {
		return false, false
	}
	usable := false
	for _, i := range s.Interfaces {
		usable = usable || i.Up && i.Kind != "loopback" && (i.HasIPv4 || i.HasIPv6)
	}
	out := s.DefaultV4 != nil || s.DefaultV6 != nil
	for _, r := range s.SiteRoutes {
		out = out || r.Failure == evidence.None && r.Interface != "" && r.Interface != "lo"
	}
	unread := slices.ContainsFunc(s.Unread, func(u evidence.Unread) bool { return u.What == "network" || u.What == "routes" })
	if unread {
		return false, false
	}
	return !usable, usable && !out // a route over an interface that is down leads nowhere
}

// median is the median time in seconds that well-known pages took, 0 when fewer than two were measured. A visit that was
// connected and still waiting when the answer was given took at least that long.
func (w world) median() float64 {
	var times []float64
	for _, s := range w.ev.WellKnown {
		waiting := s.Fetch.Fault.Is(evidence.TLSHandshake, evidence.Interrupted) ||
			s.Fetch.Fault.Is(evidence.HTTPRoundTrip, evidence.Interrupted) || s.Fetch.Fault.Is(evidence.HTTPBody, evidence.Interrupted)
		if s.Fetch.Status() > 0 || waiting && s.Fetch.MS > slowMedian*1000 {
			times = append(times, s.Fetch.MS/1000)
		}
	}
	for _, p := range w.ev.Portals {
		if p.Genuine {
			times = append(times, p.Fetch.MS/1000)
		}
	}
	if len(times) < 2 {
		return 0
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// lossy reports whether connections to unrelated sites lose packets: of at least eight, four in ten needed a
// retransmission of the first packet (which comes a second later, RFC 6298, 2.1) or never came about; or of five, all. Two
// must have come late, of five three: hosts that stay silent altogether are no sign of loss.
func (w world) lossy() bool {
	total, late, retransmitted, six := 0, 0, 0, false
	w.eachDial(func(d evidence.Dial) { six = six || isIPv6(d.Address) && d.Failure == evidence.None })
	count := func(d evidence.Dial) {
		if isIPv6(d.Address) && !six || d.Failure != evidence.None && d.Failure != evidence.Timeout {
			return // IPv6 that leads nowhere is no sign of loss
		}
		total++
		switch {
		case d.Failure == evidence.Timeout:
			late++
		case d.MS >= 950:
			late++
			retransmitted++
		}
	}
	w.eachDial(count)
	return total >= 8 && retransmitted >= 2 && late*10 >= total*4 || total >= 5 && retransmitted >= 3 && late == total
}

// slowMedian is the median time in seconds beyond which every site counts as slow here (VERDICTS.md, slow_connection).
const slowMedian = 3

// slow reports whether every site is slow here, or connections lose packets.
func (w world) slow() bool { return w.median() > slowMedian || w.lossy() }

// clock is this computer's clock minus the true time, by the median of several operators' Date headers; ok is false
// when fewer than two operators agree within ten minutes.
func (w world) clock() (offset time.Duration, ok bool) {
	byOperator := map[string]float64{}
	for _, s := range w.ev.WellKnown {
		if s.ClockOffsetS != nil {
			byOperator[s.Operator] = -*s.ClockOffsetS
		}
	}
	for _, p := range w.ev.Portals {
		if _, seen := byOperator[p.Operator]; !seen && p.Genuine && p.ClockOffsetS != nil {
			byOperator[p.Operator] = -*p.ClockOffsetS
		}
	}
	var all []float64
	for _, o := range byOperator {
		all = append(all, o)
	}
	slices.Sort(all)
	for i := range all {
		agree := 0
		for _, o := range all {
			if o >= all[i]-600 && o <= all[i]+600 {
				agree++
			}
		}
		if agree >= 2 && agree*2 > len(all) {
			return time.Duration(all[i] * float64(time.Second)), true
		}
	}
	return 0, false
}

// clockRight reports whether several operators agree that this computer's clock is right within two minutes, which is
// more than requests take and less than harms a certificate.
func (w world) clockRight() bool {
	off, ok := w.clock()
	return ok && off.Abs() < 2*time.Minute
}
