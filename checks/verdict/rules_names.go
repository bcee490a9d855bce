package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// Names. On a proxied visit the proxy looks names up, so what this computer's own name service says cannot be the
// reason; what everybody says about the name still can.
func nameRules() []Rule {
	return []Rule{
		{
			ID: "hosts_file", Who: You, Cause: HostsFile,
			When: "a line of this computer's hosts file gave the address that fails, or that serves another page in plain text, and name services give another that was not seen to fail too; or it gave an address that says nothing for a name that nobody else knows",
			Sure: "an address that name services give serves this name",
			holds: func(r *reading) bool {
				return r.homeCounts() && r.failing() && !r.private() && r.names.ownFromHosts &&
					(r.names.alone() && !r.othersFailToo() || r.overridden() || r.names.count(addresses) == 0 && r.status == 0)
			},
			certain: func(r *reading) bool { return len(r.serving(r.names.others())) > 0 },
			why:     "computer_says_so",
			fill: func(r *reading, v *Verdict) {
				v.Settle = []string{"hosts_off"}
				for _, h := range r.names.hosts {
					if slices.Contains(r.names.own.addrs, h.Address) {
						v.Facts.HostsLine, v.Facts.Answered = h.Line, h.Address
						break
					}
				}
				v.Reasons = []Finding{finding(ReasonHostsLine, "Line", v.Facts.HostsLine, "Address", v.Facts.Answered)}
			},
		},
		{
			ID: "dns_points_nowhere", Who: Site, Cause: DNSPointsNowhere,
			When: "every independent name service gives only loopback, private or unspecified addresses for the name",
			Sure: "two of them agree",
			holds: func(r *reading) bool {
				return r.failing() && !r.private() && r.subject == r.t.Host && r.names.agreed(addresses) && allNot(r.names.others(), public)
			},
			certain: func(r *reading) bool { return r.names.count(addresses) >= 2 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.Answered = r.names.others()[0]
				v.Reasons = []Finding{finding(ReasonNowhere, "Address", v.Facts.Answered)}
			},
		},
		{
			ID: "lookup_lost", Who: You, Cause: SlowConnection,
			When: "the name lookup ran out of time, and connections to well-known sites lose packets, which questions about names are too",
			holds: func(r *reading) bool {
				return r.homeCounts() && r.isFault(evidence.Resolve, evidence.Timeout) && r.names.own.outcome != addresses && r.world.lossy()
			},
			fill: fillSlowLine,
		},
		{
			ID: "dns_not_answering", Who: You, Cause: DNSNotAnswering,
			When: "this computer's name service is silent or broken for well-known names too, while addresses can be reached by number",
			Sure: "two unrelated places were reached by number or by others' answers",
			holds: func(r *reading) bool {
				return r.homeCounts() && r.failed() && (r.names.own.outcome != addresses || r.isFault(evidence.Resolve)) &&
					r.homeBroken() && r.world.answered
			},
			certain: func(r *reading) bool { return len(r.world.opened)+r.world.landmarks >= 2 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonAddressesWork), finding(ReasonOwnSilent, "Resolver", v.Facts.Resolver, "Kind", r.swallowed())}
			},
		},
		{
			ID: "dns_blocks_site_silenced", Who: You, Cause: DNSBlocksSite,
			When: "this computer's name service denies the name (no such name, no address, refused, an extended error that says blocked), or answers with an address that leads nowhere, while independent ones give addresses",
			Sure: "two independent name services, or one over an authenticated connection, give an address that serves this name",
			holds: func(r *reading) bool {
				return r.homeCounts() && r.failing() && r.names.denied() && r.names.count(addresses) > 0 && !allNot(r.names.others(), public)
			},
			certain: func(r *reading) bool { return r.names.denialIsWord() && r.proven() },
			why:     "independent_agree",
			fill:    fillOwnSays,
		},
		{
			ID: "dns_blocks_site_page", Who: You, Cause: DNSBlocksSite,
			When: "this computer's name service gives an address that others do not, and a filter's page answers there, or any page at a private address",
			Sure: "an address that others give serves this name over a verified secure connection",
			holds: func(r *reading) bool {
				return r.homeCounts() && r.names.foreignHome() && !r.servesSecurely(r.names.own.addrs) && r.filterPageAtHome()
			},
			certain: func(r *reading) bool { return r.proven() },
			why:     "independent_agree",
			fill:    fillOwnSays,
		},
		{
			ID: "dns_wrong_answer", Who: You, Cause: DNSWrongAnswer,
			When: "this computer's name service gives an address that no other gives, that lies in no common network and shows no valid certificate for the name, while an address that others give serves it",
			Sure: "two independent name services agree, and theirs shows a valid certificate for the name; and the strange address does not show one that is for this name and only out of date, as a neglected server of the site would",
			holds: func(r *reading) bool {
				return r.homeCounts() && !r.private() && (r.strayAddress() || r.names.foreignHome() && !r.servesSecurely(r.names.own.addrs) &&
					(r.failing() && len(r.serving(r.names.others())) > 0 || r.loaded() && standsIn(r)))
			},
			certain: func(r *reading) bool {
				return r.proven() && r.servesSecurely(r.names.others()) && !r.neglected(r.names.own.addrs)
			},
			why:  "independent_agree",
			fill: fillOwnSays,
		},
		{
			ID: "dnssec_broken", Who: Site, Cause: DNSSECBroken,
			When: "validating name services answer SERVFAIL for the name, and give its address with checking disabled (CD bit, RFC 4035)",
			Sure: "two independent ones do",
			holds: func(r *reading) bool {
				return r.failing() && r.names.own.outcome != addresses && r.names.agreed(servfail) && r.names.unchecked() > 0
			},
			certain: func(r *reading) bool { return r.names.unchecked() >= 2 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonSealBroken, "All", r.names.witnesses())}
			},
		},
		{
			ID: "dns_broken", Who: Site, Cause: DNSBroken,
			When: "every name service asked, this computer's and independent ones, fails for this name and works for others",
			Sure: "two independent ones fail in the same way",
			holds: func(r *reading) bool {
				return r.failing() && r.names.own.outcome != addresses && r.names.witnesses() > 0 &&
					r.names.failedAll() && r.world.answered
			},
			certain: func(r *reading) bool { return r.names.witnesses() >= 2 && r.names.count(servfail) >= 2 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonNameServersFail, "All", r.names.witnesses())}
			},
		},
		{
			ID: "redirect_to_no_such_name", Who: Site, Cause: BrokenRedirect,
			When: "the site redirects to a name that exists for nobody, or has no address",
			Sure: "two independent name services agree, and no sign-in page is about that could have redirected in plain text",
			holds: func(r *reading) bool {
				return r.subject != r.t.Host && r.isFault(evidence.Resolve) && (r.names.agreed(nxdomain) || r.names.agreed(noData))
			},
			certain: func(r *reading) bool {
				return r.names.witnesses() >= 2 && (r.plainHop() == nil || r.world.plainOpened >= 2 && len(r.world.foreign) == 0)
			},
			why: "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonRedirectTarget, "Hop", r.subject), finding(ReasonNobodyKnows, "All", r.names.witnesses())}
			},
		},
		{
			ID: "dns_no_address", Who: Site, Cause: DNSNoAddress,
			When: "the name exists, but every independent name service has no address for it",
			Sure: "two of them agree",
			holds: func(r *reading) bool {
				return r.failing() && r.names.own.outcome != addresses && r.names.agreed(noData)
			},
			certain: func(r *reading) bool { return r.names.count(noData) >= 2 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonNoAddress, "All", r.names.witnesses())}
			},
		},
		{
			ID: "no_such_site", Who: Address, Cause: NoSuchSite,
			When: "every independent name service says that the name does not exist, and this computer's gives no address or a made-up one",
			Sure: "two of them agree, and this computer's name service says the same",
			holds: func(r *reading) bool {
				return r.names.agreed(nxdomain) && !r.private() && (r.failed() && r.names.own.outcome != addresses || r.madeUp())
			},
			certain: func(r *reading) bool {
				return r.names.count(nxdomain) >= 2 && (r.names.own.outcome != addresses || r.names.wildcard)
			},
			why: "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.All = r.names.count(nxdomain)
				v.Reasons = []Finding{finding(ReasonNobodyKnows, "All", v.Facts.All)}
			},
		},
		deniedOnlyHere(),
		{
			ID: "name_one_view", Who: Unknown, Cause: NotEnoughEvidence,
			When: "this computer's name service has no usable address for the name, and no independent one could be asked",
			holds: func(r *reading) bool {
				return r.failed() && !r.viaProxy() && !r.names.literal && r.names.witnesses() == 0 && !r.loopback() &&
					(r.isFault(evidence.Resolve) || !r.private() && allNot(r.names.own.addrs, public))
			},
			fill: func(r *reading, v *Verdict) {
				v.Why, v.Settle = "resolvers_blocked", []string{"elsewhere", "phone"}
				if r.private() {
					v.Why, v.Settle = "private_name", []string{"again"} // nobody outside can know
				}
				v.Reasons = []Finding{finding(ReasonOwnSays, "Resolver", v.Facts.Resolver, "Answer", v.Facts.Answered), finding(ReasonOneView)}
			},
		},
	}
}

