package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/verdict"
)

// Answer is what the answer panel shows.
type Answer struct {
	Who      verdict.Who
	Headline string
	Sentence string
	// Chip says how sure the answer is; Sure picks its icon. Empty: no chip.
	Chip    string
	Sure    bool
	Address string
	Time    string
	Line    *LineView // may be nil
	// Picture sets the panel with the margins of the report picture.
	Picture bool
}

// AnswerPanel is the panel at the head of the answer: what it is, how sure, for which page, and the line. It takes the
// keyboard so that focus can go to the answer when a run ends.
type AnswerPanel struct {
	widget.BaseWidget
	who      verdict.Who
	icon     *Picture
	headline *Text
	sentence *Text
	chip     *Chip
	meta     *Text
	line     *LineView
	picture  bool
	focused  bool
}

var (
	_ Flow           = (*AnswerPanel)(nil)
	_ fyne.Focusable = (*AnswerPanel)(nil)
)

// NewAnswerPanel makes the panel.
func NewAnswerPanel(a Answer) *AnswerPanel {
	p := &AnswerPanel{
		who: a.Who, icon: NewPicture(AnswerIcon(a.Who), answerIcon, Strong(a.Who)),
		headline: NewText(a.Headline, Style{Size: SizeAnswer, Bold: true}),
		sentence: NewText(a.Sentence, Style{Plain: a.Picture}), // with names from the network
		line:     a.Line, picture: a.Picture,
	}
	if a.Chip != "" {
		p.chip = NewChip(a.Chip, a.Who, a.Sure)
	}
	if a.Address != "" || a.Time != "" {
		p.meta = newMeta(a.Address, a.Time)
	}
	p.ExtendBaseWidget(p)
	return p
}

// newMeta is the page's name in bold with the time behind it. Marks in the name are shown, not read.
func newMeta(address, at string) *Text {
	t := NewText("", Style{Size: SizeSmall, Color: Muted, Strong: Ink})
	t.text, t.kept = address+" "+at, measures{}
	t.words = words([]span{{text: address, bold: true}, {text: "  " + at}})
	return t
}

// FocusGained implements [fyne.Focusable].
func (p *AnswerPanel) FocusGained() { p.focused = true; p.Refresh(); tellKeeper(p.is) }

// FocusLost implements [fyne.Focusable].
func (p *AnswerPanel) FocusLost() { p.focused = false; p.Refresh() }

// TypedKey implements [fyne.Focusable]: there is nothing to press on an answer.
func (p *AnswerPanel) TypedKey(e *fyne.KeyEvent) { passOn(p.is, e) }

// TypedRune implements [fyne.Focusable].
func (p *AnswerPanel) TypedRune(rune) {}

const (
	answerIcon   = 56
	answerRadius = 18
	// besideIcon is the least width of the text beside the icon, at the ordinary text size; with less it goes below.
	besideIcon = 180
)

// place is where the parts of the panel go at a width.
type place struct {
	padX, padY, gap     float32
	headline, sentence  fyne.Position
	text                float32 // width of the text column
	chip, meta          fyne.Position
	chipSize            fyne.Size
	metaWidth           float32
	line                float32 // top of the line
	lineLeft, lineWidth float32
	height, iconY       float32
}

// arrange computes the places of all parts. A narrow panel has smaller margins and lets the line reach further out.
func (p *AnswerPanel) arrange(width float32) place {
	a := place{padX: 24, padY: 20, gap: 18}
	size := SizeAnswer
	switch {
	case p.picture:
		a = place{padX: 20, padY: 16, gap: 18}
	case width < narrowBelow-2*16:
		a = place{padX: 16, padY: 16, gap: 14}
		size = SizeNarrow
	}
	p.headline.SetSize(size)
	x := a.padX + answerIcon + a.gap
	a.text = width - x - a.padX
	y := a.padY
	above := a.text < besideIcon*enlarged() && !p.picture
	if above {
		x, a.text = a.padX, width-2*a.padX
		y += answerIcon + a.gap/2
	}
	if p.headline.widestWord() > a.text {
		p.headline.SetSize(SizeTitle)
	}
	a.headline = fyne.NewPos(x, y)
	y += p.headline.HeightFor(a.text)
	a.iconY = a.padY
	if !above && y-a.padY < answerIcon {
		a.iconY = a.padY + 3
	}
	if h := p.sentence.HeightFor(a.text); h > 0 {
		y += 2
		a.sentence = fyne.NewPos(x, y)
		y += h
	}
	y = p.arrangeMeta(&a, x, y)
	y = fyne.Max(y, a.padY+answerIcon)
	if p.line != nil {
		y += a.padY - 2
		a.line = y
		a.lineLeft, a.lineWidth = a.padX, width-2*a.padX
		if size == SizeNarrow {
			a.lineLeft, a.lineWidth = 8, width-2*8
		}
		if p.line.down(a.lineWidth) {
			a.lineLeft, a.lineWidth = a.padX, width-2*a.padX
		}
		y += p.line.HeightFor(a.lineWidth)
	}
	a.height = y + a.padY - 2
	return a
}

