package verdict

import (
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// wordRules read a reply that somebody on the visitor's side wrote in plain text, with no proxy set.
func wordRules() []Rule {
	return []Rule{{
		ID: "hidden_proxy", Who: Unknown, Cause: NotEnoughEvidence,
		When:  "in plain text, the same server failure also came for this name from an unrelated operator's server: a proxy on the way wrote it, and the site cannot be asked around it",
		holds: hiddenProxy,
		fill: func(_ *reading, v *Verdict) {
			v.Why = "one_view"
			v.Settle = []string{"elsewhere", "phone"}
			v.Reasons = []Finding{finding(ReasonOneView)}
		},
	}, {
		ID: "block_page", Who: You, Cause: NetworkBlocksSite,
		When: "in plain text, with no proxy set and the name lookup sound, a filter's or network proxy's page came in place of the site's; or the same page came for this name from an unrelated operator's server, or plain text from its secure port too",
		holds: func(r *reading) bool {
			if r.viaProxy() || r.private() || r.page == nil || r.names.foreignHome() || r.names.ownFromHosts {
				return false
			}
			s, theirs := r.visitorsSide()
			return theirs && (s.Layer == evidence.LayerVisitorFilter || r.status < 500 && !r.proxyOfSite(s)) || injected(r) && r.status < 500 || r.plainFollowsName()
		},
		fill: func(r *reading, v *Verdict) {
			s, _ := r.visitorsSide()
			v.Facts.How, v.Facts.Program = "block_page", s.Name
			v.Reasons = []Finding{finding(ReasonBlockPage, "Name", s.Name)}
		},
	}}
}

// proxyOfSite reports whether the proxy software that wrote the reply stands in front of the site rather than on the way: an
// unrelated operator's server was reached under the same name without a trace of it.
func (r *reading) proxyOfSite(s evidence.Signature) bool {
	return slices.ContainsFunc(r.ev.OtherNames, func(c evidence.NameCheck) bool {
		if !c.SiteName || c.Scheme != "http" || c.Hop.Response == nil {
			return false
		}
		via := strings.Contains(strings.ToLower(c.Hop.Response.Header["via"]), strings.ToLower(s.Name))
		return !via && !sameVisitorsSide(r.hop.Response, c.Hop.Response)
	})
}

// hiddenProxy reports whether a proxy that nobody set, on the way, wrote a server failure in plain text: it may be the
// site's failure or its own, and there is no way around it.
func hiddenProxy(r *reading) bool { return !r.viaProxy() && r.status >= 500 && injected(r) }

// plainBroken reports whether a server's failure came in plain text from this site and from every detector that answered, of
// three or more operators: so many do not fail at once, so somebody on the way wrote it.
func (r *reading) plainBroken() bool {
	if r.status < 500 || r.hop.TLS != nil || r.private() || r.viaProxy() || r.world.plainOpened > 0 {
		return false
	}
	operators := map[string]bool{}
	for _, p := range r.ev.Portals {
		if p.Fetch.Status() >= 500 {
			operators[p.Operator] = true
		}
	}
	return len(operators) >= 3
}

func redirectRules() []Rule {
	return []Rule{
		{
			ID: "redirect_loop", Who: Site, Cause: RedirectLoop,
			When:    "the redirects go round in circles, or are more than ten, with the cookies kept that were set on the way",
			Sure:    "the site said so itself: over a verified secure connection, or in plain text from a confirmed address",
			holds:   func(r *reading) bool { return r.isFault(evidence.HTTPRedirect, evidence.HTTPTooManyRedirects) },
			certain: (*reading).ownWord,
			fill: func(r *reading, v *Verdict) {
				v.Facts.Redirects, v.Facts.Hop = len(r.page.Hops), r.subject
				v.Reasons = []Finding{finding(ReasonRedirects, "Count", len(r.page.Hops), "Hop", r.subject)}
			},
		},
		{
			ID: "redirect_unreadable", Who: Site, Cause: BrokenRedirect,
			When:    "the site redirects to a Location that cannot be read, has no host, or is not http or https",
			Sure:    "the site said so itself: over a verified secure connection, or in plain text from a confirmed address",
			holds:   func(r *reading) bool { return r.isFault(evidence.HTTPRedirect, evidence.HTTPInvalidRedirect) },
			certain: (*reading).ownWord,
			fill: func(r *reading, v *Verdict) {
				v.Facts.Hop = ""
				v.Reasons = []Finding{finding(ReasonRedirectTarget, "Hop", "")}
			},
		},
		{
			ID: "redirect_to_private", Who: Site, Cause: BrokenRedirect,
			When:  "the site redirects from a public to a private address; that is recorded and not followed",
			holds: func(r *reading) bool { return r.isFault(evidence.HTTPRedirect, evidence.HTTPPrivateRedirect) },
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonRedirectTarget, "Hop", v.Facts.Hop)}
			},
		},
	}
}