// homeCounts reports whether this computer's own name lookup is on the path of the visit.
func (r *reading) homeCounts() bool { return !r.viaProxy() && !r.direct && !r.names.literal }

// failing reports whether the page did not open, or what opened in plain text is not the page.
func (r *reading) failing() bool {
	return r.failed() && !r.secureReply() || r.loaded() && !r.secure() && (standsIn(r) || r.filterPageAtHome())
}

// secureReply reports whether the site itself answered over a verified secure connection: then its name was found.
func (r *reading) secureReply() bool { return r.secure() && r.status != 0 }

// homeBroken reports whether this computer's name service fails for well-known names as well.
func (r *reading) homeBroken() bool {
	byAddress, byName := 0, 0
	for _, s := range r.ev.WellKnown {
		switch hop := s.Fetch.Last(); {
		case s.ByAddress:
			byAddress++
		case hop != nil && hop.Resolution != nil && len(hop.Resolution.Addresses) > 0:
			byName++
		}
	}
	if byAddress+byName >= 2 { // what this computer's programs get goes before what its servers answer to us
		return byName == 0
	}
	return r.names.controlAsked > 0 && r.names.controlGood == 0
}

// swallowed is the one kind of address, "IPv6" or "IPv4", about which none of this computer's name services answers, while
// about the other all do; empty where that is not so. Programs then wait for both until they give up.
func (r *reading) swallowed() string {
	answered := map[string]bool{}
	asked := map[string]bool{}
	for _, rv := range r.ev.Resolvers {
		for _, a := range rv.Answers {
			if rv.Role == evidence.RoleConfigured && a.Name == r.subject {
				asked[a.Type] = true
				answered[a.Type] = answered[a.Type] || a.Replied()
			}
		}
	}
	switch {
	case asked["AAAA"] && !answered["AAAA"] && answered["A"]:
		return "IPv6"
	case asked["A"] && !answered["A"] && answered["AAAA"]:
		return "IPv4"
	}
	return ""
}

