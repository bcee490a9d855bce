package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Kind is what a button looks like.
type Kind int

// The kinds of buttons. One primary button stands on a page.
const (
	Normal   Kind = iota // surface with a border, 44 high
	Main                 // filled with the primary colour, 44 high
	Start                // the same, 52 high, beside the field
	Compact              // like Normal, 38 high
	Quiet                // sunken without a border, 38 high, inside a field
	TextOnly             // icon and word without a face, 36 high, in the header
)

// face is how one kind of button is drawn.
type face struct {
	height, radius, pad, gap, icon float32
	size                           fyne.ThemeSizeName
	fill, edge, label              fyne.ThemeColorName // empty: none
}

var faces = map[Kind]face{
	Normal:   {44, 10, 13, 7, 18, SizeBody, Surface, Border, Primary},
	Main:     {44, 10, 13, 7, 18, SizeBody, Primary, "", OnPrimary},
	Start:    {52, 10, 22, 8, 20, SizeHeading, Primary, "", OnPrimary},
	Compact:  {38, 8, 12, 7, 18, SizeRow, Surface, Border, Primary},
	Quiet:    {38, 8, 12, 8, 20, SizeRow, Sunken, "", Primary},
	TextOnly: {36, 8, 10, 8, 20, SizeRow, "", "", Primary},
}

// Button is a button with a word and, before it, an icon.
type Button struct {
	pressable
	label string
	icon  string
	kind  Kind
}

// NewButton makes a button. icon is a name from assets/icons, empty for none.
func NewButton(label, icon string, kind Kind, pressed func()) *Button {
	b := &Button{label: label, icon: icon, kind: kind}
	b.onPress = pressed
	b.ExtendBaseWidget(b)
	return b
}

// Label is the word on the button.
func (b *Button) Label() string { return b.label }

// Set changes the word and the icon, for a button that changes its meaning.
func (b *Button) Set(label, icon string) {
	b.label, b.icon = label, icon
	b.Refresh()
}

// SetKind changes what the button looks like.
func (b *Button) SetKind(k Kind) {
	b.kind = k
	b.Refresh()
}

// OnPressed changes what the button does.
func (b *Button) OnPressed(pressed func()) { b.onPress = pressed }

// CreateRenderer implements [fyne.Widget].
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b: b, ring: newRing(), face: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil),
		glyph: newGlyph(), text: canvas.NewText("", nil),
	}
	r.objects = []fyne.CanvasObject{r.face, r.over, r.glyph.Raster, r.text, r.ring}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	base
	b                *Button
	face, over, ring *canvas.Rectangle
	glyph            *glyph
	text             *canvas.Text
}

func (r *buttonRenderer) MinSize() fyne.Size {
	f := faces[r.b.kind]
	text := r.label()
	w := text.Width + 2*f.pad
	if r.b.icon != "" {
		w += f.icon + f.gap
	}
	if r.b.label == "" {
		w -= f.gap
	}
	return fyne.NewSize(fyne.Max(w, 36), fyne.Max(f.height, text.Height+14))
}

// label is the size of the button's word as it is meant to be set.
func (r *buttonRenderer) label() fyne.Size {
	return fyne.MeasureText(r.b.label, textSize(r.b, faces[r.b.kind].size), fyne.TextStyle{Bold: true})
}

// leastPad is what stays free left and right of a word that has to be set smaller to fit on its button.
const leastPad = 6

func (r *buttonRenderer) Layout(size fyne.Size) {
	f := faces[r.b.kind]
	for _, o := range []*canvas.Rectangle{r.face, r.over} {
		o.Resize(size)
	}
	placeRing(r.ring, size, f.radius, false)
	w := float32(0)
	if r.b.icon != "" {
		w = f.icon + f.gap
	}
	r.text.TextSize = textSize(r.b, f.size)
	if room := size.Width - w - 2*leastPad; room > 0 && r.label().Width > room {
		r.text.TextSize *= room / r.label().Width
	}
	text := r.text.MinSize()
	w += text.Width
	x := (size.Width - w) / 2
	if r.b.icon != "" {
		r.glyph.Move(fyne.NewPos(x, (size.Height-f.icon)/2))
		r.glyph.Resize(fyne.NewSquareSize(f.icon))
		x += f.icon + f.gap
	}
	crisp(r.text, fyne.NewPos(x, (size.Height-text.Height)/2))
}

func (r *buttonRenderer) Refresh() {
	b, f := r.b, faces[r.b.kind]
	fill, edge, label := f.fill, f.edge, f.label
	if b.disabled {
		label = DisabledText
		if fill != "" {
			fill, edge = Surface, Hairline
		}
	}
	if fill == Primary && b.hovered && !b.disabled {
		fill = PrimaryHover
	}
	r.face.FillColor, r.face.StrokeColor, r.face.StrokeWidth = shade(b, fill), shade(b, edge), 0
	if edge != "" {
		r.face.StrokeWidth = 1.5
	}
	r.face.CornerRadius = f.radius
	r.over.CornerRadius = f.radius
	r.over.FillColor = color.Transparent
	if b.hovered && !b.disabled && f.fill != Primary {
		r.over.FillColor = paint(b, theme.ColorNameHover)
	}
	r.text.Text, r.text.Color = b.label, paint(b, label)
	r.text.TextStyle = fyne.TextStyle{Bold: true}
	r.glyph.Hidden = b.icon == ""
	if b.icon != "" {
		r.glyph.set(b.icon, paint(b, label))
	}
	showRing(b, r.ring, b.focused)
	r.Layout(b.Size())
	for _, o := range r.objects[:4] {
		o.Refresh()
	}
	canvas.Refresh(b)
}

// shade is the colour of that name, or none for an empty name.
func shade(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return paint(w, name)
}
