package probe_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

func TestView(t *testing.T) {
	const (
		u = evidence.OverUDP
		c = evidence.OverTCP
		h = evidence.OverHTTPS
	)
	resolver := environment.Resolver{Name: "Cloudflare", Address: "1.1.1.1", DoH: []string{"https://cloudflare-dns.com/dns-query", "https://1.1.1.1/dns-query"}}
	good := loopback.Addresses(siteAddress)
	cases := []struct {
		name string
		set  func(w *loopback.World)
		want []evidence.Transport // of the A question, in order
		end  evidence.Failure
	}{
		{"answers", func(*loopback.World) {}, []evidence.Transport{u}, ""},
		{"UDP blocked", func(w *loopback.World) { w.Resolvers["1.1.1.1"].Set(siteName, loopback.Only(good, c)) }, []evidence.Transport{u, c}, ""},
		{"only HTTPS", func(w *loopback.World) { w.Resolvers["1.1.1.1"].Set(siteName, loopback.Only(good, h)) }, []evidence.Transport{u, c, h}, ""},
		{"dead", func(w *loopback.World) {
			w.SilenceNameServer("1.1.1.1")
			w.Silence("1.1.1.1:443")
		}, []evidence.Transport{u, c, h, h}, evidence.Timeout},
		{"broken seal", func(w *loopback.World) { w.Resolvers["1.1.1.1"].Set(siteName, loopback.BrokenSeal(siteAddress)) }, []evidence.Transport{u, u}, ""},
		{"broken altogether", func(w *loopback.World) {
			w.Resolvers["1.1.1.1"].Set(siteName, loopback.RCode(dns.RcodeServerFailure))
		}, []evidence.Transport{u, u}, evidence.DNSServfail},
		{"no such name", func(w *loopback.World) { w.RemoveHost(siteName) }, []evidence.Transport{u}, evidence.DNSNXDomain},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w, p := start(t)
			tc.set(w)
			answers := p.View(context.Background(), resolver, evidence.RolePublic, siteName, []uint16{dns.TypeA, dns.TypeAAAA})
			var got []evidence.Transport
			var last evidence.Answer
			for _, a := range answers {
				if a.Type == "A" {
					got = append(got, a.Transport)
					last = a
				}
			}
			if !slices.Equal(got, tc.want) || last.Failure != tc.end {
				t.Errorf("%v ending in %q; want %v ending in %q", got, last.Failure, tc.want, tc.end)
			}
			if strings.HasPrefix(tc.name, "broken") && (answers[0].CheckingDisabled || !last.CheckingDisabled) {
				t.Errorf("%+v", answers)
			}
			if len(answers) < 2*len(tc.want)-1 {
				t.Errorf("AAAA is missing: %+v", answers)
			}
		})
	}
}

func TestReachesTheResolverWithAPort(t *testing.T) {
	w, p := start(t)
	a := p.Ask(context.Background(), probe.Question{Address: "8.8.8.8:53", Transport: evidence.OverTCP, Name: siteName + ".", Type: dns.TypeA})
	if a.Resolver != "8.8.8.8" || a.Name != siteName || a.Failure != evidence.None {
		t.Errorf("%+v", a)
	}
	if w.Connections("8.8.8.8:53") != 1 {
		t.Error("the question went elsewhere")
	}
}
