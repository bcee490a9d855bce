package verdict

import (
	"golang.org/x/net/publicsuffix"

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
			When: "the page loaded slowly, or only after a try that ran out of time, or is not whole after some seconds, and so did every well-known site (median over 3 s), or connections to them lose packets",
			Sure: "three or more unrelated operators were measured",
			holds: func(r *reading) bool {
				first := firstFailure(r)
				late := seconds(r) > slowMedian || stoodStill(r) || first != nil && first.Fault != nil && first.Fault.Failure == evidence.Timeout
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
		return !handedToPortal(r) && !sameAsPortal(r) && !injected(r) && !proxySendsAway(r)
	}
	if _, theirs := r.signedBy(evidence.LayerVisitorProxy, evidence.LayerVisitorFilter, evidence.LayerPortal); theirs {
		return false
	}
	return !r.world.portal() && !sameAsPortal(r) && !proxySendsAway(r) && !standsIn(r) && !injected(r) && !r.madeUp()
}

// handedToPortal reports whether a plain-text hop of this visit was sent where the sign-in-page detectors are sent.
func handedToPortal(r *reading) bool { return r.world.portal() && ledAway(r) }

// ledAway reports whether a plain-text reply sent the visit to another domain, before any secure connection showed that it
// reached the site: whoever stands on the way could have done that.
func ledAway(r *reading) bool {
	if r.page == nil || len(r.page.Hops) < 2 {
		return false
	}
	for _, hop := range r.page.Hops[1:] {
		plain := schemeOf(hop.URL) == "http"
		switch {
		case !sameDomain(hop.Host, r.t.Host):
			return schemeOf(r.page.Hops[0].URL) == "http"
		case !plain:
			return false
		}
	}
	return false
}

// sameDomain reports whether two hosts are one domain's, by the public suffix list.
func sameDomain(a, b string) bool {
	x, errX := publicsuffix.EffectiveTLDPlusOne(a)
	y, errY := publicsuffix.EffectiveTLDPlusOne(b)
	return a == b || errX == nil && errY == nil && x == y
}

// sameAsPortal reports whether this plain-text visit got what two operators' sign-in-page detectors got in the place of
// their own reply: a redirect to the same host, or the same page.
func sameAsPortal(r *reading) bool {
	first := r.plainHop()
	if first == nil || r.hop.TLS != nil && !ledAway(r) || r.names.foreignHome() {
		return false
	}
	operators := map[string]bool{}
	for _, p := range r.ev.Portals {
		if p.Foreign && len(p.Fetch.Hops) > 0 && sameReply(first.Response, p.Fetch.Hops[0].Response) {
			operators[p.Operator] = true
		}
	}
	return len(operators) >= 2
}

// sameReply reports whether two replies to different questions were written by the same hand: redirects to one host, or
// pages of the same body.
func sameReply(a, b *evidence.Response) bool {
	if a == nil || b == nil || a.Status != b.Status {
		return false
	}
	if to := nameIn(a.Header["location"]); to != "" {
		return to == nameIn(b.Header["location"])
	}
	return a.BodyBytes > 0 && a.BodySHA256 == b.BodySHA256
}

// standsIn reports whether the plain-text page came from an address that only the visitor's name service, or hosts file,
// names, while an address that others name serves another page.
func standsIn(r *reading) bool {
	return r.names.alone() && len(r.serving(r.names.others())) > 0 && !r.samePage(r.names.others())
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
