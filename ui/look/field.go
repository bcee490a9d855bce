package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Field is the field for an address, with a button inside it. Its border turns into the focus ring when it is typed in.
type Field struct {
	widget.BaseWidget
	entry  *fieldEntry
	button *Button
	// OnSubmitted is called with the text when the visitor presses Enter, OnChanged after every change.
	OnSubmitted func(string)
	OnChanged   func(string)
}

// NewField makes a field. The button stands at its right end.
func NewField(placeholder string, button *Button) *Field {
	f := &Field{button: button}
	f.entry = &fieldEntry{Input: Input{bare: true}}
	f.entry.ExtendBaseWidget(f.entry)
	f.entry.SetPlaceHolder(placeholder)
	f.entry.focus = func(bool) { f.Refresh() }
	f.entry.OnSubmitted = func(s string) {
		if f.OnSubmitted != nil {
			f.OnSubmitted(s)
		}
	}
	f.entry.OnChanged = func(s string) {
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// Text is what stands in the field.
func (f *Field) Text() string { return f.entry.Text }

// SetText replaces what stands in the field and puts the cursor at its end.
func (f *Field) SetText(s string) {
	f.entry.SetText(s)
	f.entry.CursorColumn = len([]rune(s))
	f.entry.Refresh()
}

// Focusable is the part that takes the keyboard.
func (f *Field) Focusable() fyne.Focusable { return f.entry }

// fieldEntry is an entry that tells when it is focused.
type fieldEntry struct {
	Input
	focused bool
	focus   func(bool)
}

func (e *fieldEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	e.focus(true)
	tellKeeper(e.is)
}

func (e *fieldEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.focus(false)
}

// CreateRenderer implements [fyne.Widget].
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{f: f, face: round(12)}
	r.objects = []fyne.CanvasObject{r.face, f.entry}
	if f.button != nil {
		r.objects = append(r.objects, f.button)
	}
	r.paint()
	return r
}

type fieldRenderer struct {
	base
	f    *Field
	face *canvas.Rectangle
}

func (r *fieldRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(160, fyne.Max(52, r.f.entry.MinSize().Height+8))
	if r.f.button != nil {
		size.Width += r.f.button.MinSize().Width
	}
	return size
}

func (r *fieldRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	right := size.Width - 7
	if b := r.f.button; b != nil {
		m := b.MinSize()
		right -= m.Width
		b.Move(fyne.NewPos(right, (size.Height-m.Height)/2))
		b.Resize(m)
	}
	h := r.f.entry.MinSize().Height
	r.f.entry.Move(fyne.NewPos(8, (size.Height-h)/2))
	r.f.entry.Resize(fyne.NewSize(right-8-4, h))
}

func (r *fieldRenderer) Refresh() {
	r.paint()
	r.f.entry.Refresh()
	if r.f.button != nil {
		r.f.button.Refresh()
	}
	canvas.Refresh(r.f)
}

func (r *fieldRenderer) paint() {
	r.face.FillColor = paint(r.f, Surface)
	r.face.StrokeColor, r.face.StrokeWidth = paint(r.f, Border), 1.5
	if r.f.entry.focused {
		r.face.StrokeColor, r.face.StrokeWidth = paint(r.f, Focus), 2.5
	}
	r.face.Refresh()
}
