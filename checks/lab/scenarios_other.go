//go:build linux

package lab

import (
	"time"

	"isitme/checks/verdict"
)

// refusedScenarios are those of a site that is up and turns the visitor away.
func refusedScenarios() []Scenario {
	return []Scenario{
		{
			Name: "nginx denies access", Address: cart,
			Break: []fault{behind(nginx(noBackend, "deny all;"))},
			Want:  want(verdict.Forbidden, verdict.Likely), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, "^403$")},
		},
		{
			Name: "Apache wants a password", Address: cart,
			Break: []fault{behind(page(401, "<title>401 Unauthorized</title>", `WWW-Authenticate: Basic realm="staff"`))},
			Want:  want(verdict.Forbidden), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, "^401$")},
		},
		{
			Name: "the visitor has asked too often", Address: cart,
			Break: []fault{behind(page(429, "too many requests", "Retry-After: 120"))},
			Want:  want(verdict.RateLimited), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "^429$")},
		},
		{
			Name: "not available in this country", Address: cart,
			Break: []fault{behind(page(451, "not available in your country"))},
			Want:  want(verdict.RegionBlocked), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "^451$")},
		},
		{
			Name: "a CDN wants to see a person", Address: cart,
			Break: []fault{behind(page(403, "<title>Just a moment...</title>", "Server: cloudflare", "CF-Mitigated: challenge", "CF-RAY: 8a1b2c3d4e5f6071-FRA"))},
			Want:  want(verdict.RobotCheck), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "(?i)cf-mitigated: challenge(?s:.*)403$", "-D", "-")},
		},
		{
			Name: "a CDN's firewall turns the visitor away", Address: cart,
			Break: []fault{behind(page(403, `<title>Access denied | shop.example.org used Cloudflare to restrict access</title>`+
				`<span class="cf-error-code">1020</span><h1>Error 1020</h1><p>Ray ID: 8a1b2c3d4e5f6071</p>`,
				"Server: cloudflare", "CF-RAY: 8a1b2c3d4e5f6071-FRA"))},
			Want: want(verdict.SiteFirewall), Within: 10 * time.Second,
			Proof: []Proof{{Command: "curl -sS " + cart, Shows: "1020"}},
		},
		{
			Name: "nginx wants a certificate from the visitor", Address: cart,
			Break: []fault{behind(wantsClientCertificate)},
			Want:  want(verdict.RequestRejected), Within: 10 * time.Second,
			Proof: []Proof{{Command: "curl -sS " + cart, Shows: "No required SSL certificate was sent"}},
		},
		{
			Name: "plain http sent to the port of https", Address: "http://shop.example.org:443/",
			Break: []fault{behind(nginx(backendPage(200, "hello")))},
			Want:  want(verdict.RequestRejected), Within: 10 * time.Second,
			Proof: []Proof{{Command: "curl -sS http://shop.example.org:443/", Shows: "plain HTTP request was sent to HTTPS port"}},
		},
		{
			Name: "the site does not take this kind of request", Address: cart,
			Break: []fault{behind(page(405, "method not allowed", "Allow: POST"))},
			Want:  want(verdict.RequestRejected), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "^405$")},
		},
	}
}

// addressScenarios are those of an address that is the problem.
func addressScenarios() []Scenario {
	return []Scenario{
		{
			Name: "the name does not exist", Address: "https://shpo.example.org/", Healthy: true,
			Want: want(verdict.NoSuchSite, verdict.Certain), Within: 12 * time.Second,
			Proof: []Proof{dig("8.8.8.8", "shpo.example.org", "NXDOMAIN"), dig("9.9.9.9", "shpo.example.org", "NXDOMAIN")},
		},
		{
			Name: "the domain does not exist", Address: "https://www.shop-lapsed.com/", Healthy: true,
			Want: want(verdict.NoSuchSite, verdict.Certain), Within: 12 * time.Second,
			Proof: []Proof{dig("8.8.8.8", "www.shop-lapsed.com", "NXDOMAIN")},
		},
		{
			Name: "the name does not exist, but the provider has a search page for it", Address: "http://shpo.example.org/",
			Break: []fault{resolver(wildcarding), more(func(r *running) error {
				return r.http(r.internet, portalAddress+":80", reply(200, "<title>Did you mean…</title>"), nil)
			})},
			Want: want(verdict.NoSuchSite), Within: 15 * time.Second,
			Proof: []Proof{dig(homeAddress, "shpo.example.org", `62\.53\.80\.80`, "+short"), dig("8.8.8.8", "shpo.example.org", "NXDOMAIN")},
		},
		{
			Name: "the page does not exist", Address: "https://shop.example.org/lost",
			Break: []fault{behind(nginx(noBackend, "return 404;"))},
			Want:  want(verdict.PageMissing, verdict.Certain), Within: 6 * time.Second,
			Proof: []Proof{curl("https://shop.example.org/lost", "^404$")},
		},
		{
			Name: "the page is gone for good", Address: "https://shop.example.org/lost",
			Break: []fault{behind(apache(noBackend, "Redirect gone /lost", "ProxyPass /lost !"))},
			Want:  want(verdict.PageMissing, verdict.Certain), Within: 6 * time.Second,
			Proof: []Proof{curl("https://shop.example.org/lost", "^410$")},
		},
	}
}

// unknownScenarios are those that no visitor can tell from here.
func unknownScenarios() []Scenario {
	return []Scenario{
		{
			Name: "the resolver denies the name and nobody else can be asked", Address: cart,
			Break: []fault{
				resolver(dnsmasq("address=/shop.example.org/")),
				blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53"),
					"ip daddr { 8.8.8.8, 1.1.1.1, 9.9.9.9 } drop",
					"ip6 daddr { 2001:4860:4860::8888, 2606:4700:4700::1111, 2620:fe::fe } drop"),
			},
			Want: want(verdict.NotEnoughEvidence, verdict.Unsure), Within: whole,
			Proof: []Proof{
				dig(homeAddress, shop, "NXDOMAIN"), dig("8.8.8.8", shop, "timed out|no servers"),
				curl("https://1.1.1.1/dns-query", `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$"),
			},
		},
		{
			Name: "the proxy reports an error and there is no other way out", Address: cart,
			Break: []fault{squid(), proxied(proxyAt), blocking(homeForward, "drop"), blocking(homeOut, "ip daddr "+shopAddress+" reject")},
			Want:  want(verdict.NotEnoughEvidence, verdict.Unsure), Within: whole,
			Proof: []Proof{
				curl(cart, "50[0-9]", "-w", "%{http_connect}"), curl("https://www.google.com/", "^200$"),
				curl(cart, "000", "--noproxy", "*", "-m", "2"),
			},
		},
		{
			Name: "the visitor stops waiting for a silent site", Address: cart, Interrupt: 2 * time.Second,
			Break: []fault{dropped(shopAddress)},
			Want:  want(verdict.Stopped, verdict.Unsure), Within: 3 * time.Second,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2")},
		},
	}
}
