package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Check is a box that can be ticked, with a text beside it that may wrap. Its text can be pressed too.
type Check struct {
	pressable
	checked bool
	changed func(bool)
	label   *Text
}

var _ Flow = (*Check)(nil)

// NewCheck makes a box; changed is called after the visitor ticked or unticked it.
func NewCheck(label string, checked bool, changed func(bool)) *Check {
	c := &Check{checked: checked, changed: changed, label: Body(label)}
	c.onPress = c.toggle
	c.ExtendBaseWidget(c)
	return c
}

// Checked reports whether the box is ticked.
func (c *Check) Checked() bool { return c.checked }

func (c *Check) toggle() {
	c.checked = !c.checked
	c.Refresh()
	if c.changed != nil {
		c.changed(c.checked)
	}
}

const (
	checkBox  = 22
	checkGap  = 10
	checkHigh = 36 // the least height of anything that can be pressed
)

// HeightFor implements [Flow].
func (c *Check) HeightFor(width float32) float32 {
	return fyne.Max(checkHigh, c.label.HeightFor(width-checkBox-checkGap)+8)
}

// CreateRenderer implements [fyne.Widget].
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{c: c, box: round(6), short: canvas.NewLine(nil), long: canvas.NewLine(nil), ring: newRing()}
	r.box.StrokeWidth = 1.5
	r.short.StrokeWidth, r.long.StrokeWidth = 2.5, 2.5
	r.objects = []fyne.CanvasObject{r.box, r.short, r.long, c.label, r.ring}
	r.paint()
	return r
}

type checkRenderer struct {
	base
	c           *Check
	box, ring   *canvas.Rectangle
	short, long *canvas.Line // the two strokes of the tick
}

func (r *checkRenderer) MinSize() fyne.Size {
	width := r.c.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(checkBox+checkGap+r.c.label.MinSize().Width, r.c.HeightFor(width))
}

func (r *checkRenderer) Layout(size fyne.Size) {
	w := size.Width - checkBox - checkGap
	h := r.c.label.HeightFor(w)
	top := (size.Height - h) / 2
	y := top + (r.c.label.typesetter().height()-checkBox)/2 // beside the first line
	r.box.Move(fyne.NewPos(0, y))
	r.box.Resize(fyne.NewSquareSize(checkBox))
	r.short.Position1, r.short.Position2 = fyne.NewPos(5.5, y+11.5), fyne.NewPos(9.5, y+15.5)
	r.long.Position1, r.long.Position2 = fyne.NewPos(9.5, y+15.5), fyne.NewPos(16.5, y+7)
	r.c.label.Move(fyne.NewPos(checkBox+checkGap, top))
	r.c.label.Resize(fyne.NewSize(w, h))
	placeRing(r.ring, size, 6, false)
}

func (r *checkRenderer) Refresh() {
	r.paint()
	r.Layout(r.c.Size())
	r.c.label.Refresh()
	canvas.Refresh(r.c)
}

func (r *checkRenderer) paint() {
	fill, edge := Surface, Border
	if r.c.checked {
		fill, edge = Primary, Primary
	}
	r.box.FillColor, r.box.StrokeColor = paint(r.c, fill), paint(r.c, edge)
	for _, l := range []*canvas.Line{r.short, r.long} {
		l.StrokeColor = paint(r.c, OnPrimary)
		l.Hidden = !r.c.checked
	}
	showRing(r.c, r.ring, r.c.focused)
}
