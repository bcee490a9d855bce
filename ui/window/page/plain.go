package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"isitme/ui/look"
)

// plainText is text in the code font that can be selected and copied, of any length, wrapped to the width it gets.
type plainText struct {
	widget.Label
}

var _ look.Flow = (*plainText)(nil)

func newPlainText(text string) *plainText {
	t := &plainText{}
	t.TextStyle = fyne.TextStyle{Monospace: true}
	t.Wrapping = fyne.TextWrapBreak
	t.Selectable = true
	t.SizeName = theme.SizeNameCaptionText
	t.Text = text
	t.ExtendBaseWidget(t)
	return t
}

// HeightFor implements [look.Flow]. A wrapped label knows its height only for the width it has.
func (t *plainText) HeightFor(width float32) float32 {
	if width != t.Size().Width {
		t.Resize(fyne.NewSize(width, t.Size().Height))
	}
	return t.MinSize().Height
}
