package look

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestNoTailIsCut follows Fyne's painter (internal/painter, DrawString; internal/painter/gl, newGlTextTexture) for every
// text size on every usual screen: what hangs below the baseline has room in the bitmap of its line.
func TestNoTailIsCut(t *testing.T) {
	a := test.NewTempApp(t)
	// How far g reaches below the baseline in parts of the size (in DejaVu Sans Mono, 0.215; in Noto Sans, 0.24).
	tails := map[fyne.TextStyle]float64{{}: 0.24, {Bold: true}: 0.24, {Monospace: true}: 0.215}
	for _, enlarged := range []float32{1, 1.25, 1.5, 1.75, 2} {
		shown := NewTheme(Light, enlarged)
		a.Settings().SetTheme(shown)
		for name := range texts {
			for style, tail := range tails {
				if style.Monospace != (name == SizeCode) {
					continue
				}
				size := shown.Size(name)
				line, baseline := fyne.CurrentApp().Driver().RenderedTextSize("g", size, style, nil)
				for _, scale := range []float64{1, 1.25, 1.5, 1.75, 2, 3} {
					room := math.Round(float64(line.Height)*scale) - math.Ceil(float64(baseline)*scale)
					// What covers less than a tenth of a row of pixels is not seen.
					if needed := math.Ceil(tail*float64(size)*scale - 0.1); room < needed {
						t.Errorf("%s %v, %g units at %g: %g rows below the baseline, %g needed", name, style, size, scale, room, needed)
					}
				}
			}
		}
	}
}
