package words

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"isitme/checks/verdict"
)

func TestForFindsTheBestMatch(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "en", "de": "de", "de_AT.UTF-8": "de", "de-CH": "de", "pt-BR": "pt", "pt_PT@euro": "pt", "fr_CA": "fr",
		"uk_UA.utf8": "uk", "es-419": "es", "pl": "pl", "ja": "en", "C": "en", "": "en", "not a tag": "en",
	} {
		if got := For(lang).Lang(); got != want {
			t.Errorf("For(%q) is %q, want %q", lang, got, want)
		}
	}
}

func TestEnvironmentLanguages(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want []string
	}{
		{map[string]string{}, nil},
		{map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "de"}, nil},
		{map[string]string{"LANG": "de_DE.UTF-8"}, []string{"de_DE.UTF-8"}},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR"}, []string{"fr_FR"}},
		{map[string]string{"LANG": "de_DE", "LC_ALL": "pl_PL", "LANGUAGE": "sv:uk"}, []string{"sv", "uk", "pl_PL"}},
	} {
		if got := fromEnvironment(func(name string) string { return c.env[name] }); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v gives %v, want %v", c.env, got, c.want)
		}
	}
	list := "(\n    \"de-AT\",\n    en,\n    \"zh-Hans-CN\"\n)\n"
	if got, want := fromPropertyList(list), []string{"de-AT", "en", "zh-Hans-CN"}; !reflect.DeepEqual(got, want) {
		t.Errorf("property list gives %v, want %v", got, want)
	}
}

func TestPlurals(t *testing.T) {
	for lang, want := range map[string]map[int]string{
		"en": {0: "0 days", 1: "1 day", 2: "2 days"},
		"de": {1: "1 Tag", 21: "21 Tage"},
		"fr": {0: "0 jour", 2: "2 jours", 1000000: "1000000 jours"},
		"pl": {1: "1 dzień", 2: "2 dni", 5: "5 dni"},
		"uk": {1: "1 день", 2: "2 дні", 5: "5 днів", 11: "11 днів", 21: "21 день"},
	} {
		for n, text := range want {
			if got := For(lang).N("format.days", n); got != text {
				t.Errorf("%s, %d: %q, want %q", lang, n, got, text)
			}
		}
	}
}

