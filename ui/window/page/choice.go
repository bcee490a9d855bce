package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"isitme/ui/look"
)

// choice is one of a few options: all in sight where they fit beside each other, else a button that lists them.
type choice struct {
	widget.BaseWidget
	options  []string
	selected int
	changed  func(int)
	wide     *look.Segmented
	narrow   *look.Button
}

var _ look.Flow = (*choice)(nil)

// NewChoice makes a choice; changed is called with the index after the visitor chose another option.
func NewChoice(options []string, selected int, changed func(int)) fyne.CanvasObject {
	c := &choice{options: options, selected: selected, changed: changed}
	c.wide = look.NewSegmented(options, selected, c.choose)
	c.narrow = look.NewButton(options[selected], "chevron-down", look.Compact, nil)
	c.narrow.OnPressed(c.list)
	c.narrow.Hide()
	c.ExtendBaseWidget(c)
	return c
}

func (c *choice) choose(i int) {
	if i == c.selected {
		return
	}
	c.selected = i
	c.narrow.Set(c.options[i], "chevron-down")
	c.wide.Select(i)
	c.changed(i)
}

// list offers the options as a menu under the button.
func (c *choice) list() {
	items := make([]*fyne.MenuItem, len(c.options))
	for i, o := range c.options {
		items[i] = fyne.NewMenuItem(o, func() { c.choose(i) })
		items[i].Checked = i == c.selected
	}
	popUp(c.narrow, items)
}

// popUp shows a menu under a control and gives it the keyboard.
func popUp(under fyne.CanvasObject, items []*fyne.MenuItem) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(under)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
	at.X = min(at.X, canvas.Size().Width-menu.MinSize().Width-8)
	at.Y += under.Size().Height + 4
	menu.ShowAtPosition(at)
	canvas.Focus(menu)
}

func (c *choice) fits(width float32) bool { return c.wide.MinSize().Width <= width }

// HeightFor implements [look.Flow].
func (c *choice) HeightFor(width float32) float32 {
	if c.fits(width) {
		return c.wide.MinSize().Height
	}
	return c.narrow.MinSize().Height
}

// CreateRenderer implements [fyne.Widget].
func (c *choice) CreateRenderer() fyne.WidgetRenderer { return &choiceRenderer{c} }

type choiceRenderer struct{ c *choice }

func (r *choiceRenderer) Layout(size fyne.Size) {
	fits := r.c.fits(size.Width)
	show(r.c.wide, fits)
	show(r.c.narrow, !fits)
	r.c.wide.Resize(r.c.wide.MinSize())
	narrow := r.c.narrow.MinSize()
	r.c.narrow.Resize(fyne.NewSize(min(narrow.Width, size.Width), narrow.Height))
}

func (r *choiceRenderer) MinSize() fyne.Size {
	width := r.c.Size().Width
	if width == 0 {
		width = r.c.wide.MinSize().Width
	}
	return fyne.NewSize(r.c.narrow.MinSize().Width, r.c.HeightFor(width))
}

func (r *choiceRenderer) Refresh() {
	r.Layout(r.c.Size())
	r.c.wide.Refresh()
	r.c.narrow.Refresh()
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.wide, r.c.narrow}
}

func (r *choiceRenderer) Destroy() {}