// arrangeMeta places the chip and, beside or below it, the page's name and the time.
func (p *AnswerPanel) arrangeMeta(a *place, x, y float32) float32 {
	left := x
	bottom := y
	row := float32(0)
	if p.chip != nil {
		y += 10
		a.chip = fyne.NewPos(x, y)
		width := fyne.Min(p.chip.Natural(), a.text)
		a.chipSize = fyne.NewSize(width, p.chip.HeightFor(width))
		left += width + 14
		row = a.chipSize.Height
		bottom = y + row
	}
	if p.meta == nil {
		return bottom
	}
	if p.chip == nil || x+a.text-left < p.meta.Natural() {
		a.metaWidth = a.text
		a.meta = fyne.NewPos(x, bottom+8)
		return bottom + 8 + p.meta.HeightFor(a.text)
	}
	a.metaWidth = x + a.text - left
	a.meta = fyne.NewPos(left, y+(row-p.meta.HeightFor(a.metaWidth))/2)
	return bottom
}

// HeightFor implements [Flow].
func (p *AnswerPanel) HeightFor(width float32) float32 { return p.arrange(width).height }

// CreateRenderer implements [fyne.Widget].
func (p *AnswerPanel) CreateRenderer() fyne.WidgetRenderer {
	r := &answerRenderer{p: p, face: round(answerRadius), ring: newRing()}
	r.objects = []fyne.CanvasObject{r.face, p.icon, p.headline, p.sentence}
	if p.chip != nil {
		r.objects = append(r.objects, p.chip)
	}
	if p.meta != nil {
		r.objects = append(r.objects, p.meta)
	}
	if p.line != nil {
		r.objects = append(r.objects, p.line)
	}
	r.objects = append(r.objects, r.ring)
	r.face.FillColor = paint(p, Tint(p.who))
	return r
}

type answerRenderer struct {
	base
	p          *AnswerPanel
	face, ring *canvas.Rectangle
}

func (r *answerRenderer) MinSize() fyne.Size {
	width := r.p.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(280, r.p.HeightFor(width))
}

func (r *answerRenderer) Layout(size fyne.Size) {
	p := r.p
	a := p.arrange(size.Width)
	r.face.Resize(size)
	placeRing(r.ring, size, answerRadius, false)
	put := func(o fyne.CanvasObject, pos fyne.Position, width, height float32) {
		o.Move(pos)
		o.Resize(fyne.NewSize(width, height))
	}
	put(p.icon, fyne.NewPos(a.padX, a.iconY), answerIcon, answerIcon)
	put(p.headline, a.headline, a.text, p.headline.HeightFor(a.text))
	put(p.sentence, a.sentence, a.text, p.sentence.HeightFor(a.text))
	if p.chip != nil {
		put(p.chip, a.chip, a.chipSize.Width, a.chipSize.Height)
	}
	if p.meta != nil {
		put(p.meta, a.meta, a.metaWidth, p.meta.HeightFor(a.metaWidth))
	}
	if p.line != nil {
		put(p.line, fyne.NewPos(a.lineLeft, a.line), a.lineWidth, p.line.HeightFor(a.lineWidth))
	}
}

func (r *answerRenderer) Refresh() {
	r.face.FillColor = paint(r.p, Tint(r.p.who))
	showRing(r.p, r.ring, r.p.focused)
	r.Layout(r.p.Size())
	for _, o := range r.objects {
		if o != fyne.CanvasObject(r.ring) {
			o.Refresh()
		}
	}
	canvas.Refresh(r.p)
}
