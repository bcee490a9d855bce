package look

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"sync"

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
	return drawings.draw(drawnIcon{g.name, g.color, w, h})
}

// drawnIcon is one icon as it was drawn.
type drawnIcon struct {
	name  string
	color color.Color
	w, h  int
}

// drawings keeps the icons as drawn. Every page has about twenty, most of them those of the page before, and reading one
// from its SVG takes a millisecond.
var drawings = iconCache{icons: map[drawnIcon]image.Image{}}

type iconCache struct {
	mu    sync.Mutex
	icons map[drawnIcon]image.Image
}

// mostIcons is some pages' worth in some sizes; the cache starts anew beyond that.
const mostIcons = 300

func (c *iconCache) draw(i drawnIcon) image.Image {
	c.mu.Lock()
	defer c.mu.Unlock()
	if img := c.icons[i]; img != nil {
		return img
	}
	svg := canvas.NewImageFromResource(colored(i.name, i.color))
	svg.Resize(fyne.NewSize(float32(i.w), float32(i.h))) // draws it
	img := svg.Image
	if img == nil {
		img = image.NewNRGBA(image.Rect(0, 0, i.w, i.h))
	}
	if len(c.icons) >= mostIcons {
		clear(c.icons)
	}
	c.icons[i] = img
	return img
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
