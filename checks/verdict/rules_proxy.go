package verdict

import (
	"net/url"

	"isitme/checks/evidence"
)

// The proxy that the visit took. A reply to CONNECT is always the proxy's own word (RFC 9110, 9.3.6); a reply over a
// verified secure connection never is.
func proxyRules() []Rule {
	return []Rule{
		{
			ID: "proxy_unreachable", Who: You, Cause: ProxyUnreachable,
			When:  "the proxy that is configured for this address cannot be connected",
			Sure:  "it refuses the connection, or addresses elsewhere can be reached",
			holds: func(r *reading) bool { return r.isFault(evidence.ProxyConnect, evidence.ProxyUnreachable) },
			certain: func(r *reading) bool {
				return r.world.answered || r.ev.ProxyDial != nil && r.ev.ProxyDial.Failure == evidence.ConnectionRefused
			},
			why: "computer_says_so",
			fill: func(r *reading, v *Verdict) {
				v.Settle = []string{"proxy_off"}
				v.Reasons = []Finding{finding(ReasonProxySilent, "Proxy", v.Facts.Proxy)}
			},
		},
		{
			ID: "pac_unreachable", Who: You, Cause: ProxyUnreachable,
			When: "the automatic proxy configuration (PAC) cannot be fetched or read, and without a proxy nothing outside answers",
			holds: func(r *reading) bool {
				return r.failed() && r.status == 0 && r.scriptUnread() && !r.world.othersWork()
			},
			fill: func(r *reading, v *Verdict) {
				v.Settle = []string{"proxy_off"}
				v.Reasons = []Finding{finding(ReasonPACUnread, "URL", r.ev.System.Proxy.PACURL)}
			},
		},
		{
			ID: "proxy_refuses", Who: You, Cause: ProxyRefuses,
			When:  "the proxy answered in its own name with a 4xx, asked for a password, or showed its block page; or it alone turns the visit away, or sends it to another domain",
			Sure:  "it said so in reply to CONNECT or with 407, or the site answers when it is asked directly",
			holds: func(r *reading) bool { return proxyDenied(r) || proxySendsAway(r) },
			certain: func(r *reading) bool {
				return r.status == 407 || r.isFault(evidence.ProxyConnect, evidence.ProxyRefused) || r.ev.Around.Loaded()
			},
			why:  "with_and_without_proxy",
			fill: fillProxySays,
		},
		{
			ID: "proxy_error", Who: You, Cause: ProxyError,
			When: "the visit fails through the proxy, not by the site's own word, and the same page of the site fares better when it is asked for directly",
			Sure: "the direct visit loaded",
			holds: func(r *reading) bool {
				return r.failed() && r.viaProxy() && !r.secure() && proxyAlone(r) && !r.rewritten()
			},
			certain: func(r *reading) bool { return r.ev.Around.Loaded() },
			why:     "with_and_without_proxy",
			fill:    fillProxySays,
		},
		{
			ID: "proxy_only_view", Who: Unknown, Cause: NotEnoughEvidence,
			When: "the proxy reports a problem of its own making or of the site's, and the site cannot be asked around it",
			holds: func(r *reading) bool {
				if !r.failed() || !r.viaProxy() || r.secure() {
					return false
				}
				_, site := r.signedBy(evidence.LayerCDN, evidence.LayerGateway, evidence.LayerHosting, evidence.LayerOrigin,
					evidence.LayerFirewall, evidence.LayerChallenge)
				return proxySpoke(r) || r.status >= 500 && !site && !proxyPasses(r) || r.status == 0 && r.isFault(evidence.ProxyConnect)
			},
			fill: func(r *reading, v *Verdict) {
				v.Why = "one_view"
				v.Settle = []string{"elsewhere", "phone"}
				v.Reasons = []Finding{finding(ReasonProxySays, "Proxy", v.Facts.Proxy, "Status", r.proxyStatus())}
			},
		},
	}
}

