package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// highest is how high a picture may get, in pixels: a ticket system shows no more without scaling it down.
const highest = 4000

// letter is one drawn text with its place on the picture.
type letter struct {
	text        string
	left, right float32
}

// set lays a report out without drawing it, and returns every text on it and its height in units.
func set(t *testing.T, r report.Report, c *words.Catalog) ([]letter, float32) {
	t.Helper()
	w := &writer{r: r, c: c, v: r.Verdict}
	card := w.card()
	sheet := container.NewThemeOverride(card, theme{})
	w.cutPage()
	height := look.HeightFor(card, Width)
	sheet.Resize(fyne.NewSize(Width, height))
	var all []letter
	walk(card, 0, func(o fyne.CanvasObject, x float32) {
		if text, ok := o.(*canvas.Text); ok {
			all = append(all, letter{text.Text, x, x + text.MinSize().Width})
		}
	})
	return all, height
}

// walk visits every visible object with its distance from the left edge.
func walk(o fyne.CanvasObject, x float32, visit func(fyne.CanvasObject, float32)) {
	if !o.Visible() {
		return
	}
	x += o.Position().X
	visit(o, x)
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		walk(child, x, visit)
	}
}

// text is all that stands on the picture, in reading order, lines joined by spaces.
func text(all []letter) string {
	var parts []string
	for _, l := range all {
		parts = append(parts, l.text)
	}
	return oneLine(strings.Join(parts, " "))
}

// oneLine turns every run of white space, no-break spaces too, into one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func start(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.NewTheme(look.Dark, 1.5)) // the picture must not care
}

func TestDrawEveryKindOfAnswer(t *testing.T) {
	start(t)
	before := fyne.CurrentApp().Settings().Theme()
	for name, r := range reporttest.Samples() {
		for _, lang := range []string{"en", "de"} {
			var b bytes.Buffer
			if err := Write(&b, r.Redact(false), words.For(lang)); err != nil {
				t.Fatalf("%s %s: %v", name, lang, err)
			}
			img, err := png.Decode(&b)
			if err != nil {
				t.Fatalf("%s %s: %v", name, lang, err)
			}
			size := img.Bounds().Size()
			if size.X != Width*Scale || size.Y < 800 || size.Y > highest {
				t.Errorf("%s %s: %v", name, lang, size)
			}
			if c := at(img, 4, 4); c != [3]uint32{0xFF, 0xFF, 0xFF} {
				t.Errorf("%s %s: the paper is %x", name, lang, c)
			}
			tint := look.Color(look.Tint(r.Verdict.Who), fynetheme.VariantLight)
			if c := at(img, 600, 170); c != rgb(tint.RGBA()) {
				t.Errorf("%s %s: the panel is %x", name, lang, c)
			}
		}
	}
	if fyne.CurrentApp().Settings().Theme() != before {
		t.Error("drawing the picture changed the window's theme")
	}
}

func at(img image.Image, x, y int) [3]uint32 { return rgb(img.At(x, y).RGBA()) }

func rgb(r, g, b, _ uint32) [3]uint32 { return [3]uint32{r >> 8, g >> 8, b >> 8} }

// TestNothingIsCut lays out every cause in English and German, and one of every kind of answer in the other languages:
// no text may reach over the margin, no picture be higher than a ticket shows, and the answer must be there in words.
func TestNothingIsCut(t *testing.T) {
	start(t)
	base := reporttest.Site().Redact(false)
	for _, language := range words.Languages() {
		c := words.For(language.Code)
		kinds := map[verdict.Who]bool{}
		for _, cause := range verdict.Causes() {
			if kinds[cause.Who] && language.Code != "en" && language.Code != "de" {
				continue
			}
			kinds[cause.Who] = true
			r := base
			r.Verdict.Who, r.Verdict.Cause, r.Verdict.Certainty = cause.Who, cause.Cause, verdict.Likely // the longer words
			r.Verdict.Settle = []string{"elsewhere", "phone", "again"}
			all, height := set(t, r, c)
			for _, l := range all {
				if l.right > Width-margin+1 || l.left < margin-1 {
					t.Errorf("%s %s: %q reaches from %v to %v", language.Code, cause.Cause, l.text, l.left, l.right)
				}
			}
			if height*Scale > highest {
				t.Errorf("%s %s: %v units high", language.Code, cause.Cause, height)
			}
			if head := c.Headline(r.Verdict, words.Picture); !strings.Contains(text(all), oneLine(head)) {
				t.Errorf("%s %s: the headline %q is missing", language.Code, cause.Cause, head)
			}
		}
	}
}