func TestMissingKeyAndMissingPlaceholder(t *testing.T) {
	if got := For("de").T("no.such.key"); got != "no.such.key" {
		t.Errorf("a missing key gives %q", got)
	}
	if got := For("en").T("note.none", A{"x": 1}); got != "note.none" {
		t.Errorf("a missing key gives %q", got)
	}
	if got := For("en").T("screen.run.title"); got != "Checking " {
		t.Errorf("a missing placeholder gives %q", got)
	}
}

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
			Who: verdict.Site, Cause: verdict.Overloaded, Facts: verdict.Facts{Status: 503, Meaning: "no_backend"}}},
		{"unknown meaning", "cannot take visitors", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Overloaded, Facts: verdict.Facts{Status: 503, Meaning: "never_heard_of"}}},
		{"likely unreachable", "From here we can't see", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Unreachable, Certainty: verdict.Likely}},
		{"contradiction", "fail and work at the same time", verdict.Verdict{
			Who: verdict.Unknown, Cause: verdict.NotEnoughEvidence, Why: "contradiction"}},
		{"recovered after a reply", "on the site's side", verdict.Verdict{
			Who: verdict.Working, Cause: verdict.Recovered, Facts: verdict.Facts{Status: 502}}},
		{"recovered after silence", "pass by themselves", verdict.Verdict{Who: verdict.Working, Cause: verdict.Recovered}},
		{"named proxy", "through a proxy (proxy.example:3128)", verdict.Verdict{
			Who: verdict.You, Cause: verdict.ProxyUnreachable, Facts: verdict.Facts{Proxy: "proxy.example:3128"}}},
		{"until", "in about 2 hours", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.Maintenance, Facts: verdict.Facts{Status: 503, RetryAfterS: 7200}}},
		{"date", "on 1 Nov 2026,", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.CertificateExpired, Facts: verdict.Facts{Date: "2026-11-01T10:00:00Z"}}},
		{"hop", "where www.example.com sends you on", verdict.Verdict{
			Who: verdict.Site, Cause: verdict.BadGateway, Facts: verdict.Facts{Host: "www.example.com", Hop: "shop.example.com"}}},
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
		{verdict.Finding{Code: verdict.ReasonOwnSilent, Args: map[string]any{"Resolver": "name-server-1"}},
			"Your name service does not answer."},
		{verdict.Finding{Code: verdict.ReasonOwnSays, Args: map[string]any{"Resolver": "router", "Answer": "private-address"}},
			"Your name service says: private address."},
		{verdict.Finding{Code: verdict.ReasonProxySilent, Args: map[string]any{"Proxy": "proxy:3128"}},
			"The proxy does not answer."},
		{verdict.Finding{Code: verdict.ReasonProxySilent, Args: map[string]any{"Proxy": "proxy.example:3128"}},
			"The proxy proxy.example:3128 does not answer."},
		{verdict.Finding{Code: verdict.ReasonSignInPage, Args: map[string]any{
			"Good": 3, "All": 5, "Portal": "http://sign-in-page/login"}},
			"A sign-in page answered in place of 3 of 5 well-known sites."},
		{verdict.Finding{Code: verdict.ReasonOwnSays, Args: map[string]any{"Resolver": "9.9.9.9", "Answer": "192.0.2.7"}},
			"Your name service (9.9.9.9) says: 192.0.2.7."},
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
	certain := verdict.Verdict{Certainty: verdict.Certain, Why: "independent_agree", Facts: verdict.Facts{Good: 3, All: 4}}
	if got, want := c.HowSure(certain), "Certain: 3 of 4 independent checks agree"; got != want {
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
	if got, want := c.Finding(verdict.Finding{Code: verdict.ReasonClockOff, Args: map[string]any{"Offset": -94672800.0, "Good": 3}}),
		"By the clocks of 3 well-known sites, this computer's clock is 3 years off."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := c.Finding(verdict.Finding{Code: verdict.StepNamesDiffer, Args: map[string]any{"Own": "no_such_name", "Good": 3}}),
		`Yours says "no such name", 3 others say otherwise.`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestGuides(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for _, name := range c.Guides() {
			found := false
			for _, system := range Systems() {
				g, ok := c.Guide(name, system)
				if !ok {
					continue
				}
				found = true
				wants(t, name, g.Title)
				wants(t, name, g.Intro)
				for _, s := range g.Steps {
					wants(t, name+" "+system, s)
				}
			}
			if !found {
				t.Errorf("guide %s has no steps at all", name)
			}
		}
		if _, ok := c.Guide("no-such-guide", "windows"); ok {
			t.Error("a guide that is not there was found")
		}
		if _, ok := c.Guide("proxy", "amiga"); ok {
			t.Error("a guide for an unknown system was found")
		}
	})
	c := For("en")
	if g, _ := c.Guide("own-list", "kde"); len(g.Steps) != 3 || !strings.Contains(g.Steps[0], "/etc/hosts") {
		t.Errorf("own-list on KDE: %q", g.Steps)
	}
	if g, _ := c.Guide("vpn", "macos"); len(g.Steps) != 2 || g.Undo == "" {
		t.Errorf("vpn on macOS: %q", g)
	}
}

