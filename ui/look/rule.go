package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Rule is a hairline across its column.
type Rule struct{ widget.BaseWidget }

// NewRule makes a hairline.
func NewRule() *Rule {
	r := &Rule{}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements [fyne.Widget].
func (r *Rule) CreateRenderer() fyne.WidgetRenderer {
	v := &ruleRenderer{r: r, line: canvas.NewRectangle(paint(r, Hairline))}
	v.objects = []fyne.CanvasObject{v.line}
	return v
}

type ruleRenderer struct {
	base
	r    *Rule
	line *canvas.Rectangle
}

func (*ruleRenderer) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

func (v *ruleRenderer) Layout(size fyne.Size) { v.line.Resize(size) }

func (v *ruleRenderer) Refresh() {
	v.line.FillColor = paint(v.r, Hairline)
	v.line.Refresh()
}
