package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// lineRules are about the whole line: what passes, and how fast.
func lineRules() []Rule {
	return []Rule{
		{
			ID: "large_packets_lost", Who: You, Cause: LargePacketsLost,
			When: "exchanges with unrelated sites stall with full-sized packets and pass with small ones (a path-MTU black hole, RFC 2923, 2.1)",
			Sure: "two unrelated sites show it",
			holds: func(r *reading) bool {
				return (r.failed() && r.status == 0 || r.truncated()) && r.packetsLost() > 0
			},
			certain: func(r *reading) bool { return r.packetsLost() >= 2 },
			why:     "independent_agree",
			fill: func(_ *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonSmallPass)}
			},
		},
		{
			ID: "https_blocked", Who: You, Cause: HTTPSBlocked,
			When: "secure connections to every well-known site fail, while plain ones to two or more operators pass without losing packets, and this visit fails in the same way",
			Sure: "three unrelated operators were asked over a secure connection",
			holds: func(r *reading) bool {
				return r.failed() && r.status == 0 && !r.viaProxy() && r.world.secureBlocked() && r.problem() == "" &&
					(r.isFault(evidence.Connect) || r.isFault(evidence.TLSHandshake)) && !r.securePassed() && !r.world.lossy()
			},
			certain: func(r *reading) bool { return r.world.secureAsked >= 3 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.All = r.world.secureAsked
				v.Reasons = []Finding{
					finding(ReasonHTTPPasses, "Good", r.world.plainOpened),
					finding(ReasonHTTPSFails, "All", r.world.secureAsked),
				}
			},
		},
		{
			ID: "plain_http_blocked", Who: You, Cause: NetworkBlocksSite,
			When: "plain HTTP fails to every sign-in-page detector and to this site in the same way, while secure pages of two or more operators open; or this site and the detectors of three or more operators, and none opens, all answer it with a server's failure",
			holds: func(r *reading) bool {
				return r.plainBroken() || r.unheard() && !r.private() && !r.viaProxy() && r.plainPort() && r.world.plainAsked >= 2 &&
					r.world.plainOpened == 0 && len(r.world.foreign) == 0 && r.world.secureOpened >= 2
			},
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = "plain_http"
				v.Reasons = []Finding{finding(ReasonPlainFails, "All", r.world.plainAsked)}
			},
		},
		{
			ID: "ipv4_dead", Who: You, Cause: NetworkBlocksSite,
			When: "the site has IPv4 addresses only, and IPv6 works here, but no IPv4 address of three or more unrelated places, well-known sites among them, can be reached, directly or, where the network translates (NAT64), through its translator; or there is no IPv4 route at all",
			holds: func(r *reading) bool {
				return r.unheard() && !r.private() && !r.viaProxy() && r.world.othersWork() && (r.siteIPv4Dead() && !r.ev.NAT64 || r.translatorDead())
			},
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = "ipv4_dead"
				v.Reasons = []Finding{finding(ReasonIPv4Silent)}
			},
		},
		{
			ID: "route_withheld", Who: You, Cause: NetworkBlocksSite,
			When: "this computer has a route out, but none to the site's addresses, or its own firewall forbids the connection",
			holds: func(r *reading) bool {
				return r.unheard() && !r.viaProxy() && (r.forbiddenHere() || r.routeWithheld())
			},
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = "computer"
				v.Reasons = []Finding{finding(ReasonNoRouteToSite)}
			},
		},
		{
			ID: "own_route", Who: You, Cause: NetworkBlocksSite,
			When: "this computer sends what is for the site's addresses another way than everything else, with no VPN there, and no connection comes about that way, while other sites work",
			holds: func(r *reading) bool {
				return r.unheard() && !r.viaProxy() && !r.private() && r.vpn(false) == nil && r.isFault(evidence.Connect) &&
					r.dialled(evidence.ConnectionRefused) == 0 && r.world.othersWork() && r.ownRoute()
			},
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = "computer"
				v.Reasons = []Finding{finding(ReasonOwnRoute)}
			},
		},
		{
			ID: "slow_connection", Who: You, Cause: SlowConnection,
			When: "the visit ran out of time, and every well-known site is slow (median over 3 s) or connections to them lose packets",
			Sure: "",
			holds: func(r *reading) bool {
				return r.failed() && (r.status == 0 || r.truncated()) && !r.private() && r.fault != nil && r.fault.Failure == evidence.Timeout && r.world.slow()
			},
			fill: fillSlowLine,
		},
		{
			ID: "line_died", Who: You, Cause: NoInternet,
			When:  "the visit fell silent or was lost on the way, and of three or more places that answered at the beginning of the run none takes a connection any more",
			holds: func(r *reading) bool { return r.fellSilent() && r.world.lineDied() },
			fill: func(r *reading, v *Verdict) {
				v.Facts.All = len(r.ev.Later)
				v.Settle = []string{"again"}
				v.Reasons = []Finding{finding(ReasonLineDied)}
			},
		},
	}
}

