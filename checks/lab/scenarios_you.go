//go:build linux

package lab

import (
	"time"

	"github.com/miekg/dns"

	"isitme/checks/verdict"
)

// reachesNothing is a proof that not even a number can be reached.
func reachesNothing() Proof {
	return curl("http://17.253.39.202/hotspot-detect.html", `\((7|28)\)`, "-m", "1")
}

// groundFaults are scenarios whose fault lies in the visitor's cable, line or hotel.
func groundFaults() []Scenario {
	return []Scenario{
		{
			Name: "the cable is not plugged in", Address: cart,
			Break: []fault{unplugged},
			Want:  want(verdict.Offline, verdict.Certain), Within: 3 * time.Second,
			Proof: []Proof{{Command: "ip -brief link show eth0", Shows: "DOWN"}, reachesNothing()},
		},
		{
			Name: "the router at home is switched off", Address: cart,
			Break: []fault{cableDown},
			Want:  want(verdict.Offline, verdict.Certain), Within: 3 * time.Second,
			Proof: []Proof{{Command: "ip link show eth0", Shows: "NO-CARRIER"}},
		},
		{
			Name: "an address but no way out", Address: cart,
			Break: []fault{noRoute},
			Want:  want(verdict.Offline, verdict.Certain), Within: 3 * time.Second,
			Proof: []Proof{{Command: "ip -6 route show default", ShowsNot: "default"}, {Command: "ip -4 route show default", ShowsNot: "default"}},
		},
		{
			Name: "the line is dead, the router says nothing", Address: cart,
			Break: []fault{lineDown},
			Want:  want(verdict.NoInternet), Within: 20 * time.Second,
			Proof: []Proof{{Command: "ping -c1 -W1 " + homeAddress, Shows: " 0% packet loss"}, reachesNothing()},
		},
		{
			Name: "the line is dead, the router answers REFUSED", Address: cart,
			Break: []fault{lineDown, resolver(func(r *running) error { return r.dnsmasq(r.home, "dnsmasq", []string{homeAddress}, "") })},
			Want:  want(verdict.NoInternet), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, "www.google.com", "REFUSED"), reachesNothing()},
		},
		{
			Name: "the line is dead, the router answers SERVFAIL (unbound)", Address: cart,
			Break: []fault{lineDown, resolver(homeUnbound())},
			Want:  want(verdict.NoInternet), Within: 25 * time.Second,
			Proof: []Proof{reachesNothing()},
		},
		{
			Name: "the router says that nothing can be reached", Address: cart,
			Break: []fault{blocking(homeForward, "reject with icmpx type no-route"), blocking(homeOut, "oifname wan drop")},
			Want:  want(verdict.NoInternet), Within: 20 * time.Second,
			Proof: []Proof{curl("http://17.253.39.202/", `\(7\)`)},
		},
		{
			Name: "a hotel wants the room number", Address: cart,
			Break: []fault{portal(signIn)},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{
				{Command: "curl -sS -m 4 -D - http://captive.apple.com/hotspot-detect.html", Shows: "(?i)Location: http://login.hotel-lindenhof.net"},
				curl(cart, "000", "-m", "2"),
			},
		},
		{
			Name: "a hotel wants the room number, asked over plain http", Address: "http://shop.example.org/",
			Break: []fault{portal(signIn)},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 -D - http://shop.example.org/", Shows: "(?i)Location: http://login.hotel-lindenhof.net"}},
		},
		{
			Name: "a sign-in page that answers in every site's name", Address: "http://shop.example.org/",
			Break: []fault{portal(reply(200, "<title>Welcome</title><form>please sign in</form>"))},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 http://captive.apple.com/hotspot-detect.html", Shows: "please sign in"}},
		},
		{
			Name: "a network that answers 511", Address: "http://shop.example.org/",
			Break: []fault{portal(reply(511, "<title>Network Authentication Required</title>"))},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{curl("http://captive.apple.com/hotspot-detect.html", "^511$")},
		},
		{
			Name: "a sign-in page that lies about every name", Address: cart,
			Break: []fault{portal(signIn), resolver(dnsmasq(sinkhole("#", portalAddress)...))},
			Want:  want(verdict.CaptivePortal), Within: 20 * time.Second,
			Proof: []Proof{
				dig(homeAddress, "www.google.com", `62\.53\.80\.80`, "+short"),
				{Command: "curl -sS -m 4 -D - http://captive.apple.com/hotspot-detect.html", Shows: "(?i)Location: http://login.hotel-lindenhof.net"},
			},
		},
	}
}