func TestMessages(t *testing.T) {
	v := verdict.Verdict{Who: verdict.Site, Cause: verdict.BadGateway, Certainty: verdict.Certain, Facts: verdict.Facts{
		Host: "www.harbourbooks.example", Status: 502, StatusLine: "502 Bad Gateway", Gateway: "Cloudflare", Tries: 4, Seconds: 11,
		RequestID: "8e6f4c1b2a9d0f37-FRA", RequestName: "cf-ray",
	}, RuledOut: []verdict.Finding{{Code: verdict.OutConnection}}}
	seen := time.Date(2026, 11, 22, 14, 32, 8, 0, time.FixedZone("", 3600))
	each(t, func(t *testing.T, c *Catalog) {
		d := c.MessageData(v, seen)
		d.URL, d.Version, d.OS = "https://www.harbourbooks.example/summer", "1.0.0", "Windows 11"
		for _, kind := range Messages() {
			subject, body := c.Message(kind, d)
			wants(t, kind, body)
			if kind != "post" {
				wants(t, kind, subject)
			}
			for _, want := range []string{"harbourbooks.example", "502 Bad Gateway", "13:32"} {
				if kind == "provider" && want == "502 Bad Gateway" {
					continue // a provider's problem has no status of the site
				}
				if !strings.Contains(subject+body, want) {
					t.Errorf("%s does not hold %q:\n%s\n%s", kind, want, subject, body)
				}
			}
			if strings.Contains(body, "  ") || strings.Contains(body, "\n\n\n") {
				t.Errorf("%s has a gap:\n%s", kind, body)
			}
		}
		_, empty := c.Message("mail", MessageData{Host: "a.example", URL: "https://a.example/", Seen: seen, Version: "1.0.0"})
		if strings.Contains(empty, ": \n") || strings.Contains(empty, "\n\n\n") {
			t.Errorf("an empty value left its line:\n%s", empty)
		}
		d.URL += "/" + strings.Repeat("x", 300)
		if _, body := c.Message("post", d); utf8.RuneCountInString(body) > postLength {
			t.Errorf("the post has %d signs:\n%s", utf8.RuneCountInString(body), body)
		}
	})
}

func TestOwner(t *testing.T) {
	seen := time.Date(2026, 11, 22, 13, 32, 0, 0, time.UTC)
	each(t, func(t *testing.T, c *Catalog) {
		for _, pair := range verdict.Causes() {
			for _, status := range []int{0, 500, 502, 503, 504, 525, 529} {
				v := verdict.Verdict{Who: pair.Who, Cause: pair.Cause, Facts: verdict.Facts{Status: status, Host: "a.example"}}
				lines := c.OwnerShort(v, seen)
				if len(lines) > ownerLines {
					t.Errorf("%s %d has %d lines", pair.Cause, status, len(lines))
				}
				for _, line := range append(lines, c.OwnerLong(v, seen)) {
					if keyShape.MatchString(line) {
						t.Errorf("%s: no text under %q", pair.Cause, line)
					}
				}
				if pair.Who == verdict.Site && (len(lines) < 3 || c.OwnerLong(v, seen) == "") {
					t.Errorf("%s %d has no list for the owner", pair.Cause, status)
				}
			}
		}
	})
}

