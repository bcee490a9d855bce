package checklist_test

import (
	"slices"
	"testing"

	"github.com/miekg/dns"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/verdict"
)

func init() { scenarios = append(scenarios, elsewhereScenarios...) }

// silence is a site that nobody reaches from here.
func silence(w world) { w.Silence(address + ":443") }

// resetHere is somebody on the way who resets connections that name the site.
func resetHere(w world) {
	w.nameReader(address+":443", site, loopback.Reset, w.Authority.Valid(site))
}

// plain is the page over http, of which anybody on the way may be the author.
const plain = "http://" + site + "/page"

// elsewhereScenarios test what is said of the second opinion, sentence by sentence.
var elsewhereScenarios = []scenario{
	// It speaks for "/" only and never outvotes a server's failure seen on a longer path.
	{name: "a 502 is not outvoted", want: "site/bad_gateway/certain", breaks: says(502), learns: views(5, 0)},
	{name: "a 502 for one page is not outvoted", want: "site/bad_gateway/certain", breaks: onlyPage(502), learns: views(5, 0)},
	{name: "a 502 over http is not outvoted", address: plain, want: "site/bad_gateway/certain", breaks: onlyPage(502), learns: views(5, 0)},
	{name: "a 502 that the proxy passes on is not outvoted", address: plain, want: "site/bad_gateway/likely", breaks: proxied(onlyPage(502)), learns: views(5, 0)},
	{
		name: "a 502 by an unknown proxy is not outvoted", address: plain, want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) { denied(502, "")(w); w.dark() }, learns: views(5, 0),
	},
	{name: "a page that is missing is missing, up elsewhere", want: "address/page_missing/certain", breaks: says(404), learns: views(5, 0)},
	{name: "a page that loads here, down elsewhere", want: "working/works/certain", learns: views(0, 5)},

	// Fails everywhere is the site, certain.
	{name: "down for computers elsewhere too", want: "site/unreachable/certain", breaks: silence, learns: views(0, 4)},
	{name: "refused, and down for computers elsewhere too", want: "site/refuses_connections/certain", breaks: func(w world) { w.Refuse(address + ":443") }, learns: views(0, 5)},
	{name: "cut off, and down for computers elsewhere too", want: "site/closes_connection/certain", breaks: func(w world) { w.raw(loopback.Reset) }, learns: views(0, 5)},
	{name: "not answering, and down for computers elsewhere too", want: "site/not_answering/certain", breaks: func(w world) { w.raw(loopback.Hold) }, learns: views(0, 5)},
	{
		name: "not HTTP through a proxy, and down for computers elsewhere too", address: plain, want: "site/bad_response/certain",
		breaks: proxied(func(w world) { w.ServeRaw(address+":80", loopback.Reply("SSH-2.0-OpenSSH_9.6\r\n")) }), learns: views(0, 5),
	},
	{
		name: "502 through a proxy, and a server's failure elsewhere too", address: plain, want: "site/bad_gateway/certain",
		breaks: proxied(onlyPage(502)), learns: seen(5, evidence.ElseView{Status: 502, Down: true}),
	},
	{
		name: "an expired certificate through a proxy, and elsewhere too", want: "site/certificate_expired/certain",
		breaks: proxied(func(w world) { w.cert(w.Authority.Expired(site)) }), learns: seen(5, evidence.ElseView{Status: 200, Down: true, TLSProblem: "CERT_HAS_EXPIRED"}),
	},
	{
		name: "a failed handshake through a proxy, and down elsewhere too", want: "site/secure_connection_failed/certain",
		breaks: proxied(func(w world) { w.Serve(address+":443", loopback.Page) }), learns: views(0, 5),
	},
	{
		name: "nothing to compare with, and down for computers elsewhere too", want: "site/unreachable/certain",
		options: checklist.Options{NoCompare: true, NoResolvers: true}, breaks: silence, learns: views(0, 5),
	},
	{
		name: "proxy says 502, there is no way around it, and down for computers elsewhere too", want: "site/unreachable/certain",
		breaks: func(w world) { denied(502, "")(w); w.dark() }, learns: views(0, 5),
	},

	// Up elsewhere and unreachable or reset here is the visitor's network, certain or likely by what is known here.
	{name: "up for computers elsewhere", want: "you/network_blocks_site/certain", breaks: silence, learns: views(4, 0)},
	{name: "refused here, up for computers elsewhere", want: "you/network_blocks_site/certain", breaks: func(w world) { w.Refuse(address + ":443") }, learns: views(5, 0)},
	{name: "reset here, up for computers elsewhere", want: "you/network_blocks_site/certain", breaks: resetHere, learns: views(5, 0)},
	{
		name: "reset here, computers elsewhere are turned away as robots", want: "you/network_blocks_site/certain", breaks: resetHere,
		learns: seen(5, evidence.ElseView{Status: 403, Up: true, RefusesRobots: true}),
	},
	{name: "up for two computers elsewhere", want: "you/network_blocks_site/likely", breaks: silence, learns: views(2, 0)},
	{
		name: "nothing to compare with, and up for computers elsewhere", want: "you/network_blocks_site/likely",
		options: checklist.Options{NoCompare: true, NoResolvers: true}, breaks: silence, learns: views(5, 0),
	},
	{
		name: "own says no such name, nobody else can be asked but computers elsewhere", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.RCode(dns.RcodeNameError)); w.nobodyElse() }, learns: views(5, 0),
	},
	{
		name: "own fails for the name, nobody else can be asked but computers elsewhere", want: "you/dns_blocks_site/likely",
		breaks: func(w world) { w.home(loopback.RCode(dns.RcodeServerFailure)); w.nobodyElse() }, learns: views(5, 0),
	},
	{
		name: "own denies the name, others know it, up elsewhere", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.RCode(dns.RcodeNameError)) }, learns: views(5, 0),
	},
	{
		name: "proxy says 502 to CONNECT, there is no way around it, up for computers elsewhere", want: "you/proxy_error/certain",
		breaks: func(w world) { denied(502, "")(w); w.dark() }, learns: views(5, 0),
	},
	{
		name: "certificate of an unknown authority, up elsewhere", want: "site/certificate_untrusted/likely",
		breaks: func(w world) { w.cert(stranger().Valid(site)) }, learns: views(5, 0),
	},

	// Up in some countries only is said so; the certain answers are not given.
	{name: "up for one computer elsewhere only", want: "site/unreachable/likely", breaks: silence, learns: views(1, 3)},
	{name: "down for one computer elsewhere only", want: "you/network_blocks_site/likely", breaks: silence, learns: views(3, 1)},

	// A computer's own trouble is no vote, and a service without an answer changes nothing.
	{name: "computers elsewhere with trouble of their own", want: "site/unreachable/likely", breaks: silence, learns: seen(5, evidence.ElseView{Failure: "internal"})},
	{name: "computers elsewhere that do not find the name", want: "site/unreachable/likely", breaks: silence, learns: seen(5, evidence.ElseView{Failure: "resolver"})},
	{name: "the service is out of quota", want: "site/unreachable/likely", breaks: silence, learns: unavailable("quota")},
	{name: "the service cannot be reached", want: "you/network_blocks_site/likely", breaks: resetHere, learns: unavailable("unreachable")},
	{
		name: "the service cannot be reached, and nothing to compare with", want: "unknown/not_enough_evidence/unsure",
		options: checklist.Options{NoCompare: true, NoResolvers: true}, breaks: silence, learns: unavailable("timeout"),
	},
}

