package look

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"isitme/assets"
	"isitme/checks/checklist"
	"isitme/checks/line"
	"isitme/checks/verdict"
)

// mark is the one icon with colours of its own.
const mark = "mark"

// drawing is the SVG of an icon as designed, in black. A name without a file is a mistake of the caller that tests see.
func drawing(name string) []byte {
	data, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic(fmt.Sprintf("look: no icon %q", name))
	}
	return data
}

// Icon is an icon of the app for stock widgets and the window itself, in the theme's text colour; the mark keeps its
// own. It panics for a name that has no drawing.
func Icon(name string) fyne.Resource {
	plain := fyne.NewStaticResource(name+".svg", drawing(name))
	if name == mark {
		return plain
	}
	return theme.NewThemedResource(plain)
}

// AnswerIcon is the icon of one kind of answer.
func AnswerIcon(who verdict.Who) string { return "verdict-" + string(known(who)) }

// StateIcon is the icon of a step's state and the colour it is drawn in.
func StateIcon(s checklist.State) (string, fyne.ThemeColorName) {
	switch s {
	case checklist.Running:
		return "state-running", Primary
	case checklist.Fine:
		return "state-fine", Strong(verdict.Working)
	case checklist.Found:
		return "state-found", Strong(verdict.Site)
	case checklist.CouldNot:
		return "state-could-not", Strong(verdict.Unknown)
	case checklist.Skipped:
		return "state-skipped", Strong(verdict.Unknown)
	default:
		return "state-waiting", Border
	}
}

// placeIcons are the pictures of the stations.
var placeIcons = map[line.Place]string{
	line.Computer: "place-computer", line.Connection: "place-connection", line.Lookup: "place-lookup",
	line.Listing: "place-lookup", line.Proxy: "place-way", line.VPN: "place-way", line.Security: "privacy",
	line.Way: "place-way", line.Door: "place-door", line.Server: "place-server", line.Site: "place-site",
	line.Page: "place-page",
}

// Picture is one icon of a given size and colour that follows the theme.
type Picture struct {
	widget.BaseWidget
	name  string
	color fyne.ThemeColorName
	size  float32
}

// NewPicture makes an icon of size units in the colour of that name.
func NewPicture(name string, size float32, color fyne.ThemeColorName) *Picture {
	p := &Picture{name: name, color: color, size: size}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes the icon and its colour.
func (p *Picture) Set(name string, color fyne.ThemeColorName) {
	if p.name == name && p.color == color {
		return
	}
	p.name, p.color = name, color
	p.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	r := &pictureRenderer{p: p, glyph: newGlyph()}
	r.objects = []fyne.CanvasObject{r.glyph.Raster}
	r.Refresh()
	return r
}

type pictureRenderer struct {
	base
	p     *Picture
	glyph *glyph
}

func (r *pictureRenderer) Layout(s fyne.Size) {
	side := fyne.Min(s.Width, s.Height)
	r.glyph.Resize(fyne.NewSquareSize(side))
	r.glyph.Move(fyne.NewPos((s.Width-side)/2, (s.Height-side)/2))
}

func (r *pictureRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.p.size) }

func (r *pictureRenderer) Refresh() { r.glyph.set(r.p.name, paint(r.p, r.p.color)) }

// base is what the renderers of this package share.
type base struct{ objects []fyne.CanvasObject }

func (b *base) Destroy() {}

func (b *base) Objects() []fyne.CanvasObject { return b.objects }