func TestStatusAndHint(t *testing.T) {
	c := For("en")
	for code, want := range map[int]string{
		502: "no proper answer from behind", 522: "like 502 and 504", 401: "not for you, or not yet", 418: "the question was not accepted",
		507: "something broke at the site",
	} {
		if short, plain, who, ok := c.StatusCode(code); !ok || short != want || plain == "" || who == "" {
			t.Errorf("%d: %q", code, short)
		}
	}
	if _, _, _, ok := c.StatusCode(200); ok {
		t.Error("200 is explained as a problem")
	}
	for code, key := range map[string]string{
		"DNS_PROBE_FINISHED_NXDOMAIN": "name_not_found", "DNS_PROBE_FINISHED_NO_INTERNET": "no_internet",
		"ERR_CONNECTION_REFUSED": "refused", "ERR_CONNECTION_RESET": "cut", "PR_CONNECT_RESET_ERROR": "cut",
		"PR_END_OF_FILE_ERROR": "cut", "ERR_SSL_PROTOCOL_ERROR": "secure", "SSL_ERROR_NO_CYPHER_OVERLAP": "secure",
		"ERR_CERT_DATE_INVALID": "certificate_date", "SEC_ERROR_EXPIRED_CERTIFICATE": "certificate_date",
		"ERR_CERT_COMMON_NAME_INVALID": "certificate_name", "SSL_ERROR_BAD_CERT_DOMAIN": "certificate_name",
		"ERR_CERT_AUTHORITY_INVALID": "certificate_issuer", "SEC_ERROR_UNKNOWN_ISSUER": "certificate_issuer",
		"ERR_TOO_MANY_REDIRECTS": "redirects", "ERR_PROXY_CONNECTION_FAILED": "proxy", "ERR_TIMED_OUT": "timed_out",
		"ERR_BLOCKED_BY_CLIENT": "blocked_here", "ERR_EMPTY_RESPONSE": "bad_reply", "ERR_NETWORK_CHANGED": "network_changed",
		"SOMETHING_ELSE": "other",
	} {
		if got, want := c.Hint(code), c.T("hint."+key); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := c.Hint("502"); !strings.Contains(got, "502") || !strings.Contains(got, "no proper answer") {
		t.Errorf("502: %q", got)
	}
}

func TestTargetTexts(t *testing.T) {
	c := For("en")
	if got := c.Target("mail_address", "example.org", ""); !strings.Contains(got, "example.org") {
		t.Errorf("%q", got)
	}
	if got := c.Target("no_address_in_error_text", "", "ERR_CONNECTION_RESET"); !strings.HasPrefix(got, "The connection was cut") {
		t.Errorf("%q", got)
	}
	each(t, func(t *testing.T, c *Catalog) {
		for _, code := range constants(t, "../target/error.go", "Empty", "NotAddress", "MailAddress", "OtherScheme",
			"NoAddressInErrorText", "BadPort", "TooLong", "BadHost", "Onion") {
			if !c.has("target." + code) {
				t.Errorf("target.%s is missing", code)
			}
		}
	})
}

func TestFormats(t *testing.T) {
	at := time.Date(2026, 11, 22, 14, 32, 8, 0, time.FixedZone("", 3600))
	now := at.Add(3 * time.Hour)
	en, de := For("en"), For("de")
	for _, x := range []struct{ got, want string }{
		{en.Time(at), "14:32"},
		{en.Date(at), "22 Nov 2026"},
		{de.Date(at), "22. Nov. 2026"},
		{en.When(at), "Sun 22 Nov 2026, 14:32:08 (UTC+1), which is 13:32:08 UTC"},
		{en.When(at.UTC()), "Sun 22 Nov 2026, 13:32:08 UTC"},
		{en.When(at.In(time.FixedZone("", -14*3600))), "Sat 21 Nov 2026, 23:32:08 (UTC−14), which is 22 Nov 2026, 13:32:08 UTC"},
		{en.When(at.In(time.FixedZone("", 19800))), "Sun 22 Nov 2026, 19:02:08 (UTC+5:30), which is 13:32:08 UTC"},
		{en.Ago(at, now), "today, 14:32"},
		{en.Ago(at.Add(-15*time.Hour), now), "yesterday, 23:32"},
		{en.Ago(at.Add(-49*time.Hour), now), "Friday, 13:32"},
		{de.Ago(at.AddDate(0, 0, -7), now), "15. Nov. 2026, 14:32"},
		{en.Seconds(4.24), "4.2"}, {de.Seconds(4.24), "4,2"}, {en.Seconds(9.96), "10"}, {en.Seconds(28.6), "29"},
		{en.Duration(1), "1 second"}, {en.Duration(600), "10 minutes"}, {en.Duration(-10800), "3 hours"},
		{en.Duration(172800), "2 days"}, {en.Duration(90 * 86400), "3 months"}, {de.Duration(3 * 365.25 * 86400), "3 Jahre"},
		{en.List(nil), ""}, {en.List([]string{"a"}), "a"}, {en.List([]string{"a", "b", "c"}), "a, b and c"},
		{de.Either([]string{"a", "b"}), "a oder b"},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}

func TestNameListsAreWhole(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for key, n := range map[string]int{"format.months": 12, "format.weekdays": 7, "format.weekdays_long": 7} {
			if got := len(c.names(key)); got != n {
				t.Errorf("%s has %d names, want %d", key, got, n)
			}
		}
		if len(c.OnlyYou()) != 11 || len(c.ClearSiteData()) != 4 {
			t.Error("the things only the visitor can try are not whole")
		}
	})
}

func TestCatalogIsSafeForConcurrentUse(t *testing.T) {
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, l := range Languages() {
				if For(l.Code).N("format.days", 2) == "" {
					t.Error("no text")
				}
			}
		})
	}
	wait.Wait()
}
