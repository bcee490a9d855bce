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
		color: Strong(who), icon: NewPicture(name, chipIcon, Strong(who)),
		label: NewText(label, Style{Size: SizeSmall, Bold: true, Color: Strong(who)}),
	}
	c.ExtendBaseWidget(c)
	return c
}

// The places in a chip, from its left edge: its icon, its word, and the room after that.
const (
	chipIconAt, chipIcon = 8, 15
	chipWordAt, chipEnd  = chipIconAt + chipIcon + 6, 10
	chipHeight, chipPad  = 26, 8
)

// HeightFor implements [Flow].
func (c *Chip) HeightFor(width float32) float32 {
	return fyne.Max(chipHeight, c.label.HeightFor(width-chipWordAt-chipEnd)+chipPad)
}

// Natural is the width of the chip when its word is not wrapped.
func (c *Chip) Natural() float32 { return c.label.Natural() + chipWordAt + chipEnd }

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
	width := r.c.Natural()
	return fyne.NewSize(width, r.c.HeightFor(width))
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.edge.CornerRadius = fyne.Min(size.Height/2, r.c.HeightFor(r.c.Natural())/2)
	r.edge.Resize(size)
	r.c.icon.Move(fyne.NewPos(chipIconAt, (size.Height-chipIcon)/2))
	r.c.icon.Resize(fyne.NewSquareSize(chipIcon))
	width := size.Width - chipWordAt - chipEnd
	height := r.c.label.HeightFor(width)
	r.c.label.Move(fyne.NewPos(chipWordAt, (size.Height-height)/2))
	r.c.label.Resize(fyne.NewSize(width, height))
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
