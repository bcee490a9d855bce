//go:build linux

package lab

import (
	"net"
	"net/http"
	"slices"
	"time"

	"isitme/checks/elsewhere/standin"
	"isitme/checks/verdict"
)

// wanted is the page that visitors want whose address tells something about them.
const wanted = cart + "?session=" + secret

// frontPage is the shop's.
var frontPage = reply(200, "<title>Shop</title>welcome")

// asking is the longest that asking elsewhere may take, beside the run itself.
const asking = 16 * time.Second

// german is a computer that is set up for somebody in Germany.
var german = with("LANG=de_DE.UTF-8", "TZ=Europe/Berlin")

// unreachableHere and opensIn are proofs of what the visitor and somebody in a country see of the shop.
func unreachableHere() Proof { return curl(cart, `\(28\)`, "-m", "2") }

func opensIn(country string) Proof {
	return in(country, curl("https://"+shop+"/", "^200$", "--noproxy", "*"))
}

func silentIn(country string) Proof {
	return in(country, curl("https://"+shop+"/", `\(28\)`, "-m", "2", "--noproxy", "*"))
}

// silentAtHome swallows the visitor's connections to the shop, as a router or a provider may.
var silentAtHome = blocking(homeForward, "ip daddr "+shopAddress+" drop")

// silentFor swallows what computers elsewhere send to the shop from a country, such as "de".
func silentFor(country string) fault {
	return blocking(internetIn, `iifname "`+country+`*" ip daddr `+shopAddress+" drop")
}

// onlyFor lets nobody reach the shop but those in one country.
func onlyFor(country string) fault {
	return blocking(internetIn, `iifname "`+country+`*" ip daddr `+shopAddress+" accept", "ip daddr "+shopAddress+" drop")
}

// settled are the scenarios in which one computer cannot tell whose fault it is: each without consent to ask elsewhere,
// with it, and with it while the service is switched off.
func settled() []Scenario {
	var all []Scenario
	for _, s := range []struct {
		name  string
		fault fault
		sees  string
		proof []Proof
		want  Want
	}{
		{
			"a site down for all", dropped(shopAddress), "DE- DE- US- JP- AU-",
			[]Proof{unreachableHere(), silentIn("JP")}, want(verdict.Unreachable, verdict.Certain),
		},
		{
			"a site blocked only at home", silentAtHome, "DE+ DE+ US+ JP+ AU+",
			[]Proof{unreachableHere(), opensIn("DE"), opensIn("US")}, want(verdict.NetworkBlocksSite, verdict.Certain),
		},
		{
			"a site up in one region", onlyFor("jp"), "DE- DE- US- JP+ AU-",
			[]Proof{unreachableHere(), silentIn("DE"), opensIn("JP")}, want(verdict.Unreachable, verdict.Likely),
		},
	} {
		for _, way := range []struct {
			name  string
			flags []string
			off   bool
			sees  string
			want  Want
		}{
			{"", []string{"--elsewhere"}, false, s.sees, s.want},
			{", nobody asked", nil, false, notAsked, want(verdict.Unreachable, verdict.Likely)},
			{", the service is off", []string{"--elsewhere"}, true, "unreachable", want(verdict.Unreachable, verdict.Likely)},
		} {
			all = append(all, Scenario{
				Name: s.name + way.name, Address: wanted, Flags: way.flags, Within: whole,
				Break: []fault{german, s.fault, globalping(opinion{sees: way.sees, off: way.off})},
				Want:  way.want, Proof: s.proof,
			})
		}
	}
	return all
}

