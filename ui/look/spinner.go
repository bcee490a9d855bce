package look

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

const (
	turn = 360.0
	// sweep is how much of the ring the arc covers.
	sweep = 240.0
	// stops are the positions in one turn. Fewer than the screen's frames, so that a run does not keep the computer busy
	// with drawing.
	stops = 24
)

// Spinner is the arc of the step that runs. It turns once a second where animations are on and stands still where they
// are off: the text beside it says the same.
type Spinner struct {
	widget.BaseWidget
	size      float32
	turning   bool
	angle     float32
	animation *fyne.Animation
}

// NewSpinner makes an arc of size units, hidden until it turns.
func NewSpinner(size float32) *Spinner {
	s := &Spinner{size: size}
	s.ExtendBaseWidget(s)
	s.Hidden = true
	return s
}

// Turn shows the arc and sets it turning, or hides and stops it.
func (s *Spinner) Turn(on bool) {
	if on == s.turning {
		return
	}
	s.turning = on
	if on {
		s.start()
		s.Show()
		return
	}
	s.stop()
	s.Hide()
}

func (s *Spinner) start() {
	if s.animation != nil || !fyne.CurrentApp().Settings().ShowAnimations() {
		return
	}
	last := -1
	s.animation = fyne.NewAnimation(time.Second, func(done float32) {
		stop := int(done * stops)
		if stop == last {
			return
		}
		last = stop
		s.angle = float32(stop%stops) * turn / stops
		s.Refresh()
	})
	s.animation.RepeatCount = fyne.AnimationRepeatForever
	s.animation.Curve = fyne.AnimationLinear
	s.animation.Start()
}

func (s *Spinner) stop() {
	if s.animation != nil {
		s.animation.Stop()
		s.animation = nil
	}
}

// CreateRenderer implements [fyne.Widget].
func (s *Spinner) CreateRenderer() fyne.WidgetRenderer {
	r := &spinnerRenderer{s: s, arc: canvas.NewArc(0, sweep, 0.72, nil)}
	r.arc.CornerRadius = 2
	r.objects = []fyne.CanvasObject{r.arc}
	if s.turning {
		s.start()
	}
	r.Refresh()
	return r
}

type spinnerRenderer struct {
	base
	s   *Spinner
	arc *canvas.Arc
}

// Destroy stops the animation of an arc that is no longer shown.
func (r *spinnerRenderer) Destroy() { r.s.stop() }

func (r *spinnerRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.s.size) }

func (r *spinnerRenderer) Layout(size fyne.Size) {
	side := fyne.Min(size.Width, size.Height) * 0.82 // the ring of the waiting icon has the same size
	r.arc.Resize(fyne.NewSquareSize(side))
	r.arc.Move(fyne.NewPos((size.Width-side)/2, (size.Height-side)/2))
}

func (r *spinnerRenderer) Refresh() {
	r.arc.StartAngle, r.arc.EndAngle = r.s.angle, r.s.angle+sweep
	r.arc.FillColor = paint(r.s, Primary)
	r.arc.Refresh()
}
