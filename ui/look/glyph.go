package look

import (
	"bytes"
	"fmt"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// glyph draws an icon for exactly the pixels it covers. Fyne's own images draw an SVG for the scale of their window,
// and off-screen, where there is none, at half the size of a sharp picture.
type glyph struct {
	*canvas.Raster
	name  string
	color color.Color
}

func newGlyph() *glyph {
	g := &glyph{}
	g.Raster = canvas.NewRaster(g.draw)
	return g
}

// set changes the icon and its colour. The same once more is no change: each one draws the icon anew.
func (g *glyph) set(name string, c color.Color) {
	if g.name == name && g.color == c {
		return
	}
	g.name, g.color = name, c
	g.Refresh()
}

func (g *glyph) draw(w, h int) image.Image {
	if g.name == "" || w <= 0 || h <= 0 {
		return image.NewNRGBA(image.Rect(0, 0, max(w, 0), max(h, 0)))
	}
	img := canvas.NewImageFromResource(colored(g.name, g.color))
	img.Resize(fyne.NewSize(float32(w), float32(h))) // draws it
	if img.Image == nil {
		return image.NewNRGBA(image.Rect(0, 0, w, h))
	}
	return img.Image
}

// colored is an icon in one fixed colour. Recolouring it ourselves keeps it right inside a theme override, where Fyne's
// themed resources take the app's colours.
func colored(name string, c color.Color) fyne.Resource {
	if name == mark {
		return fyne.NewStaticResource(name+".svg", drawing(name))
	}
	r, g, b, _ := c.RGBA()
	fill := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	svg := bytes.ReplaceAll(drawing(name), []byte("#000000"), []byte(fill))
	return fyne.NewStaticResource(name+fill+".svg", svg)
}
