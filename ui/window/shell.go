package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/ui/look"
	"isitme/ui/window/page"
)

// shell is the window's content: one page at a time. It keeps the keyboard's place in sight and hands keys that no
// control wants to the page.
type shell struct {
	widget.BaseWidget
	window fyne.Window
	page   *look.Page
	view   page.View
	// last is the control that had the keyboard last: the window's own coming and going is no reason to scroll.
	last     fyne.CanvasObject
	question *question
}

var _ look.Keeper = (*shell)(nil)

func newShell(w fyne.Window) *shell {
	s := &shell{window: w, page: look.NewPage(nil, look.Space(0))}
	s.ExtendBaseWidget(s)
	w.SetPadded(false)
	w.SetContent(s)
	w.Canvas().SetOnTypedKey(s.key)
	return s
}

// ringRoom is what the focus ring of the first control needs above it, where the page would cut it off.
const ringRoom = 4

// show replaces the page and gives the keyboard to the part of it that wants it.
func (s *shell) show(v page.View) {
	if s.view.Leave != nil {
		s.view.Leave()
	}
	s.view = v
	s.page = look.NewPage(v.Header, look.Inset(ringRoom, 0, 0, 0, v.Content))
	s.last = nil
	s.Refresh()
	if v.Focus != nil {
		s.window.Canvas().Focus(v.Focus)
	} else {
		s.window.Canvas().Unfocus()
	}
	s.page.ScrollToTop()
}

// renew replaces the page by a newer one of itself: the visitor stays where the page was scrolled to, and the keyboard
// where it was in the order of Tab.
func (s *shell) renew(v page.View) {
	y, place := s.page.Scrolled(), s.place()
	s.show(v)
	s.page.ScrollTo(y)
	if place == 0 {
		return
	}
	canvas := s.window.Canvas()
	canvas.Unfocus()
	for range place {
		canvas.FocusNext()
	}
}

// mostControls bounds the search for the keyboard's place on a page: the longest history has a hundred controls.
const mostControls = 200

// place is how often Tab leads from nowhere to the control that has the keyboard, 0 where none of the page has it.
func (s *shell) place() int {
	canvas := s.window.Canvas()
	focused := canvas.Focused()
	if focused == nil || canvas.Overlays().Top() != nil {
		return 0
	}
	canvas.Unfocus()
	for n := 1; n <= mostControls; n++ {
		canvas.FocusNext()
		if canvas.Focused() == focused {
			return n
		}
	}
	return 0
}

// relayout measures the page again after its content changed its height.
func (s *shell) relayout() { s.page.Relayout() }

// FocusMoved implements [look.Keeper].
func (s *shell) FocusMoved(o fyne.CanvasObject) {
	if o == s.last || s.window.Canvas().Overlays().Top() != nil {
		return
	}
	s.last = o
	s.page.Reveal(o)
}

// key takes what no control has a use for.
func (s *shell) key(e *fyne.KeyEvent) {
	if s.question != nil {
		if e.Name == fyne.KeyEscape {
			s.question.close()
		}
		return
	}
	if s.page.Scroll(e.Name) {
		return
	}
	if s.view.OnKey != nil {
		s.view.OnKey(e)
	}
}

// CreateRenderer implements [fyne.Widget].
func (s *shell) CreateRenderer() fyne.WidgetRenderer { return &shellRenderer{s} }

type shellRenderer struct{ s *shell }

func (r *shellRenderer) Layout(size fyne.Size) { r.s.page.Resize(size) }

// MinSize is what the smallest screen must hold: the page scrolls.
func (r *shellRenderer) MinSize() fyne.Size { return fyne.NewSize(320, 240) }

func (r *shellRenderer) Refresh() {
	r.s.page.Resize(r.s.Size())
	r.s.page.Refresh()
	canvas.Refresh(r.s) // the screen does not know the new page yet, and would not draw what it does not know
}

func (r *shellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.page}
}

func (r *shellRenderer) Destroy() {}