// lookupFaults are scenarios whose fault lies in the visitor's name lookup.
func lookupFaults() []Scenario {
	return []Scenario{
		{
			Name: "the resolver at home is silent", Address: cart,
			Break: []fault{blocking(homeIn, "iifname lan "+closedPorts("udp", "53"), "iifname lan "+closedPorts("tcp", "53"))},
			Want:  want(verdict.DNSNotAnswering, verdict.Certain), Within: 25 * time.Second,
			Proof: []Proof{dig(homeAddress, "www.google.com", "timed out|no servers"), dig("8.8.8.8", shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver at home is not running", Address: cart,
			Break: []fault{resolver(nobodyAnswers)},
			Want:  want(verdict.DNSNotAnswering, verdict.Certain), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, "www.google.com", "refused|no servers"), dig("8.8.8.8", shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver at home answers SERVFAIL to everything", Address: cart,
			Break: []fault{resolver(homeUnbound("", "forward-zone:", `  name: "."`, "  forward-addr: 127.0.0.1@5"))},
			Want:  want(verdict.DNSNotAnswering), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, "www.google.com", "SERVFAIL"), dig("8.8.8.8", shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver at home refuses everything", Address: cart,
			Break: []fault{resolver(func(r *running) error { return r.dnsmasq(r.home, "dnsmasq", []string{homeAddress}, "") })},
			Want:  want(verdict.DNSNotAnswering), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, "www.google.com", "REFUSED"), dig("8.8.8.8", shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver at home is silent, and only DNS over HTTPS gets out", Address: cart,
			Break: []fault{
				blocking(homeIn, "iifname lan "+closedPorts("udp", "53"), "iifname lan "+closedPorts("tcp", "53")),
				blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53")),
			},
			Want: want(verdict.DNSNotAnswering), Within: 25 * time.Second,
			Proof: []Proof{
				dig(homeAddress, "www.google.com", "timed out|no servers"), dig("8.8.8.8", shop, "timed out|no servers"),
				{Command: "dig +tries=1 +time=3 +short +https @1.1.1.1 " + shop, Shows: `185\.26\.156\.10`},
			},
		},
		{
			Name: "both resolvers are dead", Address: cart,
			Break: []fault{asks("192.168.178.98", "192.168.178.99")},
			Want:  want(verdict.DNSNotAnswering), Within: 25 * time.Second,
			Proof: []Proof{
				{Command: "getent ahosts www.google.com", ShowsNot: `\d`}, dig("8.8.8.8", shop, `185\.26`, "+short"),
			},
		},
		{
			Name: "the resolver names another site's server", Address: cart,
			Break: []fault{resolver(dnsmasq("address=/shop.example.org/81.169.145.70"))},
			Want:  want(verdict.DNSWrongAnswer), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^81\.169\.145\.70\n$`, "+short"), curl(cart, `\(60\)`)},
		},
		{
			Name: "the resolver still names a server that is gone", Address: cart,
			Break: []fault{resolver(dnsmasq("address=/shop.example.org/77.77.10.10"))},
			Want:  want(verdict.DNSWrongAnswer), Within: whole,
			Proof: []Proof{dig(homeAddress, shop, `^77\.77\.10\.10\n$`, "+short"), curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "the resolver denies this one name", Address: cart,
			Break: []fault{resolver(dnsmasq("address=/shop.example.org/"))},
			Want:  want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, "NXDOMAIN"), dig("8.8.8.8", shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver denies this one name, and only DNS over HTTPS tells", Address: cart,
			Break: []fault{
				resolver(dnsmasq("address=/shop.example.org/")),
				blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53")),
			},
			Want: want(verdict.DNSBlocksSite), Within: 25 * time.Second,
			Proof: []Proof{
				dig(homeAddress, shop, "NXDOMAIN"), dig("8.8.8.8", shop, "timed out|no servers"),
				{Command: "dig +tries=1 +time=3 +short +https @1.1.1.1 " + shop, Shows: `185\.26\.156\.10`},
			},
		},
		{
			Name: "an ad blocker answers 0.0.0.0", Address: cart,
			Break: []fault{resolver(dnsmasq("address=/shop.example.org/0.0.0.0", "address=/shop.example.org/::"))},
			Want:  want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^0\.0\.0\.0\n$`, "+short")},
		},
		{
			Name: "a filter names its own block page", Address: "http://shop.example.org/",
			Break: []fault{
				resolver(dnsmasq(sinkhole(shop, homeBox)...)),
				more(func(r *running) error {
					return r.http(r.home, homeBox+":80", reply(403, "<title>Blocked</title>This site is blocked by your family filter."), nil)
				}),
			},
			Want: want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^192\.168\.178\.3\n$`, "+short"), curl("http://shop.example.org/", "^403$")},
		},
		{
			Name: "a Pi-hole names its own block page", Address: "http://shop.example.org/",
			Break: []fault{
				resolver(dnsmasq(sinkhole(shop, homeBox)...)),
				more(func(r *running) error {
					return r.http(r.home, homeBox+":80", reply(403, "<title>Pi-hole: blocked</title>", "X-Pi-hole: A black hole for Internet advertisements."), nil)
				}),
			},
			Want: want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^192\.168\.178\.3\n$`, "+short"), curl("http://shop.example.org/", "(?i)x-pi-hole(?s:.*)403$", "-D", "-")},
		},
		{
			Name: "a filtering resolver says why (extended error)", Address: cart,
			Break: []fault{resolver(explaining(shop, dns.ExtendedErrorCodeFiltered))},
			Want:  want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, "EDE: 1[5-8]"), dig(homeAddress, "www.google.com", "NOERROR")},
		},
		{
			Name: "the provider answers in the public resolvers' name and lies", Address: cart,
			Break: []fault{
				resolver(dnsmasq("address=/shop.example.org/")),
				blocking(homePre, "iifname lan meta nfproto ipv4 udp dport 53 redirect to :53", "iifname lan meta nfproto ipv4 tcp dport 53 redirect to :53"),
			},
			Want: want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{
				dig("8.8.8.8", shop, "NXDOMAIN"), far(dig("8.8.8.8", shop, `185\.26`, "+short")),
				dig("192.0.2.53", "www.google.com", "NOERROR"),
			},
		},
		{
			Name: "the hosts file sends the name to nowhere", Address: cart,
			Break: []fault{hosts("0.0.0.0 " + shop)},
			Want:  want(verdict.HostsFile, verdict.Certain, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{{Command: "getent ahosts " + shop, Shows: `^0\.0\.0\.0`}, dig(homeAddress, shop, `185\.26`, "+short")},
		},
		{
			Name: "the hosts file sends the second host to nowhere", Address: cart,
			Break: []fault{behind(page(302, "", "Location: https://login.example.org/in")), hosts("0.0.0.0 " + login)},
			Want:  want(verdict.HostsFile), Within: 20 * time.Second, Hops: 1,
			Proof: []Proof{{Command: "getent ahosts " + login, Shows: `^0\.0\.0\.0`}, curl(cart, "^302$")},
		},
		{
			Name: "the resolver denies the second host", Address: cart,
			Break: []fault{
				behind(page(302, "", "Location: https://login.example.org/in")), resolver(dnsmasq("address=/login.example.org/")),
			},
			Want: want(verdict.DNSBlocksSite), Within: 20 * time.Second, Hops: 1,
			Proof: []Proof{curl(cart, `\(6\).*login`, "-L"), dig("8.8.8.8", login, `185\.26`, "+short")},
		},
		{
			Name: "the hosts file names an old server", Address: cart,
			Break: []fault{hosts("77.77.10.10 " + shop)},
			Want:  want(verdict.HostsFile), Within: whole,
			Proof: []Proof{{Command: "getent ahosts " + shop, Shows: `^77\.77`}, curl(cart, `\(28\)`, "-m", "2")},
		},
	}
}

func youScenarios() []Scenario {
	return append(append(groundFaults(), lookupFaults()...), wayFaults()...)
}
