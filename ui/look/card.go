package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Card is a surface with rounded corners round a content.
type Card struct {
	widget.BaseWidget
	content    fyne.CanvasObject
	fill, edge fyne.ThemeColorName
	radius     float32
	pad        fyne.Size
}

var _ Flow = (*Card)(nil)

// NewCard puts content on a card, 18 units from its sides, 16 from top and bottom.
func NewCard(content fyne.CanvasObject) *Card {
	return newCard(content, Surface, Hairline, 14, fyne.NewSize(18, 16))
}

// NewNote puts content on a quiet sunken box inside a card.
func NewNote(content fyne.CanvasObject) *Card {
	return newCard(content, Sunken, "", 10, fyne.NewSize(12, 10))
}

// NewBanner puts content on a banner of the selection colour, for what goes on beside the page.
func NewBanner(content fyne.CanvasObject) *Card {
	return newCard(content, Selection, "", 14, fyne.NewSize(16, 10))
}

// NewPanel puts content on a panel of an answer's tint.
func NewPanel(fill fyne.ThemeColorName, radius float32, pad fyne.Size, content fyne.CanvasObject) *Card {
	return newCard(content, fill, "", radius, pad)
}

func newCard(content fyne.CanvasObject, fill, edge fyne.ThemeColorName, radius float32, pad fyne.Size) *Card {
	c := &Card{content: content, fill: fill, edge: edge, radius: radius, pad: pad}
	c.ExtendBaseWidget(c)
	return c
}

// HeightFor implements [Flow].
func (c *Card) HeightFor(width float32) float32 {
	return HeightFor(c.content, width-2*c.pad.Width) + 2*c.pad.Height
}

// CreateRenderer implements [fyne.Widget].
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{c: c, face: round(c.radius)}
	r.objects = []fyne.CanvasObject{r.face, c.content}
	r.paint()
	return r
}

type cardRenderer struct {
	base
	c    *Card
	face *canvas.Rectangle
}

func (r *cardRenderer) MinSize() fyne.Size {
	return r.c.content.MinSize().AddWidthHeight(2*r.c.pad.Width, 2*r.c.pad.Height)
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	r.c.content.Move(fyne.NewPos(r.c.pad.Width, r.c.pad.Height))
	r.c.content.Resize(size.SubtractWidthHeight(2*r.c.pad.Width, 2*r.c.pad.Height))
}

func (r *cardRenderer) Refresh() {
	r.paint()
	r.c.content.Refresh()
	canvas.Refresh(r.c)
}

func (r *cardRenderer) paint() {
	r.face.FillColor = paint(r.c, r.c.fill)
	r.face.StrokeColor, r.face.StrokeWidth = shade(r.c, r.c.edge), 0
	if r.c.edge != "" {
		r.face.StrokeWidth = 1
	}
	r.face.Refresh()
}
