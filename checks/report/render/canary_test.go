package render_test

import (
	"html"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

// leaks searches a text for what a canary must not leave in it, and for what it must. Letters of any case count, and
// lines and columns may break a secret.
func leaks(t *testing.T, name, text string, absent, present []string) {
	t.Helper()
	squeeze := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	text = squeeze(text)
	for _, s := range absent {
		if strings.Contains(text, squeeze(s)) {
			t.Errorf("%s: %q is there", name, s)
		}
	}
	for _, s := range present {
		if !strings.Contains(text, squeeze(s)) {
			t.Errorf("%s: %q is not there", name, s)
		}
	}
}

// pdfInfo is what another program reads of a PDF's description of itself.
func pdfInfo(t *testing.T, pdf string) string {
	t.Helper()
	cmd := exec.Command(need(t, "pdfinfo"), "-")
	cmd.Stdin, cmd.Env = strings.NewReader(pdf), append(os.Environ(), "TZ=UTC")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdfinfo: %v", err)
	}
	return string(out)
}

var backslash = regexp.MustCompile(`\\([^A-Za-z0-9])`)

// readings are the ways in which somebody could read a rendering: as it stands, and with its escapes undone.
func readings(t *testing.T, ending, text string) string {
	t.Helper()
	switch ending {
	case ".pdf":
		return pdfText(t, text) + pdfInfo(t, text) + text
	case ".html":
		return text + html.UnescapeString(text)
	case ".md":
		return text + html.UnescapeString(backslash.ReplaceAllString(strings.ReplaceAll(text, "<!-- -->", ""), "$1"))
	}
	return text
}

// None of the canary's secrets is in any rendering, and exactly those are that the visitor chose to give.
func TestCanaryInEveryFormat(t *testing.T) {
	private, never, chosen, always := reporttest.Canary()
	earlier, _, _, _ := reporttest.Canary()
	earlier.ID = "canary4canary5"
	for run, r := range map[string]report.Report{"one run": private, "two runs": private.After(earlier)} {
		for ending, f := range render.Formats() {
			t.Run(run+ending, func(t *testing.T) {
				text := readings(t, ending, draw(t, f, r.Redact(false), "en"))
				leaks(t, "left out", text, slices.Concat(never, chosen), always)
				text = readings(t, ending, draw(t, f, r.Redact(true), "en"))
				leaks(t, "chosen", text, never, slices.Concat(chosen, always))
			})
		}
	}
}

func TestMessagesCarryNoCanary(t *testing.T) {
	private, never, chosen, _ := reporttest.Canary()
	for _, kind := range words.Messages() {
		subject, body := render.Message(kind, private, words.For("en"))
		if subject+body != "" {
			t.Errorf("%s: a message about a private report", kind)
		}
		for keep, absent := range map[bool][]string{false: slices.Concat(never, chosen), true: never} {
			subject, body := render.Message(kind, private.Redact(keep), words.For("en"))
			link, _ := render.Mailto("linux", "owner@shop.canary.example", subject, body)
			opened, err := url.QueryUnescape(link)
			if err != nil || body == "" {
				t.Fatalf("%s: %q, %v", kind, body, err)
			}
			leaks(t, kind, subject+body+link+opened, absent, []string{"https://shop.canary.example/order/"})
		}
	}
}

// A picture viewer, a mail program or a search engine of the desktop reads a PDF's description of itself.
func TestPDFDescribesItself(t *testing.T) {
	info := pdfInfo(t, draw(t, render.PDF, reporttest.Site().Redact(false), "en"))
	for _, want := range []string{"www.harbourbooks.example: The fault is on the site's side.", "Is It Me?", "A4", "13:32:19"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is not in\n%s", want, info)
		}
	}
}
