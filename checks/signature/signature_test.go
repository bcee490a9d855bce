package signature_test

import (
	"bufio"
	"bytes"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/signature"
	"isitme/checks/verdict"
)

// visitorsSide are the layers whose authors stand on the visitor's side of the way.
var visitorsSide = []evidence.Layer{evidence.LayerVisitorProxy, evidence.LayerVisitorFilter, evidence.LayerPortal}

var title = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// read returns the reply recorded in a file: status line, headers, blank line, body.
func read(t *testing.T, path string) signature.Reply {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(data)), nil)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	reply := signature.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body}
	if m := title.FindSubmatch(body); m != nil {
		reply.Title = html.UnescapeString(string(m[1]))
	}
	return reply
}

func ids(found []evidence.Signature) []string {
	var all []string
	for _, s := range found {
		all = append(all, s.Rule)
	}
	return all
}

// TestFixtures: every rule has a recorded reply that it recognises before any other, and a reply written on one side of
// the way is never also taken for one of the other side.
func TestFixtures(t *testing.T) {
	for _, rule := range signature.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			found := signature.Match(read(t, filepath.Join("testdata", rule.ID+".http")))
			if len(found) == 0 || found[0].Rule != rule.ID {
				t.Fatalf("recognised as %v", ids(found))
			}
			want := evidence.Signature{Rule: rule.ID, Name: rule.Name, Layer: rule.Layer, Who: rule.Who, Cause: rule.Cause, Meaning: rule.Meaning}
			if found[0] != want {
				t.Errorf("got %+v, want %+v", found[0], want)
			}
			for _, s := range found[1:] {
				if slices.Contains(visitorsSide, s.Layer) != slices.Contains(visitorsSide, rule.Layer) {
					t.Errorf("also recognised as %s, from the other side of the way", s.Rule)
				}
				if s.Name != "" && s.Cause != "" && rule.Cause != "" && s.Cause != rule.Cause {
					t.Errorf("means %s, and %s by %s", rule.Cause, s.Cause, s.Rule)
				}
			}
		})
	}
}

func TestEveryFixtureHasItsRule(t *testing.T) {
	files, err := filepath.Glob("testdata/*.http")
	if err != nil || len(files) != len(signature.Rules()) {
		t.Errorf("%d fixtures for %d rules (%v)", len(files), len(signature.Rules()), err)
	}
	for _, f := range files {
		if _, ok := signature.Lookup(strings.TrimSuffix(filepath.Base(f), ".http")); !ok {
			t.Errorf("%s belongs to no rule", f)
		}
	}
}

// TestPlainPages: ordinary pages, among them pages about error pages, are nobody's; at most somebody stood on the way.
func TestPlainPages(t *testing.T) {
	files, err := filepath.Glob("testdata/plain/*.http")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d plain pages (%v)", len(files), err)
	}
	for _, f := range files {
		for _, id := range ids(signature.Match(read(t, f))) {
			if rule, _ := signature.Lookup(id); !rule.OriginPassthrough {
				t.Errorf("%s is recognised as %s", f, id)
			}
		}
	}
}

// TestRules holds the data against the vocabulary that the verdict knows.
func TestRules(t *testing.T) {
	causes := map[string]bool{"/": true}
	for _, c := range verdict.Causes() {
		causes[string(c.Who)+"/"+string(c.Cause)] = true
	}
	layers := append(slices.Clone(visitorsSide), evidence.LayerCDN, evidence.LayerFirewall, evidence.LayerChallenge,
		evidence.LayerGateway, evidence.LayerHosting, evidence.LayerOrigin)
	for _, r := range signature.Rules() {
		if !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(r.ID) {
			t.Errorf("%q is no id", r.ID)
		}
		if !slices.Contains(layers, r.Layer) {
			t.Errorf("%s has the layer %q", r.ID, r.Layer)
		}
		if r.Weight < 1 || r.Weight > 100 {
			t.Errorf("%s has the weight %d", r.ID, r.Weight)
		}
		if !causes[r.Who+"/"+r.Cause] {
			t.Errorf("%s means %s/%s, which is no verdict", r.ID, r.Who, r.Cause)
		}
		if r.Who != "" && (r.Who == "you") != slices.Contains(visitorsSide, r.Layer) {
			t.Errorf("%s stands at %s and blames %s", r.ID, r.Layer, r.Who)
		}
		if len(r.All)+len(r.Any) == 0 && r.ID != "network-authentication-required" {
			t.Errorf("%s recognises every reply of its status", r.ID)
		}
		quiet := []evidence.Layer{evidence.LayerCDN, evidence.LayerGateway, evidence.LayerHosting}
		if r.OriginPassthrough && (r.Weight >= 40 || r.Cause != "" || r.Meaning != "" || !slices.Contains(quiet, r.Layer)) {
			t.Errorf("%s only stood on the way, and says more than that", r.ID)
		}
		for _, c := range slices.Concat(r.All, r.Any, r.None) {
			expr := c.Pattern.String()
			if plain := regexp.MustCompile(`\\.`).ReplaceAllString(expr, ""); plain != strings.ToLower(plain) || c.Place != strings.ToLower(c.Place) {
				t.Errorf("%s: %q can match no lower-cased text", r.ID, expr)
			}
			if strings.Contains(expr, "  ") {
				t.Errorf("%s: %q can match no text with single spaces", r.ID, expr)
			}
		}
	}
}

