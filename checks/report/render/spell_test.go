package render_test

import (
	"strings"
	"testing"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

func TestSpell(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"Grün, Łódź, Київ, ω":  "Grün, Łódź, Київ, ω",
		"a → b, −3":            "a -> b, -3",
		"漢字 and more":          "[U+6F22 U+5B57] and more",
		"x漢y":                  "x[U+6F22]y",
		"مثال":                 "[U+0645 U+062B U+0627 U+0644]",
		"\U0001F4A9":           "[U+1F4A9]",
		strings.Repeat("字", 9): "[U+5B57 U+5B57 U+5B57 U+5B57 U+5B57 U+5B57 U+5B57 U+5B57 …]",
	} {
		if got := render.Spell(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Every text of ours has its glyphs: only names from the network are ever spelled out. The marks of plain text are
// pictures elsewhere.
func TestOwnTextsAreNotSpelledOut(t *testing.T) {
	for name, r := range reporttest.Samples() {
		for _, lang := range words.Languages() {
			text := strings.NewReplacer("✓", "", "✗", "", "\n", " ").Replace(draw(t, render.Text, r.Redact(true), lang.Code))
			if at := strings.Index(render.Spell(text), "[U+"); at >= 0 {
				t.Errorf("%s %s: %s", name, lang.Code, render.Spell(text)[max(0, at-80):at+20])
			}
		}
	}
}

func TestSignsWithoutALetterInThePDF(t *testing.T) {
	r := reporttest.Site()
	r.Evidence.Tries[3].Hops[0].Response.Title = "502 错误的网关"
	got := pdfText(t, draw(t, render.PDF, r.Redact(false), "en"))
	for _, want := range []string{"502 [U+9519 U+8BEF", "is a sign that this picture or document has no letter for"} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if got := pdfText(t, draw(t, render.PDF, reporttest.Site().Redact(false), "en")); strings.Contains(got, "no letter for") {
		t.Error("the note is there without a need")
	}
	if strings.Contains(got, "\uFFFD") {
		t.Error("a replacement character is left")
	}
}
