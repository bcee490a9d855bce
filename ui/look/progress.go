package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/checklist"
)

// Progress is a bar of segments, one per step: a run's steps take unequal time, so it counts them instead of guessing
// a percentage.
type Progress struct {
	widget.BaseWidget
	states []checklist.State
}

// NewProgress makes a bar of n segments.
func NewProgress(n int) *Progress {
	p := &Progress{states: make([]checklist.State, n)}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows the states of the steps; what has ended is filled, whatever its end was.
func (p *Progress) Set(states []checklist.State) {
	if slices.Equal(states, p.states) {
		return
	}
	copy(p.states, states)
	p.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p: p}
	for range p.states {
		bar := round(4)
		bar.StrokeWidth = 1.5
		r.bars = append(r.bars, bar)
		r.objects = append(r.objects, bar)
	}
	r.paint()
	return r
}

type progressRenderer struct {
	base
	p    *Progress
	bars []*canvas.Rectangle
}

func (r *progressRenderer) MinSize() fyne.Size {
	return fyne.NewSize(float32(len(r.bars))*20, 8)
}

func (r *progressRenderer) Layout(size fyne.Size) {
	const gap = 5
	n := float32(len(r.bars))
	w := (size.Width - (n-1)*gap) / n
	for i, b := range r.bars {
		b.Move(fyne.NewPos(float32(i)*(w+gap), (size.Height-8)/2))
		b.Resize(fyne.NewSize(w, 8))
	}
}

func (r *progressRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.p)
}

func (r *progressRenderer) paint() {
	for i, b := range r.bars {
		fill, edge := Primary, Primary
		switch r.p.states[i] {
		case checklist.Waiting, "":
			fill, edge = Surface, Border
		case checklist.Running:
			fill = Selection
		}
		b.FillColor, b.StrokeColor = paint(r.p, fill), paint(r.p, edge)
		b.Refresh()
	}
}