// proxySpoke reports whether the failing reply is the proxy's own: an answer to CONNECT, or a page with its signature.
func proxySpoke(r *reading) bool {
	if !r.viaProxy() || r.secure() {
		return false
	}
	if r.hop.ProxyReply != nil {
		return true
	}
	_, signed := r.signedBy(evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
	return signed && !sitesOwnProxy(r)
}

// proxySendsAway reports whether a plain-text visit through the proxy was sent to another domain than the same visit around it:
// to the proxy's own sign-in or block page.
func proxySendsAway(r *reading) bool {
	direct := r.ev.Around.Last()
	return r.viaProxy() && ledAway(r) && r.ev.Around.Loaded() && direct != nil && !sameDomain(direct.Host, r.subject)
}

// sitesOwnProxy reports whether the page that looks like a proxy's comes around the visitor's proxy as well: a site may have
// such a one of its own in front.
func sitesOwnProxy(r *reading) bool {
	hop := r.ev.Around.Last()
	return hop != nil && r.hop.Response != nil && hop.Response != nil && hop.Response.Status == r.status &&
		sameVisitorsSide(hop.Response, r.hop.Response)
}

func proxyDenied(r *reading) bool {
	if !r.viaProxy() || r.secure() || r.page == nil {
		return false
	}
	if r.hop.ProxyReply != nil {
		return r.hop.ProxyReply.Status >= 400 && r.hop.ProxyReply.Status < 500
	}
	if r.isFault(evidence.ProxyConnect, evidence.ProxyRefused) {
		return true
	}
	_, filter := r.signedBy(evidence.LayerVisitorFilter)
	_, proxy := r.signedBy(evidence.LayerVisitorProxy)
	if sitesOwnProxy(r) {
		return false
	}
	switch {
	case r.status == 407, filter:
		return true
	case r.status >= 400 && r.status < 500:
		return proxy || r.ev.Around.Loaded() && proxyAlone(r)
	default:
		return false
	}
}

// aroundAnswers reports whether the site gave a reply without a server's failure when asked around the proxy.
func aroundAnswers(r *reading) bool {
	s := r.ev.Around.Status()
	return s > 0 && s < 500 && r.ev.Around.Fault == nil
}

// throughProxy is what the proxy gave for the page that was asked for around it: the visit itself where that is the same
// page, or where it failed before any page was named; nil where that was not asked.
func throughProxy(r *reading) *evidence.Fetch {
	u, err := url.Parse(r.page.URL)
	if err == nil && (u.Path == "" || u.Path == "/") || schemeOf(r.hop.URL) == "https" {
		return r.page
	}
	return r.ev.ThroughProxy
}

// proxyAlone reports whether the same page fails through the proxy and fares better around it.
func proxyAlone(r *reading) bool {
	through := throughProxy(r)
	return through != nil && aroundAnswers(r) && trouble(through) > trouble(r.ev.Around)
}

// proxyPasses reports whether the proxy lets the site's "/" through as it is.
func proxyPasses(r *reading) bool {
	through := r.ev.ThroughProxy
	return through != nil && aroundAnswers(r) && trouble(through) <= trouble(r.ev.Around)
}

// trouble ranks how a visit went: loaded, turned away, a server's failure, no reply.
func trouble(f *evidence.Fetch) int {
	switch s := f.Status(); {
	case f.Fault != nil || s == 0:
		return 3
	case s >= 500:
		return 2
	case s >= 400:
		return 1
	default:
		return 0
	}
}

// rewritten reports whether the visit failed because somebody presents certificates of their own.
func (r *reading) rewritten() bool { return r.isFault(evidence.TLSHandshake) && issuerElsewhere(r) > 0 }

// proxyStatus is the status line that the proxy answered with.
func (r *reading) proxyStatus() string {
	if r.hop.ProxyReply != nil {
		return r.hop.ProxyReply.Line()
	}
	return statusLine(r.page)
}

func fillProxySays(r *reading, v *Verdict) {
	v.Facts.StatusLine = r.proxyStatus()
	if r.hop.ProxyReply != nil {
		v.Facts.Status = r.hop.ProxyReply.Status
	}
	v.Reasons = []Finding{finding(ReasonProxySays, "Proxy", v.Facts.Proxy, "Status", v.Facts.StatusLine)}
	if r.ev.Around != nil && r.ev.Around.Status() > 0 {
		v.Facts.Direct = statusLine(r.ev.Around)
		v.Reasons = append(v.Reasons, finding(ReasonWorksWithout, "Proxy", v.Facts.Proxy))
	}
}

// directWay reports whether there is a way around the proxy as far as the direct visit needs one: a reply, an address
// outside that was reached by number, or, where the visit failed for its name, name services outside that find no public
// address for it either.
func (r *reading) directWay(direct *evidence.Fetch) bool {
	if direct.Status() != 0 || r.world.landmarks > 0 {
		return true
	}
	others := r.names.others()
	return r.names.witnesses() > 0 && (len(others) == 0 && direct.Fault.Is(evidence.Resolve) || allNot(others, public))
}

// takeDirectView makes the direct visit the one that is judged, where the proxy only passes on that it could not get
// anywhere: then the direct way decides whether that is the site's own doing (VERDICTS.md, Boundaries). It needs
// a direct way at all: an address outside that can be reached without the proxy.
func (r *reading) takeDirectView() {
	direct := r.ev.Around
	if direct == nil || direct.Loaded() || !r.failed() || !r.viaProxy() || r.secure() || proxyDenied(r) {
		return
	}
	if r.isFault(evidence.ProxyConnect, evidence.ProxyUnreachable) || !r.directWay(direct) {
		return
	}
	if aroundAnswers(r) || progress(direct) == 0 {
		return
	}
	r.use(direct)
	r.direct = true
}
