package words

import (
	"encoding/json"
	"strings"
	"testing"

	"isitme/checks/verdict"
)

func TestHeadlineFollowsCertainty(t *testing.T) {
	c := For("en")
	for _, x := range []struct {
		who       verdict.Who
		cause     verdict.Cause
		certainty verdict.Certainty
		face      Face
		want      string
	}{
		{verdict.Site, verdict.BadGateway, verdict.Certain, Screen, "It's the site, not you."},
		{verdict.Site, verdict.Unreachable, verdict.Likely, Screen, "It's most likely the site, not you."},
		{verdict.Site, verdict.Unreachable, verdict.Likely, Picture, "Most likely: the fault is on the site's side."},
		{verdict.You, verdict.Offline, verdict.Certain, Short, "Your side."},
		{verdict.Address, verdict.PageMissing, verdict.Certain, Picture, "The site works, but this page is not there."},
		{verdict.Unknown, verdict.Stopped, verdict.Unsure, Screen, "We can't tell yet."},
	} {
		if got := c.Headline(verdict.Verdict{Who: x.who, Cause: x.cause, Certainty: x.certainty}, x.face); got != x.want {
			t.Errorf("%s %s: %q, want %q", x.cause, x.face, got, x.want)
		}
	}
}

func TestSentenceVariants(t *testing.T) {
	c := For("en")
	for _, x := range []struct {
		name, want string
		v          verdict.Verdict
	}{
		{"status against meaning", "no server behind it is ready", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Overloaded, Facts: verdict.Facts{Status: 503, Meaning: "no_backend"},
		}},
		{"unknown meaning", "cannot take visitors", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Overloaded, Facts: verdict.Facts{Status: 503, Meaning: "never_heard_of"},
		}},
		{"likely unreachable", "From here we can't see", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Unreachable, Certainty: verdict.Likely,
		}},
		{"likely unreachable, asked elsewhere", "while other sites work", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Unreachable, Certainty: verdict.Likely,
			Notes: []verdict.Finding{{Code: verdict.NoteElsewhereMixed}},
		}},
		{"plain HTTP is broken", "every page that is not secure", verdict.Verdict{
			Who: verdict.You, Cause: verdict.NetworkBlocksSite, Facts: verdict.Facts{How: "plain_http"},
		}},
		{"a block page", "stops this one site", verdict.Verdict{
			Who: verdict.You, Cause: verdict.NetworkBlocksSite, Facts: verdict.Facts{How: "block_page"},
		}},
		{"contradiction", "fail and work at the same time", verdict.Verdict{
			Who: verdict.Unknown, Cause: verdict.NotEnoughEvidence, Why: "contradiction",
		}},
		{"recovered after a reply", "on the site's side", verdict.Verdict{
			Who: verdict.Working, Cause: verdict.Recovered, Facts: verdict.Facts{Status: 502},
		}},
		{"recovered after silence", "pass by themselves", verdict.Verdict{Who: verdict.Working, Cause: verdict.Recovered}},
		{"named proxy", "through a proxy (proxy.example:3128)", verdict.Verdict{
			Who: verdict.You, Cause: verdict.ProxyUnreachable, Facts: verdict.Facts{Proxy: "proxy.example:3128"},
		}},
		{"until", "in about 2 hours", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Maintenance, Facts: verdict.Facts{Status: 503, RetryAfterS: 7200},
		}},
		{"date", "on 1 Nov 2026,", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.CertificateExpired, Facts: verdict.Facts{Date: "2026-11-01T10:00:00Z"},
		}},
		{"hop", "where www.example.com sends you on", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.BadGateway, Facts: verdict.Facts{Host: "www.example.com", Hop: "shop.example.com"},
		}},
	} {
		if got := c.Sentence(x.v); !strings.Contains(got, x.want) {
			t.Errorf("%s: %q does not hold %q", x.name, got, x.want)
		}
	}
}

