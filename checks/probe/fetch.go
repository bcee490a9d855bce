package probe

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"isitme/checks/evidence"
)

// Fetch makes one GET and traces it: every redirect, every address tried, the certificates, the timings. It never
// fails as a call: what went wrong is in the failing hop, and in the Fault of the fetch.
func (p *Prober) Fetch(ctx context.Context, req Request) evidence.Fetch {
	fetch, _ := p.fetch(ctx, req)
	return fetch
}

// arrival is what the last hop brought, beyond what is recorded.
type arrival struct {
	header http.Header
	body   []byte
}

func (p *Prober) fetch(ctx context.Context, req Request) (evidence.Fetch, *arrival) {
	begin := time.Now()
	fetch := evidence.Fetch{URL: req.URL, Way: req.Way, Started: p.Env.Now()}
	u, err := url.Parse(req.URL)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || asciiHost(u) != nil {
		fetch.Fault = &evidence.Fault{Operation: evidence.Resolve, Failure: evidence.Unknown, Detail: "not an http or https address"}
		return fetch, nil
	}
	if req.Jar == nil {
		// New fails never: its options hold nothing that could be wrong.
		req.Jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	}
	arrived := p.follow(ctx, &req, u, &fetch)
	if hop := fetch.Last(); hop != nil && hop.Fault != nil {
		fault := *hop.Fault
		fetch.Fault = &fault
	}
	fetch.MS = since(begin)
	return fetch, arrived
}

// sameVisits is how often the same page is asked for with the same cookies before that is a circle: some gateways send a
// visitor back to the page once, and remember them by other things than a cookie.
const sameVisits = 2

// follow visits u and where it leads, hop by hop.
func (p *Prober) follow(ctx context.Context, req *Request, u *url.URL, fetch *evidence.Fetch) *arrival {
	siteHost := u.Hostname()
	been := map[string]int{}
	for n := 0; ; n++ {
		been[visitKey(u, req.Jar)]++
		v := visit{
			p: p, req: req, u: u, first: n == 0,
			counted: req.Counted && strings.EqualFold(u.Hostname(), siteHost),
			// What a private page leads to may be private too.
			private: req.Private || n == 0 || evidence.Local(fetch.Last().Address) && req.Proxy == nil,
		}
		arrived := v.run(ctx)
		if arrived != nil {
			setCookies(req.Jar, u, arrived.header)
		}
		fetch.Hops = append(fetch.Hops, v.hop)
		hop := fetch.Last()
		if hop.Fault != nil || req.NoRedirects || !evidence.SendsOn(hop.Response.Status) {
			return arrived
		}
		next, err := redirectTarget(u, arrived.header.Values("Location")...)
		switch {
		case err != nil:
		case isPrivateHost(next.Hostname()) && !isPrivateHost(u.Hostname()) && !req.Private && !v.reachedPrivate():
			err = failed(evidence.HTTPPrivateRedirect, "")
		case n+1 > p.Env.Limits.Hops || been[visitKey(next, req.Jar)] == sameVisits:
			err = failed(evidence.HTTPTooManyRedirects, "")
		}
		if err != nil {
			hop.Fault = Classify(err, evidence.HTTPRedirect)
			return arrived
		}
		u = next
	}
}

// visitKey tells one visit from another by all that a request shows of it: the URL and the cookies.
func visitKey(u *url.URL, jar http.CookieJar) string { return u.String() + "\n" + cookieHeader(jar, u) }
