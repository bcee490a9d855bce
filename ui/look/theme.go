package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says which variant a theme shows.
type Mode int

// The modes.
const (
	AsSystem Mode = iota
	Light
	Dark
)

// The names of our text sizes.
const (
	SizeDisplay fyne.ThemeSizeName = "look.display" // the question on the start screen
	SizeAnswer  fyne.ThemeSizeName = "look.answer"  // the headline of the answer
	SizeNarrow  fyne.ThemeSizeName = "look.narrow"  // the same in a narrow window
	SizeTitle   fyne.ThemeSizeName = "look.title"   // "Checking …", History
	SizeHeading fyne.ThemeSizeName = "look.heading" // section heads
	SizeBody    fyne.ThemeSizeName = "look.body"    // everything
	SizeRow     fyne.ThemeSizeName = "look.row"     // second line of a step, text buttons
	SizeSmall   fyne.ThemeSizeName = "look.small"   // labels of the line, times; never smaller
	SizeCode    fyne.ThemeSizeName = "look.code"    // request IDs, technical details
)

// sizes are the design's text sizes and the stock sizes that stock widgets (entries, scroll bars, menus) take.
var sizes = map[fyne.ThemeSizeName]float32{
	SizeDisplay: 32, SizeAnswer: 30, SizeNarrow: 28, SizeTitle: 20, SizeHeading: 16,
	SizeBody: 15, SizeRow: 14, SizeSmall: 13, SizeCode: 13,

	theme.SizeNameText:           15,
	theme.SizeNameCaptionText:    13,
	theme.SizeNameHeadingText:    20,
	theme.SizeNameSubHeadingText: 16,
	theme.SizeNameInlineIcon:     20,

	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    8,
	theme.SizeNameLineSpacing:     4,
	theme.SizeNameInputBorder:     1.5,
	theme.SizeNameInputRadius:     10,
	theme.SizeNameSelectionRadius: 6,
}

// texts are the sizes that follow the visitor's choice of text size.
var texts = map[fyne.ThemeSizeName]bool{
	SizeDisplay: true, SizeAnswer: true, SizeNarrow: true, SizeTitle: true, SizeHeading: true, SizeBody: true,
	SizeRow: true, SizeSmall: true, SizeCode: true,
	theme.SizeNameText: true, theme.SizeNameCaptionText: true, theme.SizeNameHeadingText: true,
	theme.SizeNameSubHeadingText: true,
}

// Theme is the app's look as a Fyne theme.
type Theme struct {
	mode  Mode
	scale float32
}

// NewTheme makes a theme. scale multiplies the text sizes; values below 1 count as 1, since no text may be smaller than
// the design has it.
func NewTheme(mode Mode, scale float32) *Theme {
	if !(scale > 1) {
		scale = 1
	}
	return &Theme{mode: mode, scale: scale}
}

// Color implements [fyne.Theme].
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	if c := Color(name, variant); c != nil {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font implements [fyne.Theme]: Noto Sans and DejaVu Sans Mono, as Fyne embeds them, with deeper lines.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace:
		return mono()
	case style.Symbol, style.Italic:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return bold()
	default:
		return regular()
	}
}

// Icon implements [fyne.Theme].
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size implements [fyne.Theme].
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	s, ok := sizes[name]
	if !ok {
		return theme.DefaultTheme().Size(name)
	}
	if texts[name] {
		s *= t.scale
	}
	return s
}

// paint is the colour of that name for one widget, with the theme that is in force around it.
func paint(w fyne.Widget, name fyne.ThemeColorName) color.Color { return theme.ColorForWidget(name, w) }

// textSize is the size of that name for one widget.
func textSize(w fyne.Widget, name fyne.ThemeSizeName) float32 { return theme.SizeForWidget(name, w) }
