package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"isitme/checks/verdict"
)

// Entry is what one row of the history shows.
type Entry struct {
	Who    verdict.Who
	Title  string // the page's name
	Detail string // second line; may be empty
	Right  string // at the right edge: when; may be empty
	// Icon, when it is set, stands in the place of an answer's: the row is a folder or a file.
	Icon string
}

// tile is the entry's icon, its colour and the colour behind it.
func (e Entry) tile() (icon string, color, behind fyne.ThemeColorName) {
	if e.Icon != "" {
		return e.Icon, Primary, Sunken
	}
	return AnswerIcon(e.Who), Strong(e.Who), Tint(e.Who)
}

// ListRow is one row of the history, of the pages checked before, or of a folder: a tile with an icon, a name, a time.
type ListRow struct {
	pressable
	entry       Entry
	first, last bool
	tile        *Picture
	title       *Text
	detail      *Text
	right       *Text
	chevron     *Picture
}

var _ Flow = (*ListRow)(nil)

// NewListRow makes a row that opens something.
func NewListRow(e Entry, open func()) *ListRow {
	icon, color, _ := e.tile()
	r := &ListRow{
		entry: e, tile: NewPicture(icon, 22, color),
		title:   NewText(e.Title, Style{Bold: true, Plain: true}),
		detail:  NewText(e.Detail, Style{Size: SizeSmall, Color: Muted}),
		right:   NewText(e.Right, Style{Size: SizeSmall, Color: Muted}),
		chevron: NewPicture("chevron-right", 14, Muted),
	}
	r.onPress = open
	r.ExtendBaseWidget(r)
	return r
}

// Entry is what the row shows.
func (r *ListRow) Entry() Entry { return r.entry }

func (r *ListRow) setEnds(first, last bool) { r.first, r.last = first, last }

const (
	tile     = 36
	tilePad  = 16
	tileGap  = 14
	rowAtMin = 56
)

// text is the width of title and detail in a row of the given width. Where the time leaves too little for the name, it
// moves under it.
func (r *ListRow) text(width float32) (w float32, below bool) {
	full := width - 2*tilePad - tile - 2*tileGap - 14
	right := r.right.Natural()
	if right == 0 {
		return full, false
	}
	w = full - right - tileGap
	if w < fyne.Min(r.title.Natural(), full) && w < 200 {
		return full, true
	}
	return w, false
}

// HeightFor implements [Flow].
func (r *ListRow) HeightFor(width float32) float32 {
	w, below := r.text(width)
	h := r.title.HeightFor(w) + r.detail.HeightFor(w)
	if below {
		h += r.right.HeightFor(w)
	}
	return fyne.Max(rowAtMin, h+16)
}

// CreateRenderer implements [fyne.Widget].
func (r *ListRow) CreateRenderer() fyne.WidgetRenderer {
	v := &listRowRenderer{r: r, over: canvas.NewRectangle(nil), face: round(10), ring: newRing()}
	v.objects = []fyne.CanvasObject{v.over, v.face, r.tile, r.title, r.detail, r.right, r.chevron, v.ring}
	v.paint()
	return v
}

type listRowRenderer struct {
	base
	r                *ListRow
	over, face, ring *canvas.Rectangle
}

func (v *listRowRenderer) MinSize() fyne.Size {
	width := v.r.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(200, v.r.HeightFor(width))
}

func (v *listRowRenderer) Layout(size fyne.Size) {
	r := v.r
	v.over.Resize(size)
	placeRing(v.ring, size, cardRadius, true)
	v.face.Move(fyne.NewPos(tilePad, (size.Height-tile)/2))
	v.face.Resize(fyne.NewSquareSize(tile))
	r.tile.Move(fyne.NewPos(tilePad+(tile-22)/2, (size.Height-22)/2))
	r.tile.Resize(fyne.NewSquareSize(22))
	r.chevron.Move(fyne.NewPos(size.Width-tilePad-14, (size.Height-14)/2))
	r.chevron.Resize(fyne.NewSquareSize(14))
	w, below := r.text(size.Width)
	m := fyne.NewSize(r.right.Natural(), 0)
	if below {
		m.Width = fyne.Min(m.Width, w)
	}
	m.Height = r.right.HeightFor(m.Width)
	th, dh := r.title.HeightFor(w), r.detail.HeightFor(w)
	total := th + dh
	if below {
		total += m.Height
	}
	x, y := float32(tilePad+tile+tileGap), (size.Height-total)/2
	r.title.Move(fyne.NewPos(x, y))
	r.title.Resize(fyne.NewSize(w, th))
	r.detail.Move(fyne.NewPos(x, y+th))
	r.detail.Resize(fyne.NewSize(w, dh))
	r.right.Resize(m)
	if below {
		r.right.Move(fyne.NewPos(x, y+th+dh))
	} else {
		r.right.Move(fyne.NewPos(size.Width-tilePad-14-tileGap-m.Width, (size.Height-m.Height)/2))
	}
}

func (v *listRowRenderer) Refresh() {
	v.paint()
	v.Layout(v.r.Size())
	for _, o := range v.objects[:len(v.objects)-1] {
		o.Refresh()
	}
	canvas.Refresh(v.r)
}

func (v *listRowRenderer) paint() {
	r := v.r
	_, _, behind := r.entry.tile()
	v.face.FillColor = paint(r, behind)
	v.over.FillColor = shade(r, "")
	if r.hovered {
		v.over.FillColor = paint(r, theme.ColorNameHover)
	}
	top, bottom := float32(0), float32(0)
	if r.first {
		top = cardRadius
	}
	if r.last {
		bottom = cardRadius
	}
	v.over.TopLeftCornerRadius, v.over.TopRightCornerRadius = top, top
	v.over.BottomLeftCornerRadius, v.over.BottomRightCornerRadius = bottom, bottom
	showRing(r, v.ring, r.focused)
}
