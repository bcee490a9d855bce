package probe_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

var everyTransport = []evidence.Transport{evidence.OverUDP, evidence.OverTCP, evidence.OverHTTPS}

func ask(p *probe.Prober, over evidence.Transport, kind uint16) evidence.Answer {
	return p.Ask(context.Background(), probe.Question{
		Address: "1.1.1.1", Role: evidence.RolePublic, Transport: over, Name: siteName, Type: kind,
		DoHURL: "https://cloudflare-dns.com/dns-query",
	})
}

func TestAnswers(t *testing.T) {
	cname := func(a loopback.Asked) *dns.Msg {
		m := loopback.Addresses("192.0.2.10", "192.0.2.11")(a)
		m.Answer[1].Header().Ttl = 60
		head := dns.RR_Header{Name: a.Question.Question[0].Name, Rrtype: dns.TypeCNAME, Class: dns.ClassINET, Ttl: 5}
		m.Answer = append([]dns.RR{&dns.CNAME{Hdr: head, Target: "cdn.example."}}, m.Answer...)
		m.AuthenticatedData = true
		return m
	}
	// A chain out of order, with records of a name that it does not lead to.
	chain := func(a loopback.Asked) *dns.Msg {
		m := loopback.Addresses()(a)
		for _, line := range []string{
			"edge.example. 30 IN A 192.0.2.20", "other.example. 30 IN A 192.0.2.66", "other.example. 30 IN CNAME elsewhere.example.",
			"CDN.example. 30 IN CNAME edge.example.", siteName + ". 30 IN CNAME cdn.EXAMPLE.", "edge.example. 30 IN CNAME cdn.example.",
		} {
			rr, err := dns.NewRR(line)
			if err != nil {
				panic(err)
			}
			m.Answer = append(m.Answer, rr)
		}
		return m
	}
	cases := []struct {
		name string
		set  loopback.Behaviour
		kind uint16
		want evidence.Answer
	}{
		{"a chain of aliases", chain, dns.TypeA, evidence.Answer{
			RCode: "NOERROR", Addresses: []string{"192.0.2.20"}, CNAMEs: []string{"cdn.example", "edge.example"}, TTL: 30,
		}},
		{"A", cname, dns.TypeA, evidence.Answer{
			RCode: "NOERROR", Addresses: []string{"192.0.2.10", "192.0.2.11"}, CNAMEs: []string{"cdn.example"}, TTL: 60, Authenticated: true,
		}},
		{"AAAA", loopback.Addresses("192.0.2.10", "2001:db8::10"), dns.TypeAAAA, evidence.Answer{
			RCode: "NOERROR", Addresses: []string{"2001:db8::10"}, TTL: 300,
		}},
		{"nothing", loopback.Addresses(), dns.TypeA, evidence.Answer{RCode: "NOERROR", Failure: evidence.DNSNoAnswer}},
		{"no such name, filtered", loopback.RCode(dns.RcodeNameError, dns.ExtendedErrorCodeFiltered), dns.TypeA, evidence.Answer{
			RCode: "NXDOMAIN", Failure: evidence.DNSNXDomain, ExtendedErrors: []evidence.ExtendedError{{Code: 17}},
		}},
		{"servfail", loopback.RCode(dns.RcodeServerFailure), dns.TypeA, evidence.Answer{RCode: "SERVFAIL", Failure: evidence.DNSServfail}},
		{"refused", loopback.RCode(dns.RcodeRefused), dns.TypeA, evidence.Answer{RCode: "REFUSED", Failure: evidence.DNSRefused}},
		{"odd", loopback.RCode(dns.RcodeNotImplemented), dns.TypeA, evidence.Answer{RCode: "NOTIMP", Failure: evidence.DNSMisbehaving}},
		{"silent", loopback.NoReply, dns.TypeA, evidence.Answer{Failure: evidence.Timeout}},
	}
	for _, c := range cases {
		for _, over := range everyTransport {
			t.Run(c.name+" "+string(over), func(t *testing.T) {
				t.Parallel()
				w, p := start(t)
				w.Resolvers["1.1.1.1"].Set(siteName, c.set)
				got := ask(p, over, c.kind)
				want := c.want
				want.Resolver, want.Role, want.Transport, want.Name = "1.1.1.1", evidence.RolePublic, over, siteName
				want.Type = dns.TypeToString[c.kind]
				if over == evidence.OverHTTPS {
					want.Resolver = "cloudflare-dns.com"
				}
				sameAnswer(t, got, want)
			})
		}
	}
}

