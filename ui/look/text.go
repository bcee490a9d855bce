package look

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Style is how a text is set. Its zero value is body text.
type Style struct {
	Size  fyne.ThemeSizeName  // empty: SizeBody
	Color fyne.ThemeColorName // empty: Ink
	// Strong is the colour of the bold parts, for muted text with a name in it; empty: Color.
	Strong fyne.ThemeColorName
	Bold   bool
	Mono   bool
	Align  fyne.TextAlign
	// OneLine keeps the text on one line: its minimum width is its whole width.
	OneLine bool
	// Plain shows the signs ** and ` as they are: for names and addresses that come from outside.
	Plain bool
}

// Text is wrapped text in one size with **bold** parts and `tags`. It is drawn for the width it gets and tells its
// height for any width, which Fyne's own labels do not.
type Text struct {
	widget.BaseWidget
	text  string
	style Style
	words []word
	width float32 // that it was last laid out for
	kept  measures
}

// leastWidth is the width below which text is not wrapped: nothing is shown that narrow, but Fyne lays every container
// out at no width at all before it has a place, and breaking each word at each sign for that takes long.
const leastWidth = 16

// measures are the last results of measuring, since Fyne asks for minimum sizes many times a frame.
type measures struct {
	set     typesetter
	width   float32
	lines   []textLine
	natural float32
	widest  float32 // of its words
	height  float32 // of a line
}

var _ Flow = (*Text)(nil)

// NewText makes a text.
func NewText(text string, style Style) *Text {
	if style.Size == "" {
		style.Size = SizeBody
	}
	if style.Color == "" {
		style.Color = Ink
	}
	if style.Strong == "" {
		style.Strong = style.Color
	}
	t := &Text{style: style}
	t.ExtendBaseWidget(t)
	t.parse(text)
	return t
}

// Body is ordinary text, Secondary a muted second line, Small the smallest text, Heading the head of a section, Title
// the head of a page.
func Body(text string) *Text      { return NewText(text, Style{}) }
func Secondary(text string) *Text { return NewText(text, Style{Size: SizeRow, Color: Muted}) }
func Small(text string) *Text {
	return NewText(text, Style{Size: SizeSmall, Color: Muted, Strong: Ink})
}
func Heading(text string) *Text { return NewText(text, Style{Size: SizeHeading, Bold: true}) }
func Title(text string) *Text   { return NewText(text, Style{Size: SizeTitle, Bold: true}) }

// Text is what is shown, without marks.
func (t *Text) Text() string {
	if t.style.Plain {
		return t.text
	}
	return plain(parse(t.text))
}

// SetText changes the text.
func (t *Text) SetText(text string) {
	if text == t.text {
		return
	}
	t.parse(text)
	t.Refresh()
}

// SetColor changes the colour of the text.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.style.Color == name {
		return
	}
	if t.style.Strong == t.style.Color {
		t.style.Strong = name
	}
	t.style.Color = name
	t.Refresh()
}

// SetBold sets the whole text in bold or not.
func (t *Text) SetBold(bold bool) {
	if t.style.Bold != bold {
		t.style.Bold = bold
		t.Refresh()
	}
}

// SetSize changes the size of the text.
func (t *Text) SetSize(name fyne.ThemeSizeName) {
	if t.style.Size != name {
		t.style.Size = name
		t.Refresh()
	}
}

// SetAlign changes where the lines of the text stand in its width.
func (t *Text) SetAlign(a fyne.TextAlign) {
	if t.style.Align != a {
		t.style.Align = a
		t.Refresh()
	}
}

func (t *Text) parse(text string) {
	t.text, t.kept = text, measures{}
	if t.style.Plain {
		t.words = words([]span{{text: text}})
		return
	}
	t.words = words(parse(text))
}

func (t *Text) typesetter() typesetter {
	return typesetter{size: textSize(t, t.style.Size), bold: t.style.Bold, mono: t.style.Mono}
}

// lines are the lines of the text at a width.
func (t *Text) lines(width float32) []textLine {
	if t.style.OneLine || width < leastWidth {
		width = 1e6
	}
	t.fresh()
	if t.kept.lines == nil || t.kept.width != width {
		t.kept.width, t.kept.lines = width, t.kept.set.lines(t.words, width)
	}
	return t.kept.lines
}

// fresh forgets what was measured in another size or weight.
func (t *Text) fresh() {
	if set := t.typesetter(); t.kept.set != set {
		t.kept = measures{set: set, natural: set.natural(t.words), widest: set.widest(t.words), height: set.height()}
	}
}

// HeightFor implements [Flow].
func (t *Text) HeightFor(width float32) float32 {
	if t.text == "" {
		return 0
	}
	lines := len(t.lines(width)) // which measures anew where the size has changed
	return float32(lines) * t.kept.height
}

// Lines is how many lines the text takes at a width.
func (t *Text) Lines(width float32) int { return len(t.lines(width)) }

// Natural is the width of the text when it is not wrapped.
func (t *Text) Natural() float32 {
	t.fresh()
	return t.kept.natural
}

// widestWord is the width of the text's widest word, or part of one that has a hyphen to break at.
func (t *Text) widestWord() float32 {
	t.fresh()
	return t.kept.widest
}

// MinSize is the size for the width the text was last given. Wrapped text asks for little width: it can wrap.
func (t *Text) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	natural := t.Natural()
	width := t.width
	if width == 0 {
		width = lineLength
	}
	if t.style.OneLine {
		return fyne.NewSize(natural, t.HeightFor(natural))
	}
	return fyne.NewSize(fyne.Min(natural, 40), t.HeightFor(width))
}

// CreateRenderer implements [fyne.Widget].
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return &textRenderer{t: t}
}

type textRenderer struct {
	base
	t *Text
}

func (r *textRenderer) MinSize() fyne.Size { return r.t.MinSize() }

func (r *textRenderer) Layout(size fyne.Size) {
	if size.Width != r.t.width || len(r.objects) == 0 {
		r.t.width = size.Width
		r.draw()
	}
}

func (r *textRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.t)
}

// draw sets the text for its present width.
func (r *textRenderer) draw() {
	t := r.t
	r.objects = r.objects[:0:0]
	if t.text == "" {
		return
	}
	set := t.typesetter()
	width := t.width
	if width == 0 {
		width = lineLength
	}
	height := set.height()
	for i, line := range t.lines(width) {
		left := float32(0)
		switch t.style.Align {
		case fyne.TextAlignCenter:
			left = (width - line.width) / 2
		case fyne.TextAlignTrailing:
			left = width - line.width
		}
		for k, s := range line.segments {
			pos := fyne.NewPos(left+s.x, float32(i)*height)
			if k > 0 && strings.HasSuffix(line.segments[k-1].text, " ") {
				pos.X = roundUp(t, pos.X)
			}
			r.segment(s, set, pos, height)
		}
	}
}

// segment adds the objects of one segment whose line begins at pos.
func (r *textRenderer) segment(s segment, set typesetter, pos fyne.Position, height float32) {
	name := r.t.style.Color
	if s.bold || s.tag {
		name = r.t.style.Strong
	}
	if s.tag {
		face := canvas.NewRectangle(paint(r.t, Sunken))
		face.CornerRadius = 6
		face.Move(pos)
		face.Resize(fyne.NewSize(s.width, height))
		r.objects = append(r.objects, face)
		pos.X += tagPad
	}
	label := canvas.NewText(s.text, paint(r.t, name))
	label.TextSize = set.size
	label.TextStyle = set.style(s.span)
	crisp(label, pos)
	r.objects = append(r.objects, label)
}
