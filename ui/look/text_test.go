package look

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	tests := []struct {
		in   string
		want []span
	}{
		{"", nil},
		{"plain", []span{{"plain", false, false}}},
		{"Press **Edit**.", []span{{"Press ", false, false}, {"Edit", true, false}, {".", false, false}}},
		{"Type `1.1.1.1` **now**", []span{{"Type ", false, false}, {"1.1.1.1", false, true}, {" ", false, false}, {"now", true, false}}},
		{"2 ** 3", []span{{"2 **", false, false}, {" 3", false, false}}},
		{"a ` b", []span{{"a `", false, false}, {" b", false, false}}},
		{"****", []span{{"**", false, false}, {"**", false, false}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, parse(tt.in), cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("parse(%q): %s", tt.in, diff)
		}
	}
}

// sketch writes wrapped lines as text, one per line.
func sketch(lines []textLine) string {
	var all []string
	for _, l := range lines {
		s := ""
		for _, seg := range l.segments {
			s += seg.text
		}
		all = append(all, s)
	}
	return strings.Join(all, "\n")
}

func TestWrap(t *testing.T) {
	start(t)
	set := typesetter{size: 15}
	tests := []struct {
		name, in string
		width    float32
		want     string
	}{
		{"fits", "one two", 200, "one two"},
		{"at a space", "one two three", 70, "one two\nthree"},
		{"a mark does not part a word", "turn it **off**.", 70, "turn it\noff."},
		{"own line breaks", "one\ntwo", 200, "one\ntwo"},
		{"an address breaks after a sign that divides it", "https://example.com/summer/books", 150, "https://example.\ncom/summer/books"},
		{"a word wider than the line", "Donaudampfschifffahrt", 80, "Donauda-\nmpfschifff-\nahrt"},
		{"without spaces between words", "世界世界", 18, "世\n界\n世\n界"},
		{"nothing", "", 100, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sketch(set.lines(words(parse(tt.in)), tt.width)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestWrapLosesNothing: whatever the text and the width, every sign is still there, no line is too wide, and nothing but
// hyphens is added.
func TestWrapLosesNothing(t *testing.T) {
	start(t)
	set := typesetter{size: 13}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`[a-z/. *\x60\n世é]{0,60}`).Draw(rt, "text")
		width := rapid.Float32Range(20, 300).Draw(rt, "width")
		spans := parse(text)
		lines := set.lines(words(spans), width)
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := strings.ReplaceAll(squeeze(sketch(lines)), "-", ""), squeeze(plain(spans)); got != want {
			rt.Fatalf("drew %q of %q", got, want)
		}
		for _, l := range lines {
			tags := 0
			for _, s := range l.segments {
				if s.tag {
					tags++
				}
			}
			const rounding = 3 // words are measured one by one, and drawn together where they have one look
			if l.width > width+rounding && tags == 0 && len([]rune(sketch([]textLine{l}))) > 1 {
				rt.Fatalf("a line of %v in %v: %q", l.width, width, sketch([]textLine{l}))
			}
		}
	})
}

// TestHeightFollowsWidth is the trap of Fyne's own labels: measured before they know their width.
func TestHeightFollowsWidth(t *testing.T) {
	start(t)
	long := strings.Repeat("Some words that wrap. ", 10)
	after := NewButton("Below", "", Normal, nil)
	text := Body(long)
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(container.NewStack(Column(10, text, after)))
	for _, width := range []float32{300, 500, 300} {
		c.Resize(fyne.NewSize(width, 600))
		want := text.HeightFor(width) + 10
		if got := after.Position().Y; got != want {
			t.Errorf("%v wide: the button stands at %v, want %v", width, got, want)
		}
	}
	if text.HeightFor(300) <= text.HeightFor(500) {
		t.Error("narrower text is not higher")
	}
}

func TestTextChanges(t *testing.T) {
	start(t)
	text := NewText("**a** b", Style{})
	if text.Text() != "a b" {
		t.Errorf("without marks: %q", text.Text())
	}
	one := text.HeightFor(200)
	text.SetText(strings.Repeat("word ", 30))
	if text.HeightFor(200) <= one {
		t.Error("a longer text is not higher")
	}
	raw := NewText("`a**b**`", Style{Plain: true})
	if raw.Text() != "`a**b**`" || raw.Natural() < text.typesetter().measure(span{text: "`a**b**`"}) {
		t.Errorf("plain text is read for marks: %q", raw.Text())
	}
	if NewText("", Style{}).HeightFor(100) != 0 {
		t.Error("no text takes room")
	}
	line := NewText("never on two lines, however long", Style{OneLine: true})
	if line.Lines(20) != 1 || line.MinSize().Width < 200 {
		t.Errorf("one line: %d lines, %v wide", line.Lines(20), line.MinSize().Width)
	}
}

// TestCrisp holds the place of a text to the painter's rounding: it must get the pixels that its bitmap has.
func TestCrisp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at := rapid.Float32Range(-50, 2000).Draw(rt, "at")
		length := float32(rapid.IntRange(64, 700*64).Draw(rt, "64ths")) / 64 // as fonts are measured
		scale := rapid.SampledFrom([]float32{1, 1.2, 1.5, 2}).Draw(rt, "scale")
		got := whole(at, scale)
		round := func(f float32) float64 { return math.Floor(float64(f*scale) + 0.5) }
		if half := math.Abs(math.Mod(float64(length*scale), 1) - 0.5); half < 0.01 {
			return // either rounding is right
		}
		if pixels, want := round(got+length)-round(got), round(length); pixels != want {
			rt.Fatalf("%v long at %v: %v pixels of %v", length, got, pixels, want)
		}
		if math.Abs(float64(got-at))*float64(scale) > 1 {
			rt.Fatalf("moved from %v to %v", at, got)
		}
	})
}