// TestRedactedAddresses words the reports that people see: they hold words in the place of the visitor's addresses.
func TestRedactedAddresses(t *testing.T) {
	c := For("en")
	for _, x := range []struct {
		f    verdict.Finding
		want string
	}{
		{
			verdict.Finding{Code: verdict.ReasonOwnSilent, Args: map[string]any{"Resolver": "name-server-1"}},
			"Your name service does not answer.",
		},
		{
			verdict.Finding{Code: verdict.ReasonOwnSays, Args: map[string]any{"Resolver": "router", "Answer": "private-address"}},
			"Your name service says: private address.",
		},
		{
			verdict.Finding{Code: verdict.ReasonProxySilent, Args: map[string]any{"Proxy": "proxy:3128"}},
			"The proxy does not answer.",
		},
		{
			verdict.Finding{Code: verdict.ReasonProxySilent, Args: map[string]any{"Proxy": "proxy.example:3128"}},
			"The proxy proxy.example:3128 does not answer.",
		},
		{
			verdict.Finding{Code: verdict.ReasonSignInPage, Args: map[string]any{
				"Good": 3, "All": 5, "Portal": "http://sign-in-page/login",
			}},
			"A sign-in page answered in place of 3 of 5 well-known sites.",
		},
		{
			verdict.Finding{Code: verdict.ReasonOwnSays, Args: map[string]any{"Resolver": "9.9.9.9", "Answer": "192.0.2.7"}},
			"Your name service (9.9.9.9) says: 192.0.2.7.",
		},
	} {
		if got := c.Finding(x.f); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
	v := verdict.Verdict{Who: verdict.You, Cause: verdict.DNSNotAnswering, Facts: verdict.Facts{Resolver: "name-server-1"}}
	if got := c.Say(v); strings.Contains(got, "name-server") {
		t.Errorf("%q", got)
	}
}

func TestHowSure(t *testing.T) {
	c := For("en")
	likely := verdict.Verdict{Certainty: verdict.Likely, Settle: []string{"elsewhere", "phone"}}
	if got, want := c.HowSure(likely), "Most likely. To settle it: ask computers elsewhere or try a phone with Wi-Fi off"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, x := range []struct {
		cause verdict.Cause
		good  int
		want  string
	}{
		{verdict.DNSBlocksSite, 3, "Certain: 3 of 4 independent checks agree"},
		{verdict.NoSuchSite, 0, "Certain: independent checks agree"},         // none of 4 knows it
		{verdict.CertificateExpired, 4, "Certain: independent checks agree"}, // 4 know its address
	} {
		v := verdict.Verdict{Certainty: verdict.Certain, Why: "independent_agree", Cause: x.cause, Facts: verdict.Facts{Good: x.good, All: 4}}
		if got := c.HowSure(v); got != x.want {
			t.Errorf("%s: %q, want %q", x.cause, got, x.want)
		}
	}
	unsure := verdict.Verdict{Certainty: verdict.Unsure, Why: "one_view", Settle: []string{"phone"}}
	if got, want := c.HowSure(unsure), "Not known: there was only one view. To settle it: try a phone with Wi-Fi off"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestFindingSurvivesJSON makes sure that a finding read back from disk says what it said when it was made.
func TestFindingSurvivesJSON(t *testing.T) {
	for _, f := range []verdict.Finding{
		{Code: verdict.ReasonWellKnownOpen, Args: map[string]any{"Good": 5, "All": 6}},
		{Code: verdict.ReasonSameAfterTries, Args: map[string]any{"Tries": 4, "Seconds": 11.26}},
		{Code: verdict.ReasonCertificate, Args: map[string]any{"Problem": "wrong_name", "Names": []string{"a.example", "b.example"}}},
		{Code: verdict.ReasonRefused, Args: map[string]any{"Count": 1, "Port": 443}},
		{Code: verdict.NoteRetryAfter, Args: map[string]any{"Seconds": 5400}},
		{Code: verdict.ReasonClockOff, Args: map[string]any{"Offset": -94672800.0, "Good": 3}},
	} {
		buf, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		var read verdict.Finding
		if err := json.Unmarshal(buf, &read); err != nil {
			t.Fatal(err)
		}
		each(t, func(t *testing.T, c *Catalog) {
			before, after := c.Finding(f), c.Finding(read)
			if before != after {
				t.Errorf("%s: %q, after JSON %q", f.Code, before, after)
			}
		})
	}
	c := For("en")
	done := verdict.Finding{Code: verdict.StepAnswerDone, Args: map[string]any{"Who": "site", "Certainty": "likely"}}
	if got, want := c.Finding(done), "It's most likely the site, not you."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := c.Finding(verdict.Finding{Code: verdict.ReasonClockOff, Args: map[string]any{"Offset": -94672800.0, "Good": 3}}),
		"By the clocks of 3 well-known sites, this computer's clock is 3 years off."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := c.Finding(verdict.Finding{Code: verdict.StepNamesDiffer, Args: map[string]any{"Own": "no_such_name", "Good": 3}}),
		`Yours says "no such name", 3 others say otherwise.`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
