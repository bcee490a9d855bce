package look

import (
	"encoding/xml"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"isitme/assets"
	"isitme/checks/checklist"
	"isitme/checks/line"
)

// start gives a test an app with our light theme.
func start(t *testing.T) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(NewTheme(Light, 1))
}

func TestThemeDefinesEverything(t *testing.T) {
	test.AssertAllColorNamesDefined(t, NewTheme(Light, 1), "light")
	test.AssertAllColorNamesDefined(t, NewTheme(Dark, 1), "dark")
	th := NewTheme(AsSystem, 1)
	for name := range tokens {
		if th.Color(name, theme.VariantLight) == nil || th.Color(name, theme.VariantDark) == nil {
			t.Errorf("%s has no colour", name)
		}
	}
	if th.Color(Bg, theme.VariantLight) == th.Color(Bg, theme.VariantDark) {
		t.Error("the theme does not follow the system's variant")
	}
	if th.Font(fyne.TextStyle{Bold: true}) == nil || th.Icon(theme.IconNameCancel) == nil {
		t.Error("a font or an icon is missing")
	}
}

func TestThemeKeepsTextReadable(t *testing.T) {
	for _, scale := range []float32{0, 0.5, 1, 1.5} {
		th := NewTheme(Light, scale)
		for name := range texts {
			if got := th.Size(name); got < 13 {
				t.Errorf("scale %v: %s is %v, below 13", scale, name, got)
			}
		}
	}
	if a, b := NewTheme(Light, 1).Size(SizeBody), NewTheme(Light, 1.5).Size(SizeBody); b != 1.5*a {
		t.Errorf("body text is %v at 100 %% and %v at 150 %%", a, b)
	}
	if a, b := NewTheme(Light, 1).Size(theme.SizeNamePadding), NewTheme(Light, 1.5).Size(theme.SizeNamePadding); a != b {
		t.Errorf("padding grows with the text: %v, %v", a, b)
	}
}

// TestIcons holds the drawings to what Fyne can draw: paths with a fill, nothing else.
func TestIcons(t *testing.T) {
	files, err := assets.Icons.ReadDir("icons")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), ".svg")
		if !ok {
			continue
		}
		var svg struct {
			Paths []struct {
				Fill string `xml:"fill,attr"`
			} `xml:"path"`
			Other []xml.Name `xml:",any"`
		}
		if err := xml.Unmarshal(drawing(name), &svg); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(svg.Other) > 0 || name != mark && (len(svg.Paths) != 1 || svg.Paths[0].Fill != "#000000") {
			t.Errorf("%s is not one black path: %+v", name, svg)
		}
	}
}

func TestEveryIconExists(t *testing.T) {
	names := []string{mark, "chevron-right", "chevron-down", "close", "place-way"}
	for _, w := range everyone {
		names = append(names, AnswerIcon(w))
	}
	for _, s := range []checklist.State{checklist.Waiting, checklist.Running, checklist.Fine, checklist.Found, checklist.CouldNot, checklist.Skipped} {
		name, _ := StateIcon(s)
		names = append(names, name)
	}
	for _, p := range line.Places() {
		if placeIcons[p] == "" {
			t.Errorf("place %s has no icon", p)
			continue
		}
		names = append(names, placeIcons[p])
	}
	for _, n := range names {
		if len(drawing(n)) == 0 || Icon(n) == nil {
			t.Errorf("icon %s is empty", n)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an icon without a drawing is not noticed")
		}
	}()
	Icon("no-such-icon")
}

// TestGlyphIsSharp draws an icon at the pixels asked for, whatever the scale.
func TestGlyphIsSharp(t *testing.T) {
	start(t)
	g := newGlyph()
	g.set("state-fine", hex(0x1F6B3A))
	for _, side := range []int{16, 40, 51} {
		img := g.draw(side, side)
		if img.Bounds().Dx() != side || img.Bounds().Dy() != side {
			t.Errorf("%d: drawn as %v", side, img.Bounds())
		}
		if r, gr, b, a := img.At(side/2, side/8).RGBA(); r>>8 != 0x1F || gr>>8 != 0x6B || b>>8 != 0x3A || a != 0xFFFF {
			t.Errorf("%d: the disc is %x %x %x %x", side, r>>8, gr>>8, b>>8, a>>8)
		}
	}
}
