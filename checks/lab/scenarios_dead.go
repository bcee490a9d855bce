//go:build linux

package lab

import (
	"net"
	"time"

	"isitme/checks/verdict"
)

// deadSites are scenarios whose site does not get as far as a page.
func deadSites() []Scenario {
	return []Scenario{
		{
			Name: "the site's server is silent", Address: cart,
			Break: []fault{dropped(shopAddress)},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "both of the site's addresses are silent", Address: cart,
			Break: []fault{at(shopAddress, shopIPv6), dropped(shopAddress, shopIPv6)},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2", "-4"), curl(cart, `\(28\)`, "-m", "2", "-6")},
		},
		{
			Name: "a site with IPv6 only is silent, IPv6 works here", Address: cart,
			Break: []fault{at(shopIPv6), dropped(shopIPv6)},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$", "-6")},
		},
		{
			Name: "the router at home swallows this one address", Address: cart,
			Break: []fault{blocking(homeForward, "ip daddr "+shopAddress+" drop")},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), far(curl(cart, "^200$"))},
		},
		{
			Name: "the router at home says that this one address cannot be reached", Address: cart,
			Break: []fault{blocking(homeForward, "ip daddr "+shopAddress+" reject with icmpx type host-unreachable")},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`), far(curl(cart, "^200$"))},
		},
		{
			Name: "http works and sends to https, which nobody serves", Address: "http://shop.example.org/",
			Break: []fault{behind(onlyPlain(reply(301, "", "Location: https://shop.example.org/")))},
			Want:  want(verdict.RefusesConnections), Within: 20 * time.Second, Hops: 1,
			Proof: []Proof{curl("http://shop.example.org/", "^301$"), curl(cart, `\(7\)`)},
		},
		{
			Name: "the site's server refuses connections", Address: cart,
			Break: []fault{behind(nobodyListens)},
			Want:  want(verdict.RefusesConnections), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`)},
		},
		{
			Name: "the site refuses the office proxy and everybody else", Address: cart,
			Break: []fault{behind(nobodyListens), squid(), proxied(proxyAt)},
			Want:  want(verdict.RefusesConnections), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, "50[0-9]", "-w", "%{http_connect}"), curl(cart, `\(7\)`, "--noproxy", "*")},
		},
		{
			Name: "one server refuses, the other is silent", Address: cart,
			Break: []fault{at(shopAddress, "185.26.156.13"), behind(nobodyListens), dropped("185.26.156.13")},
			Want:  want(verdict.RefusesConnections, verdict.Likely), Within: whole,
			Proof: []Proof{
				curl(cart, `\(7\)`, "--resolve", "shop.example.org:443:185.26.156.10"),
				curl(cart, `\(28\)`, "-m", "2", "--resolve", "shop.example.org:443:185.26.156.13"),
			},
		},
		{
			Name: "nobody listens on the port asked for", Address: "https://shop.example.org:444/", Healthy: true,
			Want: want(verdict.RefusesConnections), Within: 20 * time.Second,
			Proof: []Proof{curl("https://shop.example.org:444/", `\(7\)`)},
		},
		{
			Name: "nobody listens on this computer's own port", Address: "http://localhost:8080/", Healthy: true,
			Want: want(verdict.RefusesConnections), Within: 20 * time.Second,
			Proof: []Proof{curl("http://localhost:8080/", `\(7\)`)},
		},
		{
			Name: "the server resets every connection", Address: cart,
			Break: []fault{behind(raw(func(c net.Conn) { drain(c); reset(c) }))},
			Want:  want(verdict.ClosesConnection), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(35\)|\(56\)`)},
		},
		{
			Name: "the server ends every connection", Address: cart,
			Break: []fault{behind(raw(drain))},
			Want:  want(verdict.ClosesConnection), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(35\)`)},
		},
		{
			Name: "HAProxy ends the connection instead of answering", Address: cart,
			Break: []fault{behind(haproxy(noBackend, "http-request reject"))},
			Want:  want(verdict.ClosesConnection), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(52\)|\(92\)`), {Command: "curl -sS -m 2 -v " + cart, Shows: "SSL certificate verify ok"}},
		},
		{
			Name: "the server accepts and says nothing", Address: cart,
			Break: []fault{behind(raw(hold))},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), {Command: "curl -sS -m 2 -v " + cart, Shows: "Connected to"}},
		},
		{
			Name: "the server talks something else than HTTP", Address: cart,
			Break: []fault{behind(secure(func(c net.Conn) { say(c, "220 mail.example.org ESMTP\r\n") }))},
			Want:  want(verdict.BadResponse), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, "HTTP/0.9")},
		},
		{
			Name: "nginx passes garbage on", Address: cart,
			Break: []fault{behind(nginx(backendGarbage))},
			Want:  want(verdict.BadResponse), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, "HTTP/0.9")},
		},
		{
			Name: "the page is cut off", Address: cart,
			Break: []fault{behind(secure(func(c net.Conn) {
				say(c, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Type: text/html\r\n\r\n<title>Shop</title>and then")
			}))},
			Want: want(verdict.BadResponse), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(18\)`)},
		},
	}
}
