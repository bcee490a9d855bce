package report

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// system removes from the system's own word what tells one computer or network from another. Interfaces are called by
// their kind, numbered from the second on, so that a route can still be followed to its interface.
func (d *redactor) system(sys *evidence.System) {
	if sys == nil {
		return
	}
	names, count := map[string]string{}, map[string]int{}
	for i := range sys.Interfaces {
		in := &sys.Interfaces[i]
		count[in.Kind]++
		generic := in.Kind
		if n := count[in.Kind]; n > 1 {
			generic += "-" + strconv.Itoa(n)
		}
		names[in.Name], in.Name, in.Addresses = generic, generic, nil
	}
	rename := func(name *string) {
		if generic, ok := names[*name]; ok {
			*name = generic
		} else if *name != "" {
			*name = Hidden
		}
	}
	routes := []*evidence.Route{sys.DefaultV4, sys.DefaultV6}
	for i := range sys.SiteRoutes {
		routes = append(routes, &sys.SiteRoutes[i])
	}
	for _, r := range routes {
		if r == nil {
			continue
		}
		rename(&r.Interface)
		if r.Gateway != "" {
			r.Gateway = RouterAddress
		}
		if r.Source != "" {
			r.Source = OwnAddress
		}
	}
	for i := range sys.Nameservers {
		ns := &sys.Nameservers[i]
		rename(&ns.Interface)
		if len(ns.Domains) > 0 {
			ns.Domains = []string{Hidden}
		}
	}
	for i := range sys.VPNs {
		v := &sys.VPNs[i]
		rename(&v.Interface)
		v.Name = v.Kind
	}
	d.proxySettings(&sys.Proxy)
}

func (d *redactor) proxySettings(p *evidence.Proxy) {
	if u, err := url.Parse(p.PACURL); p.PACURL != "" && (err != nil || !d.loopback(u.Hostname())) {
		p.PACURL = Hidden
	}
	p.PACResult = pacHosts.ReplaceAllStringFunc(p.PACResult, func(s string) string {
		kind, host, _ := strings.Cut(s, " ")
		if u, err := url.Parse("http://" + strings.TrimSpace(host)); err == nil && d.loopback(u.Hostname()) {
			return s
		}
		return kind + " " + ProxyAddress
	})
	// A PAC file may return anything at all; only the known words are worth keeping.
	if p.PACResult != "" && !pacHosts.MatchString(p.PACResult) && !strings.EqualFold(strings.Trim(p.PACResult, "; "), "DIRECT") {
		p.PACResult = Hidden
	}
	// The address of a proxy says whose network this is, be it a name or a number.
	if u, err := url.Parse(p.URL); p.URL != "" && (err != nil || !d.loopback(u.Hostname())) {
		p.URL = Hidden
		if err == nil {
			p.URL = u.Scheme + "://" + ProxyAddress
		}
	}
}

func (d *redactor) loopback(host string) bool {
	ip, ok := parse(host)
	return ok && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}

// fetches removes what pages of the visitor's own proxy, filter or sign-in page say, and where they stand.
func (d *redactor) fetches(r *Report) {
	ev := &r.Evidence
	each(ev, func(f *evidence.Fetch) {
		if f.Way == evidence.ViaProxy {
			for i := range f.Hops {
				d.throughProxy(&f.Hops[i])
			}
		}
	})
	each(ev, func(h *evidence.Hop) {
		if h.ProxyReply != nil {
			anonymise(h.ProxyReply)
		}
		if h.Response != nil && ofVisitor(h.Response) {
			anonymise(h.Response)
		}
	})
	if ev.ProxyDial != nil && !d.loopback(ev.ProxyDial.Address) {
		ev.ProxyDial.Address = ProxyAddress
	}
	for i := range ev.Portals {
		if ev.Portals[i].Foreign {
			d.portal(&ev.Portals[i])
		}
	}
}

// throughProxy hides the address that carried a request: of the proxy, not of the site. Into a reply without a secure
// connection the proxy writes its own name (RFC 9110, 7.6.3; RFC 9211), often beside that of the site's front door.
func (d *redactor) throughProxy(h *evidence.Hop) {
	if h.TLS == nil && h.Response != nil {
		for _, name := range []string{"via", "cache-status", "x-cache"} {
			delete(h.Response.Header, name)
		}
	}
	if h.Address != "" && !d.loopback(h.Address) {
		h.Address = ProxyAddress
	}
	for i := range h.Connects {
		if !d.loopback(h.Connects[i].Address) {
			h.Connects[i].Address = ProxyAddress
		}
	}
}

