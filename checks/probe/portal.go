package probe

import (
	"bytes"
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// Portal asks one sign-in-page detector over plain HTTP, without following redirects, and compares the reply with the
// genuine one. Of via, the way is used: Way, Proxy, Lookup, Interface and MaxSegment. Whoever answers with something
// else speaks in the detector's name; a server error, a proxy that wants credentials and silence are no such answer,
// except for 511, which exists to say this (RFC 6585, 6).
func (p *Prober) Portal(ctx context.Context, portal environment.Portal, via Request) evidence.PortalCheck {
	fetch, arrived := p.fetch(ctx, alongside(portal.URL, via))
	check := evidence.PortalCheck{Operator: portal.Operator, Fetch: fetch, ClockOffsetS: ClockOffset(fetch.Last())}
	status := fetch.Status()
	switch {
	case arrived == nil:
	case fetch.Fault == nil && status == portal.Status && bytes.Equal(bytes.TrimSpace(arrived.body), bytes.TrimSpace([]byte(portal.Body))):
		check.Genuine = true
	case status == http.StatusProxyAuthRequired,
		status >= 500 && status != http.StatusNetworkAuthenticationRequired,
		fetch.Fault != nil && status == portal.Status: // it may have been the genuine one
	default:
		check.Foreign = true
		check.LeadsTo = leadsTo(portal.URL, arrived)
	}
	return check
}

// alongside is a visit to u along the way of via, on its own: no redirects, no overrides, not charged to the site.
func alongside(u string, via Request) Request {
	return Request{
		URL: u, NoRedirects: true,
		Way: via.Way, Proxy: via.Proxy, Lookup: via.Lookup, Interface: via.Interface, MaxSegment: via.MaxSegment,
	}
}

// metaRefresh finds the target of a <meta http-equiv="refresh">, which sign-in pages use where a redirect is not
// possible.
var metaRefresh = regexp.MustCompile(
	`(?is)<meta\s[^>]*http-equiv\s*=\s*["']?refresh["']?[^>]*content\s*=\s*["']?[^"'>]*?url\s*=\s*["']?([^"'>\s]+)`)

// leadsTo is the absolute http or https URL that a reply sends the visitor to, empty without one.
func leadsTo(from string, arrived *arrival) string {
	base, err := url.Parse(from)
	if err != nil {
		return ""
	}
	target := arrived.header.Get("Location")
	if target == "" {
		if m := metaRefresh.FindSubmatch(arrived.body); m != nil {
			target = strings.TrimSpace(html.UnescapeString(string(m[1])))
		}
	}
	to, err := redirectTarget(base, target)
	if err != nil || len(to.String()) > maxLeadsTo {
		return ""
	}
	return to.String()
}

// maxLeadsTo is the longest URL worth keeping, in bytes.
const maxLeadsTo = 2048
