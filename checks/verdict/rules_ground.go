package verdict

import "isitme/checks/evidence"

// The ground: interface, route, line, sign-in page. Behind a proxy these are still the ground, but a page that answers
// through the proxy stands above them, so they only speak when the visit failed.
func groundRules() []Rule {
	return []Rule{
		{
			ID: "offline_no_interface", Who: You, Cause: Offline,
			When: "no network interface of this computer is up with an address, and nothing answered",
			Sure: "this computer says so itself",
			holds: func(r *reading) bool {
				no, _ := r.world.offline()
				return r.failed() && no && !r.loopback() && !r.answeredHere()
			},
			certain: always, why: "computer_says_so",
			fill: func(_ *reading, v *Verdict) { v.Reasons = []Finding{finding(ReasonNoInterface)} },
		},
		{
			ID: "offline_no_route", Who: You, Cause: Offline,
			When: "an interface is up, but this computer has no route out, and nothing answered",
			Sure: "this computer says so itself",
			holds: func(r *reading) bool {
				_, no := r.world.offline()
				return r.failed() && no && !r.private() && !r.answeredHere()
			},
			certain: always, why: "computer_says_so",
			fill: func(_ *reading, v *Verdict) { v.Reasons = []Finding{finding(ReasonNoRoute)} },
		},
		{
			ID: "captive_portal", Who: You, Cause: CaptivePortal,
			When: "something else replied in place of the sign-in-page detectors of two unrelated operators, and secure pages do not open as if nothing were, or this plain-text visit got the same",
			Sure: "two operators agree",
			holds: func(r *reading) bool {
				return !r.private() && !r.viaProxy() && !filtered(r) &&
					(r.world.portal() && !r.secure() || handedToPortal(r) || sameAsPortal(r))
			},
			certain: always, why: "independent_agree",
			fill: func(r *reading, v *Verdict) {
				for _, p := range r.ev.Portals {
					if p.Foreign && v.Facts.Portal == "" {
						v.Facts.Portal = p.LeadsTo
					}
				}
				v.Reasons = []Finding{finding(ReasonSignInPage,
					"Good", len(r.world.foreign), "All", r.world.plainAsked, "Portal", v.Facts.Portal)}
			},
		},
		{
			ID: "captive_portal_511", Who: You, Cause: CaptivePortal,
			When: "the reply was 511 Network Authentication Required (RFC 6585, 6), or a sign-in page's own signature in plain text",
			holds: func(r *reading) bool {
				_, portal := r.signedBy(evidence.LayerPortal)
				return r.status == 511 || portal && !r.secure()
			},
			fill: func(_ *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonSignInPage, "Good", 1, "All", 1, "Portal", "")}
			},
		},
		{
			ID: "vpn_down", Who: You, Cause: VPNDown,
			When: "a VPN holds the route to the internet, and nothing answers through it: nothing at all, or nothing over the kind of address that it carries",
			Sure: "a well-known site answered beside the VPN",
			holds: func(r *reading) bool {
				return r.failed() && r.status == 0 && !r.viaProxy() && r.vpn(true) != nil && !besideDead(r) &&
					(r.world.dead() || r.siteFamilyDead())
			},
			certain: func(r *reading) bool { return besideWorks(r) },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.VPN = r.vpn(true).Name
				v.Settle = []string{"vpn_off"}
				v.Reasons = []Finding{
					finding(ReasonNothingReplies, "All", r.asked()),
					finding(ReasonVPNHoldsRoute, "VPN", v.Facts.VPN),
				}
			},
		},
		{
			ID: "no_internet", Who: You, Cause: NoInternet,
			When: "a network is there, but no connection comes about, or none that says anything, neither to this site nor to any well-known one, by name or by number, at most names are looked up; packets are not merely lost, so that connections come late; and no proxy script that could not be read would explain it",
			Sure: "at least five unrelated places were asked in vain, and none takes a connection",
			holds: func(r *reading) bool {
				return r.failed() && r.status == 0 && !passes(*r.hop) && !r.private() && !r.viaProxy() && !r.scriptUnread() && !r.world.lossy() &&
					(r.world.dead() || r.world.onlyNames() && r.isFault(evidence.Connect))
			},
			certain: func(r *reading) bool { return r.asked() >= 5 && r.world.landmarks == 0 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.All = r.asked()
				v.Reasons = []Finding{finding(ReasonNothingReplies, "All", r.asked())}
			},
		},
	}
}

// scriptUnread reports whether an automatic proxy configuration is set that could not be fetched or read.
func (r *reading) scriptUnread() bool { return r.ev.System != nil && r.ev.System.Proxy.PACFault != nil }

// answeredHere reports whether a reply came although there is no way out: by a server in reach without one. A proxy on this
// computer may say in its own words that there is none.
func (r *reading) answeredHere() bool { return r.status != 0 && (!r.viaProxy() || r.secure()) }

// loopback reports whether the site is on this very computer, which needs no network.
func (r *reading) loopback() bool {
	return r.t.Host == "localhost" || sinkhole(r.t.Host) || len(r.names.own.addrs) > 0 && r.private() && sinkhole(r.names.own.addrs[0])
}

// asked is how many unrelated places outside were asked for a sign of life.
func (r *reading) asked() int { return len(r.world.asked) + r.world.landmarksAsked }

// vpn is the VPN that carries this visit; with all, the one that holds the way to everything.
func (r *reading) vpn(all bool) *evidence.VPN {
	if r.ev.System == nil {
		return nil
	}
	for i, v := range r.ev.System.VPNs {
		if v.HoldsDefault || v.CarriesSite && !all {
			return &r.ev.System.VPNs[i]
		}
	}
	return nil
}

// siteFamilyDead reports whether the site was tried over one kind of address only, and nothing else answers over that
// kind either: many VPNs carry IPv4 alone, and IPv6 goes beside them.
func (r *reading) siteFamilyDead() bool {
	if len(r.hop.Connects) == 0 {
		return false
	}
	six := isIPv6(r.hop.Connects[0].Address)
	for _, d := range r.hop.Connects {
		if isIPv6(d.Address) != six {
			return false
		}
	}
	return r.world.familyDead(six)
}

func besideWorks(r *reading) bool {
	return r.ev.BesideVPNWellKnown != nil && r.ev.BesideVPNWellKnown.Fetch.Status() > 0 || r.ev.BesideVPN.Loaded()
}

// besideDead reports whether the way beside the VPN was tried and leads nowhere either: then the line is dead, not the VPN.
func besideDead(r *reading) bool {
	return r.ev.BesideVPNWellKnown != nil && !besideWorks(r)
}

// filtered reports whether what stands in for the detectors is a filter's or proxy's page rather than a sign-in page.
func filtered(r *reading) bool {
	n := 0
	for _, p := range r.ev.Portals {
		if hop := p.Fetch.Last(); p.Foreign && hop != nil {
			if _, theirs := signedBy(hop.Response, evidence.LayerVisitorFilter, evidence.LayerVisitorProxy); theirs {
				n++
			}
		}
	}
	return n > 0 && n >= len(r.world.foreign)
}
