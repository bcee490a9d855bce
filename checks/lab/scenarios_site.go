//go:build linux

package lab

import (
	"net"
	"time"

	"isitme/checks/verdict"
)

// retried is long enough for all four tries of a page that answers at once, the last of which begins at 7 s.
const retried = 12 * time.Second

// whole is the longest a run may take.
const whole = 31 * time.Second

// serverErrors are scenarios whose site answers with a status of its front door.
func serverErrors() []Scenario {
	return []Scenario{
		{
			Name: "nginx, nothing behind it", Address: cart,
			Break: []fault{behind(nginx(noBackend))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "nginx, nothing behind it, over plain http", Address: "http://shop.example.org/cart",
			Break: []fault{behind(nginx(noBackend))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl("http://shop.example.org/cart", "^502$")},
		},
		{
			Name: "nginx, nothing behind it, on another port", Address: "https://shop.example.org:8443/",
			Break: []fault{behind(onPort("8443", reply(502, "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>")))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl("https://shop.example.org:8443/", "^502$")},
		},
		{
			Name: "nginx, the server behind it hangs up", Address: cart,
			Break: []fault{behind(nginx(backendHangsUp))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "nginx gives up on a silent server", Address: cart,
			Break: []fault{behind(nginx(backendSilent, "proxy_read_timeout 1s;"))},
			Want:  want(verdict.GatewayTimeout, verdict.Certain), Within: 16 * time.Second,
			Proof: []Proof{curl(cart, "^504$")},
		},
		{
			Name: "nginx waits a minute for a silent server", Address: cart,
			Break: []fault{behind(nginx(backendSilent))},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), {Command: "curl -sS -m 2 -v " + cart, Shows: "SSL certificate verify ok"}},
		},
		{
			Name: "nginx says it is being maintained", Address: cart,
			Break: []fault{behind(nginx(noBackend, `add_header Retry-After 3600 always;`,
				`return 503 "<title>Maintenance</title>We are working on the shop and will be back at three.";`))},
			Want: want(verdict.Maintenance, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "(?i)Retry-After: 3600(?s:.*)503$", "-D", "-")},
		},
		{
			Name: "the program behind nginx crashes", Address: cart,
			Break: []fault{behind(nginx(backendPage(500, "<h1>Internal Server Error</h1>")))},
			Want:  want(verdict.ServerError, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^500$")},
		},
		{
			Name: "HAProxy has no server left", Address: cart,
			Break: []fault{behind(haproxy(noBackend, "server shop "+backendAddress))},
			Want:  want(verdict.Overloaded, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^503$")},
		},
		{
			Name: "HAProxy gives up on a silent server", Address: cart,
			Break: []fault{behind(haproxy(backendSilent, "timeout server 1s", "server shop "+backendAddress))},
			Want:  want(verdict.GatewayTimeout, verdict.Certain), Within: 16 * time.Second,
			Proof: []Proof{curl(cart, "^504$")},
		},
		{
			Name: "HAProxy, garbage behind it", Address: cart,
			Break: []fault{behind(haproxy(backendGarbage, "server shop "+backendAddress))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "Apache, nothing behind it", Address: cart,
			Break: []fault{behind(apache(noBackend))},
			Want:  want(verdict.Overloaded, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^503$")},
		},
		{
			Name: "Apache, the server behind it hangs up", Address: cart,
			Break: []fault{behind(apache(backendHangsUp))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "Caddy, nothing behind it", Address: cart,
			Break: []fault{behind(caddy(noBackend))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "Varnish cannot fetch from its backend", Address: cart,
			Break: []fault{behind(varnish(noBackend))},
			Want:  want(verdict.Overloaded, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "(?i)Retry-After: 5(?s:.*)503$", "-D", "-", "--http1.1")},
		},
		{
			Name: "a CDN cannot reach the site's server", Address: cart,
			Break: []fault{behind(page(522, "<title>shop.example.org | 522: Connection timed out</title><p>Cloudflare Ray ID: 8a1b2c3d4e5f6071</p>",
				"Server: cloudflare", "CF-RAY: 8a1b2c3d4e5f6071-FRA"))},
			Want: want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^522$")},
		},
		{
			Name: "the page is on a second host that answers 502", Address: cart,
			Break: []fault{behind(page(302, "", "Location: https://login.example.org/in")), secondHost(nginx(noBackend))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried, Hops: 1,
			Proof: []Proof{curl(cart, "^502$", "-L")},
		},
		{
			Name: "an office proxy passes the site's 502 on", Address: cart,
			Break: []fault{behind(nginx(noBackend)), squid(), proxied(proxyAt)},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^200:502$", "-w", "%{http_connect}:%{http_code}")},
		},
		{
			Name: "a proxy named by a script passes the site's 502 on", Address: cart,
			Break: []fault{behind(nginx(noBackend)), squid(), proxyScript(`return dnsDomainIs(host, ".example.org") ? "PROXY ` + proxyAt + `" : "DIRECT";`)},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{
				{Command: "curl -sS http://192.168.178.40/proxy.pac", Shows: "PROXY"},
				curl(cart, "^200:502$", "-x", proxyAt, "-w", "%{http_connect}:%{http_code}"),
			},
		},
		{
			Name: "an office proxy passes a plain 502 on", Address: "http://shop.example.org/cart",
			Break: []fault{behind(nginx(noBackend)), squid(), proxied(proxyAt)},
			Want:  want(verdict.BadGateway), Within: retried,
			Proof: []Proof{curl("http://shop.example.org/cart", "(?i)Via: (?s:.*)502$", "-D", "-")},
		},
		{
			Name: "a hosts file line that is right, and 502", Address: cart,
			Break: []fault{behind(nginx(noBackend)), hosts(shopAddress + " " + shop)},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{{Command: "cat /etc/hosts", Shows: shop}, curl(cart, "^502$")},
		},
		{
			Name: "a trusted interceptor passes the site's 502 on", Address: cart,
			Break: []fault{behind(nginx(noBackend)), interceptor(true)},
			Want:  want(verdict.BadGateway), Within: retried,
			Proof: []Proof{curl(cart, "Brightwood(?s:.*)502$", "-v")},
		},
		{
			Name: "a VPN that works passes the site's 502 on", Address: cart, Tunnel: true,
			Break: []fault{behind(nginx(noBackend)), vpn(false)},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{{Command: "ip route get 185.26.156.10", Shows: "tun0"}, curl(cart, "^502$")},
		},
		{
			Name: "502 while an ad blocker stands in for one sign-in detector", Address: "http://shop.example.org/",
			Break: []fault{
				behind(nginx(noBackend)), resolver(dnsmasq(sinkhole("detectportal.firefox.com", homeBox)...)),
				more(func(r *running) error {
					return r.http(r.home, homeBox+":80", reply(200, "blocked by the ad blocker"), nil)
				}),
			},
			Want: want(verdict.BadGateway), Within: retried,
			Proof: []Proof{curl("http://shop.example.org/", "^502$"), {Command: "curl -sS http://detectportal.firefox.com/success.txt", Shows: "blocked by"}},
		},
		{
			Name: "a device on the home network answers 502", Address: "http://192.168.178.40/",
			Break: []fault{device(page(502, "<title>502 Bad Gateway</title>"))},
			Want:  want(verdict.BadGateway), Within: retried,
			Proof: []Proof{curl("http://192.168.178.40/", "^502$")},
		},
	}
}

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

func siteScenarios() []Scenario {
	return append(append(serverErrors(), deadSites()...), brokenSites()...)
}
