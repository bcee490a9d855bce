package look

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// crisp puts a text of its minimum size at pos, moved by less than a pixel to where the screen painter shows it as it is.
// Fyne 2.7 draws a text into a bitmap whose sides are rounded to whole pixels, but shows that on an area whose edges are
// rounded each for itself, from the text's position in its parent: an area one pixel larger or smaller blurs every letter.
func crisp(text *canvas.Text, pos fyne.Position) {
	size := text.MinSize()
	scale := screenScale(text)
	text.Move(fyne.NewPos(whole(pos.X, scale), whole(pos.Y, scale)))
	text.Resize(size)
}

// roundUp is x moved to the right by less than a pixel, to where a pixel of the screen begins: between a bold word and
// the next one stands a blank that is narrow already, and must not lose a pixel.
func roundUp(o fyne.CanvasObject, x float32) float32 {
	scale := screenScale(o)
	return float32(math.Ceil(float64(x*scale)-0.01)) / scale
}

// screenScale is how many pixels a unit has where o is shown.
func screenScale(o fyne.CanvasObject) float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.Scale() > 0 {
		return c.Scale()
	}
	return 1
}

// whole is the place nearest to at where a pixel begins, and a hair more, so that no rounding of floats loses it.
func whole(at, scale float32) float32 {
	return float32(math.Floor(float64(at*scale)+0.5)+0.003) / scale
}
