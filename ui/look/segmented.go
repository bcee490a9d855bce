package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Segmented lets one of a few options be chosen, all of them in sight. The arrow keys move the choice.
type Segmented struct {
	widget.BaseWidget
	options  []string
	selected int
	changed  func(int)
	focused  bool
}

var (
	_ fyne.Tappable      = (*Segmented)(nil)
	_ fyne.Focusable     = (*Segmented)(nil)
	_ desktop.Cursorable = (*Segmented)(nil)
)

// NewSegmented makes the control; changed is called with the index after the visitor chose.
func NewSegmented(options []string, selected int, changed func(int)) *Segmented {
	s := &Segmented{options: options, selected: selected, changed: changed}
	s.ExtendBaseWidget(s)
	return s
}

// Selected is the index of the chosen option.
func (s *Segmented) Selected() int { return s.selected }

// Select chooses an option as if the visitor did.
func (s *Segmented) Select(i int) {
	if i < 0 || i >= len(s.options) || i == s.selected {
		return
	}
	s.selected = i
	s.Refresh()
	if s.changed != nil {
		s.changed(i)
	}
}

const (
	segmentPad  = 3
	segmentHigh = 32
	segmentSide = 14
)

// width is what one option takes.
func (s *Segmented) width(i int) float32 {
	style := fyne.TextStyle{Bold: true}
	return fyne.MeasureText(s.options[i], textSize(s, SizeRow), style).Width + 2*segmentSide
}

// Tapped implements [fyne.Tappable].
func (s *Segmented) Tapped(e *fyne.PointEvent) {
	x := float32(segmentPad)
	for i := range s.options {
		x += s.width(i)
		if e.Position.X < x || i == len(s.options)-1 {
			s.Select(i)
			return
		}
	}
}

// TypedKey implements [fyne.Focusable].
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.Select(s.selected - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.Select(s.selected + 1)
	case fyne.KeyHome:
		s.Select(0)
	case fyne.KeyEnd:
		s.Select(len(s.options) - 1)
	default:
		passOn(s.is, e)
	}
}

// TypedRune implements [fyne.Focusable].
func (s *Segmented) TypedRune(rune) {}

// FocusGained implements [fyne.Focusable].
func (s *Segmented) FocusGained() { s.focused = true; s.Refresh(); tellKeeper(s.is) }

// FocusLost implements [fyne.Focusable].
func (s *Segmented) FocusLost() { s.focused = false; s.Refresh() }

// Cursor implements [desktop.Cursorable].
func (s *Segmented) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements [fyne.Widget].
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentedRenderer{s: s, tray: round(10), knob: round(8), ring: newRing()}
	r.knob.StrokeWidth = 1.5
	r.objects = []fyne.CanvasObject{r.tray, r.knob}
	for _, o := range s.options {
		t := canvas.NewText(o, nil)
		t.TextStyle = fyne.TextStyle{Bold: true}
		r.labels = append(r.labels, t)
		r.objects = append(r.objects, t)
	}
	r.objects = append(r.objects, r.ring)
	r.paint()
	return r
}

type segmentedRenderer struct {
	base
	s                *Segmented
	tray, knob, ring *canvas.Rectangle
	labels           []*canvas.Text
}

func (r *segmentedRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(2*segmentPad, segmentHigh+2*segmentPad)
	for i, l := range r.labels {
		size.Width += r.s.width(i)
		size.Height = fyne.Max(size.Height, l.MinSize().Height+14)
	}
	return size
}

func (r *segmentedRenderer) Layout(fyne.Size) {
	size := r.MinSize() // never stretched: the options would no longer stand where they are pressed
	r.tray.Resize(size)
	placeRing(r.ring, size, 10, false)
	x := float32(segmentPad)
	for i, l := range r.labels {
		w := r.s.width(i)
		if i == r.s.selected {
			r.knob.Move(fyne.NewPos(x, segmentPad))
			r.knob.Resize(fyne.NewSize(w, size.Height-2*segmentPad))
		}
		crisp(l, fyne.NewPos(x+segmentSide, (size.Height-l.MinSize().Height)/2))
		x += w
	}
}

func (r *segmentedRenderer) Refresh() {
	r.paint()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *segmentedRenderer) paint() {
	r.tray.FillColor = paint(r.s, Sunken)
	r.knob.FillColor, r.knob.StrokeColor = paint(r.s, Surface), paint(r.s, Border)
	for i, l := range r.labels {
		l.Color = paint(r.s, Muted)
		if i == r.s.selected {
			l.Color = paint(r.s, Ink)
		}
		l.TextSize = textSize(r.s, SizeRow)
	}
	showRing(r.s, r.ring, r.s.focused)
}
