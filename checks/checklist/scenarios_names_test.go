package checklist_test

import (
	"io"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/verdict"
)

func init() { scenarios = append(scenarios, namesScenarios...) }

// namesScenarios are faults of name services, addresses and the line that look like others.
var namesScenarios = []scenario{
	{
		name: "own name service silent on a line that loses packets", want: "you/slow_connection/likely",
		breaks: func(w world) { w.OS.SetAll(loopback.NoReply); w.Router.SetAll(loopback.NoReply) },
		learns: lossy,
	},
	{
		name: "name servers are silent for everybody, and others can be asked over HTTPS only", want: "site/dns_broken/certain",
		breaks: func(w world) {
			w.Limits.DNS *= 3 // more than a busy computer takes to answer
			w.Limits.Run *= 2
			w.everybody(site, loopback.NoReply)
			for _, s := range w.Resolvers {
				w.EachSite(func(host, a string) { s.Set(host, loopback.Only(loopback.Addresses(a), evidence.OverHTTPS)) })
			}
		},
	},
	{
		name: "wrong address with an expired certificate of the site's", want: "you/dns_wrong_answer/likely",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign))
			w.ServeTLS(foreign+":443", w.Authority.Expired(site), loopback.Page)
		},
	},
	{
		name: "own leads to a private address with a page for plain text, page asked over https", want: "you/dns_blocks_site/certain",
		breaks: func(w world) {
			w.home(loopback.Addresses("10.10.34.35"))
			w.Serve("10.10.34.35:80", status(200, "<title>Stop</title>Not for children."))
		},
	},
	{
		name: "this computer sends what is for the site another way", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			w.Silence(address + ":443")
			w.Facts.SiteRoutes = []evidence.Route{{Destination: address, Interface: "eth0", Gateway: "192.168.1.99"}}
		},
	},
	{
		name: "the line dies while the page is waited for", want: "you/no_internet/likely",
		breaks: func(w world) { w.afterTLS(loopback.Hold) },
		learns: func(ev *evidence.Evidence) {
			for i := range ev.Later {
				ev.Later[i].Failure = evidence.Timeout
			}
		},
	},
	{
		name: "every page stands still after some bytes", want: "you/slow_connection/certain",
		breaks: func(w world) {
			w.page(after(time.Second, halfPage)) // so that the others are in before it
			w.EachSite(func(host, a string) { w.ServeTLS(a+":443", w.Authority.Valid(host), halfPage) })
		},
		environment: patientBody,
	},
	{
		name: "this page alone stands still after some bytes", want: "working/works/certain",
		breaks:      func(w world) { w.page(halfPage) },
		environment: patientBody,
	},
	{
		name: "cut at first, then a 504 that comes late", want: "site/gateway_timeout/certain",
		breaks: func(w world) {
			w.Limits.Run = 8 * time.Second
			var begun atomic.Bool
			w.afterTLS(func(c net.Conn) {
				if begun.Swap(true) {
					loopback.ReadHead(c)
					time.Sleep(3 * time.Second) // longer than a try that is not held open
					io.WriteString(c, "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n")
				}
			})
		},
	},
}

// swallow makes this computer's name service silent to questions of one type about every name.
func swallow(w world, kind uint16) {
	w.Limits.DNS *= 3 // more than a busy computer takes to answer
	for _, s := range []*loopback.NameServer{w.OS, w.Router} {
		w.EachSite(func(host, a string) { s.Set(host, without(kind, loopback.Addresses(a))) })
		s.Set(site, without(kind, loopback.Addresses(address)))
		s.SetAll(loopback.NoReply)
	}
}

func without(kind uint16, b loopback.Behaviour) loopback.Behaviour {
	return func(a loopback.Asked) *dns.Msg {
		if a.Question.Question[0].Qtype == kind {
			return nil
		}
		return b(a)
	}
}

// lossy adds connections of a line that loses every other packet.
func lossy(ev *evidence.Evidence) {
	for i := range 20 {
		d := evidence.Dial{Address: "198.18.8.8", Port: 443, MS: 1020}
		if i%2 == 0 {
			d.Failure, d.MS = evidence.Timeout, 5000
		}
		ev.Reachable = append(ev.Reachable, d)
	}
}

// halfPage begins a page that never ends.
var halfPage = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, "<title>Shop</title>and then")
	http.NewResponseController(w).Flush()
	<-r.Context().Done()
})

// patientBody waits for a body for longer than a slow page may take.
func patientBody(env *environment.Environment) {
	env.Limits = environment.DefaultLimits()
	env.Limits.Body = 3500 * time.Millisecond
}

// The places that answered are asked once more before a silent site is blamed.
func TestLooksWhetherTheLineStands(t *testing.T) {
	t.Parallel()
	res := scenario{breaks: func(w world) { w.Silence(address + ":443") }}.run(t)
	if len(res.Evidence.Later) < 3 {
		t.Fatalf("%d places were asked again, want three or more", len(res.Evidence.Later))
	}
	answered := verdict.Answered(&res.Evidence)
	for _, d := range res.Evidence.Later {
		if !slices.Contains(answered, d.Address) {
			t.Errorf("%s was asked again, which had not answered", d.Address)
		}
	}
	if res.Verdict.Cause != verdict.Unreachable {
		t.Errorf("got %s by rule %s", res.Verdict.Cause, res.Verdict.Rule)
	}
}

// What one kind of question alone is not answered for stands among the reasons.
func TestNamesTheSwallowedQuestions(t *testing.T) {
	t.Parallel()
	for kind, want := range map[uint16]string{dns.TypeAAAA: "IPv6", dns.TypeA: "IPv4"} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			v := scenario{breaks: func(w world) { swallow(w, kind) }}.run(t).Verdict
			if v.Cause != verdict.DNSNotAnswering || v.Certainty != verdict.Certain {
				t.Fatalf("got %s/%s/%s by rule %s", v.Who, v.Cause, v.Certainty, v.Rule)
			}
			at := slices.IndexFunc(v.Reasons, func(f verdict.Finding) bool { return f.Code == verdict.ReasonOwnSilent })
			if at < 0 || v.Reasons[at].Args["Kind"] != want {
				t.Errorf("the reasons are %v", v.Reasons)
			}
		})
	}
}
