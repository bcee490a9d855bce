package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/checklist"
	"isitme/checks/verdict"
)

// Step is what one row of the checklist shows.
type Step struct {
	State   checklist.State
	Title   string
	Finding string // one plain sentence; it wraps
	Word    string // the state as a word, at the right edge; may be empty
	// Who, when it is set, shows an answer's own icon and colour: the last step's.
	Who verdict.Who
}

// icon is the step's icon and colour.
func (s Step) icon() (string, fyne.ThemeColorName) {
	if s.Who != "" {
		return AnswerIcon(s.Who), Strong(s.Who)
	}
	return StateIcon(s.State)
}

// StepRow is one row of the checklist, highlighted while its step runs.
type StepRow struct {
	widget.BaseWidget
	step        Step
	first, last bool
	icon        *Picture
	spinner     *Spinner
	title       *Text
	finding     *Text
	word        *Text
}

var _ Flow = (*StepRow)(nil)

// NewStepRow makes a row.
func NewStepRow(s Step) *StepRow {
	r := &StepRow{
		icon: NewPicture("state-waiting", 26, Border), spinner: NewSpinner(26),
		title: NewText("", Style{Bold: true}), finding: NewText("", Style{Size: SizeRow, Color: Muted}),
		word: NewText("", Style{Size: SizeSmall, Bold: true}),
	}
	r.ExtendBaseWidget(r)
	r.apply(s)
	return r
}

// Set changes what the row shows. A run says something new of its step every second: where it takes the same place, that
// alone is drawn again.
func (r *StepRow) Set(s Step) {
	if s == r.step {
		return
	}
	w, _ := r.text(r.Size().Width)
	before, height := r.step, r.finding.HeightFor(w)
	r.apply(s)
	before.Finding = s.Finding
	if before != s || r.finding.HeightFor(w) != height {
		r.Refresh()
	}
}

// Step is what the row shows.
func (r *StepRow) Step() Step { return r.step }

func (r *StepRow) apply(s Step) {
	r.step = s
	name, color := s.icon()
	r.icon.Set(name, color)
	running := s.State == checklist.Running
	r.icon.Hidden = running
	r.spinner.Turn(running)
	r.title.SetText(s.Title)
	r.title.SetBold(s.State != checklist.Waiting)
	r.finding.SetText(s.Finding)
	r.word.SetText(s.Word)
	switch s.State {
	case checklist.Waiting:
		r.title.SetColor(Muted)
		r.finding.SetColor(Muted)
	case checklist.Running:
		r.title.SetColor(Ink)
		r.finding.SetColor(Ink)
	default:
		r.title.SetColor(Ink)
		r.finding.SetColor(Muted)
	}
	if color == Border {
		color = Muted
	}
	r.word.SetColor(color)
}

func (r *StepRow) setEnds(first, last bool) { r.first, r.last = first, last }

const (
	stepPad    = 16
	stepGap    = 14
	stepIcon   = 26
	stepHeight = 62
)

// stepBeside is the least width of the text beside the word of state, at the ordinary text size.
const stepBeside = 150

// text is the width that title and finding get in a row of the given width. Where the word leaves them too little, it moves
// under them.
func (r *StepRow) text(width float32) (w float32, below bool) {
	full := fyne.Max(width-2*stepPad-stepIcon-stepGap, 40)
	word := r.word.Natural()
	if word == 0 {
		return full, false
	}
	w = full - word - stepGap
	if w < fyne.Min(stepBeside*enlarged(), full) {
		return full, true
	}
	return w, false
}

// HeightFor implements [Flow].
func (r *StepRow) HeightFor(width float32) float32 {
	w, below := r.text(width)
	h := r.title.HeightFor(w) + r.finding.HeightFor(w)
	if below {
		h += r.word.HeightFor(w)
	}
	return fyne.Max(stepHeight, h+2*11)
}

// CreateRenderer implements [fyne.Widget].
func (r *StepRow) CreateRenderer() fyne.WidgetRenderer {
	v := &stepRowRenderer{r: r, face: canvas.NewRectangle(nil)}
	v.objects = []fyne.CanvasObject{v.face, r.icon, r.spinner, r.title, r.finding, r.word}
	v.paint()
	return v
}

type stepRowRenderer struct {
	base
	r    *StepRow
	face *canvas.Rectangle
}

func (v *stepRowRenderer) MinSize() fyne.Size {
	width := v.r.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(200, v.r.HeightFor(width))
}

func (v *stepRowRenderer) Layout(size fyne.Size) {
	r := v.r
	v.face.Resize(size)
	for _, o := range []fyne.CanvasObject{r.icon, r.spinner} {
		o.Move(fyne.NewPos(stepPad, (size.Height-stepIcon)/2))
		o.Resize(fyne.NewSquareSize(stepIcon))
	}
	w, below := r.text(size.Width)
	m := fyne.NewSize(r.word.Natural(), 0)
	if below {
		m.Width = fyne.Min(m.Width, w)
	}
	m.Height = r.word.HeightFor(m.Width)
	th, fh := r.title.HeightFor(w), r.finding.HeightFor(w)
	total := th + fh
	if below {
		total += m.Height
	}
	x, y := float32(stepPad+stepIcon+stepGap), (size.Height-total)/2
	r.title.Move(fyne.NewPos(x, y))
	r.title.Resize(fyne.NewSize(w, th))
	r.finding.Move(fyne.NewPos(x, y+th))
	r.finding.Resize(fyne.NewSize(w, fh))
	r.word.Resize(m)
	if below {
		r.word.Move(fyne.NewPos(x, y+th+fh))
	} else {
		r.word.Move(fyne.NewPos(size.Width-stepPad-m.Width, (size.Height-m.Height)/2))
	}
}

func (v *stepRowRenderer) Refresh() {
	v.paint()
	v.Layout(v.r.Size())
	for _, o := range v.objects {
		o.Refresh()
	}
	canvas.Refresh(v.r)
}

func (v *stepRowRenderer) paint() {
	r := v.r
	v.face.FillColor = shade(r, "")
	if r.step.State == checklist.Running {
		v.face.FillColor = paint(r, Selection)
	}
	top, bottom := float32(0), float32(0)
	if r.first {
		top = cardRadius
	}
	if r.last {
		bottom = cardRadius
	}
	v.face.TopLeftCornerRadius, v.face.TopRightCornerRadius = top, top
	v.face.BottomLeftCornerRadius, v.face.BottomRightCornerRadius = bottom, bottom
}
