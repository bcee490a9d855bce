//go:build linux

package lab

import (
	"net"
	"time"

	"isitme/checks/verdict"
)

// siteInCompany are scenarios whose fault is the site's, while something on the visitor's side or of other sites could be
// taken for the reason.
func siteInCompany() []Scenario {
	office := func(f ...fault) []fault { return append(f, squid(), proxied(proxyAt)) }
	expired := secured(certificate{From: -90 * day, To: -2 * day})
	noOtherNames := blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53"))
	return []Scenario{
		{
			Name: "an office proxy, one page answers 502 over plain http", Address: plainCart,
			Break: office(behind(onlyCart(reply(502, "no cart")))),
			Want:  want(verdict.BadGateway, verdict.Likely), Within: retried,
			Proof: []Proof{curl(plainCart, "(?i)Via: (?s:.*)502$", "-D", "-"), curl("http://shop.example.org/", "^200$")},
		},
		{
			Name: "an office proxy, the page does not exist, over plain http", Address: plainCart,
			Break: office(behind(onlyCart(reply(404, "no cart")))),
			Want:  want(verdict.PageMissing, verdict.Likely), Within: 8 * time.Second,
			Proof: []Proof{curl(plainCart, "(?i)Via: (?s:.*)404$", "-D", "-")},
		},
		{
			Name: "an office proxy, the site lets nobody in, over plain http", Address: plainCart,
			Break: office(behind(page(403, "members only"))),
			Want:  want(verdict.Forbidden, verdict.Likely), Within: 8 * time.Second,
			Proof: []Proof{curl(plainCart, "^403$"), curl(plainCart, "^403$", "--noproxy", "*")},
		},
		{
			Name: "an office proxy, the site is silent", Address: cart,
			Break: office(dropped(shopAddress)),
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, "50[0-9]|000", "-w", "%{http_connect}", "-m", "12"), curl(cart, `\(28\)`, "--noproxy", "*", "-m", "2")},
		},
		{
			Name: "an office proxy, the site never shakes hands", Address: cart,
			Break: office(behind(raw(hold))),
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `^200\n?.*\(28\)|\(28\)(?s:.*)200$`, "-m", "2", "-w", "%{http_connect}")},
		},
		{
			Name: "an office proxy, the certificate has expired", Address: cart,
			Break: office(expired),
			Want:  want(verdict.CertificateExpired), Within: 12 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired(?s:.*)200$", "-w", "%{http_connect}")},
		},
		{
			Name: "an office proxy, the name does not exist", Address: "https://shpo.example.org/",
			Break: office(),
			Want:  want(verdict.NoSuchSite), Within: 12 * time.Second,
			Proof: []Proof{curl("https://shpo.example.org/", "50[0-9]", "-w", "%{http_connect}"), dig("8.8.8.8", "shpo.example.org", "NXDOMAIN")},
		},
		{
			Name: "an office proxy, the site's name server is off", Address: cart,
			Break: office(nameServers(nobodyAnswers)),
			Want:  want(verdict.DNSBroken), Within: whole,
			Proof: []Proof{curl(cart, "50[0-9]|000", "-w", "%{http_connect}"), dig("8.8.8.8", shop, "SERVFAIL|timed out")},
		},
		{
			Name: "Tinyproxy, the site refuses plain http", Address: plainCart,
			Break: []fault{behind(nobodyListens), tinyproxy(), proxied(proxyAt)},
			Want:  want(verdict.RefusesConnections), Within: 20 * time.Second,
			Proof: []Proof{curl(plainCart, "^50[0-9]$"), curl(plainCart, `\(7\)`, "--noproxy", "*")},
		},
		{
			Name: "a VPN that works, the site is silent", Address: cart, Tunnel: true,
			Break: []fault{dropped(shopAddress), vpn(false)},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{{Command: "ip route get 185.26.156.10", Shows: "tun0"}, curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "a VPN that works, the certificate has expired", Address: cart, Tunnel: true,
			Break: []fault{expired, vpn(false)},
			Want:  want(verdict.CertificateExpired), Within: 12 * time.Second,
			Proof: []Proof{{Command: "ip route get 185.26.156.10", Shows: "tun0"}, curl(cart, "certificate has expired")},
		},
		{
			Name: "well-known sites have trouble too, the site answers 502", Address: cart,
			Break: []fault{behind(nginx(noBackend)), unwell(502, "www.google.com", "www.wikipedia.org", "www.apple.com", "cp.cloudflare.com")},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$"), curl("https://www.google.com/", "^502$")},
		},
		{
			Name: "three sign-in detectors have trouble, the site answers 502 over plain http", Address: plainCart,
			Break: []fault{behind(nginx(noBackend)), unwell(503, "cp.cloudflare.com", "captive.apple.com", "detectportal.firefox.com")},
			Want:  want(verdict.BadGateway), Within: retried,
			Proof: []Proof{curl(plainCart, "^502$"), curl("http://captive.apple.com/", "^503$")},
		},
		{
			Name: "half of the well-known sites are silent, the site refuses", Address: cart,
			Break: []fault{behind(nobodyListens), dropped("142.250.74.36", "185.15.59.224", "23.37.0.101")},
			Want:  want(verdict.RefusesConnections), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`), curl("https://www.google.com/", `\(28\)`, "-4", "-m", "2")},
		},
		{
			Name: "a well-known site itself is silent", Address: "https://www.wikipedia.org/",
			Break: []fault{dropped("185.15.59.224", "2a02:ec80:300:ed1a::1")},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl("https://www.wikipedia.org/", `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "public resolvers cannot be asked here, the site is silent", Address: cart,
			Break: []fault{dropped(shopAddress), noOtherNames},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), dig("8.8.8.8", shop, "timed out|no servers")},
		},
		{
			Name: "public resolvers cannot be asked here, the certificate has expired", Address: cart,
			Break: []fault{expired, noOtherNames},
			Want:  want(verdict.CertificateExpired), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired"), dig("8.8.8.8", shop, "timed out|no servers")},
		},
		{
			Name: "the first of two resolvers is dead, the site answers 502", Address: cart,
			Break: []fault{behind(nginx(noBackend)), asks("192.168.178.99", homeAddress)},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, "^502$", "-m", "12"), dig("192.168.178.99", shop, "timed out|unreachable|no servers")},
		},
		{
			Name: "the clock is an hour behind, the certificate expired long ago", Address: cart,
			Break: []fault{secured(certificate{From: -90 * day, To: -20 * day}), clockBehind(time.Hour)},
			Want:  want(verdict.CertificateExpired), Within: 12 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired")},
		},
		{
			Name: "the resolver at home names a server of the site that answers 502 over plain http", Address: plainCart,
			Break: []fault{split(reply(502, "no"), reply(200, "welcome"))},
			Want:  want(verdict.BadGateway, verdict.Likely), Within: 14 * time.Second,
			Proof: []Proof{curl(plainCart, "^502$"), dig("8.8.8.8", shop, `^185\.26\.156\.10\n$`, "+short"), curl(cart, "^200$")},
		},
		{
			Name: "the resolver at home names a server of the site with another page, over plain http", Address: plainCart,
			Break: []fault{split(reply(200, "<title>Shop Europe</title>"), reply(200, "<title>Shop Asia</title>"))},
			Want:  want(verdict.Works), Within: 8 * time.Second,
			Proof: []Proof{{Command: "curl -sS " + plainCart, Shows: "Europe"}, dig(homeAddress, shop, `^46\.4\.110\.20\n$`, "+short")},
		},
		{
			Name: "a site with IPv6 only, whose router forbids visits", Address: cart,
			Break: []fault{at(shopIPv6), blocking(internetIn, "ip6 daddr "+shopIPv6+" reject with icmpx type admin-prohibited")},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `(?i)\(7\).*permission denied|\(7\)`), curl("https://www.google.com/", "^200$", "-6")},
		},
		{
			Name: "large replies of this one site are lost", Address: cart,
			Break: []fault{blocking(internetOut, "ip saddr "+shopAddress+" meta length > 700 drop")},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "packets to the site go round in circles", Address: cart,
			Break: []fault{records(shop + ". 60 IN A 185.99.1.1"), more(func(r *running) error { return r.internet.route("185.99.1.0/24", coreProvider) })},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\((7|28)\)`, "-m", "3"), {Command: "ping -c 1 -W 2 185.99.1.1", Shows: "Time to live exceeded|100% packet loss"}},
		},
		{
			Name: "one server refuses, the other never shakes hands", Address: cart,
			Break: []fault{at(shopAddress, "185.26.156.13"), behind(func(r *running, s *site) error {
				return raw(hold)(r, &site{host: s.host, addresses: []string{"185.26.156.13"}})
			})},
			Want: want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "Tinyproxy, the site resets before TLS", Address: cart,
			Break: []fault{behind(raw(func(c net.Conn) { drain(c); reset(c) })), tinyproxy(), proxied(proxyAt)},
			Want:  want(verdict.ClosesConnection), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(35\)|\(56\)|\(97\)`), curl(cart, `\(35\)|\(56\)`, "--noproxy", "*")},
		},
	}
}