// pathRules are about what lies between here and the site and reads names or addresses.
func pathRules() []Rule {
	return []Rule{
		{
			ID: "up_elsewhere", Who: You, Cause: NetworkBlocksSite,
			When: "the site cannot be reached here, or is cut off or silent before it says anything, and computers elsewhere mostly open it; or, where they were not asked, the visitor's phone does, or this computer did from another network at most 15 minutes before",
			Sure: "three or more open it, none fails, and well-known sites work here",
			holds: func(r *reading) bool {
				up, down := elsewhere(r.ev)
				return r.unheard() && (up >= 2 && up > down || up+down < 2 && r.upByOwnWord()) && !r.private() && r.world.answered && !r.frontPasses(r.hop.Address)
			},
			certain: func(r *reading) bool {
				up, down := elsewhere(r.ev)
				return up >= 3 && down == 0 && r.world.othersWork()
			},
			why: "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = r.how()
				if up, down := elsewhere(r.ev); up+down > 0 {
					v.Reasons = []Finding{finding(ReasonElsewhereOpens, "Good", up, "All", up+down)}
				}
				if r.openedThere() {
					v.Reasons = append(v.Reasons, r.earlierReason()...)
				}
				if p := r.ev.Phone; p != nil && p.Opened {
					v.Reasons = append(v.Reasons, finding(ReasonPhoneOpened))
				}
			},
		},
		{
			ID: "name_decides", Who: You, Cause: NetworkBlocksSite,
			When: "the connection is cut or falls silent when it names this site, before anything verified or in plain text, even for the site's front page, and passes at the same address under another name",
			holds: func(r *reading) bool {
				return r.unheard() && !r.private() && !r.viaProxy() && r.beforeWord() && r.otherNamePasses() && !r.frontPasses(r.hop.Address)
			},
			fill: func(r *reading, v *Verdict) {
				v.Facts.How = r.how()
				v.Reasons = []Finding{finding(ReasonNameDecides, "Host", r.subject)}
			},
		},
	}
}

// upByOwnWord reports whether the visitor has seen the page open elsewhere: on the phone, or else on this computer from
// another network a short while before, with well-known sites open here and nobody who saw the site fail since.
func (r *reading) upByOwnWord() bool {
	if r.ev.Phone != nil {
		return r.ev.Phone.Opened
	}
	return r.openedThere() && r.world.othersWork() && !r.downSince()
}

// downSince reports whether the phone or any computer elsewhere saw the site fail after this run.
func (r *reading) downSince() bool {
	_, down := elsewhere(r.ev)
	return down > 0 || r.ev.Phone != nil && !r.ev.Phone.Opened
}

// unheard reports whether the visit failed without any word of the site itself.
func (r *reading) unheard() bool {
	return r.failed() && r.status == 0 && !r.secure() && r.problem() == "" &&
		(r.isFault(evidence.Connect) || r.isFault(evidence.TLSHandshake) || r.isFault(evidence.HTTPRoundTrip))
}

// beforeWord reports whether the connection stood and then was cut or fell silent, before TLS stood or on plain HTTP.
func (r *reading) beforeWord() bool {
	cut := []evidence.Failure{evidence.ConnectionReset, evidence.EOF, evidence.Timeout, evidence.ConnectionAborted}
	return r.isFault(evidence.TLSHandshake, cut...) || r.hop.TLS == nil && r.isFault(evidence.HTTPRoundTrip, cut...)
}

// otherNamePasses reports whether the same address answered another name with anything at all.
func (r *reading) otherNamePasses() bool {
	for _, c := range r.ev.OtherNames {
		if !c.SiteName && passes(c.Hop) {
			return true
		}
	}
	return false
}

// frontPasses reports whether the site answered for its front page at the address where another page failed, or at any one
// where none is named: then the page fails, and not the name.
func (r *reading) frontPasses(address string) bool {
	return slices.ContainsFunc(r.ev.Addresses, func(c evidence.AddressCheck) bool {
		return c.Hop.Host == r.subject && c.Hop.Response != nil && schemeOf(c.Hop.URL) == schemeOf(r.hop.URL) &&
			(address == "" || address == c.Address)
	})
}

// plainFollowsName reports whether the secure port answers in plain text for this name, and so does an unrelated operator's:
// then somebody on the way does.
func (r *reading) plainFollowsName() bool {
	return r.hop.TLS != nil && r.hop.TLS.PlainHTTP && r.world.secureOpened > 0 && slices.ContainsFunc(r.ev.OtherNames, func(c evidence.NameCheck) bool {
		return c.SiteName && c.Name == r.subject && c.Hop.TLS != nil && c.Hop.TLS.PlainHTTP
	})
}

// passes reports whether a server said anything: a certificate, an alert, a reply.
func passes(h evidence.Hop) bool {
	return h.Response != nil || h.TLS != nil && (len(h.TLS.Chain) > 0 || h.TLS.Alert != "" || h.TLS.PlainHTTP)
}

// how says in a word what happened to the connection.
func (r *reading) how() string {
	switch {
	case r.fault == nil:
		return ""
	case r.fault.Failure == evidence.Timeout:
		return "silence"
	case r.fault.Failure == evidence.ConnectionRefused:
		return "refused"
	case r.fault.Operation == evidence.Connect:
		return "unreachable"
	default:
		return "reset"
	}
}
