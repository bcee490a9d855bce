package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Field is the field for an address, with a button inside it. Its border turns into the focus ring when it is typed in.
type Field struct {
	widget.BaseWidget
	entry  *fieldEntry
	holder fyne.CanvasObject
	button *Button
	// OnSubmitted is called with the text when the visitor presses Enter, OnChanged after every change.
	OnSubmitted func(string)
	OnChanged   func(string)
}

// NewField makes a field. The button stands at its right end.
func NewField(placeholder string, button *Button) *Field {
	f := &Field{button: button}
	f.entry = &fieldEntry{}
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
	f.holder = container.NewThemeOverride(f.entry, bare{})
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
	widget.Entry
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

// bare is the app's theme for an entry without a border and a face of its own: the field draws them.
type bare struct{}

func (bare) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder:
		return color.Transparent
	}
	return appTheme().Color(name, v)
}

func (bare) Font(s fyne.TextStyle) fyne.Resource { return appTheme().Font(s) }

func (bare) Icon(n fyne.ThemeIconName) fyne.Resource { return appTheme().Icon(n) }

func (bare) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameInputBorder:
		return 0
	case theme.SizeNameText:
		return appTheme().Size(SizeHeading)
	}
	return appTheme().Size(name)
}

func appTheme() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// CreateRenderer implements [fyne.Widget].
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{f: f, face: round(12)}
	r.objects = []fyne.CanvasObject{r.face, f.holder}
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
	r.f.holder.Move(fyne.NewPos(8, (size.Height-h)/2))
	r.f.holder.Resize(fyne.NewSize(right-8-4, h))
}

func (r *fieldRenderer) Refresh() {
	r.paint()
	r.f.holder.Refresh()
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
