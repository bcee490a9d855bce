package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keeper is the content of a window that follows the keyboard: Fyne tells nobody but the control itself where it went.
type Keeper interface {
	fyne.CanvasObject
	// FocusMoved is called after o, somewhere in the window, got the keyboard.
	FocusMoved(o fyne.CanvasObject)
}

// canvasOf is the canvas where the control that is has the keyboard, and that control; nil when there is none.
func canvasOf(is func(fyne.Focusable) bool) (fyne.Canvas, fyne.CanvasObject) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if f := w.Canvas().Focused(); f != nil && is(f) {
			return w.Canvas(), f.(fyne.CanvasObject)
		}
	}
	return nil, nil
}

// tellKeeper tells the window's content that the control got the keyboard.
func tellKeeper(is func(fyne.Focusable) bool) {
	if c, o := canvasOf(is); c != nil {
		if k, ok := c.Content().(Keeper); ok {
			k.FocusMoved(o)
		}
	}
}

// passOn gives a key that the focused control has no use for to the canvas, which would get it if nothing was focused:
// Esc stops a run wherever the keyboard is.
func passOn(is func(fyne.Focusable) bool, e *fyne.KeyEvent) {
	if c, _ := canvasOf(is); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// is reports whether f is this control.
func (p *pressable) is(f fyne.Focusable) bool {
	s, ok := f.(interface{ self() *pressable })
	return ok && s.self() == p
}

func (p *pressable) self() *pressable { return p }

// TypedShortcut leaves Alt and a letter to the window, which an entry would swallow, and what is pasted while nothing
// stands in the field: the window checks it.
func (e *fieldEntry) TypedShortcut(s fyne.Shortcut) {
	custom, ok := s.(*desktop.CustomShortcut)
	_, paste := s.(*fyne.ShortcutPaste)
	if ok && custom.Modifier == fyne.KeyModifierAlt || paste && e.Text == "" {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
		return
	}
	e.Entry.TypedShortcut(s)
}

// TypedKey leaves Esc to the window.
func (e *fieldEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		passOn(e.is, k)
		return
	}
	e.Entry.TypedKey(k)
}

func (e *fieldEntry) is(f fyne.Focusable) bool { return f == fyne.Focusable(e) }

func (p *AnswerPanel) is(f fyne.Focusable) bool { return f == fyne.Focusable(p) }

func (s *Segmented) is(f fyne.Focusable) bool { return f == fyne.Focusable(s) }

// Scroll moves the page by a key that means it, and reports whether it did: a page must be readable without a mouse.
func (p *Page) Scroll(key fyne.KeyName) bool {
	const line = 48
	view := p.scroll.Size().Height
	y := p.scroll.Offset.Y
	switch key {
	case fyne.KeyDown:
		y += line
	case fyne.KeyUp:
		y -= line
	case fyne.KeyPageDown:
		y += view - line
	case fyne.KeyPageUp:
		y -= view - line
	case fyne.KeyHome:
		y = 0
	case fyne.KeyEnd:
		y = p.inner.Size().Height
	default:
		return false
	}
	p.ScrollTo(y)
	return true
}