func TestMaintenanceIsToldFromDefaultTexts(t *testing.T) {
	for text, want := range map[string]bool{
		"We are down for maintenance.":                                           true,
		"Briefly unavailable for scheduled maintenance. Check back in a minute.": true,
		"The site is currently undergoing maintenance":                           true,
		"Wegen Wartungsarbeiten geschlossen":                                     true,
		"Der Server ist in Wartung.":                                             true,
		"Site en maintenance, revenez bientôt":                                   true,
		"Estamos en mantenimiento":                                               true,
		"Estamos em manutenção":                                                  true,
		"Il sito è in manutenzione":                                              true,
		"Deze site is in onderhoud":                                              true,
		"Trwają prace konserwacyjne":                                             true,
		"Przerwa techniczna":                                                     true,
		"Sorry, but we&rsquo;re performing some maintenance at the moment.":      true,
		"System maintenance in progress, please try again later.":                true,
		"На сайті тривають технічні роботи":                                      true,
		"Ведутся технические работы":                                             true,
		"ただいまメンテナンス中です":                                                          true,
		"网站维护中":                                                                  true,
		"The server is currently unable to handle the request due to a temporary overload or scheduled maintenance, which will likely be alleviated after some delay.": false,
		"The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.":                           false,
		"No server is available to handle this request.": false,
		"503 Service Temporarily Unavailable":            false,
		"Please contact our maintenance staff":           false,
		"Too many visitors":                              false,
	} {
		for _, status := range []int{503, 500} {
			found := signature.Match(signature.Reply{Status: status, Header: http.Header{}, Body: []byte("<html><body><p>" + text + "</p></body></html>")})
			got := slices.ContainsFunc(found, func(s evidence.Signature) bool { return s.Cause == "maintenance" })
			if got != (want && status == 503) {
				t.Errorf("%d %q: maintenance %v", status, text, got)
			}
		}
	}
	both := signature.Match(signature.Reply{
		Status: 503, Header: http.Header{"Server": {"cloudflare"}, "Cf-Ray": {"8f2c1a9e7b3d4c55-FRA"}},
		Body: []byte("<h1>Under maintenance</h1>"), Title: "Back soon",
	})
	if want := []string{"cloudflare", "maintenance"}; !slices.Equal(ids(both), want) {
		t.Errorf("a maintenance page behind a CDN is recognised as %v, want %v", ids(both), want)
	}
}

func TestRequestIDs(t *testing.T) {
	for fixture, want := range map[string][]evidence.RequestID{
		"cloudflare-522":   {{Header: "cf-ray", Value: "8f2c1a9e7b3d4c55-FRA"}},
		"akamai-denied":    {{Header: "Reference #", Value: "18.2d351ab8.1763389927.a4e16ab"}},
		"sucuri-blocked":   {{Header: "x-sucuri-id", Value: "15008"}, {Header: "Block ID", Value: "BNP005"}},
		"f5-asm":           {{Header: "support ID", Value: "4045204596866416688"}},
		"varnish-backend":  {{Header: "XID", Value: "32770"}, {Header: "x-varnish", Value: "32770"}},
		"imperva-blocked":  {{Header: "incident ID", Value: "784000330119876543-233482310987"}},
		"cloudfront-error": {{Header: "x-amz-cf-id", Value: "mZ0yq4dXb1w9S8h2kT7cE5nR3uV6pL0aJ9gF1iQ2oW4xB8zY5tKxQ=="}},
		"plain/start-page": nil,
	} {
		got := signature.RequestIDs(read(t, filepath.Join("testdata", fixture+".http")))
		if len(got) > len(want) && fixture == "imperva-blocked" {
			got = got[:1]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", fixture, got, want)
		}
	}
	odd := signature.RequestIDs(signature.Reply{Header: http.Header{
		"X-Request-Id": {"abc\x07"}, "X-Correlation-Id": {strings.Repeat("x", 200)}, "X-Trace-Id": {"ok-1"},
	}})
	if want := []evidence.RequestID{{Header: "x-trace-id", Value: "ok-1"}}; !slices.Equal(odd, want) {
		t.Errorf("odd values: %v, want %v", odd, want)
	}
}

func TestWhereID(t *testing.T) {
	for header, want := range map[string]string{
		"cf-ray": "where_id.cloudflare", "CF-RAY": "where_id.cloudflare", "Reference #": "where_id.akamai",
		"x-served-by": "where_id.fastly", "x-request-id": "where_id.others", "x-unheard-of": "where_id.others",
	} {
		if got := signature.WhereID(header); got != want {
			t.Errorf("WhereID(%q) = %s, want %s", header, got, want)
		}
	}
}

func TestOnlyTheBeginningOfABodyCounts(t *testing.T) {
	page := "<hr><center>nginx</center>"
	for pad, want := range map[int]int{0: 1, 60 << 10: 1, 64 << 10: 0} {
		found := signature.Match(signature.Reply{Status: 502, Body: []byte(strings.Repeat("x", pad) + page)})
		if len(found) != want {
			t.Errorf("after %d bytes: %v", pad, ids(found))
		}
	}
}

func BenchmarkMatchLongPage(b *testing.B) {
	body := bytes.Repeat([]byte("<p>A page about gateways, errors, blocked sites and maintenance of servers.</p>\n"), 1<<10)
	reply := signature.Reply{Status: 200, Header: http.Header{"Server": {"nginx"}}, Body: body, Title: "A page"}
	for b.Loop() {
		signature.Match(reply)
	}
}
