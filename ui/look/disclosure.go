package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"isitme/checks/checklist"
)

// Disclosure is a card with a header row that shows and hides its content. Closed, the header sums up what is inside.
type Disclosure struct {
	widget.BaseWidget
	header  *disclosureHeader
	content fyne.CanvasObject
	open    bool
	// OnChanged is called after the visitor opened or closed it; it may be nil.
	OnChanged func(open bool)
}

var _ Flow = (*Disclosure)(nil)

// NewDisclosure makes a closed disclosure. states are shown as small icons before the summary; both may be empty.
func NewDisclosure(title, summary string, states []checklist.State, content fyne.CanvasObject) *Disclosure {
	d := &Disclosure{content: content}
	d.header = newDisclosureHeader(title, summary, states, func() { d.SetOpen(!d.open) })
	content.Hide()
	d.ExtendBaseWidget(d)
	return d
}

// Open reports whether the content is shown.
func (d *Disclosure) Open() bool { return d.open }

// SetOpen shows or hides the content.
func (d *Disclosure) SetOpen(open bool) {
	if open == d.open {
		return
	}
	d.open = open
	d.header.setOpen(open)
	if open {
		d.content.Show()
	} else {
		d.content.Hide()
	}
	d.Refresh()
	if d.OnChanged != nil {
		d.OnChanged(open)
	}
}

// SetSummary changes what the header says about the content.
func (d *Disclosure) SetSummary(summary string, states []checklist.State) {
	d.header.setSummary(summary, states)
	d.Refresh()
}

// Header is the part that takes the keyboard.
func (d *Disclosure) Header() fyne.Focusable { return d.header }

// Around the content, and above it, where the header's focus ring needs its room.
const (
	disclosurePad = 16
	disclosureTop = 10
)

// HeightFor implements [Flow].
func (d *Disclosure) HeightFor(width float32) float32 {
	h := d.header.HeightFor(width)
	if d.open {
		h += disclosureTop + HeightFor(d.content, width-2*disclosurePad) + disclosurePad
	}
	return h
}

// CreateRenderer implements [fyne.Widget].
func (d *Disclosure) CreateRenderer() fyne.WidgetRenderer {
	r := &disclosureRenderer{d: d, face: round(cardRadius)}
	r.face.StrokeWidth = 1
	r.objects = []fyne.CanvasObject{r.face, d.header, d.content}
	r.paint()
	return r
}

type disclosureRenderer struct {
	base
	d    *Disclosure
	face *canvas.Rectangle
}

func (r *disclosureRenderer) MinSize() fyne.Size {
	width := r.d.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(200, r.d.HeightFor(width))
}

func (r *disclosureRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	h := r.d.header.HeightFor(size.Width)
	r.d.header.Resize(fyne.NewSize(size.Width, h))
	if !r.d.open {
		return // a content may be long, and most are never opened
	}
	r.d.content.Move(fyne.NewPos(disclosurePad, h+disclosureTop))
	w := size.Width - 2*disclosurePad
	r.d.content.Resize(fyne.NewSize(w, HeightFor(r.d.content, w)))
}

func (r *disclosureRenderer) Refresh() {
	r.paint()
	r.Layout(r.d.Size())
	r.d.header.Refresh()
	if r.d.open {
		r.d.content.Refresh()
	}
	canvas.Refresh(r.d)
}

func (r *disclosureRenderer) paint() {
	r.face.FillColor, r.face.StrokeColor = paint(r.d, Surface), paint(r.d, Hairline)
	r.face.Refresh()
}

// disclosureHeader is the row that opens and closes.
type disclosureHeader struct {
	pressable
	open    bool
	chevron *Picture
	title   *Text
	summary *Text
	icons   []*Picture
}

func newDisclosureHeader(title, summary string, states []checklist.State, toggle func()) *disclosureHeader {
	h := &disclosureHeader{
		chevron: NewPicture("chevron-right", 16, Primary), title: NewText(title, Style{Bold: true}),
		summary: NewText("", Style{Size: SizeSmall, Color: Muted, OneLine: true}),
	}
	h.onPress = toggle
	h.setSummary(summary, states)
	h.ExtendBaseWidget(h)
	return h
}

func (h *disclosureHeader) setOpen(open bool) {
	h.open = open
	name := "chevron-right"
	if open {
		name = "chevron-down"
	}
	h.chevron.Set(name, Primary)
}

func (h *disclosureHeader) setSummary(summary string, states []checklist.State) {
	h.summary.SetText(summary)
	h.icons = nil
	for _, s := range states {
		name, color := StateIcon(s)
		h.icons = append(h.icons, NewPicture(name, 16, color))
	}
}

// Where the title of a header begins, and what stays free after it.
const headerTitle, headerEnd = 40, 14

// room is the width of the title: that of its words, or what there is.
func (h *disclosureHeader) room(width float32) float32 {
	return fyne.Min(h.title.Natural(), width-headerTitle-headerEnd)
}

// HeightFor implements [Flow].
func (h *disclosureHeader) HeightFor(width float32) float32 {
	return fyne.Max(46, h.title.HeightFor(h.room(width))+16)
}

// CreateRenderer implements [fyne.Widget].
func (h *disclosureHeader) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h: h, over: round(cardRadius), ring: newRing()}
	r.Refresh()
	return r
}

type headerRenderer struct {
	base
	h          *disclosureHeader
	over, ring *canvas.Rectangle
}

func (r *headerRenderer) MinSize() fyne.Size {
	width := r.h.Size().Width
	if width == 0 {
		width = lineLength
	}
	return fyne.NewSize(headerTitle+headerEnd, r.h.HeightFor(width))
}

func (r *headerRenderer) Layout(size fyne.Size) {
	h := r.h
	r.over.Resize(size)
	placeRing(r.ring, size, cardRadius, false)
	h.chevron.Move(fyne.NewPos(14, (size.Height-16)/2))
	h.chevron.Resize(fyne.NewSquareSize(16))
	width := h.room(size.Width)
	height := h.title.HeightFor(width)
	h.title.Move(fyne.NewPos(headerTitle, (size.Height-height)/2))
	h.title.Resize(fyne.NewSize(width, height))
	free := size.Width - headerTitle - width - 24 - headerEnd
	icons := float32(len(h.icons)) * 21
	s := h.summary.MinSize()
	// the summary goes where it does not fit, then the icons: what is inside says the same
	h.summary.Hidden = icons+s.Width > free
	x := size.Width - headerEnd
	if !h.summary.Hidden {
		x -= s.Width
		h.summary.Move(fyne.NewPos(x, (size.Height-s.Height)/2))
		h.summary.Resize(s)
	}
	for i := len(h.icons) - 1; i >= 0; i-- {
		h.icons[i].Hidden = icons > free
		x -= 21
		h.icons[i].Move(fyne.NewPos(x, (size.Height-16)/2))
		h.icons[i].Resize(fyne.NewSquareSize(16))
	}
}

func (r *headerRenderer) Refresh() {
	h := r.h
	r.objects = []fyne.CanvasObject{r.over, h.chevron, h.title, h.summary}
	for _, i := range h.icons {
		r.objects = append(r.objects, i)
	}
	r.objects = append(r.objects, r.ring)
	r.over.FillColor = shade(h, "")
	if h.hovered {
		r.over.FillColor = paint(h, theme.ColorNameHover)
	}
	showRing(h, r.ring, h.focused)
	r.Layout(h.Size())
	for _, o := range r.objects {
		if o != fyne.CanvasObject(r.ring) {
			o.Refresh()
		}
	}
	canvas.Refresh(h)
}
