//go:build linux

package lab

import (
	"net"
	"net/http"
	"strings"
	"time"

	"isitme/checks/verdict"
)

// plainShop is the shop's front page over plain HTTP.
const plainShop = "http://shop.example.org/"

// betweenScenarios are faults of the way between that look like the site's, and of the site that look like the way's.
func betweenScenarios() []Scenario {
	return []Scenario{
		{
			Name: "one page hangs over http, the front page does not", Address: "http://shop.example.org/cart",
			Break: []fault{behind(onlyFront(func(http.ResponseWriter) { time.Sleep(40 * time.Second) }))},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl("http://shop.example.org/cart", `\(28\)`, "-m", "2"), curl(plainShop, "^200$")},
		},
		{
			Name: "one page is reset over http, the front page is not", Address: "http://shop.example.org/cart",
			Break: []fault{behind(onlyFront(func(w http.ResponseWriter) {
				if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
					reset(c)
				}
			}))},
			Want: want(verdict.ClosesConnection, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl("http://shop.example.org/cart", `\(56\)`), curl(plainShop, "^200$")},
		},
		{
			Name: "a sign-in page for plain http alone", Address: plainShop,
			Break: []fault{plainPortal(signIn)},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{
				{Command: "curl -sS -m 4 -D - " + plainShop, Shows: "(?i)Location: http://login.hotel-lindenhof.net"},
				curl("https://www.google.com/", "^200$"),
			},
		},
		{
			Name: "a sign-in page for plain http alone, in place of the page", Address: plainShop,
			Break: []fault{plainPortal(reply(200, "<title>Guests</title>please sign in"))},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 " + plainShop, Shows: "please sign in"}, curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "the provider answers 200 in the site's name (http)", Address: plainShop,
			Break: []fault{inTheWay("80", middlebox{name: shop, act: func(c net.Conn) {
				say(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 31\r\nConnection: close\r\n\r\n<title>Stop</title>Not for you.")
			}})},
			Want: want(verdict.NetworkBlocksSite, verdict.Likely), Within: 15 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 " + plainShop, Shows: "Not for you"}, far(curl(plainShop, "^200$"))},
		},
		{
			Name: "a box on the way answers every plain page with a 502", Address: plainShop,
			Break: []fault{inTheWay("80", middlebox{act: func(c net.Conn) {
				say(c, "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 30\r\nConnection: close\r\n\r\n<title>502 Bad Gateway</title>")
			}})},
			Want: want(verdict.NetworkBlocksSite, verdict.Likely), Within: retried,
			Proof: []Proof{
				curl(plainShop, "^502$"), curl("http://captive.apple.com/hotspot-detect.html", "^502$"), curl("https://www.google.com/", "^200$"),
				far(curl(plainShop, "^200$")),
			},
		},
		{
			Name: "the provider answers the site's name on the secure port in plain text", Address: cart,
			Break: []fault{inTheWay("443", middlebox{name: shop, act: func(c net.Conn) {
				say(c, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			}})},
			Want: want(verdict.NetworkBlocksSite, verdict.Likely), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\(35\).*wrong version number`), far(curl(cart, "^200$")), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "the router's reply about the site is cut, and it takes no TCP", Address: cart,
			Break: []fault{resolver(cutting(shop)), blocking(homeIn, "iifname lan tcp dport 53 reject with tcp reset")},
			Want:  want(verdict.DNSBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, "(?i)truncated|connection refused"), dig(homeAddress, "www.google.com", "NOERROR")},
		},
		{
			Name: "names are looked up, connections are dropped", Address: cart,
			Break: []fault{blocking(homeForward, "meta l4proto tcp drop")},
			Want:  want(verdict.NoInternet), Within: 20 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, `185\.26`, "+short"), reachesNothing()},
		},
		{
			Name: "no program finds names, though the resolver answers", Address: cart,
			Break: []fault{blocking(homeIn, "iifname lan "+closedPorts("udp", "53"))},
			Want:  want(verdict.DNSNotAnswering), Within: 25 * time.Second,
			Proof: []Proof{{Command: "getent ahosts www.google.com", ShowsNot: `\d`}, dig(homeAddress, shop, `185\.26`, "+short", "+tcp")},
		},
		{
			Name: "public resolvers are closed, IPv6 works, the site is silent", Address: cart,
			Break: []fault{dropped(shopAddress), blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53"),
				"ip daddr { 8.8.8.8, 1.1.1.1, 9.9.9.9 } drop",
				"ip6 daddr { 2001:4860:4860::8888, 2606:4700:4700::1111, 2620:fe::fe } drop")},
			Want: want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), dig("8.8.8.8", shop, "timed out|no servers"), curl("https://www.google.com/", "^200$", "-4")},
		},
		{
			Name: "the hosts file names another site's server (http)", Address: plainShop,
			Break: []fault{hosts("81.169.145.70 " + shop)},
			Want:  want(verdict.HostsFile), Within: 15 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 " + plainShop, Shows: "another site"}, dig(homeAddress, shop, `185\.26`, "+short")},
		},
		{
			Name: "a proxy script names a dead proxy first and the direct way second", Address: cart,
			Break: []fault{proxyScript(`return "PROXY 192.168.178.99:3128; DIRECT";`), behind(nginx(noBackend))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: 16 * time.Second,
			Proof: []Proof{{Command: "curl -sS http://192.168.178.40/proxy.pac", Shows: "DIRECT"}, curl(cart, "^502$")},
		},
		{
			Name: "the site turns the VPN's exit away", Address: cart, Tunnel: true, Flags: []string{"--beside-vpn"},
			Break: []fault{vpn(false), behind(handle(func(w http.ResponseWriter, q *http.Request) {
				if strings.HasPrefix(q.RemoteAddr, "62.54.") {
					reply(200, "welcome")(w, q)
					return
				}
				reply(451, "not from where you are")(w, q)
			}))},
			Want: want(verdict.VPNBreaksSite, verdict.Certain), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "^451$", "-4"), curl(cart, "^200$", "--interface", "eth0")},
		},
		{
			Name: "a name and a port that speaks plain http", Address: "shop.example.org:8080",
			Break: []fault{behind(func(r *running, s *site) error { return s.each(r, "8080", reply(200, "an old shop"), nil) })},
			Want:  want(verdict.Works), Within: 8 * time.Second,
			Proof: []Proof{curl("http://shop.example.org:8080/", "^200$")},
		},
	}
}

// onlyFront is a site whose pages but the first misbehave.
func onlyFront(misbehave func(http.ResponseWriter)) func(*running, *site) error {
	return handle(func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path != "/" {
			misbehave(w)
			return
		}
		reply(200, "<title>Shop</title>welcome")(w, q)
	})
}

// plainPortal stands in for every page over plain HTTP and IPv4, and lets secure ones pass.
func plainPortal(h http.HandlerFunc) fault {
	return func(w *world) {
		w.rule(providerPre, "iifname \"line\" meta nfproto ipv4 tcp dport 80 dnat ip to "+portalAddress+":80")
		w.rule(homeForward, "meta nfproto ipv6 drop")
		w.extras = append(w.extras, func(r *running) error {
			return r.http(r.internet, withPort(portalAddress, "80"), h, nil)
		})
	}
}
