package verdict

import (
	"isitme/checks/evidence"
)

// A page that is slow on its own takes longer than this many seconds, and than slowFactor times what well-known sites
// take (VERDICTS.md, slow).
const (
	slowPage   = 5.0
	slowFactor = 5.0
)

func workingRules() []Rule {
	return []Rule{
		{
			ID: "fixed_by_flush", Who: Working, Cause: FixedByFlush,
			When: "the page failed, this computer's DNS cache was cleared, and then the page loaded from another address",
			Sure: "the lookup gave another answer after the clearing",
			holds: func(r *reading) bool {
				return r.ev.AfterFlush.Loaded() && genuine(r) && r.ev.Flush != nil && r.ev.Flush.Done
			},
			certain: func(r *reading) bool { return r.ev.Flush.Changed },
			why:     "computer_says_so",
			fill: func(_ *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonFlushHelped)}
			},
		},
		{
			ID: "slow_connection_loaded", Who: You, Cause: SlowConnection,
			When: "the page loaded slowly or only after a try that ran out of time, and so did every well-known site (median over 3 s), or connections to them lose packets",
			Sure: "three or more unrelated operators were measured",
			holds: func(r *reading) bool {
				first := firstFailure(r)
				late := seconds(r) > slowMedian || first != nil && first.Fault != nil && first.Fault.Failure == evidence.Timeout
				return r.loaded() && genuine(r) && late && r.world.slow() && !r.private()
			},
			certain: func(r *reading) bool { return len(r.world.opened) >= 3 },
			why:     "independent_agree",
			fill:    fillSlowLine,
		},
		{
			ID: "slow", Who: Working, Cause: Slow,
			When:    "the page loaded, but took over 5 s and over five times the median of the well-known sites",
			Sure:    "three or more unrelated operators were measured and are fast",
			holds:   func(r *reading) bool { return r.loaded() && genuine(r) && slowHere(r) },
			certain: func(r *reading) bool { return len(r.world.opened) >= 3 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.Seconds, v.Facts.Reference, v.Facts.Good = seconds(r), r.world.median(), len(r.world.opened)
				v.Reasons = []Finding{
					finding(ReasonOthersFast, "Seconds", r.world.median()),
					finding(ReasonSlowHere, "Seconds", seconds(r)),
				}
			},
		},
		{
			ID: "recovered", Who: Working, Cause: Recovered,
			When:    "the page failed first and loaded at a later try of the same run",
			Sure:    "it loaded over a verified secure connection, or from a confirmed address in plain text",
			holds:   func(r *reading) bool { return r.loaded() && genuine(r) && firstFailure(r) != nil },
			certain: (*reading).ownWord,
			fill: func(r *reading, v *Verdict) {
				first := firstFailure(r)
				v.Facts.Status, v.Facts.StatusLine = first.Status(), statusLine(first)
				v.Facts.Seconds = r.page.Started.Sub(first.Started).Seconds() + seconds(r)
				v.Facts.Tries = tries(r)
				v.Reasons = []Finding{
					finding(ReasonFirstFailed, "Status", statusLine(first)),
					finding(ReasonOpenedAtTry, "Try", tries(r), "Seconds", v.Facts.Seconds),
				}
			},
		},
		{
			ID: "works", Who: Working, Cause: Works,
			When:    "the first try loaded the page",
			Sure:    "it loaded over a verified secure connection; or in plain text from a confirmed address, with no proxy and no sign-in page about",
			holds:   func(r *reading) bool { return r.loaded() && genuine(r) },
			certain: func(r *reading) bool { return r.ownWord() || r.private() },
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonOpenedAtTry, "Try", tries(r), "Seconds", seconds(r))}
			},
		},
	}
}

// genuine reports whether a reply that looks like the page is the page: not a challenge or a firewall's denial, and, in
// plain text, not something that stands in for it.
func genuine(r *reading) bool {
	if _, shielded := r.signedBy(evidence.LayerChallenge, evidence.LayerFirewall); shielded {
		return false
	}
	if r.secure() {
		return !handedToPortal(r)
	}
	if _, theirs := r.signedBy(evidence.LayerVisitorProxy, evidence.LayerVisitorFilter, evidence.LayerPortal); theirs {
		return false
	}
	return !r.world.portal() && !standsIn(r) && !injected(r) && !r.madeUp()
}

// handedToPortal reports whether a plain-text hop of this visit was sent where the sign-in-page detectors are sent.
func handedToPortal(r *reading) bool {
	if !r.world.portal() || r.page == nil || len(r.page.Hops) < 2 {
		return false
	}
	return r.subject != r.t.Host && r.page.Hops[0].TLS == nil
}

// standsIn reports whether the plain-text page came from an address that only the visitor's name service names, while
// an address that others name serves another page.
func standsIn(r *reading) bool {
	return r.names.foreignHome() && len(r.serving(r.names.others())) > 0 && !r.samePage(r.names.others())
}

// injected reports whether the same plain-text page also came back for this name from an unrelated operator's server:
// then it was written on the way, by somebody who reads names.
func injected(r *reading) bool {
	if r.hop.Response == nil || r.hop.TLS != nil {
		return false
	}
	for _, c := range r.ev.OtherNames {
		if !c.SiteName || c.Hop.Response == nil || c.Scheme != "http" {
			continue
		}
		// The first hop is what the unrelated server's reply compares with: redirects are not followed there.
		first := r.page.Hops[0].Response
		if first == nil || c.Hop.Response.Status != first.Status {
			continue
		}
		if loc := first.Header["location"]; loc != "" {
			if loc == c.Hop.Response.Header["location"] {
				return true
			}
			continue
		}
		if first.BodyBytes > 0 && c.Hop.Response.BodySHA256 == first.BodySHA256 || sameVisitorsSide(first, c.Hop.Response) {
			return true
		}
	}
	return false
}

// sameVisitorsSide reports whether the same product of a visitor's side wrote both replies; such pages often carry a number
// of their own, so that their bodies differ.
func sameVisitorsSide(a, b *evidence.Response) bool {
	one, ok := signedBy(a, evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
	two, too := signedBy(b, evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
	return ok && too && one.Rule == two.Rule
}

func slowHere(r *reading) bool {
	m := r.world.median()
	return m > 0 && seconds(r) > slowPage && seconds(r) > slowFactor*m
}

// firstFailure is the first fetch of this run that failed before the one that loaded. The https attempt for an address
// that was given without a scheme does not count.
func firstFailure(r *reading) *evidence.Fetch {
	for i := range r.ev.Tries {
		f := &r.ev.Tries[i]
		if f == r.page {
			return nil
		}
		fallback := r.t.SchemeGuessed && f.Status() == 0 && r.page != nil && len(r.page.Hops) > 0 &&
			schemeOf(f.URL) != schemeOf(r.page.URL)
		if !f.Loaded() && !fallback && progress(f) > 0 {
			return f
		}
	}
	return nil
}

func fillSlowLine(r *reading, v *Verdict) {
	m := r.world.median()
	v.Facts.Seconds, v.Facts.Reference, v.Facts.All = seconds(r), m, len(r.world.opened)
	v.Reasons = []Finding{finding(ReasonSlowEverywhere, "Seconds", m, "All", len(r.world.opened))}
	if r.loaded() {
		v.Reasons = append([]Finding{finding(ReasonSlowHere, "Seconds", seconds(r))}, v.Reasons...)
	}
}
