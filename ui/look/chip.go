package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/verdict"
)

// Chip is a pill with an icon and a word: how sure the answer is.
type Chip struct {
	widget.BaseWidget
	color fyne.ThemeColorName
	icon  *Picture
	label *Text
}

// NewChip makes a chip in an answer's colour. sure shows a tick, otherwise a question mark in a diamond.
func NewChip(label string, who verdict.Who, sure bool) *Chip {
	name := "verdict-unknown"
	if sure {
		name = "state-fine"
	}
	c := &Chip{
		color: Strong(who), icon: NewPicture(name, 15, Strong(who)),
		label: NewText(label, Style{Size: SizeSmall, Bold: true, Color: Strong(who), OneLine: true}),
	}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements [fyne.Widget].
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{c: c, edge: canvas.NewRectangle(nil)}
	r.edge.StrokeWidth = 1.5
	r.objects = []fyne.CanvasObject{r.edge, c.icon, c.label}
	r.paint()
	return r
}

type chipRenderer struct {
	base
	c    *Chip
	edge *canvas.Rectangle
}

func (r *chipRenderer) MinSize() fyne.Size {
	m := r.c.label.MinSize()
	return fyne.NewSize(m.Width+8+15+6+10, fyne.Max(26, m.Height+8))
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.edge.CornerRadius = size.Height / 2
	r.edge.Resize(size)
	r.c.icon.Move(fyne.NewPos(8, (size.Height-15)/2))
	r.c.icon.Resize(fyne.NewSquareSize(15))
	m := r.c.label.MinSize()
	r.c.label.Move(fyne.NewPos(8+15+6, (size.Height-m.Height)/2))
	r.c.label.Resize(m)
}

func (r *chipRenderer) Refresh() {
	r.paint()
	r.c.icon.Refresh()
	r.c.label.Refresh()
	canvas.Refresh(r.c)
}

func (r *chipRenderer) paint() {
	r.edge.FillColor, r.edge.StrokeColor = shade(r.c, ""), paint(r.c, r.c.color)
	r.edge.Refresh()
}
