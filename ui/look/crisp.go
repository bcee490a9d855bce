package look

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// crisp puts a text of its minimum size at pos, moved by less than a pixel to where the screen painter does not squeeze
// it. Fyne 2.7 draws a text into a bitmap of whole pixels, rounded up, but shows that on an area whose edges are rounded
// each for itself, from the text's position in its parent: an area one pixel smaller blurs every letter.
func crisp(text *canvas.Text, pos fyne.Position) {
	size := text.MinSize()
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(text); c != nil && c.Scale() > 0 {
		scale = c.Scale()
	}
	text.Move(fyne.NewPos(whole(pos.X, size.Width, scale), whole(pos.Y, size.Height, scale)))
	text.Resize(size)
}

// whole is the place nearest at where a length, from its rounded start to its rounded end, takes as many pixels as when
// it is rounded up.
func whole(at, length, scale float32) float32 {
	start := math.Floor(float64(at*scale) + 0.5)
	pixels := float64(length * scale)
	missing := math.Ceil(pixels) - 0.5 - pixels
	return float32(start+math.Max(0, missing+0.003)) / scale
}
