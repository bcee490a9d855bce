package verdict

import "isitme/checks/evidence"

// What computers elsewhere see is one more piece of evidence. It speaks for "/" only, so it never outvotes a server's
// failure that was seen here on a longer path (VERDICTS.md, Boundaries).

// elsewhereRules answer what nobody can tell from this computer alone.
func elsewhereRules() []Rule {
	blocked := func(r *reading) bool { return r.toldElsewhere() && r.upElsewhere() }
	return []Rule{
		{
			ID: "proxy_error_elsewhere", Who: You, Cause: ProxyError,
			When:    "the visit fails at the proxy before any word of the site, which cannot be asked around it, and computers elsewhere mostly open it",
			Sure:    "three or more open it, and none fails",
			holds:   func(r *reading) bool { return blocked(r) && r.viaProxy() },
			certain: (*reading).allUpElsewhere,
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				fillProxySays(r, v)
				v.Reasons = append(v.Reasons, opensElsewhere(r))
			},
		},
		{
			ID: "up_elsewhere_only", Who: You, Cause: NetworkBlocksSite,
			When:  "the visit fails before any word of the site, nothing else could be compared with here, and computers elsewhere mostly open it",
			holds: blocked,
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = r.how()
				v.Reasons = []Finding{opensElsewhere(r)}
			},
		},
		{
			ID: "down_elsewhere", Who: Site, Cause: Unreachable,
			When:    "the visit fails, nothing here tells whose doing that is, and two or more computers elsewhere see the site fail and none opens it",
			Sure:    "two computers elsewhere agree",
			holds:   func(r *reading) bool { return r.toldElsewhere() && r.downElsewhere() },
			certain: always,
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				up, down := elsewhere(r.ev)
				v.Reasons = []Finding{finding(ReasonElsewhereFails, "Bad", down, "All", up+down)}
			},
		},
	}
}

// deniedOnlyHere is the rule about a name that nobody but this computer's own name service and computers elsewhere could
// be asked about.
func deniedOnlyHere() Rule {
	return Rule{
		ID: "dns_blocks_site_elsewhere", Who: You, Cause: DNSBlocksSite,
		When: "this computer's name service denies the name, or answers with an address that leads nowhere, no independent one could be asked, and computers elsewhere find the site and mostly open it",
		Sure: "it said so, three or more open it, and none fails",
		holds: func(r *reading) bool {
			return r.toldElsewhere() && r.upElsewhere() && r.homeCounts() && r.names.denied() && r.names.witnesses() == 0
		},
		certain: func(r *reading) bool { return r.names.denialIsWord() && r.allUpElsewhere() },
		why:     "independent_agree",
		fill: func(r *reading, v *Verdict) {
			v.Reasons = []Finding{finding(ReasonOwnSays, "Resolver", v.Facts.Resolver, "Answer", v.Facts.Answered), opensElsewhere(r)}
		},
	}
}

// elsewhere counts the votes of the second opinion.
func elsewhere(ev *evidence.Evidence) (up, down int) {
	if ev.Elsewhere == nil {
		return 0, 0
	}
	for _, v := range ev.Elsewhere.Views {
		switch {
		case v.Up:
			up++
		case v.Down:
			down++
		}
	}
	return up, down
}

// upElsewhere reports whether computers elsewhere mostly open the site.
func (r *reading) upElsewhere() bool { return UpElsewhere(r.ev) }

// UpElsewhere reports whether computers elsewhere mostly open the site: two or more of them.
func UpElsewhere(ev *evidence.Evidence) bool {
	up, down := elsewhere(ev)
	return up >= 2 && up > down
}

// allUpElsewhere reports whether three or more computers elsewhere open the site, and none sees it fail.
func (r *reading) allUpElsewhere() bool {
	up, down := elsewhere(r.ev)
	return up >= 3 && down == 0
}

// downElsewhere reports whether computers elsewhere see the site fail as well: two or more do, and none opens it.
func (r *reading) downElsewhere() bool {
	up, down := elsewhere(r.ev)
	return down >= 2 && up == 0
}

// toldElsewhere reports whether computers elsewhere tell what this one cannot: that the site is down, or that it is up
// while here nothing of it was heard.
func (r *reading) toldElsewhere() bool {
	return r.failed() && !r.private() && (r.downElsewhere() || r.upElsewhere() && r.status == 0)
}

// sameElsewhere reports whether computers elsewhere see the site fail in the way that is: two or more do, and none opens
// it.
func (r *reading) sameElsewhere(way func(evidence.ElseView) bool) bool {
	n := 0
	if r.ev.Elsewhere != nil {
		for _, v := range r.ev.Elsewhere.Views {
			if v.Down && way(v) {
				n++
			}
		}
	}
	return n >= 2 && r.downElsewhere()
}

// brokenElsewhere reports whether computers elsewhere get a server's failure from the site as well.
func (r *reading) brokenElsewhere() bool {
	return r.sameElsewhere(func(v evidence.ElseView) bool { return v.Status >= 500 && v.TLSProblem == "" })
}

// badCertificateElsewhere reports whether the site's certificate does not count for computers elsewhere either.
func (r *reading) badCertificateElsewhere() bool {
	return r.sameElsewhere(func(v evidence.ElseView) bool { return v.TLSProblem != "" })
}

func opensElsewhere(r *reading) Finding {
	up, down := elsewhere(r.ev)
	return finding(ReasonElsewhereOpens, "Good", up, "All", up+down)
}
