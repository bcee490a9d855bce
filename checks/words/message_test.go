package words

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"isitme/checks/verdict"
)

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
			for _, status := range []int{0, 403, 429, 500, 502, 503, 504, 521, 523, 525, 529} {
				v := verdict.Verdict{Who: pair.Who, Cause: pair.Cause, Facts: verdict.Facts{Status: status, Host: "a.example"}}
				lines := c.OwnerShort(v, seen)
				if len(lines) > 6 { // the picture has room for no more
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
