//go:build linux

package lab

import (
	"slices"
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

func siteScenarios() []Scenario {
	return slices.Concat(serverErrors(), oddReplies(), deadSites(), brokenSites(), wrongSetups(), siteInCompany())
}