// withoutOpinion are scenarios in which the service gives no opinion: nothing changes, and the report says why.
func withoutOpinion() []Scenario {
	quota := standin.Script{Status: http.StatusTooManyRequests, ResetS: 1800}
	var all []Scenario
	for _, s := range []struct {
		name   string
		sees   string
		script standin.Script
		faults []fault
		proof  []Proof
	}{
		{"the service is out of tries", "quota", quota, nil, nil},
		{"the service is out of tries halfway", "quota", standin.Script{Limited: true, ResetS: 60}, nil, nil},
		{"the service has nobody there", "refused", standin.Script{Status: http.StatusUnprocessableEntity}, nil, nil},
		{"the service talks nonsense", "malformed", standin.Script{Garbage: true}, nil, nil},
		{"the service is silent", "timeout", standin.Script{Delay: time.Minute}, nil, nil},
		{"one computer elsewhere answers in time", "DE+", standin.Script{Never: true}, nil, nil},
		{"the service's computers are gone", "DE? DE? US? JP? AU?", standin.Script{}, []fault{
			blocking(internetIn, `iifname { "de1", "de2", "de3", "us1", "jp1", "au1" } udp dport 53 drop`),
		}, []Proof{in("JP", dig("9.9.9.9", shop, "timed out|no servers"))}},
		{"the resolver at home withholds the service", "unreachable", standin.Script{}, []fault{
			resolver(dnsmasq(sinkhole(globalpingHost, "0.0.0.0")...)),
		}, []Proof{dig(homeAddress, globalpingHost, `^0\.0\.0\.0`, "+short")}},
		{"the provider resets connections to the service", "unreachable", standin.Script{}, []fault{
			inTheWay("443", middlebox{name: globalpingHost, act: reset}),
		}, []Proof{curl("https://"+globalpingHost+"/v1/", `\(35\)`), in("DE", curl("https://"+globalpingHost+"/v1/", "^404$"))}},
	} {
		all = append(all, Scenario{
			Name: "blocked at home, " + s.name, Address: wanted, Flags: []string{"--elsewhere"}, Within: whole + asking,
			Break: append([]fault{german, silentAtHome, globalping(opinion{Script: s.script, sees: s.sees})}, s.faults...),
			Want:  want(verdict.Unreachable, verdict.Likely), Proof: append([]Proof{unreachableHere()}, s.proof...),
		})
	}
	return all
}

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
				curl(cart, "50[0-9]", "-w", "%{http_connect}"), curl("https://"+globalpingHost+"/v1/", "^404$"),
				curl("https://"+globalpingHost+"/v1/", "000", "--noproxy", "*", "-m", "2"), silentIn("DE"),
			},
		},
	}
}

// agreed are scenarios of a visitor who agreed once for all, in the window's settings.
func agreed() []Scenario {
	always := func(more string) fault {
		return file(".local/share/isitme/settings.json", `{"ask_elsewhere":true`+more+`}`)
	}
	return []Scenario{
		{
			Name: "blocked at home, a visitor who agreed once for all", Address: wanted,
			Break: []fault{german, silentAtHome, always(""), globalping(opinion{sees: "DE+ DE+ US+ JP+ AU+"})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Certain), Within: whole,
			Proof: []Proof{unreachableHere(), opensIn("DE")},
		},
		{
			Name: "blocked at home, a visitor with an account at the service", Address: wanted,
			Break: []fault{
				german, silentAtHome, always(`,"elsewhere_endpoint":"https://` + globalpingHost + `/v1/","elsewhere_token":"t0ken"`),
				globalping(opinion{sees: "DE+ DE+ US+ JP+ AU+", token: "t0ken"}),
			},
			Want: want(verdict.NetworkBlocksSite, verdict.Certain), Within: whole,
			Proof: []Proof{unreachableHere(), opensIn("DE")},
		},
		{
			Name: "the cart answers 502, a visitor who agreed once for all", Address: wanted,
			Break: []fault{german, behind(page(502, "<h1>502 Bad Gateway</h1>")), always(""), globalping(opinion{sees: notAsked})},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(wanted, "^502$")},
		},
	}
}

// cannotTell are scenarios that nobody can tell from one computer, and that computers elsewhere settle.
func cannotTell() []Scenario {
	base := func(name string) Scenario {
		i := slices.IndexFunc(unknownScenarios(), func(s Scenario) bool { return s.Name == name })
		return unknownScenarios()[i]
	}
	settledBy := func(s Scenario, name, sees string, w Want, seen Proof, more ...fault) Scenario {
		s.Name, s.Address, s.Flags, s.Want, s.Within = name, wanted, []string{"--elsewhere"}, w, whole+asking
		s.Break = slices.Concat(s.Break, []fault{german, globalping(opinion{sees: sees})}, more)
		s.Proof = append(s.Proof, seen)
		return s
	}
	denied, proxy := base("the resolver denies the name and nobody else can be asked"), base("the proxy reports an error and there is no other way out")
	return []Scenario{
		settledBy(denied, "the resolver denies the name and only computers elsewhere can be asked", "DE+ DE+ US+ JP+ AU+",
			want(verdict.DNSBlocksSite, verdict.Certain), opensIn("DE")),
		settledBy(proxy, "the proxy reports an error, elsewhere the site is up", "DE+ DE+ US+ JP+ AU+", want(verdict.ProxyError, verdict.Certain), opensIn("DE")),
		settledBy(proxy, "the proxy reports an error, elsewhere the site is down too", "DE- DE- US- JP- AU-", want(verdict.Unreachable, verdict.Certain),
			silentIn("DE"), dropped(shopAddress)),
	}
}

func elsewhereScenarios() []Scenario {
	return slices.Concat(settled(), withoutOpinion(), weighed(), choosing(), addressed(), agreed(), cannotTell())
}
