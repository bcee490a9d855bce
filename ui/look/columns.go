package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// enlarged is how much larger than designed the visitor has made the text: two columns need more room then.
func enlarged() float32 { return theme.Size(SizeBody) / sizes[SizeBody] }

// foldBelow is the inner width below which two columns become one: a window of 680 without its margins.
const foldBelow = 680 - 2*24

// columns places two objects side by side, or the first above the second where there is no room.
type columns struct {
	measured
	gap, stackGap float32
	// share is the first column's part of the width.
	share float32
	// fold is the width below which the columns become one; 0 never folds.
	fold float32
	// level gives both columns the height of the higher one, for two cards beside each other.
	level bool
}

// TwoColumns places left beside right in a wide window and above it in a narrow one.
func TwoColumns(left, right fyne.CanvasObject) *fyne.Container {
	return twoColumns(&columns{gap: 28, stackGap: 20, share: 0.5, fold: foldBelow}, left, right)
}

// TwoCards is TwoColumns for two cards, which get the same height beside each other.
func TwoCards(left, right fyne.CanvasObject) *fyne.Container {
	return twoColumns(&columns{gap: 16, stackGap: 16, share: 0.5, fold: foldBelow, level: true}, left, right)
}

// SplitColumns places left beside right at any width, left getting share (between 0 and 1) of it.
func SplitColumns(gap, share float32, left, right fyne.CanvasObject) *fyne.Container {
	return twoColumns(&columns{gap: gap, share: share}, left, right)
}

func twoColumns(l *columns, left, right fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: l, Objects: []fyne.CanvasObject{left, right}}
}

// widths are the two columns' widths; folded says that they stand one above the other. A hidden column leaves its room
// to the other.
func (l *columns) widths(objects []fyne.CanvasObject, width float32) (a, b float32, folded bool) {
	if width < l.fold*enlarged() || !objects[0].Visible() || !objects[1].Visible() {
		return width, width, true
	}
	a = (width - l.gap) * l.share
	return a, width - l.gap - a, false
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	a, b, folded := l.widths(objects, size.Width)
	ha, hb := HeightFor(objects[0], a), HeightFor(objects[1], b)
	objects[0].Move(fyne.NewPos(0, 0))
	switch {
	case folded && ha > 0:
		objects[1].Move(fyne.NewPos(0, ha+l.stackGap))
	case folded:
		objects[1].Move(fyne.NewPos(0, 0))
	default:
		objects[1].Move(fyne.NewPos(a+l.gap, 0))
		if l.level {
			ha = fyne.Max(ha, hb)
			hb = ha
		}
	}
	objects[0].Resize(fyne.NewSize(a, ha))
	objects[1].Resize(fyne.NewSize(b, hb))
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), l.heightFor(objects, l.or(lineLength)))
}

func (l *columns) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	a, b, folded := l.widths(objects, width)
	ha, hb := HeightFor(objects[0], a), HeightFor(objects[1], b)
	if !folded {
		return fyne.Max(ha, hb)
	}
	if ha > 0 && hb > 0 {
		return ha + l.stackGap + hb
	}
	return ha + hb
}
