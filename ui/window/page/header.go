package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/words"
	"isitme/ui/look"
)

// Command is one thing that the header offers.
type Command struct {
	Label, Icon string
	Do          func()
}

// Nav are the commands of a page's header. Nil ones are left out.
type Nav struct {
	CheckAgain, NewCheck, History, Settings, About func()
	// Home is what the name of the program does.
	Home func()
}

// commands are the ones that are there, in the order of the header.
func (n Nav) commands(c *words.Catalog) []Command {
	var list []Command
	for _, cmd := range []Command{
		{c.T("menu.check_again"), "again", n.CheckAgain},
		{c.T("menu.new_check"), "add", n.NewCheck},
		{c.T("menu.history"), "history", n.History},
		{c.T("menu.settings"), "settings", n.Settings},
	} {
		if cmd.Do != nil {
			list = append(list, cmd)
		}
	}
	return list
}

// Header is the name of the program and its commands. Where they do not fit, the first stays and a menu holds the rest.
func (n Nav) Header(c *words.Catalog) fyne.CanvasObject {
	brand := look.Row(iconGap, look.NoGrow,
		look.NewPicture("mark", 28, look.Ink),
		look.NewText(c.T("app.name"), look.Style{Size: look.SizeHeading, Bold: true, OneLine: true}))
	commands := n.commands(c)
	var wide []fyne.CanvasObject
	for _, cmd := range commands {
		wide = append(wide, look.NewButton(cmd.Label, cmd.Icon, look.TextOnly, cmd.Do))
	}
	narrow := wide
	if len(commands) > 2 {
		narrow = []fyne.CanvasObject{
			look.NewButton(commands[0].Label, commands[0].Icon, look.TextOnly, commands[0].Do),
			menuButton(c, commands[1:]),
		}
	}
	h := &header{wide: look.Row(8, look.NoGrow, wide...), narrow: look.Row(8, look.NoGrow, narrow...)}
	h.brand = brand
	h.rows = []*fyne.Container{h.wide}
	if len(commands) > 2 {
		h.rows = append(h.rows, h.narrow)
	} else {
		h.narrow = h.wide
	}
	h.least = h.narrow
	if len(commands) > 1 {
		h.least = look.Row(8, look.NoGrow, menuButton(c, commands))
		h.rows = append(h.rows, h.least)
	}
	objects := []fyne.CanvasObject{brand}
	for _, r := range h.rows {
		if r != h.wide {
			r.Hide()
		}
		objects = append(objects, r)
	}
	return &fyne.Container{Layout: h, Objects: objects}
}

// menuButton opens the commands as a menu under itself.
func menuButton(c *words.Catalog, commands []Command) fyne.CanvasObject {
	button := look.NewButton(c.T("button.menu"), "menu", look.TextOnly, nil)
	button.OnPressed(func() {
		var items []*fyne.MenuItem
		for _, cmd := range commands {
			items = append(items, fyne.NewMenuItemWithIcon(cmd.Label, look.Icon(cmd.Icon), cmd.Do))
		}
		popUp(button, items)
	})
	return button
}

// header lays the program's name to the left and the commands that fit to the right: all, the first with a menu for the
// rest, or the menu alone. rows are those that there are.
type header struct {
	brand, wide, narrow, least *fyne.Container
	rows                       []*fyne.Container
}

const (
	headerPad = 10 // above and below
	headerGap = 12 // between the two sides at least
	headerRow = 36 // the height of a text button, kept where there is none
	// headerTrim of a text button are room around its words; the words end at the margin.
	headerTrim = 10
)

// fits is the row of commands for a width.
func (h *header) fits(width float32) *fyne.Container {
	if !look.Narrow(width+2*look.Margin(width)) && h.brand.MinSize().Width+headerGap+h.wide.MinSize().Width <= width {
		return h.wide
	}
	if h.narrow.MinSize().Width > width+headerTrim {
		return h.least
	}
	return h.narrow
}

func (h *header) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	name := h.brand.Objects[1]
	show(name, true)
	row := h.fits(size.Width)
	show(name, h.brand.MinSize().Width+headerGap+row.MinSize().Width <= size.Width+headerTrim) // else the mark alone stands for it
	brand := h.brand.MinSize()
	show(h.brand, brand.Width+row.MinSize().Width <= size.Width+headerTrim)
	h.brand.Move(fyne.NewPos(0, (size.Height-brand.Height)/2))
	h.brand.Resize(brand)
	for _, r := range h.rows {
		if r == row && r.Hidden {
			r.Show()
		} else if r != row && !r.Hidden {
			r.Hide()
		}
	}
	m := row.MinSize()
	row.Move(fyne.NewPos(size.Width-m.Width+headerTrim, (size.Height-m.Height)/2))
	row.Resize(m)
}

func (h *header) MinSize([]fyne.CanvasObject) fyne.Size {
	brand, narrow := h.brand.MinSize(), h.narrow.MinSize()
	height := fyne.Max(fyne.Max(brand.Height, narrow.Height), headerRow)
	return fyne.NewSize(brand.Width+headerGap+narrow.Width, height+2*headerPad)
}
