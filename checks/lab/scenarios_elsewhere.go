//go:build linux

package lab

import (
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
			[]Proof{unreachableHere(), silentIn("JP")},
			want(verdict.Unreachable, verdict.Certain),
		},
		{
			"a site blocked only at home", silentAtHome, "DE+ DE+ US+ JP+ AU+",
			[]Proof{unreachableHere(), opensIn("DE"), opensIn("US")},
			want(verdict.NetworkBlocksSite, verdict.Certain),
		},
		{
			"a site up in one region", onlyFor("jp"), "DE- DE- US- JP+ AU-",
			[]Proof{unreachableHere(), silentIn("DE"), opensIn("JP")},
			want(verdict.Unreachable, verdict.Likely),
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
