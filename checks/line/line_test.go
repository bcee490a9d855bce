package line_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/line"
	"isitme/checks/verdict"
)

// sketch writes a line as text: stations as place[=state:word], joins as "--" solid, "-x-" cut, ".." dots. A working
// station is written as its place alone.
func sketch(l line.Line) string {
	var b strings.Builder
	for i, s := range l.Stations {
		b.WriteString(string(s.Place))
		if s.State != line.Works {
			b.WriteString("=" + string(s.State))
			if s.Word != line.None {
				b.WriteString(":" + string(s.Word))
			}
		}
		if i < len(l.Joins) {
			b.WriteString(map[line.Join]string{line.Solid: " -- ", line.Cut: " -x- ", line.Dots: " .. "}[l.Joins[i]])
		}
	}
	return b.String()
}

// withoutEvidence is the line of every cause when nothing but the verdict is known.
var withoutEvidence = map[verdict.Cause]string{
	verdict.Works:        "computer -- connection -- lookup -- site",
	verdict.Recovered:    "computer -- connection -- lookup -- site",
	verdict.FixedByFlush: "computer -- connection -- lookup -- site",
	verdict.Slow:         "computer -- connection -- lookup -- site",

	verdict.BadGateway:             "computer -- connection -- door -x- server=broken:no_reply",
	verdict.GatewayTimeout:         "computer -- connection -- door -x- server=broken:too_late",
	verdict.Overloaded:             "computer -- connection -- lookup -- site=broken:full",
	verdict.Maintenance:            "computer -- connection -- lookup -- site=broken:resting",
	verdict.ServerError:            "computer -- connection -- lookup -- site=broken:broken",
	verdict.NotAnswering:           "computer -- connection -- lookup -x- site=broken:silent",
	verdict.RefusesConnections:     "computer -- connection -- lookup -x- site=broken:closed",
	verdict.Unreachable:            "computer -- connection -- lookup -x- site=broken:silent",
	verdict.ClosesConnection:       "computer -- connection -- lookup -x- site=broken:hangs_up",
	verdict.BadResponse:            "computer -- connection -- lookup -- site=broken:broken",
	verdict.CertificateExpired:     "computer -- connection -- lookup -x- site=broken:bad_certificate",
	verdict.CertificateWrongName:   "computer -- connection -- lookup -x- site=broken:bad_certificate",
	verdict.CertificateUntrusted:   "computer -- connection -- lookup -x- site=broken:bad_certificate",
	verdict.CertificateNotYetValid: "computer -- connection -- lookup -x- site=broken:bad_certificate",
	verdict.SecureConnectionFailed: "computer -- connection -- lookup -x- site=broken:broken",
	verdict.RedirectLoop:           "computer -- connection -- lookup -- site=broken:broken",
	verdict.BrokenRedirect:         "computer -- connection -- lookup -- site=broken:broken",
	verdict.DNSBroken:              "computer -- connection -- listing=broken:broken -x- site=unknown:cant_tell",
	verdict.DNSSECBroken:           "computer -- connection -- listing=broken:broken -x- site=unknown:cant_tell",
	verdict.DNSNoAddress:           "computer -- connection -- listing=broken:empty -x- site=unknown:cant_tell",
	verdict.DNSPointsNowhere:       "computer -- connection -- listing=broken:nowhere -x- site=unknown:cant_tell",

	verdict.Offline:           "computer=broken:offline -x- connection=unknown:cant_tell .. lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.NoInternet:        "computer -- connection=broken:nothing_out -x- lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.CaptivePortal:     "computer -- connection=broken:sign_in -x- lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.DNSNotAnswering:   "computer -- connection -- lookup=broken:silent -x- site=unknown:cant_tell",
	verdict.DNSWrongAnswer:    "computer -- connection -- lookup=broken:wrong_place -x- site",
	verdict.DNSBlocksSite:     "computer -- connection -- lookup=broken:blocks_it -x- site",
	verdict.HostsFile:         "computer=broken:own_list -- connection .. lookup=unknown:cant_tell -x- site=unknown:cant_tell",
	verdict.ProxyUnreachable:  "computer .. connection=unknown:cant_tell .. proxy=broken:silent -x- site=unknown:cant_tell",
	verdict.ProxyRefuses:      "computer -- connection -- proxy=broken:says_no -x- site=unknown:cant_tell",
	verdict.ProxyError:        "computer -- connection -- proxy=broken:in_the_way -x- site",
	verdict.VPNDown:           "computer .. connection=unknown:cant_tell .. vpn=broken:silent -x- site=unknown:cant_tell",
	verdict.VPNBreaksSite:     "computer -- connection -- vpn=broken:in_the_way -x- site",
	verdict.ClockWrong:        "computer=broken:wrong_date -- connection .. lookup=unknown:cant_tell -x- site=unknown:cant_tell",
	verdict.TLSIntercepted:    "computer -- connection -- security=broken:in_the_way -x- site=unknown:cant_tell",
	verdict.NetworkBlocksSite: "computer -- connection -- way=broken:blocks_it -x- site=unknown:cant_tell",
	verdict.IPv6Broken:        "computer -- connection=broken:ipv6_dead -x- lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.IPv6Missing:       "computer -- connection=broken:no_ipv6 -x- lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.HTTPSBlocked:      "computer -- connection=broken:blocks_it -x- lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.LargePacketsLost:  "computer -- connection=broken:loses_data -x- lookup=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.SlowConnection:    "computer -- connection=broken:slow .. lookup=unknown:cant_tell .. site=unknown:cant_tell",

	verdict.Forbidden:       "computer -- connection -- lookup -- site=broken:says_no",
	verdict.RateLimited:     "computer -- connection -- lookup -- site=broken:says_no",
	verdict.RegionBlocked:   "computer -- connection -- lookup -- site=broken:says_no",
	verdict.RobotCheck:      "computer -- connection -- lookup -- site=broken:says_no",
	verdict.RequestRejected: "computer -- connection -- lookup -- site=broken:says_no",
	verdict.SiteFirewall:    "computer -- connection -- lookup -- site=broken:says_no",

	verdict.NoSuchSite:  "computer -- connection -- lookup=broken:not_listed -x- site=unknown:cant_tell",
	verdict.PageMissing: "computer -- connection -- site -x- page=broken:not_there",

	verdict.NotEnoughEvidence: "computer=unknown:cant_tell .. connection=unknown:cant_tell .. way=unknown:cant_tell .. site=unknown:cant_tell",
	verdict.Stopped:           "computer=unknown:cant_tell .. connection=unknown:cant_tell .. way=unknown:cant_tell .. site=unknown:cant_tell",
}

