package picture

import (
	"image/color"

	"fyne.io/fyne/v2"

	"isitme/ui/look"
)

// The text sizes that only the picture has.
const (
	sizeName  fyne.ThemeSizeName = "picture.name"  // the program's name
	sizeValue fyne.ThemeSizeName = "picture.value" // labels and values
)

// sizes are the picture's text sizes; the others are the window's.
var sizes = map[fyne.ThemeSizeName]float32{
	sizeName: 17, sizeValue: 15, look.SizeAnswer: 29, look.SizeBody: 16, look.SizeCode: 15,
}

// light is the window's light theme at its smallest text size, whatever the visitor chose for the window.
var light = look.NewTheme(look.Light, 1)

// theme is how the picture looks.
type theme struct{}

func (theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color { return light.Color(n, v) }

func (theme) Font(s fyne.TextStyle) fyne.Resource { return light.Font(s) }

func (theme) Icon(n fyne.ThemeIconName) fyne.Resource { return light.Icon(n) }

func (theme) Size(n fyne.ThemeSizeName) float32 {
	if s, ok := sizes[n]; ok {
		return s
	}
	return light.Size(n)
}
