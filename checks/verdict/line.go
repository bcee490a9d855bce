package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// The line may change while a run goes on, or let only the beginning of everything through.

// fellSilent reports whether the visit got no reply and nobody refused one, although unrelated sites worked: the line may have
// died since.
func (r *reading) fellSilent() bool {
	lost := []evidence.Failure{evidence.Timeout, evidence.HostUnreachable, evidence.NetworkUnreachable}
	return r.failed() && r.status == 0 && !r.viaProxy() && !r.private() && r.world.othersWork() &&
		r.fault != nil && slices.Contains(lost, r.fault.Failure)
}

// lineDied reports whether none of three or more places takes a connection any more that answered at the beginning.
func (w world) lineDied() bool {
	tried := 0
	for _, d := range w.ev.Later {
		switch d.Failure {
		case evidence.None:
			return false
		case evidence.Interrupted:
		default:
			tried++
		}
	}
	return tried >= 3
}

// answeredEach is how many places of either kind of address are asked again.
const answeredEach = 3

// Answered are addresses of unrelated places that took a secure connection in this run, a few of IPv6 and of IPv4.
func Answered(ev *evidence.Evidence) []string {
	count := map[bool]int{}
	var out []string
	add := func(address string) {
		if six := isIPv6(address); count[six] < answeredEach && !slices.Contains(out, address) {
			count[six]++
			out = append(out, address)
		}
	}
	for _, s := range ev.WellKnown {
		if hop := s.Fetch.Last(); hop != nil && hop.Address != "" && hop.TLS != nil && hop.TLS.Verified {
			add(hop.Address)
		}
	}
	for _, d := range ev.Reachable {
		if d.Failure == evidence.None {
			add(d.Address)
		}
	}
	return out
}

// unfinished counts the operators whose page was not whole after as long as a slow one may take.
func (w world) unfinished() int {
	operators := map[string]bool{}
	for _, s := range w.ev.WellKnown {
		hop := s.Fetch.Last()
		if hop != nil && hop.Response != nil && hop.Response.Capped && hop.Timings.BodyMS > slowMedian*1000 {
			operators[s.Operator] = true
		}
	}
	return len(operators)
}

// stoodStill reports whether the page was not whole when it was no longer waited for, as a stream is not, but as no front
// page of a well-known site should be.
func stoodStill(r *reading) bool {
	resp := r.hop.Response
	return resp != nil && resp.Capped && r.hop.Timings.BodyMS > slowMedian*1000 && r.world.unfinished() >= 2
}
