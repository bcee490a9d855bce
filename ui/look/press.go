package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

const (
	ringWidth = 2.5 // of the focus ring
	ringGap   = 2.5 // between the control's edge and its ring: focus on primary alone would be too faint
)

// pressable is what every control that can be pressed shares: pointer, keyboard, focus and the disabled state.
type pressable struct {
	widget.BaseWidget
	onPress  func()
	disabled bool
	focused  bool
	hovered  bool
}

var (
	_ fyne.Tappable      = (*pressable)(nil)
	_ fyne.Focusable     = (*pressable)(nil)
	_ fyne.Disableable   = (*pressable)(nil)
	_ desktop.Hoverable  = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
)

// press does what the control is for, unless it is disabled.
func (p *pressable) press() {
	if !p.disabled && p.onPress != nil {
		p.onPress()
	}
}

// Tapped implements [fyne.Tappable].
func (p *pressable) Tapped(*fyne.PointEvent) { p.press() }

// TypedKey implements [fyne.Focusable]: Enter and Space press.
func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.press()
	default:
		passOn(p.is, e)
	}
}

// TypedRune implements [fyne.Focusable]; Space arrives as a key too.
func (p *pressable) TypedRune(rune) {}

// FocusGained implements [fyne.Focusable].
func (p *pressable) FocusGained() { p.focused = true; p.Refresh(); tellKeeper(p.is) }

// FocusLost implements [fyne.Focusable].
func (p *pressable) FocusLost() { p.focused = false; p.Refresh() }

// Focused reports whether the control has the keyboard.
func (p *pressable) Focused() bool { return p.focused }

// MouseIn implements [desktop.Hoverable].
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (p *pressable) MouseOut() { p.hovered = false; p.Refresh() }

// Cursor implements [desktop.Cursorable].
func (p *pressable) Cursor() desktop.Cursor {
	if p.disabled || p.onPress == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Enable implements [fyne.Disableable].
func (p *pressable) Enable() { p.setDisabled(false) }

// Disable implements [fyne.Disableable].
func (p *pressable) Disable() { p.setDisabled(true) }

// Disabled implements [fyne.Disableable].
func (p *pressable) Disabled() bool { return p.disabled }

func (p *pressable) setDisabled(d bool) {
	if p.disabled != d {
		p.disabled = d
		p.Refresh()
	}
}

// newRing makes the focus ring of a control, hidden until the control is focused.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.StrokeWidth = ringWidth
	r.Hide()
	return r
}

// placeRing puts a ring outside a control of the given size and corner radius. inside draws it within the edge
// instead, for rows that touch their neighbours.
func placeRing(ring *canvas.Rectangle, size fyne.Size, radius float32, inside bool) {
	off := float32(ringGap + ringWidth)
	ring.CornerRadius = radius + 3
	if inside {
		off = -3
		ring.CornerRadius = fyne.Max(radius-3, 4)
	}
	ring.Move(fyne.NewPos(-off, -off))
	ring.Resize(size.AddWidthHeight(2*off, 2*off))
}

// showRing shows the ring while the control is focused.
func showRing(w fyne.Widget, ring *canvas.Rectangle, focused bool) {
	ring.StrokeColor = paint(w, Focus)
	ring.Hidden = !focused
	ring.Refresh()
}

// round makes a filled rectangle with rounded corners.
func round(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.CornerRadius = radius
	return r
}
