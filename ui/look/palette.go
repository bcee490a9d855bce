package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"isitme/checks/verdict"
)

// The names of our colours, for every place that takes a theme colour name.
const (
	Bg           fyne.ThemeColorName = "look.bg"           // the window
	Surface      fyne.ThemeColorName = "look.surface"      // cards, fields, buttons, circles of the line
	Sunken       fyne.ThemeColorName = "look.sunken"       // code tags, segmented control, quiet boxes
	Selection    fyne.ThemeColorName = "look.selection"    // the row that runs now, the watching banner
	Hairline     fyne.ThemeColorName = "look.hairline"     // dividers and card edges, decoration only
	Border       fyne.ThemeColorName = "look.border"       // edge of fields and buttons, dots of the line
	Ink          fyne.ThemeColorName = "look.text"         // text
	Muted        fyne.ThemeColorName = "look.muted"        // second line, times, labels
	Placeholder  fyne.ThemeColorName = "look.placeholder"  // placeholder in a field
	Primary      fyne.ThemeColorName = "look.primary"      // primary button, links, icons one can press
	PrimaryHover fyne.ThemeColorName = "look.primaryHover" // primary button under the pointer
	OnPrimary    fyne.ThemeColorName = "look.onPrimary"    // text on primary
	Focus        fyne.ThemeColorName = "look.focus"        // the focus ring, opaque
	DisabledText fyne.ThemeColorName = "look.disabledText"
)

// QRDark and QRLight are the two colours of the square for the phone, the same in both variants: cameras expect dark
// on light.
var (
	QRDark  = hex(0x14252C)
	QRLight = hex(0xFFFFFF)
)

// Strong is the name of an answer's strong colour: its icon, the broken station, the chip.
func Strong(who verdict.Who) fyne.ThemeColorName {
	return fyne.ThemeColorName("look." + string(known(who)))
}

// Tint is the name of an answer's panel colour.
func Tint(who verdict.Who) fyne.ThemeColorName {
	return fyne.ThemeColorName("look." + string(known(who)) + "Tint")
}

// known turns an answer kind that this version does not know (of a newer report) into Unknown.
func known(who verdict.Who) verdict.Who {
	switch who {
	case verdict.Working, verdict.Site, verdict.You, verdict.Refused, verdict.Address:
		return who
	default:
		return verdict.Unknown
	}
}

// shades is one token in both variants.
type shades struct{ light, dark color.NRGBA }

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xFF}
}

func pair(light, dark uint32) shades { return shades{hex(light), hex(dark)} }

// tokens are the design's colours. This is the only place where a colour is written down.
var tokens = map[fyne.ThemeColorName]shades{
	Bg:           pair(0xF1F5F4, 0x0F181B),
	Surface:      pair(0xFFFFFF, 0x17242A),
	Sunken:       pair(0xE4EBEA, 0x0A1113),
	Selection:    pair(0xCFE3E6, 0x24474F),
	Hairline:     pair(0xD2DCDB, 0x2B3B42),
	Border:       pair(0x6B7F85, 0x7B9098),
	Ink:          pair(0x14252C, 0xE7EFEF),
	Muted:        pair(0x475A61, 0xA8BAC0),
	Placeholder:  pair(0x5A6C73, 0x94A7AE),
	Primary:      pair(0x0B5563, 0x74CBD6),
	PrimaryHover: pair(0x083F4A, 0x9ADCE4),
	OnPrimary:    pair(0xFFFFFF, 0x05262C),
	Focus:        pair(0x1D5FD6, 0x8AB4FF),
	DisabledText: pair(0x6B7F85, 0x7B9098),

	Strong(verdict.Working): pair(0x1F6B3A, 0x80D49B),
	Strong(verdict.Site):    pair(0x9C3A12, 0xFFA878),
	Strong(verdict.You):     pair(0x3F45A8, 0xB4B9FF),
	Strong(verdict.Refused): pair(0x8A2A63, 0xF2A4CF),
	Strong(verdict.Address): pair(0x6B5200, 0xE6C558),
	Strong(verdict.Unknown): pair(0x43525C, 0xB3C3CB),

	Tint(verdict.Working): pair(0xDFF1E3, 0x15331F),
	Tint(verdict.Site):    pair(0xFCE7DB, 0x40251A),
	Tint(verdict.You):     pair(0xE6E7FA, 0x272A55),
	Tint(verdict.Refused): pair(0xF8E3EF, 0x441D36),
	Tint(verdict.Address): pair(0xF6ECC8, 0x382E0C),
	Tint(verdict.Unknown): pair(0xE2E9EC, 0x25333A),
}

// see is a stock colour as one of our tokens, seen through when alpha is not opaque.
type see struct {
	token fyne.ThemeColorName
	alpha uint8
}

// stock maps Fyne's colour names to our tokens. Hover, pressed and focus must be see-through: Fyne blends them over the
// face of a stock button, and an opaque one would hide the face.
var stock = map[fyne.ThemeColorName]see{
	theme.ColorNameBackground:          {Bg, 0xFF},
	theme.ColorNameForeground:          {Ink, 0xFF},
	theme.ColorNameInputBackground:     {Surface, 0xFF},
	theme.ColorNameMenuBackground:      {Surface, 0xFF},
	theme.ColorNameOverlayBackground:   {Surface, 0xFF},
	theme.ColorNameButton:              {Surface, 0xFF},
	theme.ColorNamePrimary:             {Primary, 0xFF},
	theme.ColorNameHyperlink:           {Primary, 0xFF},
	theme.ColorNameForegroundOnPrimary: {OnPrimary, 0xFF},
	theme.ColorNameForegroundOnSuccess: {Surface, 0xFF},
	theme.ColorNameForegroundOnWarning: {Surface, 0xFF},
	theme.ColorNameForegroundOnError:   {Surface, 0xFF},
	theme.ColorNameSelection:           {Selection, 0xFF},
	theme.ColorNameInputBorder:         {Border, 0xFF},
	theme.ColorNamePlaceHolder:         {Placeholder, 0xFF},
	theme.ColorNameDisabled:            {DisabledText, 0xFF},
	theme.ColorNameDisabledButton:      {Sunken, 0xFF},
	theme.ColorNameSeparator:           {Hairline, 0xFF},
	theme.ColorNameScrollBar:           {Border, 0xFF},
	theme.ColorNameScrollBarBackground: {Border, 0x00},
	theme.ColorNameHeaderBackground:    {Bg, 0xFF},
	theme.ColorNameSuccess:             {Strong(verdict.Working), 0xFF},
	theme.ColorNameWarning:             {Strong(verdict.Address), 0xFF},
	theme.ColorNameError:               {Strong(verdict.Site), 0xFF},
	theme.ColorNameShadow:              {Ink, 0x00},
	theme.ColorNameHover:               {Ink, 0x14},
	theme.ColorNamePressed:             {Ink, 0x29},
	theme.ColorNameFocus:               {Focus, 0x40},
}

// Color is the colour of that name, one of ours or one of Fyne's, in the given variant. Unknown names give nil.
func Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	alpha := uint8(0xFF)
	if s, ok := stock[name]; ok {
		name, alpha = s.token, s.alpha
	}
	t, ok := tokens[name]
	if !ok {
		return nil
	}
	c := t.light
	if variant == theme.VariantDark {
		c = t.dark
	}
	c.A = alpha
	return c
}
