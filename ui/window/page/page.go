// Package page builds the pages of the window out of the widgets of ui/look and the texts of checks/words. A page shows
// what it is given and calls back with what the visitor meant; it does no work, starts nothing and keeps nothing.
package page

import (
	"fyne.io/fyne/v2"

	"isitme/ui/look"
)

// View is one page ready to be shown.
type View struct {
	Header, Content fyne.CanvasObject
	// Focus gets the keyboard when the page appears, nil for nothing.
	Focus fyne.Focusable
	// OnKey is called for keys that no widget takes: Enter on the start page, Esc during a run. It may be nil.
	OnKey func(*fyne.KeyEvent)
	// Leave is called when another page takes its place: what moves must not move on unseen. It may be nil.
	Leave func()
}

// Between sections, between a head and its list, between list items, between an icon and its text, in units of the toolkit.
const (
	sectionGap = 20
	headGap    = 10
	itemGap    = 10
	iconGap    = 10
)

// section is a heading with what stands under it.
func section(heading string, content ...fyne.CanvasObject) fyne.CanvasObject {
	return look.Column(headGap, append([]fyne.CanvasObject{look.Heading(heading)}, content...)...)
}

// bold sets a text in bold marks, for the headings that our texts put in front of a sentence.
func bold(text string) string { return "**" + text + "**" }
