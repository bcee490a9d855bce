//go:build linux

package lab

import (
	"net"
	"net/http"
	"time"

	"isitme/checks/verdict"
)

// weighed are scenarios in which what is seen elsewhere is one more piece of evidence beside what is known here.
func weighed() []Scenario {
	asked := []string{"--elsewhere"}
	everywhere := "DE+ DE+ US+ JP+ AU+"
	brokenCart := handle(func(w http.ResponseWriter, q *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: secret})
		if q.URL.Path == "/" {
			frontPage(w, q)
			return
		}
		reply(502, "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>")(w, q)
	})
	return []Scenario{
		{
			Name: "the cart answers 502, the front page is up elsewhere", Address: wanted, Flags: asked,
			Break: []fault{german, behind(brokenCart), globalping(opinion{sees: everywhere})},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried + asking,
			Proof: []Proof{curl(wanted, "^502$"), opensIn("DE")},
		},
		{
			Name: "the provider resets connections that name the site, elsewhere it is up", Address: wanted, Flags: asked,
			Break: []fault{german, inTheWay("443", middlebox{name: shop, act: reset}), globalping(opinion{sees: everywhere})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{curl(cart, `\(35\)`), opensIn("DE")},
		},
		{
			Name: "the provider resets connections, the site turns robots away", Address: wanted, Flags: asked,
			Break: []fault{
				german, inTheWay("443", middlebox{name: shop, act: reset}), globalping(opinion{sees: "DE~ DE~ US~ JP~ AU~"}),
				behind(page(403, "<title>Just a moment...</title>", "Server: cloudflare", "CF-Mitigated: challenge", "CF-RAY: 8a1b2c3d4e5f6071-FRA")),
			},
			Want: want(verdict.NetworkBlocksSite, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{curl(cart, `\(35\)`), in("DE", curl("https://"+shop+"/", "^403$"))},
		},
		{
			Name: "blocked in the visitor's country", Address: wanted, Flags: asked,
			Break: []fault{german, silentAtHome, silentFor("de"), globalping(opinion{sees: "DE- DE- US+ JP+ AU+"})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: whole,
			Proof: []Proof{unreachableHere(), silentIn("DE"), opensIn("US")},
		},
		{
			Name: "the server resets every connection, elsewhere too", Address: wanted, Flags: asked,
			Break: []fault{german, behind(raw(func(c net.Conn) { drain(c); reset(c) })), globalping(opinion{sees: "DE- DE- US- JP- AU-"})},
			Want:  want(verdict.ClosesConnection, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{curl(cart, `\(35\)|\(56\)`), in("JP", curl(cart, `\(35\)|\(56\)`))},
		},
		{
			Name: "the server refuses connections, elsewhere too", Address: wanted, Flags: asked,
			Break: []fault{german, behind(nobodyListens), globalping(opinion{sees: "DE- DE- US- JP- AU-"})},
			Want:  want(verdict.RefusesConnections, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{curl(cart, `\(7\)`), in("JP", curl(cart, `\(7\)`))},
		},
		{
			Name: "the server says nothing, elsewhere either", Address: wanted, Flags: asked,
			Break: []fault{german, behind(raw(hold)), globalping(opinion{sees: "DE- DE- US- JP- AU-"})},
			Want:  want(verdict.NotAnswering, verdict.Certain), Within: whole + asking,
			Proof: []Proof{unreachableHere(), in("JP", curl(cart, `\(28\)`, "-m", "2"))},
		},
		{
			Name: "the certificate has run out, elsewhere too", Address: wanted, Flags: asked,
			Break: []fault{german, secured(certificate{From: -90 * 24 * time.Hour, To: -24 * time.Hour}), globalping(opinion{sees: "DE- DE- US- JP- AU-"})},
			Want:  want(verdict.CertificateExpired, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{curl(cart, "expired"), in("JP", curl(cart, "expired"))},
		},
		{
			Name: "the resolver at home denies the site, elsewhere it is up", Address: wanted, Flags: asked,
			Break: []fault{german, resolver(dnsmasq("address=/shop.example.org/")), globalping(opinion{sees: everywhere})},
			Want:  want(verdict.DNSBlocksSite, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{dig(homeAddress, shop, "NXDOMAIN"), opensIn("DE")},
		},
		{
			Name: "no name lookup at home, and so no service", Address: wanted, Flags: asked,
			Break: []fault{german, resolver(nobodyAnswers), globalping(opinion{sees: "unreachable"})},
			Want:  want(verdict.DNSNotAnswering, verdict.Certain), Within: 20*time.Second + asking,
			Proof: []Proof{dig(homeAddress, "www.google.com", "refused|no servers"), opensIn("DE")},
		},
		{
			Name: "a site with IPv6 only is silent, elsewhere nobody has IPv6", Address: wanted, Flags: asked,
			Break: []fault{german, at(shopIPv6), dropped(shopIPv6), globalping(opinion{sees: "DE? DE? US? JP? AU?"})},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole + asking,
			Proof: []Proof{unreachableHere(), curl("https://www.google.com/", "^200$", "-6")},
		},
		{
			Name: "a device on the home network, which nobody elsewhere can try", Address: "http://192.168.178.40/", Flags: asked,
			Break: []fault{german, device(page(502, "<title>502 Bad Gateway</title>")), globalping(opinion{sees: notAsked})},
			Want:  want(verdict.BadGateway), Within: retried,
			Proof: []Proof{curl("http://192.168.178.40/", "^502$")},
		},
	}
}

// choosing are scenarios about which computers are asked: the visitor's country is read from this computer's settings.
func choosing() []Scenario {
	var all []Scenario
	for _, s := range []struct {
		name    string
		setting fault
		sees    string
	}{
		{"a visitor in France", with("LANG=fr_FR.UTF-8"), "FR+ FR+ US+ JP+ AU+"},
		{"a visitor in Brazil", with("LANG=pt_BR.UTF-8", "TZ=America/Sao_Paulo"), "BR+ DE+ US+ JP+"},
		{"a visitor in Iceland, where nobody can be asked", with("LANG=is_IS.UTF-8"), "US+ JP+ AU+"},
		{"a computer set to American English in Japan", with("LANG=en_US.UTF-8", "TZ=Asia/Tokyo"), "DE+ US+ JP+ AU+ BR+"},
		{"a computer that names no country", with("LANG=C"), "DE+ US+ JP+ AU+ BR+"},
	} {
		all = append(all, Scenario{
			Name: "blocked at home, " + s.name, Address: wanted, Flags: []string{"--elsewhere"}, Within: whole,
			Break: []fault{s.setting, silentAtHome, globalping(opinion{sees: s.sees})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Certain), Proof: []Proof{unreachableHere(), opensIn("JP")},
		})
	}
	return all
}

// addressed are scenarios about what the service is told: the scheme and port of the address, by the visitor's own way.
func addressed() []Scenario {
	asked := []string{"--elsewhere"}
	everywhere := "DE+ DE+ US+ JP+ AU+"
	return []Scenario{
		{
			Name: "blocked at home, over plain http", Address: "http://shop.example.org/cart?session=" + secret, Flags: asked,
			Break: []fault{german, silentAtHome, globalping(opinion{sees: everywhere})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Certain), Within: whole,
			Proof: []Proof{curl("http://shop.example.org/", `\(28\)`, "-m", "2"), in("DE", curl("http://shop.example.org/", "^200$"))},
		},
		{
			Name: "blocked at home, on another port", Address: "https://shop.example.org:8443/cart?session=" + secret, Flags: asked,
			Break: []fault{german, silentAtHome, behind(onPort("8443", frontPage)), globalping(opinion{sees: everywhere})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Certain), Within: whole,
			Proof: []Proof{
				curl("https://shop.example.org:8443/", `\(28\)`, "-m", "2"), in("DE", curl("https://shop.example.org:8443/", "^200$")),
				in("DE", curl("https://shop.example.org/", `\(7\)`)),
			},
		},
		{
			Name: "down for all, asked through the office proxy", Address: wanted, Flags: asked,
			Break: []fault{
				german, dropped(shopAddress), squid("connect_timeout 3 seconds"), proxied(proxyAt), globalping(opinion{sees: "DE- DE- US- JP- AU-"}),
				blocking(homeForward, "iifname lan drop"),
			},
			Want: want(verdict.Unreachable, verdict.Certain), Within: whole + asking,
			Proof: []Proof{
				curl(cart, "50[0-9]", "-w", "%{http_connect}", "-m", "10"), curl("https://"+globalpingHost+"/v1/", "^404$"),
				curl("https://"+globalpingHost+"/v1/", "000", "--noproxy", "*", "-m", "2"), silentIn("DE"),
			},
		},
	}
}