func TestOfEveryCause(t *testing.T) {
	for _, c := range verdict.Causes() {
		want, ok := withoutEvidence[c.Cause]
		if !ok {
			t.Errorf("%s: no line expected in this table", c.Cause)
			continue
		}
		if got := sketch(line.Of(verdict.Verdict{Who: c.Who, Cause: c.Cause}, nil)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.Cause, got, want)
		}
	}
}

func loaded(status int) evidence.Fetch {
	return evidence.Fetch{Hops: []evidence.Hop{{Response: &evidence.Response{Status: status}}}}
}

func TestOfWithEvidence(t *testing.T) {
	fine := evidence.Evidence{
		System:    &evidence.System{DefaultV4: &evidence.Route{}},
		WellKnown: []evidence.SiteCheck{{Fetch: loaded(200)}},
		Resolvers: []evidence.ResolverView{{
			Role: evidence.RoleSystem, Answers: []evidence.Answer{{Addresses: []string{"192.0.2.1"}}},
		}},
	}
	failing := fine
	failing.Tries = []evidence.Fetch{loaded(502)}
	literal := fine
	literal.Target.Literal = true
	tests := []struct {
		name string
		v    verdict.Verdict
		ev   evidence.Evidence
		want string
	}{
		{
			"a CDN writes the 500",
			verdict.Verdict{Who: verdict.Site, Cause: verdict.ServerError, Facts: verdict.Facts{GatewayCDN: true}},
			fine,
			"computer -- connection -- door -x- server=broken:broken",
		},
		{
			"a CDN writes the 503",
			verdict.Verdict{Who: verdict.Site, Cause: verdict.Overloaded, Facts: verdict.Facts{GatewayCDN: true}},
			fine,
			"computer -- connection -- door -x- server=broken:full",
		},
		{
			"silent once, answered before",
			verdict.Verdict{Who: verdict.Site, Cause: verdict.NotAnswering, Facts: verdict.Facts{Status: 200}},
			fine,
			"computer -- connection -- lookup -- site=broken:silent",
		},
		{
			"slow, all reached",
			verdict.Verdict{Who: verdict.You, Cause: verdict.SlowConnection},
			func() evidence.Evidence { e := fine; e.Tries = []evidence.Fetch{loaded(200)}; return e }(),
			"computer -- connection=broken:slow -- lookup -- site",
		},
		{
			"hosts file, lookup fine",
			verdict.Verdict{Who: verdict.You, Cause: verdict.HostsFile},
			fine,
			"computer=broken:own_list -- connection -- lookup -x- site=unknown:cant_tell",
		},
		{
			"blocked here, up elsewhere",
			verdict.Verdict{Who: verdict.You, Cause: verdict.NetworkBlocksSite},
			evidence.Evidence{Elsewhere: &evidence.Elsewhere{Views: []evidence.ElseView{{Up: true}, {Up: true}, {Down: true}}}},
			"computer -- connection -- way=broken:blocks_it -x- site",
		},
		{
			"proxy dead, own network seen",
			verdict.Verdict{Who: verdict.You, Cause: verdict.ProxyUnreachable},
			fine,
			"computer -- connection -- proxy=broken:silent -x- site=unknown:cant_tell",
		},
		{
			"unknown, connection works",
			verdict.Verdict{Who: verdict.Unknown, Cause: verdict.NotEnoughEvidence},
			fine,
			"computer -- connection .. way=unknown:cant_tell .. site=unknown:cant_tell",
		},
		{
			"unknown does not repeat the status",
			verdict.Verdict{Who: verdict.Unknown, Cause: verdict.NotEnoughEvidence},
			failing,
			"computer -- connection .. way=unknown:cant_tell .. site=unknown:cant_tell",
		},
		{
			"stopped after a reply",
			verdict.Verdict{Who: verdict.Unknown, Cause: verdict.Stopped},
			failing,
			"computer -- connection .. way=unknown:cant_tell .. site=seen:answered",
		},
		{
			"a number address has no lookup",
			verdict.Verdict{Who: verdict.Site, Cause: verdict.Unreachable},
			literal,
			"computer -- connection -x- site=broken:silent",
		},
		{
			"a cause nobody knows",
			verdict.Verdict{Who: verdict.Unknown, Cause: "from_the_future"},
			fine,
			"computer -- connection .. way=unknown:cant_tell .. site=unknown:cant_tell",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sketch(line.Of(tt.v, &tt.ev)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestOfNames(t *testing.T) {
	facts := verdict.Facts{Gateway: "Cloudflare", Proxy: "proxy.example:3128", VPN: "Office", Program: "Shield"}
	tests := []struct {
		cause verdict.Cause
		who   verdict.Who
		at    int
		want  string
	}{
		{verdict.BadGateway, verdict.Site, 2, "Cloudflare"},
		{verdict.ProxyRefuses, verdict.You, 2, "proxy.example:3128"},
		{verdict.VPNDown, verdict.You, 2, "Office"},
		{verdict.TLSIntercepted, verdict.You, 2, "Shield"},
		{verdict.Forbidden, verdict.Refused, 2, ""},
	}
	for _, tt := range tests {
		l := line.Of(verdict.Verdict{Who: tt.who, Cause: tt.cause, Facts: facts}, nil)
		if got := l.Stations[tt.at].Name; got != tt.want {
			t.Errorf("%s: name %q, want %q", tt.cause, got, tt.want)
		}
	}
}

func TestLive(t *testing.T) {
	type states = map[evidence.Step]checklist.State
	tests := []struct {
		name   string
		states states
		reply  int
		want   string
	}{
		{"nothing yet", nil, 0, "computer=not_yet .. connection=not_yet .. lookup=not_yet .. site=not_yet"},
		{
			"all asked",
			states{evidence.StepRetry: checklist.Running, evidence.StepCompare: checklist.Running, evidence.StepResolvers: checklist.Running},
			0,
			"computer=not_yet .. connection=asking:asking .. lookup=asking:asking .. site=asking:asking",
		},
		{
			"the mock",
			states{evidence.StepRetry: checklist.Found, evidence.StepCompare: checklist.Fine, evidence.StepResolvers: checklist.Running},
			502,
			"computer -- connection .. lookup=asking:asking .. site=seen:answered",
		},
		{
			"loads",
			states{evidence.StepRetry: checklist.Fine, evidence.StepCompare: checklist.Fine, evidence.StepResolvers: checklist.Fine},
			200,
			"computer -- connection -- lookup -- site",
		},
		{
			"skipped is not fine",
			states{evidence.StepCompare: checklist.Skipped, evidence.StepResolvers: checklist.Skipped},
			0,
			"computer=not_yet .. connection=not_yet .. lookup=not_yet .. site=not_yet",
		},
		{
			"could not run is not fine",
			states{evidence.StepCompare: checklist.CouldNot, evidence.StepResolvers: checklist.CouldNot},
			0,
			"computer=not_yet .. connection=unknown:cant_tell .. lookup=unknown:cant_tell .. site=not_yet",
		},
		{
			"found without blame",
			states{evidence.StepRetry: checklist.Found, evidence.StepCompare: checklist.Found, evidence.StepResolvers: checklist.Found},
			0,
			"computer=not_yet .. connection=seen:problem .. lookup=seen:problem .. site=seen:problem",
		},
		{
			"a 200 that is not the page",
			states{evidence.StepRetry: checklist.Found},
			200,
			"computer -- connection .. lookup=not_yet .. site=seen:problem",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := line.Live(tt.states, tt.reply)
			if got := sketch(l); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
			if l.Broken() != -1 {
				t.Error("a run that goes on blames somebody")
			}
		})
	}
}

func TestStartKnowsNothing(t *testing.T) {
	want := line.Line{
		Stations: []line.Station{
			{Place: line.Computer, State: line.NotYet},
			{Place: line.Connection, State: line.NotYet},
			{Place: line.Lookup, State: line.NotYet},
			{Place: line.Site, State: line.NotYet},
		},
		Joins: []line.Join{line.Dots, line.Dots, line.Dots},
	}
	if diff := cmp.Diff(want, line.Start()); diff != "" {
		t.Error(diff)
	}
}

// TestVocabulary makes sure that every line uses only words and places that the word list is told about.
func TestVocabulary(t *testing.T) {
	words, places := map[line.Word]bool{line.None: true}, map[line.Place]bool{}
	for _, w := range line.Words() {
		if words[w] {
			t.Errorf("word %q is listed twice", w)
		}
		words[w] = true
	}
	for _, p := range line.Places() {
		places[p] = true
	}
	for _, c := range verdict.Causes() {
		for _, s := range line.Of(verdict.Verdict{Who: c.Who, Cause: c.Cause}, nil).Stations {
			if !words[s.Word] || !places[s.Place] {
				t.Errorf("%s: station %+v is outside the vocabulary", c.Cause, s)
			}
		}
	}
}
