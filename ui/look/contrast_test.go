package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"isitme/checks/verdict"
)

// luminance is the relative luminance of WCAG 2.x.
func luminance(c color.Color) float64 {
	linear := func(v uint32) float64 {
		s := float64(v>>8) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// contrast is the contrast ratio of WCAG 2.x between two opaque colours.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// over blends a see-through colour over an opaque one.
func over(top, bottom color.Color) color.Color {
	t, b := color.NRGBAModel.Convert(top).(color.NRGBA), color.NRGBAModel.Convert(bottom).(color.NRGBA)
	mix := func(x, y uint8) uint8 {
		a := float64(t.A) / 255
		return uint8(math.Round(float64(x)*a + float64(y)*(1-a)))
	}
	return color.NRGBA{mix(t.R, b.R), mix(t.G, b.G), mix(t.B, b.B), 0xFF}
}

var everyone = []verdict.Who{verdict.Working, verdict.Site, verdict.You, verdict.Refused, verdict.Address, verdict.Unknown}

const (
	textLimit    = 4.5 // WCAG 1.4.3
	graphicLimit = 3.0 // WCAG 1.4.11, and our own for disabled text
)

// pairing is one colour that must be told from another.
type pairing struct {
	on, fg fyne.ThemeColorName
	limit  float64
}

func pairings() []pairing {
	var all []pairing
	add := func(limit float64, fg fyne.ThemeColorName, on ...fyne.ThemeColorName) {
		for _, b := range on {
			all = append(all, pairing{b, fg, limit})
		}
	}
	add(textLimit, Ink, Bg, Surface, Sunken, Selection)
	add(textLimit, Muted, Bg, Surface, Sunken)
	add(textLimit, Placeholder, Surface)
	add(textLimit, Primary, Bg, Surface, Sunken, Selection)
	add(textLimit, OnPrimary, Primary, PrimaryHover)
	add(graphicLimit, Border, Bg, Surface, Sunken)
	add(graphicLimit, Focus, Bg, Surface, Sunken)
	add(graphicLimit, DisabledText, Surface, Sunken)
	for _, who := range everyone {
		add(textLimit, Strong(who), Surface, Bg, Tint(who))
		add(textLimit, Ink, Tint(who))
		add(textLimit, Muted, Tint(who))
		add(textLimit, Surface, Strong(who)) // the icon on a broken station
		add(graphicLimit, Border, Tint(who))
		add(graphicLimit, Focus, Tint(who))
		add(graphicLimit, Strong(verdict.Working), Tint(who)) // the green badge
	}
	return all
}

func TestContrast(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		th := NewTheme(mode, 1)
		for _, p := range pairings() {
			got := contrast(th.Color(p.fg, theme.VariantLight), th.Color(p.on, theme.VariantLight))
			if got < p.limit {
				t.Errorf("mode %d: %s on %s is %.2f, needs %.1f", mode, p.fg, p.on, got, p.limit)
			}
		}
	}
}

// TestContrastUnderOverlays covers what Fyne blends over the face of its own buttons and menus.
func TestContrastUnderOverlays(t *testing.T) {
	faces := []pairing{{Surface, Ink, textLimit}, {Surface, Primary, textLimit}, {Primary, OnPrimary, textLimit}}
	for _, mode := range []Mode{Light, Dark} {
		th := NewTheme(mode, 1)
		for _, name := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNamePressed, theme.ColorNameFocus} {
			overlay := th.Color(name, theme.VariantLight)
			if _, _, _, a := overlay.RGBA(); a == 0xFFFF {
				t.Errorf("mode %d: %s hides the face of a stock button", mode, name)
			}
			for _, p := range faces {
				face := over(overlay, th.Color(p.on, theme.VariantLight))
				if got := contrast(th.Color(p.fg, theme.VariantLight), face); got < p.limit {
					t.Errorf("mode %d: %s under %s on %s is %.2f", mode, p.fg, name, p.on, got)
				}
			}
		}
	}
}

// TestContrastFormula holds the formula against known values.
func TestContrastFormula(t *testing.T) {
	tests := []struct {
		a, b color.Color
		want float64
	}{
		{color.Black, color.White, 21},
		{color.White, color.White, 1},
		{hex(0x777777), color.White, 4.48},
		{hex(0x14252C), hex(0xF1F5F4), 14.36},
	}
	for _, tt := range tests {
		if got := contrast(tt.a, tt.b); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("contrast(%v, %v) = %.2f, want %.2f", tt.a, tt.b, got, tt.want)
		}
	}
}
