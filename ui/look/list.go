package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// cardRadius is the corner radius of cards and lists.
const cardRadius = 14

// corner is a row that fills its place in a list and must round its own corners at the list's ends.
type corner interface{ setEnds(first, last bool) }

// List is a card of rows with hairlines between them.
type List struct {
	widget.BaseWidget
	rows []fyne.CanvasObject
}

var _ Flow = (*List)(nil)

// NewList makes a list of rows.
func NewList(rows ...fyne.CanvasObject) *List {
	l := &List{rows: rows}
	l.ExtendBaseWidget(l)
	l.ends()
	return l
}

// SetRows replaces the rows.
func (l *List) SetRows(rows ...fyne.CanvasObject) {
	l.rows = rows
	l.ends()
	l.Refresh()
}

func (l *List) ends() {
	for i, r := range l.rows {
		if c, ok := r.(corner); ok {
			c.setEnds(i == 0, i == len(l.rows)-1)
		}
	}
}

// HeightFor implements [Flow].
func (l *List) HeightFor(width float32) float32 {
	h := float32(0)
	for _, r := range l.rows {
		h += HeightFor(r, width)
	}
	return h
}

// CreateRenderer implements [fyne.Widget].
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	r := &listRenderer{l: l, face: round(cardRadius), edge: round(cardRadius)}
	r.edge.StrokeWidth = 1
	r.build()
	return r
}

type listRenderer struct {
	base
	l          *List
	face, edge *canvas.Rectangle
	rules      []*canvas.Rectangle
}

// build puts the objects in order: face, rows, hairlines, and the edge on top, so that a highlighted row keeps it.
func (r *listRenderer) build() {
	r.rules = nil
	r.objects = append([]fyne.CanvasObject{r.face}, r.l.rows...)
	for i := 1; i < len(r.l.rows); i++ {
		rule := canvas.NewRectangle(nil)
		r.rules = append(r.rules, rule)
		r.objects = append(r.objects, rule)
	}
	r.objects = append(r.objects, r.edge)
	r.paint()
}

func (r *listRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(widest(r.l.rows), 0)
	for _, row := range r.l.rows {
		size.Height += row.MinSize().Height
	}
	return size
}

func (r *listRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	r.edge.Resize(size)
	y := float32(0)
	for i, row := range r.l.rows {
		h := HeightFor(row, size.Width)
		row.Move(fyne.NewPos(0, y))
		row.Resize(fyne.NewSize(size.Width, h))
		y += h
		if i < len(r.rules) {
			r.rules[i].Move(fyne.NewPos(0, y-1))
			r.rules[i].Resize(fyne.NewSize(size.Width, 1))
		}
	}
}

func (r *listRenderer) Refresh() {
	r.build()
	r.Layout(r.l.Size())
	for _, row := range r.l.rows {
		row.Refresh()
	}
	canvas.Refresh(r.l)
}

func (r *listRenderer) paint() {
	r.face.FillColor = paint(r.l, Surface)
	r.edge.FillColor, r.edge.StrokeColor = shade(r.l, ""), paint(r.l, Hairline)
	for _, rule := range r.rules {
		rule.FillColor = paint(r.l, Hairline)
	}
}
