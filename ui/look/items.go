package look

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/checklist"
)

// itemGap is what stands between the items of a list of reasons or steps.
const itemGap = 10

// Reason is one line under "How we know": what was seen, and whether it was fine.
type Reason struct {
	State checklist.State // picks the icon
	Text  string
}

// NewReasonList makes a list of reasons.
func NewReasonList(reasons ...Reason) *fyne.Container {
	var items []fyne.CanvasObject
	for _, r := range reasons {
		name, color := StateIcon(r.State)
		items = append(items, NewIconText(name, color, r.Text))
	}
	return Column(itemGap, items...)
}

// NewIconText makes a text with an icon before its first line.
func NewIconText(icon string, color fyne.ThemeColorName, text string) *Item {
	return NewMarked(icon, color, Body(text))
}

// NewNumberedList makes a list of numbered steps.
func NewNumberedList(texts ...string) *fyne.Container {
	var items []fyne.CanvasObject
	for i, t := range texts {
		items = append(items, NewNumbered(i+1, Body(t)))
	}
	return Column(itemGap, items...)
}

// NewNumbered puts a number in a disc before a content, usually a [Text].
func NewNumbered(n int, content fyne.CanvasObject) *Item {
	return newItem(newNumber(n, 24, SizeSmall), 24, 10, content)
}

// NewSmallNumbered is NewNumbered for the smaller text of the report picture.
func NewSmallNumbered(n int, content fyne.CanvasObject) *Item {
	return newItem(newNumber(n, 20, SizeSmall), 20, 10, content)
}

// NewMarked puts a small icon before a content.
func NewMarked(icon string, color fyne.ThemeColorName, content fyne.CanvasObject) *Item {
	return newItem(NewPicture(icon, 20, color), 20, 10, content)
}

// NewBullet puts a bullet before a content.
func NewBullet(content fyne.CanvasObject) *Item {
	return newItem(NewText("•", Style{Color: Muted, Align: fyne.TextAlignCenter}), 20, 10, content)
}

// firstText is the text that a content begins with, nil when it begins with something else.
func firstText(o fyne.CanvasObject) *Text {
	switch o := o.(type) {
	case *Text:
		return o
	case *fyne.Container:
		if len(o.Objects) > 0 {
			return firstText(o.Objects[0])
		}
	}
	return nil
}

// Item is a content with a mark before its first line.
type Item struct {
	widget.BaseWidget
	mark      fyne.CanvasObject
	side, gap float32
	content   fyne.CanvasObject
}

var _ Flow = (*Item)(nil)

func newItem(mark fyne.CanvasObject, side, gap float32, content fyne.CanvasObject) *Item {
	i := &Item{mark: mark, side: side, gap: gap, content: content}
	i.ExtendBaseWidget(i)
	return i
}

// room is the side of the mark, which grows with the text that it stands beside.
func (i *Item) room() float32 {
	return i.side * fyne.Max(1, textSize(i, SizeSmall)/sizes[SizeSmall])
}

// HeightFor implements [Flow].
func (i *Item) HeightFor(width float32) float32 {
	return fyne.Max(i.room(), HeightFor(i.content, width-i.room()-i.gap))
}

// CreateRenderer implements [fyne.Widget].
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	return &itemRenderer{base: base{[]fyne.CanvasObject{i.mark, i.content}}, i: i}
}

type itemRenderer struct {
	base
	i *Item
}

func (r *itemRenderer) MinSize() fyne.Size {
	width := r.i.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(r.i.room()+r.i.gap+r.i.content.MinSize().Width, r.i.HeightFor(width))
}

func (r *itemRenderer) Layout(size fyne.Size) {
	i := r.i
	w := size.Width - i.room() - i.gap
	h := HeightFor(i.content, w)
	first := h // height of the first line, which the mark stands beside
	if t := firstText(i.content); t != nil {
		first = t.typesetter().height()
	}
	i.mark.Move(fyne.NewPos(0, (first-i.room())/2)) // a mark higher than its line reaches a little above it
	i.mark.Resize(fyne.NewSquareSize(i.room()))
	i.content.Move(fyne.NewPos(i.room()+i.gap, 0))
	i.content.Resize(fyne.NewSize(w, h))
}

func (r *itemRenderer) Refresh() {
	r.Layout(r.i.Size())
	r.i.mark.Refresh()
	r.i.content.Refresh()
	canvas.Refresh(r.i)
}

// number is a digit in a filled disc.
type number struct {
	widget.BaseWidget
	n    int
	side float32
	size fyne.ThemeSizeName
}

func newNumber(n int, side float32, size fyne.ThemeSizeName) *number {
	w := &number{n: n, side: side, size: size}
	w.ExtendBaseWidget(w)
	return w
}

func (n *number) CreateRenderer() fyne.WidgetRenderer {
	r := &numberRenderer{n: n, face: canvas.NewRectangle(nil), text: canvas.NewText(strconv.Itoa(n.n), nil)}
	r.text.TextStyle = fyne.TextStyle{Bold: true}
	r.objects = []fyne.CanvasObject{r.face, r.text}
	r.paint()
	return r
}

type numberRenderer struct {
	base
	n    *number
	face *canvas.Rectangle
	text *canvas.Text
}

func (r *numberRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.n.side) }

func (r *numberRenderer) Layout(size fyne.Size) {
	r.face.CornerRadius = size.Height / 2
	r.face.Resize(size)
	m := r.text.MinSize()
	crisp(r.text, fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
}

func (r *numberRenderer) Refresh() {
	r.paint()
	r.Layout(r.n.Size())
	canvas.Refresh(r.n)
}

func (r *numberRenderer) paint() {
	r.face.FillColor = paint(r.n, Primary)
	r.text.Color = paint(r.n, OnPrimary)
	r.text.TextSize = textSize(r.n, r.n.size)
}
