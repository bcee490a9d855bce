//go:build linux

package lab

import (
	"io"
	"net/http"
	"time"

	"isitme/checks/verdict"
)

// cart is the page that the visitor of most scenarios wants.
const cart = "https://shop.example.org/cart"

func workingScenarios() []Scenario {
	return []Scenario{
		{
			Name: "everything is fine", Address: cart, Healthy: true,
			Want: want(verdict.Works, verdict.Certain), Within: 4 * time.Second,
			Proof: []Proof{curl(cart, "^200$")},
		},
		{
			Name: "everything is fine over plain http", Address: "http://shop.example.org/", Healthy: true,
			Want: want(verdict.Works), Within: 5 * time.Second,
			Proof: []Proof{curl("http://shop.example.org/", "^200$")},
		},
		{
			Name: "a site with IPv4 and IPv6", Address: cart,
			Break: []fault{at(shopAddress, shopIPv6)},
			Want:  want(verdict.Works, verdict.Certain), Within: 4 * time.Second,
			Proof: []Proof{curl(cart, "^200$", "-6"), curl(cart, "^200$", "-4")},
		},
		{
			Name: "the site's IPv6 is dead, its IPv4 works", Address: cart,
			Break: []fault{at(shopAddress, shopIPv6), dropped(shopIPv6)},
			Want:  want(verdict.Works, verdict.Certain), Within: 6 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "2a00:1158", "AAAA"), curl(cart, `\(28\)`, "-6", "-m", "2"), curl(cart, "^200$", "-4"), curl("https://www.google.com/", "^200$", "-6")},
		},
		{
			Name: "one of the site's two addresses is dead", Address: cart,
			Break: []fault{at(shopAddress, "185.26.156.14"), dropped("185.26.156.14")},
			Want:  want(verdict.Works, verdict.Certain), Within: 6 * time.Second,
			Proof: []Proof{
				dig("8.8.8.8", shop, `185\.26\.156\.14`, "+short"),
				curl(cart, `\(28\)`, "-m", "2", "--resolve", "shop.example.org:443:185.26.156.14"), curl(cart, "^200$"),
			},
		},
		{
			Name: "the router names itself as resolver by IPv6", Address: cart,
			Break: []fault{asks(homeIPv6), resolver(func(r *running) error {
				return r.dnsmasq(r.home, "dnsmasq", []string{homeIPv6}, providerDNS)
			})},
			Want: want(verdict.Works, verdict.Certain), Within: 5 * time.Second,
			Proof: []Proof{dig(homeIPv6, shop, `185\.26`, "+short"), curl(cart, "^200$")},
		},
		{
			Name: "IPv6 at home leads nowhere, the site has both", Address: cart,
			Break: []fault{at(shopAddress, shopIPv6), blocking(homeForward, "meta nfproto ipv6 drop")},
			Want:  want(verdict.Works, verdict.Certain), Within: 6 * time.Second,
			Proof: []Proof{curl("https://www.google.com/", "000", "-6", "-m", "2"), curl(cart, "^200$", "-4")},
		},
		{
			Name: "a domain signed with DNSSEC", Address: cart,
			Break: []fault{signedZone(20 * 24 * time.Hour)},
			Want:  want(verdict.Works, verdict.Certain), Within: 4 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, `flags:[a-z ]* ad[ ;]`), curl(cart, "^200$")},
		},
		{
			Name: "http sends to https and on to the German page", Address: "http://shop.example.org/",
			Break: []fault{behind(handle(func(w http.ResponseWriter, q *http.Request) {
				switch {
				case q.TLS == nil:
					http.Redirect(w, q, "https://"+q.Host+q.URL.Path, http.StatusMovedPermanently)
				case q.URL.Path == "/":
					http.Redirect(w, q, "/de/", http.StatusFound)
				default:
					reply(200, "willkommen")(w, q)
				}
			}))},
			Want: want(verdict.Works, verdict.Certain), Within: 4 * time.Second, Hops: 2,
			Proof: []Proof{curl("http://shop.example.org/", "^2:200$", "-L", "-w", "%{num_redirects}:%{http_code}")},
		},
		{
			Name: "a redirect to itself until a cookie is set", Address: cart,
			Break: []fault{behind(handle(func(w http.ResponseWriter, q *http.Request) {
				if _, err := q.Cookie("seen"); err != nil {
					http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes", Path: "/"})
					http.Redirect(w, q, q.URL.Path, http.StatusFound)
					return
				}
				reply(200, "your cart")(w, q)
			}))},
			Want: want(verdict.Works, verdict.Certain), Within: 4 * time.Second, Hops: 1,
			Proof: []Proof{curl(cart, "^302$"), curl(cart, "200$", "-L", "-b", "none")},
		},
		{
			Name: "a bare name whose server has http only", Address: "shop.example.org",
			Break: []fault{behind(onlyPlain(reply(200, "an old shop")))},
			Want:  want(verdict.Works), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`), curl("http://shop.example.org/", "^200$")},
		},
		{
			Name: "nginx, the server behind it restarts", Address: cart,
			Break: []fault{behind(nginx(backendAfter(2 * time.Second)))},
			Want:  want(verdict.Recovered), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "this computer remembers an old address", Address: cart,
			Break: []fault{resolver(moving(shop, "77.77.10.10")), asks("127.0.0.1"), onVisitor(remembering(shop))},
			Want:  want(verdict.FixedByFlush), Within: 20 * time.Second,
			Proof: []Proof{dig("127.0.0.1", shop, `^77\.77\.10\.10\n$`, "+short"), dig(homeAddress, shop, `185\.26`, "+short"), curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "a page that takes its time while others are quick", Address: cart,
			Break: []fault{behind(handle(func(w http.ResponseWriter, q *http.Request) {
				time.Sleep(6500 * time.Millisecond)
				reply(200, "at last")(w, q)
			}))},
			Want: want(verdict.Slow), Within: 16 * time.Second,
			Proof: []Proof{curl(cart, `^200_[6-9]\.`, "-m", "12", "-w", "%{http_code}_%{time_total}")},
		},
		{
			Name: "an empty page", Address: cart,
			Break: []fault{behind(page(200, ""))},
			Want:  want(verdict.Works), Within: 4 * time.Second,
			Proof: []Proof{curl(cart, "^200:0$", "-w", "%{http_code}:%{size_download}")},
		},
		{
			Name: "a stream without end", Address: cart,
			Break: []fault{behind(handle(func(w http.ResponseWriter, _ *http.Request) {
				for {
					if _, err := io.WriteString(w, "tick\n"); err != nil {
						return
					}
					w.(http.Flusher).Flush()
					time.Sleep(100 * time.Millisecond)
				}
			}))},
			Want: want(verdict.Works), Within: 9 * time.Second,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2", "-N")},
		},
		{
			Name: "a name with an umlaut", Address: "https://Bücher.Example.ORG/neu",
			Break: []fault{func(w *world) {
				w.site("xn--bcher-kva.example.org", page(200, "Bücher"), "185.26.156.12")
			}},
			Want: want(verdict.Works, verdict.Certain), Within: 4 * time.Second,
			Proof: []Proof{curl("https://xn--bcher-kva.example.org/neu", "^200$")},
		},
		{
			Name: "an address in numbers", Address: "http://185.26.156.10/", Healthy: true,
			Want: want(verdict.Works), Within: 5 * time.Second,
			Proof: []Proof{curl("http://185.26.156.10/", "^200$")},
		},
		{
			Name: "the resolver at home names another of the site's servers", Address: cart,
			Break: []fault{at(shopAddress, "46.4.110.20"), func(w *world) {
				w.sites[shop].noRecords = true
				w.ownRecords = []string{shop + ". 60 IN A " + shopAddress}
			}, resolver(dnsmasq("address=/shop.example.org/46.4.110.20"))},
			Want: want(verdict.Works, verdict.Certain), Within: 5 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^46\.4\.110\.20\n$`, "+short"), curl(cart, "^200$")},
		},
		{
			Name: "the second of two resolvers is dead", Address: cart,
			Break: []fault{asks(homeAddress, "192.168.178.99")},
			Want:  want(verdict.Works, verdict.Certain), Within: 5 * time.Second,
			Proof: []Proof{dig("192.168.178.99", shop, "timed out|unreachable|no servers"), {Command: "cat /etc/resolv.conf", Shows: `178\.99`}},
		},
		{
			Name: "public resolvers cannot be asked here", Address: cart,
			Break: []fault{blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53"))},
			Want:  want(verdict.Works, verdict.Certain), Within: 5 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "timed out|no servers"), curl(cart, "^200$")},
		},
		{
			Name: "a hosts file line that is right", Address: cart,
			Break: []fault{hosts(shopAddress + " " + shop)},
			Want:  want(verdict.Works, verdict.Certain), Within: 4 * time.Second,
			Proof: []Proof{{Command: "cat /etc/hosts", Shows: shop}, curl(cart, "^200$")},
		},
		{
			Name: "an ad blocker at home stands in for one sign-in detector", Address: "http://shop.example.org/",
			Break: []fault{
				resolver(dnsmasq(sinkhole("detectportal.firefox.com", homeBox)...)),
				more(func(r *running) error {
					return r.http(r.home, homeBox+":80", reply(200, "blocked by the ad blocker"), nil)
				}),
			},
			Want: want(verdict.Works), Within: 6 * time.Second,
			Proof: []Proof{{Command: "curl -sS http://detectportal.firefox.com/success.txt", Shows: "blocked by"}},
		},
		{
			Name: "a proxy that works (Squid)", Address: cart,
			Break: []fault{squid(), proxied(proxyAt)},
			Want:  want(verdict.Works, verdict.Certain), Within: 5 * time.Second,
			Proof: []Proof{curl(cart, "^200:200$", "-w", "%{http_connect}:%{http_code}")},
		},
		{
			Name: "a proxy that works, and no other way out (Tinyproxy)", Address: cart,
			Break: []fault{tinyproxy(), proxied(proxyAt), asks("192.168.178.99"), blocking(homeForward, "drop")},
			Want:  want(verdict.Works), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, "^200:200$", "-w", "%{http_connect}:%{http_code}"), curl(cart, "000", "--noproxy", "*", "-m", "1")},
		},
		{
			Name: "a company opens secure connections and the computer trusts it", Address: cart,
			Break: []fault{interceptor(true)},
			Want:  want(verdict.Works), Within: 6 * time.Second,
			Proof: []Proof{curl(cart, "Brightwood(?s:.*)200$", "-v"), curl("https://www.google.com/", "200$")},
		},
		{
			Name: "a VPN that works", Address: cart, Tunnel: true,
			Break: []fault{vpn(false)},
			Want:  want(verdict.Works, verdict.Certain), Within: 5 * time.Second,
			Proof: []Proof{{Command: "ip route get 185.26.156.10", Shows: "tun0"}, curl(cart, "^200$")},
		},
		{
			Name: "a device on the home network", Address: "http://192.168.178.40/",
			Break: []fault{device(page(200, "<title>Printer</title>ready"))},
			Want:  want(verdict.Works), Within: 5 * time.Second,
			Proof: []Proof{curl("http://192.168.178.40/", "^200$")},
		},
	}
}