// alone reports whether this computer's lookup gives addresses of which others give none, nor any in the same network.
func (n names) alone() bool {
	return n.own.outcome == addresses && n.count(addresses) > 0 && !n.shared()
}

// overridden reports whether the hosts file names other addresses than everybody else, if only in the same network, while
// one of theirs serves the name.
func (r *reading) overridden() bool {
	others := r.names.others()
	return r.names.own.outcome == addresses && len(r.serving(others)) > 0 &&
		!slices.ContainsFunc(r.names.own.addrs, func(a string) bool { return slices.Contains(others, a) })
}

// foreignHome reports whether it is the visitor's name service, and not the hosts file, that stands alone with its answer.
func (n names) foreignHome() bool { return n.alone() && !n.ownFromHosts }

// denied reports whether the visitor's name service withholds the name: no answer where others have one, or an address
// that leads to this computer or nowhere.
func (n names) denied() bool {
	home := n.home()
	switch home.outcome {
	case addresses:
		return !n.ownFromHosts && !slices.ContainsFunc(home.addrs, func(a string) bool { return !sinkhole(a) })
	case notAsked:
		return false
	default:
		return true
	}
}

// denialIsWord reports whether the denial was said, not merely a failure for this one name.
func (n names) denialIsWord() bool {
	o := n.home().outcome
	return o == nxdomain || o == noData || o == addresses || o == refusedQuery || n.blockedAtHome()
}

// unchecked counts the independent services that give an address only with DNSSEC checking disabled.
func (n names) unchecked() int {
	c := 0
	for _, v := range n.public {
		if v.unchecked {
			c++
		}
	}
	return c
}

// failedAll reports whether every independent service that was heard failed to answer about the name.
func (n names) failedAll() bool {
	for _, v := range n.public {
		if v.outcome.said() {
			return false
		}
	}
	return true
}

// fillOwnSays gives the reasons of a verdict that the visitor's name service answers otherwise than the rest.
func fillOwnSays(r *reading, v *Verdict) {
	v.Facts.Good, v.Facts.All = r.names.count(addresses), r.names.witnesses()
	answer := v.Facts.Answered
	v.Reasons = []Finding{
		finding(ReasonOwnSays, "Resolver", v.Facts.Resolver, "Answer", answer),
		finding(ReasonOthersSay, "Good", v.Facts.Good, "All", v.Facts.All, "Address", v.Facts.Other),
	}
	if good := r.serving(r.names.others()); len(good) > 0 && r.servesSecurely(good) {
		v.Reasons = append(v.Reasons, finding(ReasonServesName, "Address", good[0], "Host", r.subject))
	}
}