// portal hides whose sign-in page answered: it names the hotel, company or city.
func (d *redactor) portal(p *evidence.PortalCheck) {
	if u, err := url.Parse(p.LeadsTo); p.LeadsTo != "" && err == nil {
		p.LeadsTo = u.Scheme + "://" + SignInPage + "/"
	} else if p.LeadsTo != "" {
		p.LeadsTo = Hidden
	}
	for i := range p.Fetch.Hops {
		h := &p.Fetch.Hops[i]
		if h.Response != nil {
			anonymise(h.Response)
		}
		if i > 0 {
			h.URL, h.Host = "http://"+SignInPage+"/", SignInPage
			h.Resolution, h.TLS = nil, nil
		}
	}
}

// reasons are what proxies, filters and sign-in pages of the visitor's side say behind the number of a status, where it is
// not the usual: "403 Denied for anna".
func reasons(ev *evidence.Evidence) []string {
	var all []string
	add := func(res *evidence.Response) {
		_, reason, _ := strings.Cut(res.StatusLine, " ")
		if !strings.EqualFold(reason, http.StatusText(res.Status)) {
			all = append(all, reason)
		}
	}
	each(ev, func(h *evidence.Hop) {
		if h.ProxyReply != nil {
			add(h.ProxyReply)
		}
		if h.Response != nil && ofVisitor(h.Response) {
			add(h.Response)
		}
	})
	for i := range ev.Portals {
		if ev.Portals[i].Foreign {
			each(&ev.Portals[i], add)
		}
	}
	return all
}

// ofVisitor reports whether somebody on the visitor's side wrote a reply.
func ofVisitor(res *evidence.Response) bool {
	return slices.ContainsFunc(res.Signatures, func(s evidence.Signature) bool {
		return s.Layer == evidence.LayerVisitorProxy || s.Layer == evidence.LayerVisitorFilter || s.Layer == evidence.LayerPortal
	})
}

// anonymise leaves of a reply from the visitor's side what kind it is: such pages greet by name, show the visitor's
// address and name the company or hotel.
func anonymise(res *evidence.Response) {
	res.Title, res.Header, res.RequestIDs, res.Statement, res.ProxyStatus = "", nil, nil, nil, nil
}

// headers keeps of a reply's headers the ones that help an owner.
func (d *redactor) headers(res *evidence.Response) {
	for name := range res.Header {
		if lower := strings.ToLower(name); !ownersHeaders[lower] && !(isRequestID(res, lower) && !neverHeaders[lower]) {
			delete(res.Header, name)
		}
	}
	res.RequestIDs = slices.DeleteFunc(res.RequestIDs, func(id evidence.RequestID) bool {
		return neverHeaders[strings.ToLower(id.Header)]
	})
}

func isRequestID(res *evidence.Response, header string) bool {
	return slices.ContainsFunc(res.RequestIDs, func(id evidence.RequestID) bool { return strings.EqualFold(id.Header, header) })
}

// ownersHeaders are the headers that stay: who answered, from which cache, when, under which number.
var ownersHeaders = set("age", "alt-svc", "cache-control", "cache-status", "cdn-cache", "cdn-requestid", "cf-cache-status",
	"cf-mitigated", "cf-ray", "connection", "content-encoding", "content-length", "content-location", "content-type", "date",
	"etag", "expires", "fly-request-id", "last-modified", "location", "proxy-status", "retry-after", "server", "server-timing",
	"strict-transport-security", "transfer-encoding", "vary", "via", "x-amz-cf-id", "x-amz-cf-pop", "x-amz-id-2",
	"x-amz-request-id", "x-amzn-requestid", "x-amzn-trace-id", "x-azure-ref", "x-cache", "x-cache-hits", "x-cdn",
	"x-cloud-trace-context", "x-correlation-id", "x-envoy-upstream-service-time", "x-github-request-id", "x-iinfo", "x-nf-request-id",
	"x-powered-by", "x-render-origin-server", "x-request-id", "x-served-by", "x-sucuri-block", "x-sucuri-id", "x-timer",
	"x-trace-id", "x-varnish", "x-vercel-error", "x-vercel-id")

// neverHeaders never stay, whatever a rule takes them for: they carry cookies, credentials or the visitor's address.
var neverHeaders = set("authorization", "authentication-info", "cookie", "proxy-authenticate", "proxy-authorization",
	"set-cookie", "set-cookie2", "www-authenticate", "x-client-ip", "x-forwarded-for", "x-real-ip", "cf-connecting-ip",
	"true-client-ip", "x-csrf-token", "x-xsrf-token", "x-auth-token", "x-api-key", "forwarded")

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
