// Package picture draws the report picture: what the visitor sends to the site's owner or to a help desk, and what must
// make sense to a person who was not there. It is drawn off-screen by Fyne's software painter with the window's own
// widgets, always in the light theme, and only ever from a redacted report.
//
// It works in a program without a window and without a C compiler, and inside a running window without touching its
// theme. It must not import fyne/v2/app.
package picture

import (
	"image"
	"image/png"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/words"
	"isitme/ui/look"
	_ "isitme/ui/posixlocale" // before the toolkit is initialised
)

const (
	// Width is the picture's width in units; its height follows from its content.
	Width = 600
	// Scale is how many pixels a unit has: sharp on every screen, and small enough for a ticket.
	Scale = 2
)

// Draw draws a redacted report in the language of c, Width × Scale pixels wide. A report that was not redacted gives
// render.ErrPrivate.
//
// In a running window it must be called on Fyne's own goroutine; it takes about half a second there.
func Draw(r report.Report, c *words.Catalog) (image.Image, error) {
	if !r.Redacted {
		return nil, render.ErrPrivate
	}
	// Without a window the current app is the one that Fyne's software painter brings along, whose fonts are others:
	// texts would be measured with them and drawn with ours.
	if settings := fyne.CurrentApp().Settings(); !ours(settings.Theme()) {
		dressed := make(chan struct{})
		go func() { // the toolkit complains in the terminal where this comes from the main goroutine
			defer close(dressed)
			settings.SetTheme(look.NewTheme(look.Light, 1))
		}()
		<-dressed
	}
	w := &writer{r: r, c: c, v: r.Verdict}
	card := w.card()
	paper := canvas.NewRectangle(theme{}.Color(look.Surface, 0))
	sheet := container.NewThemeOverride(container.NewStack(paper, card), theme{})
	w.cutPage()

	cv := software.NewTransparentCanvas()
	cv.SetPadded(false)
	cv.SetScale(Scale)
	cv.Resize(fyne.NewSize(Width, 1))
	cv.SetContent(sheet)
	cv.Resize(fyne.NewSize(Width, look.HeightFor(card, Width)))
	return cv.Capture(), nil
}

// Write writes the picture as PNG. It has the shape of a [render.Renderer].
func Write(w io.Writer, r report.Report, c *words.Catalog) error {
	img, err := Draw(r, c)
	if err != nil {
		return err
	}
	return png.Encode(w, img)
}

var _ render.Renderer = Write

// ours reports whether t is the app's own theme.
func ours(t fyne.Theme) bool {
	_, ok := t.(*look.Theme)
	return ok
}
