package render_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
)

func TestHostileText(t *testing.T) {
	r := reporttest.HostileReport()
	for ending, f := range render.Formats() {
		got := draw(t, f, r, "en")
		if len(got) > 1<<20 {
			t.Errorf("%s has %d bytes", ending, len(got))
		}
		if ending == ".pdf" {
			for _, bad := range []string{"/JavaScript", "/URI", "/Launch", "/OpenAction /", "/AA"} {
				if strings.Contains(got, bad) {
					t.Errorf("%s: %s", ending, bad)
				}
			}
			got = strings.ReplaceAll(pdfText(t, got), "\f", "\n")
		}
		if !utf8.ValidString(got) {
			t.Errorf("%s is not UTF-8", ending)
		}
		for _, r := range got {
			if r != '\n' && (unicode.In(r, unicode.Cc, unicode.Cf) || r == 0x2028 || r == 0x2029) {
				t.Errorf("%s has %U", ending, r)
				break
			}
		}
	}
}

func TestHostileMarkdown(t *testing.T) {
	got := draw(t, render.Markdown, reporttest.HostileReport(), "en")
	for _, line := range strings.Split(got, "\n") {
		outside := withoutCode(line)
		for _, bad := range []string{"<script", "<img", "](javascript", "![b](", "@everyone", "https://evil", "www.evil"} {
			if strings.Contains(strings.ReplaceAll(outside, "<!-- -->", "\x00"), bad) {
				t.Errorf("%q in %q", bad, line)
			}
		}
	}
}

// withoutCode drops the code spans of a line of Markdown (CommonMark 0.31, 6.1), and the markup that is ours.
func withoutCode(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		if line[i] == '\\' && i+1 < len(line) {
			b.WriteString(line[i : i+2])
			i += 2
			continue
		}
		if line[i] != '`' {
			b.WriteByte(line[i])
			i++
			continue
		}
		n := len(line[i:]) - len(strings.TrimLeft(line[i:], "`"))
		fence, rest := line[i:i+n], line[i+n:]
		end := -1
		for j := 0; j < len(rest); {
			if rest[j] != '`' {
				j++
				continue
			}
			m := len(rest[j:]) - len(strings.TrimLeft(rest[j:], "`"))
			if m == n {
				end = j + m
				break
			}
			j += m
		}
		if end < 0 {
			b.WriteString(fence)
			i += n
			continue
		}
		i += n + end
	}
	return b.String()
}

// elements are all that the HTML is made of.
var elements = map[string]bool{}

func init() {
	for _, e := range strings.Fields("html head meta title style body header main section footer svg path p b span div h1 h2 h3 ol ul li i " +
		"table thead tbody tr th td code small") {
		elements[e] = true
	}
}

func TestHTMLHoldsOnlyWhatItShould(t *testing.T) {
	for name, r := range map[string]report.Report{"hostile": reporttest.HostileReport(), "site": reporttest.Site().Redact(false)} {
		doc, err := html.Parse(strings.NewReader(draw(t, render.HTML, r, "en")))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if !elements[n.Data] {
				t.Errorf("%s: <%s>", name, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" || a.Key == "style" {
					t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}
