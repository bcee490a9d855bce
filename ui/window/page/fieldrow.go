package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"isitme/ui/look"
)

// leastField is the width below which an address could not be read while it is typed.
const leastField = 300

// fieldRow is the field with its button beside it, or below it where the field would get too small.
type fieldRow struct {
	widget.BaseWidget
	field, button fyne.CanvasObject
}

var _ look.Flow = (*fieldRow)(nil)

const fieldGap = 10

func newFieldRow(field, button fyne.CanvasObject) *fieldRow {
	r := &fieldRow{field: field, button: button}
	r.ExtendBaseWidget(r)
	return r
}

// beside reports whether both fit into one row of width units.
func (r *fieldRow) beside(width float32) bool {
	return width >= leastField+fieldGap+r.button.MinSize().Width
}

// HeightFor implements [look.Flow].
func (r *fieldRow) HeightFor(width float32) float32 {
	field, button := r.field.MinSize().Height, r.button.MinSize().Height
	if r.beside(width) {
		return fyne.Max(field, button)
	}
	return field + fieldGap + button
}

// CreateRenderer implements [fyne.Widget].
func (r *fieldRow) CreateRenderer() fyne.WidgetRenderer { return &fieldRowRenderer{r} }

type fieldRowRenderer struct{ r *fieldRow }

func (v *fieldRowRenderer) Layout(size fyne.Size) {
	field, button := v.r.field, v.r.button
	field.Move(fyne.NewPos(0, 0))
	b := button.MinSize()
	if v.r.beside(size.Width) {
		field.Resize(fyne.NewSize(size.Width-fieldGap-b.Width, size.Height))
		button.Move(fyne.NewPos(size.Width-b.Width, 0))
		button.Resize(fyne.NewSize(b.Width, size.Height))
		return
	}
	f := field.MinSize().Height
	field.Resize(fyne.NewSize(size.Width, f))
	button.Move(fyne.NewPos(0, f+fieldGap))
	button.Resize(fyne.NewSize(size.Width, b.Height))
}

func (v *fieldRowRenderer) MinSize() fyne.Size {
	width := v.r.Size().Width
	if width == 0 {
		width = leastField
	}
	return fyne.NewSize(v.r.button.MinSize().Width, v.r.HeightFor(width))
}

func (v *fieldRowRenderer) Refresh() {
	v.Layout(v.r.Size())
	v.r.field.Refresh()
	v.r.button.Refresh()
}

func (v *fieldRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.r.field, v.r.button}
}

func (v *fieldRowRenderer) Destroy() {}