func TestWhatAnOwnerNeedsIsThere(t *testing.T) {
	start(t)
	all, _ := set(t, reporttest.Site().Redact(false), words.For("en"))
	got := text(all)
	for _, want := range []string{
		"The fault is on the site's side.", "Cloudflare", "https://www.harbourbooks.example/summer", "Sun 22 Nov 2026,",
		"14:32:08", "13:32:08 UTC", "4 tries in", "the same answer each time", "Certain:", "cf-ray: 8e6f4c1b2a9d0f37-FRA",
		"Ruled out", "Name lookup: 4 of 4 agree", "For the owner: check in this order", "Read both error logs near 13:32 UTC.",
		"Also noticed", "Made with Is It Me? 1.0.0 on Windows 11", "Visitor's network details left out",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	r := reporttest.You().Redact(true)
	all, _ = set(t, r, words.For("en"))
	got = text(all)
	for _, want := range []string{"For the help desk", "Not known", "Includes the visitor's network details"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "For the owner") {
		t.Error("the owner is told to mend what is on the visitor's side")
	}
}

func TestPrivateReportsAreRefused(t *testing.T) {
	start(t)
	if _, err := Draw(reporttest.Site(), words.For("en")); !errors.Is(err, render.ErrPrivate) {
		t.Errorf("drawn from a private report: %v", err)
	}
	if err := Write(&bytes.Buffer{}, reporttest.Site(), words.For("en")); !errors.Is(err, render.ErrPrivate) {
		t.Errorf("written from a private report: %v", err)
	}
}

// What the picture shows of the visitor's network is little; what it shows with the switch, it must not without.
func TestNoSecretIsDrawn(t *testing.T) {
	start(t)
	r, never, chosen, _ := reporttest.Canary()
	for _, lang := range []string{"en", "de"} {
		for keep, absent := range map[bool][]string{false: slices.Concat(never, chosen), true: never} {
			all, _ := set(t, r.Redact(keep), words.For(lang))
			got := strings.ToLower(strings.ReplaceAll(text(all), " ", ""))
			for _, s := range absent {
				if strings.Contains(got, strings.ReplaceAll(strings.ToLower(s), " ", "")) {
					t.Errorf("%s, keep=%v: %q is on the picture", lang, keep, s)
				}
			}
			for _, s := range []string{"https://shop.canary.example/order/", "8e6f4c1b2a9d0f37-fra"} {
				if !strings.Contains(got, s) {
					t.Errorf("%s, keep=%v: the owner needs %q", lang, keep, s)
				}
			}
			if strings.Contains(got, "cnryvpn") != keep {
				t.Errorf("%s, keep=%v: the VPN's name is on the picture: %v", lang, keep, !keep)
			}
		}
	}
}

// A PNG could carry texts that nobody sees (PNG 1.2, 4.2.3): this one has the picture only.
func TestThePictureHoldsNothingElse(t *testing.T) {
	start(t)
	var b bytes.Buffer
	if err := Write(&b, reporttest.Site().Redact(false), words.For("en")); err != nil {
		t.Fatal(err)
	}
	for rest := b.Bytes()[8:]; len(rest) > 0; {
		kind := string(rest[4:8])
		if kind != "IHDR" && kind != "IDAT" && kind != "IEND" {
			t.Errorf("there is a %s in it", kind)
		}
		rest = rest[12+binary.BigEndian.Uint32(rest):]
	}
}

func TestSignsWithoutALetterAreSpelledOut(t *testing.T) {
	start(t)
	r := reporttest.Site().Redact(false)
	r.Verdict.Facts.Gateway = "錯誤"
	all, _ := set(t, r, words.For("en"))
	got := text(all)
	for _, want := range []string{"[U+932F U+8AA4] answers 502", "is a sign that this picture or document has no letter for"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	for _, l := range words.Languages() { // the note is longer than a line
		all, _ := set(t, r, words.For(l.Code))
		for _, drawn := range all {
			if drawn.right > Width-margin+1 {
				t.Errorf("%s: %q reaches to %v", l.Code, drawn.text, drawn.right)
			}
		}
	}
}

func TestLongAddressIsCutInTheMiddle(t *testing.T) {
	start(t)
	r := reporttest.Site().Redact(false)
	r.URL = "https://www.harbourbooks.example/" + strings.Repeat("chapter/", 60) + "the-end"
	w := &writer{r: r, c: words.For("en"), v: r.Verdict}
	container.NewThemeOverride(w.card(), theme{})
	w.cutPage()
	got, width := w.page.Text(), float32(inner-labelGap)-w.keys
	if w.page.Lines(width) != pageLines {
		t.Errorf("%d lines", w.page.Lines(width))
	}
	if !strings.HasPrefix(got, "https://www.harbourbooks.example/") || !strings.HasSuffix(got, "/the-end") || !strings.Contains(got, report.Hidden) {
		t.Errorf("cut to %q", got)
	}
}

func TestHostileTextIsHarmless(t *testing.T) {
	start(t)
	r := reporttest.Site().Redact(false)
	nasty := "\x1b[31mEvil\u202e" + strings.Repeat("W", 5000) + "\n**bold** `tag`\x00\xff"
	r.URL += "/**not-bold**/`tag`"
	r.Verdict.Facts.Gateway, r.Verdict.Facts.RequestID, r.Verdict.Facts.StatusLine = nasty, nasty, nasty
	r.Verdict.Notes = []verdict.Finding{{Code: verdict.NoteVPNFine, Args: map[string]any{"VPN": nasty}}}
	r.Tool.OS = nasty
	all, height := set(t, r, words.For("en"))
	for _, l := range all {
		if strings.ContainsAny(l.text, "\x1b\u202e\x00\n") {
			t.Errorf("%q is drawn", l.text)
		}
		if l.right > Width-margin+1 {
			t.Errorf("%q reaches to %v", l.text, l.right)
		}
	}
	if height*Scale > 2*highest { // a file that somebody made to annoy may be long, not endless
		t.Errorf("%v units high", height)
	}
	if !strings.Contains(strings.ReplaceAll(text(all), " ", ""), "/**not-bold**/`tag`") {
		t.Error("marks in an address are read")
	}
}

func TestNamesInOtherScripts(t *testing.T) {
	tests := []struct {
		name, host, display string
		want                bool
	}{
		{"Latin", "xn--bcher-kva.example", "bücher.example", true},
		{"Cyrillic", "xn--e1afmkfd.example", "пример.example", true},
		{"Chinese has no glyphs", "xn--fsqu00a.example", "例子.example", false},
		{"Arabic has no glyphs", "xn--mgbh0fb.example", "مثال.example", false},
		{"the same", "www.example.com", "www.example.com", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := &writer{}
			w.r.Evidence.Target = evidence.Target{Host: tt.host, DisplayHost: tt.display}
			if got := w.otherName() != ""; got != tt.want {
				t.Errorf("shown beside its ASCII form: %v, want %v", got, tt.want)
			}
		})
	}
}

// A report all of whose texts a stranger wrote is long, but nothing of it leaves its place or steers anything.
func TestHostileReportIsDrawnWhole(t *testing.T) {
	start(t)
	r := reporttest.HostileReport()
	for _, lang := range []string{"en", "de"} {
		all, height := set(t, r, words.For(lang))
		if len(all) < 50 || height*Scale > 2*highest {
			t.Errorf("%s: %d texts, %v units high", lang, len(all), height)
		}
		for _, l := range all {
			if i := strings.IndexFunc(l.text, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) }); i >= 0 {
				t.Errorf("%s: %q is drawn", lang, l.text)
			}
			if l.right > Width-margin+1 || l.left < margin-1 {
				t.Errorf("%s: %q reaches from %v to %v", lang, l.text, l.left, l.right)
			}
		}
	}
}

func TestSeen(t *testing.T) {
	reply := func(line string) evidence.Fetch {
		return evidence.Fetch{Hops: []evidence.Hop{{Response: &evidence.Response{StatusLine: line}}}}
	}
	tests := []struct {
		name  string
		tries []evidence.Fetch
		want  string
	}{
		{"none", nil, ""},
		{"one", []evidence.Fetch{reply("404 Not Found")}, "1 try: 404 Not Found"},
		{"then fine", []evidence.Fetch{reply("502 Bad Gateway"), reply("502 Bad Gateway"), reply("200 OK")}, "3 tries: 502 Bad Gateway, 200 OK"},
		{"no reply", []evidence.Fetch{{}, reply("200 OK")}, "2 tries: no reply, 200 OK"},
	}
	for _, tt := range tests {
		w := &writer{c: words.For("en")}
		w.r.Evidence.Tries = tt.tries
		if got := w.c.Seen(w.r, w.outcome); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
