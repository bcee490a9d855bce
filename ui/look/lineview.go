package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/line"
	"isitme/checks/verdict"
)

const (
	disc        = 46 // a station's circle
	discStroke  = 2
	badge       = 22
	badgeIcon   = 17
	placeIcon   = 24
	joinThick   = 4
	joinOff     = 36 // from a station's centre to the join beside it
	joinNarrow  = 32 // the same where there is little room
	cross       = 20
	crossRoom   = 30 // what a cut leaves between its two bars
	dot         = 4.5
	dots        = 5
	labelGap    = 8
	narrowLine  = 480 // a line with less room is drawn narrow
	labelMargin = 3
	labelReach  = 16 // how much wider than its column a label may get
)

// Label is what stands under a station: its name in bold and a word about it.
type Label struct{ Name, Word string }

// LineView is the line: the stations between the visitor and the page, joined up.
type LineView struct {
	widget.BaseWidget
	line   line.Line
	labels []Label
	who    verdict.Who
	on     fyne.ThemeColorName
	stops  []*stop
	joins  []*join
}

var _ Flow = (*LineView)(nil)

// NewLineView draws l. labels has one entry per station. who gives the colour of what is broken; a run that goes on
// passes verdict.Site, the colour of a problem. on is the colour the line stands on.
func NewLineView(l line.Line, labels []Label, who verdict.Who, on fyne.ThemeColorName) *LineView {
	v := &LineView{who: who, on: on}
	v.ExtendBaseWidget(v)
	v.apply(l, labels)
	return v
}

// Set draws another line, for a run that goes on. It is told of every event of the run, few of which change the line.
func (v *LineView) Set(l line.Line, labels []Label) {
	if slices.Equal(l.Stations, v.line.Stations) && slices.Equal(l.Joins, v.line.Joins) && slices.Equal(labels, v.labels) {
		return
	}
	v.apply(l, labels)
	v.Refresh()
}

// Line is the line that is drawn.
func (v *LineView) Line() line.Line { return v.line }

// Labels are the texts under the stations.
func (v *LineView) Labels() []Label { return v.labels }

func (v *LineView) apply(l line.Line, labels []Label) {
	v.line, v.labels = l, labels
	for len(v.stops) < len(l.Stations) {
		v.stops = append(v.stops, newStop())
	}
	for _, s := range v.stops[len(l.Stations):] {
		s.arc.Turn(false)
	}
	v.stops = v.stops[:len(l.Stations)]
	for i, s := range v.stops {
		label := Label{}
		if i < len(labels) {
			label = labels[i]
		}
		s.set(l.Stations[i], label, v.who, v.on)
	}
	v.joins = v.joins[:0]
	for _, j := range l.Joins {
		v.joins = append(v.joins, newJoin(j))
	}
}

// column is the width of one station's column.
func (v *LineView) column(width float32) float32 {
	if len(v.stops) == 0 {
		return width
	}
	return width / float32(len(v.stops))
}

// HeightFor implements [Flow].
func (v *LineView) HeightFor(width float32) float32 {
	column := v.column(width)
	name, word := float32(0), float32(0)
	for _, s := range v.stops {
		w := s.labelWidth(column)
		name = fyne.Max(name, s.name.HeightFor(w))
		word = fyne.Max(word, s.word.HeightFor(w))
	}
	return disc + labelGap + name + word
}

// CreateRenderer implements [fyne.Widget].
func (v *LineView) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{v: v}
	r.build()
	return r
}

type lineRenderer struct {
	base
	v *LineView
}

func (r *lineRenderer) build() {
	r.objects = nil
	for _, j := range r.v.joins {
		r.objects = append(r.objects, j.objects...)
	}
	for _, s := range r.v.stops {
		r.objects = append(r.objects, s.objects()...)
	}
	r.paint()
}

func (r *lineRenderer) MinSize() fyne.Size {
	width := r.v.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(float32(len(r.v.stops))*(disc+badge), r.v.HeightFor(width))
}

func (r *lineRenderer) Layout(size fyne.Size) {
	v := r.v
	col := v.column(size.Width)
	for i, s := range v.stops {
		s.layout(float32(i)*col, col)
	}
	off := float32(joinOff)
	if size.Width < narrowLine {
		off = joinNarrow
	}
	for i, j := range v.joins {
		from := float32(i)*col + col/2 + off
		j.layout(from, float32(i+1)*col+col/2-off)
	}
}

func (r *lineRenderer) Refresh() {
	r.build()
	r.Layout(r.v.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
	canvas.Refresh(r.v)
}

func (r *lineRenderer) paint() {
	for _, s := range r.v.stops {
		s.paint(r.v)
	}
	for _, j := range r.v.joins {
		j.paint(r.v)
	}
}

// join is one bar between two stations.
type join struct {
	kind    line.Join
	bars    []*canvas.Rectangle
	cross   *Picture
	objects []fyne.CanvasObject
}

func newJoin(kind line.Join) *join {
	j := &join{kind: kind}
	n := 1
	switch kind {
	case line.Cut:
		n = 2
	case line.Dots:
		n = dots
	}
	for range n {
		bar := round(joinThick / 2)
		j.bars = append(j.bars, bar)
		j.objects = append(j.objects, bar)
	}
	if kind == line.Cut {
		j.cross = NewPicture("close", cross, Ink)
		j.objects = append(j.objects, j.cross)
	}
	return j
}

// layout places the join between two x positions, level with the centres of the circles.
func (j *join) layout(from, to float32) {
	length := fyne.Max(to-from, 0)
	const y = disc/2 - joinThick/2.0
	switch j.kind {
	case line.Cut:
		half := fyne.Max((length-crossRoom)/2, joinThick)
		j.bars[0].Move(fyne.NewPos(from, y))
		j.bars[0].Resize(fyne.NewSize(half, joinThick))
		j.bars[1].Move(fyne.NewPos(to-half, y))
		j.bars[1].Resize(fyne.NewSize(half, joinThick))
		j.cross.Move(fyne.NewPos((from+to-cross)/2, (disc-cross)/2))
		j.cross.Resize(fyne.NewSquareSize(cross))
	case line.Dots:
		step := (length - dots*dot) / (dots + 1)
		for i, b := range j.bars {
			b.CornerRadius = dot / 2
			b.Move(fyne.NewPos(from+step+float32(i)*(dot+step), (disc-dot)/2))
			b.Resize(fyne.NewSquareSize(dot))
		}
	default:
		j.bars[0].Move(fyne.NewPos(from, y))
		j.bars[0].Resize(fyne.NewSize(length, joinThick))
	}
}

func (j *join) paint(v *LineView) {
	name := Ink
	if j.kind == line.Dots {
		name = Border
	}
	for _, b := range j.bars {
		b.FillColor = paint(v, name)
	}
	if j.cross != nil {
		j.cross.Set("close", Strong(v.who))
	}
}