// plainPort reports whether the visit ended on plain HTTP's own port.
func (r *reading) plainPort() bool {
	return schemeOf(r.hop.URL) == "http" && len(r.hop.Connects) > 0 && r.hop.Connects[0].Port == 80
}

// forbiddenHere reports whether this computer itself forbids the connection. Over IPv6 the same error is also how a distant
// router's "administratively prohibited" arrives (RFC 4443, 3.1, codes 1, 5 and 6), so there it says nothing.
func (r *reading) forbiddenHere() bool {
	return r.isFault(evidence.Connect, evidence.PermissionDenied) && slices.ContainsFunc(r.hop.Connects, func(d evidence.Dial) bool {
		return d.Failure == evidence.PermissionDenied && !isIPv6(d.Address)
	})
}

// routeWithheld reports whether this computer's routing table has a way out and refuses every address of the site.
func (r *reading) routeWithheld() bool {
	return r.everyRoute(func(to, _ evidence.Route) bool { return to.Failure != evidence.None })
}

// ownRoute reports whether this computer has a way of its own to every address of the site that was tried: through another
// first hop or interface than to everything else.
func (r *reading) ownRoute() bool {
	return r.everyRoute(func(to, out evidence.Route) bool {
		return to.Failure == evidence.None && public(to.Destination) && (to.Gateway != out.Gateway || to.Interface != out.Interface)
	})
}

// everyRoute reports whether the visit tried addresses, and each has a route for which is holds beside the way out that
// addresses of its kind take otherwise.
func (r *reading) everyRoute(is func(to, out evidence.Route) bool) bool {
	s := r.ev.System
	if s == nil || len(r.hop.Connects) == 0 {
		return false
	}
	for _, d := range r.hop.Connects {
		out := s.DefaultV4
		if isIPv6(d.Address) {
			out = s.DefaultV6
		}
		if out == nil || !slices.ContainsFunc(s.SiteRoutes, func(to evidence.Route) bool {
			return to.Destination == d.Address && is(to, *out)
		}) {
			return false
		}
	}
	return true
}

// packetsLost counts the unrelated sites whose exchange passes with small packets only.
func (r *reading) packetsLost() int {
	n := 0
	for _, c := range r.ev.LargePackets {
		if c.SmallDone && c.FullDone && c.Small == nil && c.Full != nil {
			n++
		}
	}
	return n
}

// truncated reports whether the reply began and then stalled or broke off.
func (r *reading) truncated() bool { return r.isFault(evidence.HTTPBody) }

// securePassed reports whether any well-known site got as far as a certificate: then secure connections as such pass.
func (r *reading) securePassed() bool {
	for _, s := range r.ev.WellKnown {
		if hop := s.Fetch.Last(); hop != nil && hop.TLS != nil && len(hop.TLS.Chain) > 0 {
			return true
		}
	}
	return false
}
