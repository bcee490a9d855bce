//go:build linux

package lab

import (
	"time"

	"github.com/miekg/dns"

	"isitme/checks/verdict"
)

// getent is a proof of what every program on the visitor's computer is told about a name.
func getent(name, shows string) Proof { return Proof{Command: "getent ahosts " + name, Shows: shows} }

// findsNothing is a proof that no program on the visitor's computer finds a name.
func findsNothing(name string) Proof { return Proof{Command: "getent ahosts " + name, ShowsNot: `\d`} }

// Networks that keep public resolvers from the visitor: their port for names, or altogether.
var (
	noForeignNames     = blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53"))
	noForeignResolvers = blocking(homeForward, closedPorts("udp", "53"), closedPorts("tcp", "53"), "ip daddr { 8.8.8.8, 1.1.1.1, 9.9.9.9 } drop",
		"ip6 daddr { 2001:4860:4860::8888, 2606:4700:4700::1111, 2620:fe::fe } drop")
	// namesIntercepted has the router answer every question about names itself, whomever it was put to.
	namesIntercepted = blocking(homePre, "iifname lan meta nfproto ipv4 udp dport 53 redirect to :53",
		"iifname lan meta nfproto ipv4 tcp dport 53 redirect to :53")
)

// lookupScenarios are faults of resolvers, of the hosts file and of the clock that are easily taken for others.
func lookupScenarios() []Scenario {
	publicSilent := dig("8.8.8.8", shop, "timed out|no servers")
	return []Scenario{
		{
			Name: "the resolver at home swallows questions for IPv6 addresses", Address: cart,
			Break: []fault{resolver(swallows(dns.TypeAAAA))},
			Want:  want(verdict.DNSNotAnswering), Within: whole,
			Proof: []Proof{dig(homeAddress, "www.google.com", "timed out|no servers", "AAAA"), dig(homeAddress, shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver at home swallows questions for IPv4 addresses", Address: cart,
			Break: []fault{resolver(swallows(dns.TypeA))},
			Want:  want(verdict.DNSNotAnswering), Within: whole,
			Proof: []Proof{dig(homeAddress, "www.google.com", "timed out|no servers"), dig(homeAddress, "www.google.com", "2a00", "AAAA", "+short")},
		},
		{
			Name: "the resolver at home answers SERVFAIL when asked for IPv6", Address: cart,
			Break: []fault{resolver(codes(dns.TypeAAAA, dns.RcodeServerFailure))},
			Want:  want(verdict.Works, verdict.Certain), Within: 10 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, "SERVFAIL", "AAAA"), curl(cart, "^200$")},
		},
		{
			Name: "the resolver at home says that nothing has IPv6 or exists", Address: cart,
			Break: []fault{resolver(codes(dns.TypeAAAA, dns.RcodeNameError))},
			Want:  want(verdict.Works, verdict.Certain), Within: 10 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, "NXDOMAIN", "AAAA"), curl(cart, "^200$")},
		},
		{
			Name: "the resolver at home takes four seconds for everything", Address: cart,
			Break: []fault{resolver(sluggish(4 * time.Second))},
			Want:  want(verdict.SlowConnection), Within: whole,
			Proof: []Proof{curl(cart, `^200:([4-9]|1[0-9])\.`, "-m", "19", "-w", "%{http_code}:%{time_total}")},
		},
		{
			Name: "the resolver at home only has answers that do not fit, and no TCP", Address: cart,
			Break: []fault{resolver(unfitting)},
			Want:  want(verdict.DNSNotAnswering), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `flags:[a-z ]* tc[ ;]`, "+ignore"), findsNothing(shop)},
		},
		{
			Name: "the first resolver refuses, the second answers", Address: cart,
			Break: []fault{asks(homeBox, homeAddress), more(func(r *running) error {
				return r.answer(r.home, homeBox, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
					_ = w.WriteMsg(new(dns.Msg).SetRcode(q, dns.RcodeRefused))
				}))
			})},
			Want: want(verdict.Works, verdict.Certain), Within: 8 * time.Second,
			Proof: []Proof{dig(homeBox, shop, "REFUSED"), curl(cart, "^200$")},
		},
		{
			Name: "the first resolver denies the name, the second knows it", Address: cart,
			Break: []fault{asks(homeBox, homeAddress), more(func(r *running) error {
				return r.dnsmasq(r.home, "box-dnsmasq", []string{homeBox}, providerDNS, "address=/shop.example.org/")
			})},
			Want: want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeBox, shop, "NXDOMAIN"), dig(homeAddress, shop, `185\.26`, "+short"), findsNothing(shop)},
		},
		{
			Name: "no resolver is set", Address: cart,
			Break: []fault{asks()},
			Want:  want(verdict.DNSNotAnswering), Within: 20 * time.Second,
			Proof: []Proof{{Command: "cat /etc/resolv.conf", ShowsNot: "nameserver"}, findsNothing("www.google.com")},
		},
		{
			Name: "the name does not exist, but does below the computer's own domain", Address: "https://shpo.example.org/",
			Break: []fault{asks(homeAddress + "\nsearch example.net"), func(w *world) {
				w.ownRecords = append(w.ownRecords, "shpo.example.org.example.net. 60 IN A 81.169.145.70")
			}},
			Want: want(verdict.NoSuchSite), Within: 20 * time.Second,
			Proof: []Proof{getent("shpo.example.org", `^81\.169`), dig(homeAddress, "shpo.example.org", "NXDOMAIN")},
		},
		{
			Name: "the hosts file names an old server, and public resolvers cannot be asked", Address: cart,
			Break: []fault{hosts("77.77.10.10 " + shop), noForeignResolvers},
			Want:  want(verdict.HostsFile), Within: whole,
			Proof: []Proof{getent(shop, `^77\.77`), publicSilent, dig(homeAddress, shop, `185\.26`, "+short")},
		},
		{
			Name: "the hosts file names an old server, and the new one is silent too", Address: cart,
			Break: []fault{hosts("77.77.10.10 " + shop), dropped(shopAddress)},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{getent(shop, `^77\.77`), curl(cart, `\(28\)`, "-m", "2", "--resolve", "shop.example.org:443:"+shopAddress)},
		},
		{
			Name: "the hosts file names this computer, where a page answers", Address: plainShop,
			Break: []fault{hosts("127.0.0.1 " + shop), onVisitor(func(r *running) error {
				return r.http(r.visitor, "127.0.0.1:80", reply(200, "<title>It works</title>a page in the making"), nil)
			})},
			Want: want(verdict.HostsFile), Within: 20 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 " + plainShop, Shows: "in the making"}, dig(homeAddress, shop, `185\.26`, "+short")},
		},
		{
			Name: "the resolver at home is not running, the hosts file knows the site", Address: cart,
			Break: []fault{hosts(shopAddress + " " + shop), resolver(nobodyAnswers)},
			Want:  want(verdict.Works, verdict.Certain), Within: 8 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, "refused|no servers"), curl(cart, "^200$")},
		},
		{
			Name: "the site's name server is off, and public resolvers answer over https alone", Address: cart,
			Break: []fault{nameServers(nobodyAnswers), noForeignNames},
			Want:  want(verdict.DNSBroken), Within: whole,
			Proof: []Proof{publicSilent, dig(homeAddress, "www.google.com", "142", "+short"), far(dig(nameServerShop, shop, "refused|no servers"))},
		},
		{
			Name: "the DNSSEC signatures have run out, and public resolvers answer over https alone", Address: cart,
			Break: []fault{signedZone(-5 * 24 * time.Hour), noForeignNames},
			Want:  want(verdict.DNSSECBroken), Within: 25 * time.Second,
			Proof: []Proof{publicSilent, dig(homeAddress, shop, "SERVFAIL"), dig(homeAddress, shop, `185\.26`, "+short", "+cd")},
		},
		{
			Name: "the resolver at home names a neglected server of the site", Address: cart,
			Break: []fault{resolver(dnsmasq("address=/shop.example.org/46.4.110.20")), func(w *world) {
				old := w.site("old."+shop, page(200, "an old shop"), "46.4.110.20")
				old.noRecords, old.certificate = true, certificate{Names: []string{shop}, From: -90 * day, To: -2 * day}
			}},
			Want: want(verdict.DNSWrongAnswer, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^46\.4\.110\.20\n$`, "+short"), curl(cart, "expired")},
		},
		{
			Name: "a filter names its own block page, which has no secure port", Address: cart,
			Break: []fault{resolver(dnsmasq(sinkhole(shop, homeBox)...)), more(func(r *running) error {
				return r.http(r.home, homeBox+":80", reply(200, "<title>Stop</title>This site is not for children."), nil)
			})},
			Want: want(verdict.DNSBlocksSite), Within: 20 * time.Second,
			Proof: []Proof{dig(homeAddress, shop, `^192\.168\.178\.3\n$`, "+short"), curl(cart, `\(7\)`), curl(plainShop, "^200$")},
		},
		{
			Name: "a page of the company that only its own resolver knows", Address: "http://wiki.example.org/",
			Break: []fault{resolver(dnsmasq("address=/wiki.example.org/" + deviceAddress)), device(page(200, "<title>Wiki</title>all we know"))},
			Want:  want(verdict.Works), Within: 20 * time.Second,
			Proof: []Proof{dig("8.8.8.8", "wiki.example.org", "NXDOMAIN"), curl("http://wiki.example.org/", "^200$")},
		},
		{
			Name: "the provider answers in the public resolvers' name, rightly, and the site is silent", Address: cart,
			Break: []fault{namesIntercepted, dropped(shopAddress)},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole,
			Proof: []Proof{dig("192.0.2.53", "www.google.com", "NOERROR"), curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "the provider answers in the public resolvers' name, rightly, and the name does not exist", Address: "https://shpo.example.org/",
			Break: []fault{namesIntercepted},
			Want:  want(verdict.NoSuchSite), Within: 20 * time.Second,
			Proof: []Proof{dig("192.0.2.53", "www.google.com", "NOERROR"), dig(homeAddress, "shpo.example.org", "NXDOMAIN")},
		},
		{
			Name: "the clock is ten minutes behind, the certificate five minutes old", Address: cart,
			Break: []fault{clockBehind(10 * time.Minute), secured(certificate{From: -5 * time.Minute})},
			Want:  want(verdict.ClockWrong), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "certificate is not yet valid"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "the clock is two years ahead, and plain http is closed here", Address: cart,
			Break: []fault{clockBehind(-730 * day), blocking(homeForward, closedPorts("tcp", "80"))},
			Want:  want(verdict.ClockWrong), Within: 20 * time.Second,
			Proof: []Proof{curl("https://www.google.com/", "certificate has expired"), curl("http://17.253.39.202/", `\(28\)`, "-m", "1")},
		},
		{
			Name: "the clock is three years behind, which plain http does not mind", Address: plainShop,
			Break: []fault{clockBehind(3 * 365 * day)},
			Want:  want(verdict.Works), Within: 10 * time.Second,
			Proof: []Proof{curl("https://www.google.com/", "certificate is not yet valid"), curl(plainShop, "^200$")},
		},
	}
}
