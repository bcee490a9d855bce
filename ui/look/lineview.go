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
	labelApart  = 3  // what neighbouring labels keep between them
	joinShort   = 28 // joinOff where the columns are hardly wider than the stations
	downJoin    = 30 // what a line from top to bottom keeps between two stations
	downLabel   = 18 // and between a station and its label
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

// down reports whether the line goes from top to bottom: where the labels of neighbours would touch.
func (v *LineView) down(width float32) bool {
	column, before := v.column(width), float32(0)
	for i, s := range v.stops {
		w := s.widestWord()
		if i > 0 && (before+w)/2+labelApart > column {
			return true
		}
		before = w
	}
	return false
}

// HeightFor implements [Flow].
func (v *LineView) HeightFor(width float32) float32 {
	if v.down(width) {
		sum := float32(len(v.stops)-1) * downJoin
		for _, s := range v.stops {
			sum += s.downHeight(width)
		}
		return sum
	}
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
	if v.down(size.Width) {
		r.layoutDown(size.Width)
		return
	}
	col := v.column(size.Width)
	for i, s := range v.stops {
		s.layout(float32(i)*col, col)
	}
	off := float32(joinOff)
	switch {
	case col < 2*joinNarrow+joinShort:
		off = joinShort
	case size.Width < narrowLine:
		off = joinNarrow
	}
	for i, j := range v.joins {
		from := float32(i)*col + col/2 + off
		j.layout(from, float32(i+1)*col+col/2-off, false)
	}
}

// layoutDown places the stations one below the other, each with its label beside it.
func (r *lineRenderer) layoutDown(width float32) {
	const off = 6 // between a station's edge and the join
	y := float32(0)
	for i, s := range r.v.stops {
		s.layoutDown(y, width)
		end := y + s.downHeight(width) + downJoin
		if i < len(r.v.joins) {
			r.v.joins[i].layout(y+disc+off, end-off, true)
		}
		y = end
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

// The least that a cut leaves of its two bars, and the least between two dots.
const leastBar, leastGap = 4, 2.5

// layout places the join between two positions, level with the centres of the circles, or under them on a line that goes
// down. What has no room is left out: the bars beside a cross, dots after the first.
func (j *join) layout(from, to float32, down bool) {
	length := fyne.Max(to-from, 0)
	put := func(o fyne.CanvasObject, at, long, thick float32) {
		pos, size := fyne.NewPos(at, (disc-thick)/2), fyne.NewSize(long, thick)
		if down {
			pos, size = fyne.NewPos(pos.Y, pos.X), fyne.NewSize(thick, long)
		}
		o.Move(pos)
		o.Resize(size)
	}
	switch j.kind {
	case line.Cut:
		half := (length - crossRoom) / 2
		for _, b := range j.bars {
			b.Hidden = half < leastBar
		}
		put(j.bars[0], from, fyne.Max(half, 0), joinThick)
		put(j.bars[1], to-half, fyne.Max(half, 0), joinThick)
		side := fyne.Min(cross, length)
		put(j.cross, (from+to-side)/2, side, side)
	case line.Dots:
		n := min(max(int((length+leastGap)/(dot+leastGap)), 1), len(j.bars))
		step := (length - float32(n)*dot) / float32(n+1)
		for i, b := range j.bars {
			b.CornerRadius = dot / 2
			b.Hidden = i >= n
			put(b, from+step+float32(i)*(dot+step), dot, dot)
		}
	default:
		put(j.bars[0], from, length, joinThick)
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
