package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Input is the toolkit's entry with a caret that stands still. Fyne's own caret fades in and out, and draws the whole
// window again for each of its twelve shades a second: five times what an open window takes otherwise.
type Input struct {
	widget.Entry
	// bare leaves out the box and the border, for a field that draws its own.
	bare bool
}

// NewInput makes an input for one line of text.
func NewInput() *Input {
	e := &Input{}
	e.ExtendBaseWidget(e)
	return e
}

// NewInputLines makes an input for a text whose lines wrap.
func NewInputLines() *Input {
	e := &Input{}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer implements [fyne.Widget].
func (e *Input) CreateRenderer() fyne.WidgetRenderer {
	return &inputRenderer{e.Entry.CreateRenderer(), e.bare}
}

type inputRenderer struct {
	fyne.WidgetRenderer
	bare bool
}

// Refresh draws the entry as on a computer whose animations are switched off, the one case where Fyne's caret stands
// still. The app is another only for the length of this call, on the one goroutine that draws.
func (r *inputRenderer) Refresh() {
	app := fyne.CurrentApp()
	fyne.SetCurrentApp(still{app})
	defer fyne.SetCurrentApp(app)
	r.WidgetRenderer.Refresh()
}

// Objects leaves out the box and the border, which are the entry's only rectangles.
func (r *inputRenderer) Objects() []fyne.CanvasObject {
	all := r.WidgetRenderer.Objects()
	if !r.bare {
		return all
	}
	var rest []fyne.CanvasObject
	for _, o := range all {
		if _, face := o.(*canvas.Rectangle); !face {
			rest = append(rest, o)
		}
	}
	return rest
}

// still is the app with its animations switched off.
type still struct{ fyne.App }

func (s still) Settings() fyne.Settings { return stillSettings{s.App.Settings()} }

type stillSettings struct{ fyne.Settings }

func (stillSettings) ShowAnimations() bool { return false }
