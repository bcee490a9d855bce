//go:build linux

package lab

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"isitme/checks/verdict"
)

// visitorOut is the chain for what leaves the visitor's computer.
const visitorOut = "visitor out"

// routed adds a route on the visitor's computer, in the words of ip-route(8).
func routed(route string) fault {
	return onVisitor(func(r *running) error {
		if out, err := r.visitor.output("ip", "", append([]string{"route"}, strings.Fields(route)...)...); err != nil {
			return fmt.Errorf("ip route %s: %w: %s", route, err, out)
		}
		return nil
	})
}

// cutAfter passes so many bytes of every reply over the line, and nothing more.
func cutAfter(bytes int) fault {
	return blocking(homeForward, fmt.Sprintf("tcp sport { 80, 443 } ct reply bytes > %d drop", bytes))
}

// longPage is a page of several full packets whose length is not told beforehand.
func longPage() func(*running, *site) error {
	return page(200, "<title>Shop</title>"+strings.Repeat("<p>one more thing to buy</p>\n", 1500))
}

// dyingLine is a site that never answers and whose visitor's line dies with the second visit: by then the first has been
// waited for long enough that everything else has been tried.
func dyingLine() func(*running, *site) error {
	return func(r *running, s *site) error {
		var visits atomic.Int64
		return handle(func(_ http.ResponseWriter, q *http.Request) {
			if visits.Add(1) == 2 {
				_ = r.provider.down("line")
			}
			<-q.Context().Done()
		})(r, s)
	}
}

// cutThenLate is a site that cuts the first connection, and answers later ones with a 504, after d.
func cutThenLate(d time.Duration) func(*running, *site) error {
	return func(r *running, s *site) error {
		var begun atomic.Bool
		return secure(func(c net.Conn) {
			if begun.Swap(true) {
				b := make([]byte, 4<<10)
				_, _ = c.Read(b)
				time.Sleep(d)
				say(c, "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			}
		})(r, s)
	}
}

// lineScenarios are faults of addresses, routes and the line that are easily taken for others.
func lineScenarios() []Scenario {
	return []Scenario{
		{
			Name: "the line dies while a silent page is waited for", Address: cart,
			Break: []fault{behind(dyingLine())},
			Want:  want(verdict.NoInternet, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "the first visit is cut, the next one gets a late 504", Address: cart,
			Break: []fault{behind(cutThenLate(15 * time.Second))},
			Want:  want(verdict.GatewayTimeout, verdict.Certain), Within: whole,
			Proof: []Proof{curl(cart, `\(52\)|\(28\)|\(56\)`, "-m", "2")},
		},
		{
			Name: "every page stands still after eight kilobytes", Address: cart,
			Break: []fault{cutAfter(8 << 10), behind(longPage())},
			Want:  want(verdict.SlowConnection), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.wikipedia.org/", `\(28\)`, "-m", "2"), curl("http://17.253.39.202/", "^200$")},
		},
		{
			Name: "full-sized packets vanish on the line, over IPv6 alone", Address: cart,
			Break: []fault{
				at(shopAddress, shopIPv6), func(w *world) { w.lineMTU = 1400 },
				blocking(homeOut, "icmpv6 type packet-too-big drop"), blocking(providerOut, "icmpv6 type packet-too-big drop"),
			},
			Want: want(verdict.LargePacketsLost), Within: whole,
			Proof: []Proof{
				curl("https://www.wikipedia.org/", `\(28\)`, "-6", "-m", "2"), curl("https://www.wikipedia.org/", "^200$", "-4"),
				{Command: "ping -6 -c1 -W1 -M do -s 1440 2a02:ec80:300:ed1a::1", Shows: "100% packet loss"},
			},
		},
		{
			Name: "this computer has been told that there is no way to the site", Address: cart,
			Break: []fault{routed("add unreachable " + shopAddress)},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`), far(curl(cart, "^200$")), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "this computer swallows what is for the site", Address: cart,
			Break: []fault{routed("add blackhole " + shopAddress)},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{{Command: "ip route show", Shows: "blackhole"}, curl(cart, `000`), far(curl(cart, "^200$"))},
		},
		{
			Name: "this computer sends what is for the site to a router that is gone", Address: cart,
			Break: []fault{routed("add " + shopAddress + " via 192.168.178.99")},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: whole,
			Proof: []Proof{{Command: "ip route get " + shopAddress, Shows: `via 192\.168\.178\.99`}, far(curl(cart, "^200$")), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "this computer's own firewall lets nothing out", Address: cart,
			Break: []fault{blocking(visitorOut, "oifname eth0 reject")},
			Want:  want(verdict.NoInternet), Within: 20 * time.Second,
			Proof: []Proof{reachesNothing()},
		},
		{
			Name: "this computer's own firewall lets no page out", Address: cart,
			Break: []fault{blocking(visitorOut, "tcp dport { 80, 443 } drop")},
			Want:  want(verdict.NoInternet), Within: 25 * time.Second,
			Proof: []Proof{reachesNothing(), dig("8.8.8.8", shop, `185\.26`, "+short")},
		},
		{
			Name: "this computer has no way out over IPv4, and the site nothing else", Address: cart,
			Break: []fault{routed("del default")},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`), curl("https://www.google.com/", "^200$", "-6"), far(curl(cart, "^200$"))},
		},
		{
			Name: "the router of IPv6 is gone, and the site has nothing else", Address: cart,
			Break: []fault{at(shopIPv6), onVisitor(func(r *running) error { return r.visitor.route("default6", "2003:c0:8f00:1::99") })},
			Want:  want(verdict.IPv6Broken), Within: whole,
			Proof: []Proof{curl("https://www.google.com/", `\((7|28)\)`, "-6", "-m", "2"), curl("https://www.google.com/", "^200$", "-4"), far(curl(cart, "^200$"))},
		},
		{
			Name: "an IPv6 address in numbers, and no IPv6 here", Address: "https://[2a00:1158:2:6b00::10]/",
			Break: []fault{at(shopAddress, shopIPv6), withoutIPv6},
			Want:  want(verdict.IPv6Missing), Within: 20 * time.Second,
			Proof: []Proof{curl("https://[2a00:1158:2:6b00::10]/", `\(7\)`, "-g"), curl(cart, "^200$")},
		},
		{
			Name: "the site's IPv6 address is another site's", Address: cart,
			Break: []fault{func(w *world) {
				w.site(other, page(200, "<title>Other</title>another site"), "81.169.145.70", shopIPv6)
				w.ownRecords = append(w.ownRecords, shop+". 60 IN AAAA "+shopIPv6)
			}},
			Want: want(verdict.CertificateWrongName), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "no alternative certificate subject name matches", "-6"), curl(cart, "^200$", "-4")},
		},
		{
			Name: "the name points into a provider's own network", Address: cart,
			Break: []fault{records(shop + ". 60 IN A 100.64.3.4")},
			Want:  want(verdict.DNSPointsNowhere), Within: whole,
			Proof: []Proof{dig("8.8.8.8", shop, `^100\.64\.3\.4\n$`, "+short")},
		},
		{
			Name: "an address of the home network that nobody has", Address: "http://192.168.178.77/", Healthy: true,
			Want: want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{curl("http://192.168.178.77/", `\((7|28)\)`)},
		},
	}
}