func sameAnswer(t *testing.T, got, want evidence.Answer) {
	t.Helper()
	got.MS = 0
	if got.Resolver != want.Resolver || got.Role != want.Role || got.Transport != want.Transport || got.Name != want.Name ||
		got.Type != want.Type || got.RCode != want.RCode || got.Failure != want.Failure || got.TTL != want.TTL ||
		got.Authenticated != want.Authenticated || got.CheckingDisabled != want.CheckingDisabled ||
		!slices.Equal(got.Addresses, want.Addresses) || !slices.Equal(got.CNAMEs, want.CNAMEs) ||
		!slices.Equal(got.ExtendedErrors, want.ExtendedErrors) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestSilentAndRefusingResolvers(t *testing.T) {
	w, p := start(t)
	w.SilenceNameServer("1.1.1.1")
	w.Silence("1.1.1.1:443")
	for _, over := range everyTransport {
		if a := ask(p, over, dns.TypeA); a.Failure != evidence.Timeout || a.Replied() {
			t.Errorf("%s: %+v", over, a)
		}
	}
	w.RefuseNameServer("1.1.1.1")
	w.Refuse("1.1.1.1:443")
	for _, over := range everyTransport {
		if a := ask(p, over, dns.TypeA); a.Failure != evidence.ConnectionRefused {
			t.Errorf("%s: %+v", over, a)
		}
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if a := p.Ask(stopped, probe.Question{Address: "9.9.9.9", Transport: evidence.OverUDP, Name: siteName, Type: dns.TypeA}); a.Failure != evidence.Interrupted {
		t.Errorf("stopped: %+v", a)
	}
}

func TestALostPacketIsAskedAgain(t *testing.T) {
	w, p := start(t)
	var n atomic.Int64
	w.Resolvers["1.1.1.1"].Set(siteName, func(a loopback.Asked) *dns.Msg {
		if n.Add(1) == 1 {
			return nil
		}
		return loopback.Addresses(siteAddress)(a)
	})
	if a := ask(p, evidence.OverUDP, dns.TypeA); a.Failure != evidence.None || n.Load() != 2 {
		t.Errorf("after %d questions: %+v", n.Load(), a)
	}
}

func TestATruncatedReplyIsFetchedOverTCP(t *testing.T) {
	w, p := start(t)
	short := func(a loopback.Asked) *dns.Msg {
		m := loopback.Addresses("192.0.2.1", "192.0.2.2", "192.0.2.3")(a)
		if a.Over == evidence.OverUDP {
			m.Truncated = true
			m.Answer = m.Answer[:1]
		}
		return m
	}
	w.Resolvers["1.1.1.1"].Set(siteName, short)
	if a := ask(p, evidence.OverUDP, dns.TypeA); len(a.Addresses) != 3 {
		t.Errorf("%+v", a)
	}
	w.Refuse("1.1.1.1:53")
	if a := ask(p, evidence.OverUDP, dns.TypeA); len(a.Addresses) != 1 || a.Failure != evidence.None {
		t.Errorf("without TCP: %+v", a)
	}
	w.Resolvers["1.1.1.1"].Set(siteName, func(a loopback.Asked) *dns.Msg {
		m := short(a)
		m.Answer = nil
		return m
	})
	if a := ask(p, evidence.OverUDP, dns.TypeA); a.Failure != evidence.ConnectionRefused || a.Replied() {
		t.Errorf("nothing left, without TCP: %+v", a)
	}
}

func TestStrangeReplies(t *testing.T) {
	cases := map[string]func(m *dns.Msg){
		"another ID":       func(m *dns.Msg) { m.Id++ },
		"another name":     func(m *dns.Msg) { m.Question[0].Name = "other.example." },
		"another type":     func(m *dns.Msg) { m.Question[0].Qtype = dns.TypeMX },
		"a question":       func(m *dns.Msg) { m.Response = false },
		"without question": func(m *dns.Msg) { m.Question = nil },
	}
	for name, change := range cases {
		for _, over := range everyTransport {
			t.Run(name+" "+string(over), func(t *testing.T) {
				t.Parallel()
				w, p := start(t)
				w.Resolvers["1.1.1.1"].Set(siteName, func(a loopback.Asked) *dns.Msg {
					m := loopback.Addresses(siteAddress)(a)
					m.Question = slices.Clone(m.Question)
					change(m)
					return m
				})
				if a := ask(p, over, dns.TypeA); a.Failure != evidence.DNSMisbehaving || a.Replied() {
					t.Errorf("%+v", a)
				}
			})
		}
	}
	t.Run("an error without the question is one", func(t *testing.T) {
		w, p := start(t)
		w.Resolvers["1.1.1.1"].Set(siteName, func(a loopback.Asked) *dns.Msg {
			m := loopback.RCode(dns.RcodeRefused)(a)
			m.Question = nil
			return m
		})
		if a := ask(p, evidence.OverUDP, dns.TypeA); a.RCode != "REFUSED" {
			t.Errorf("%+v", a)
		}
	})
	t.Run("in any case", func(t *testing.T) {
		w, p := start(t)
		w.Resolvers["1.1.1.1"].Set(siteName, func(a loopback.Asked) *dns.Msg {
			m := loopback.Addresses(siteAddress)(a)
			m.Question = slices.Clone(m.Question)
			m.Question[0].Name = strings.ToUpper(m.Question[0].Name)
			return m
		})
		if a := ask(p, evidence.OverUDP, dns.TypeA); a.Failure != evidence.None {
			t.Errorf("%+v", a)
		}
	})
}

func TestServersOlderThanEDNS(t *testing.T) {
	w, p := start(t)
	w.Resolvers["1.1.1.1"].Set(siteName, func(a loopback.Asked) *dns.Msg {
		if a.Question.IsEdns0() != nil {
			m := new(dns.Msg)
			m.SetRcode(a.Question, dns.RcodeFormatError)
			return m
		}
		return loopback.Addresses(siteAddress)(a)
	})
	if a := ask(p, evidence.OverUDP, dns.TypeA); a.Failure != evidence.None || a.RCode != "NOERROR" {
		t.Errorf("%+v", a)
	}
}

func TestDoHFaults(t *testing.T) {
	w, p := start(t)
	at := "1.1.1.1:443"
	valid := w.Authority.Valid("cloudflare-dns.com")
	text := http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, "sign in first") })
	cases := []struct {
		name string
		set  func()
		want evidence.Failure
	}{
		{"a page", func() { w.ServeTLS(at, valid, text) }, evidence.HTTPRequestFailed},
		{"a status", func() { w.ServeTLS(at, valid, loopback.Status(503, "")) }, evidence.HTTPRequestFailed},
		{"another name's certificate", func() { w.ServeTLS(at, w.Authority.Valid("other.example"), text) }, evidence.TLSInvalidHostname},
		{"expired", func() { w.ServeTLS(at, w.Authority.Expired("cloudflare-dns.com"), text) }, evidence.TLSInvalidCertificate},
		{"reset", func() { w.ServeRaw(at, loopback.Reset) }, evidence.ConnectionReset},
		{"noise", func() {
			w.ServeTLS(at, valid, http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Content-Type", "application/dns-message")
				io.WriteString(rw, "??")
			}))
		}, evidence.DNSMisbehaving},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.set()
			if a := ask(p, evidence.OverHTTPS, dns.TypeA); a.Failure != c.want {
				t.Errorf("%+v, want %s", a, c.want)
			}
		})
	}
}