// views are computers elsewhere, so many of which open the site.
func views(up, down int) func(*evidence.Evidence) {
	return func(ev *evidence.Evidence) {
		ev.Elsewhere = &evidence.Elsewhere{Service: "globalping"}
		for i := range up + down {
			ev.Elsewhere.Views = append(ev.Elsewhere.Views, evidence.ElseView{Country: "DE", Up: i < up, Down: i >= up})
		}
	}
}

// seen are n computers elsewhere that all see the same.
func seen(n int, view evidence.ElseView) func(*evidence.Evidence) {
	return func(ev *evidence.Evidence) {
		ev.Elsewhere = &evidence.Elsewhere{Service: "globalping"}
		view.Country = "DE"
		for range n {
			ev.Elsewhere.Views = append(ev.Elsewhere.Views, view)
		}
	}
}

func unavailable(why string) func(*evidence.Evidence) {
	return func(ev *evidence.Evidence) {
		ev.Elsewhere = &evidence.Elsewhere{Service: "globalping", Unavailable: why}
	}
}

// TestElsewhereIsSaid: the answer names what computers elsewhere saw, or why they saw nothing.
func TestElsewhereIsSaid(t *testing.T) {
	for name, want := range map[string]string{
		"up for one computer elsewhere only":                                               verdict.NoteElsewhereMixed,
		"down for one computer elsewhere only":                                             verdict.NoteElsewhereMixed,
		"the service is out of quota":                                                      verdict.NoteElsewhereNone,
		"up for computers elsewhere":                                                       verdict.ReasonElsewhereOpens,
		"own says no such name, nobody else can be asked but computers elsewhere":          verdict.ReasonElsewhereOpens,
		"proxy says 502 to CONNECT, there is no way around it, up for computers elsewhere": verdict.ReasonElsewhereOpens,
		"down for computers elsewhere too":                                                 verdict.ReasonElsewhereFails,
		"nothing to compare with, and down for computers elsewhere too":                    verdict.ReasonElsewhereFails,
		"proxy says 502, there is no way around it, and down for computers elsewhere too":  verdict.ReasonElsewhereFails,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(elsewhereScenarios, func(s scenario) bool { return s.name == name })
			v := elsewhereScenarios[i].run(t).Verdict
			if !slices.ContainsFunc(slices.Concat(v.Reasons, v.Notes), func(f verdict.Finding) bool { return f.Code == want }) {
				t.Errorf("no %s in %+v and %+v", want, v.Reasons, v.Notes)
			}
		})
	}
}
