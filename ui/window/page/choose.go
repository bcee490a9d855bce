package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/words"
	"isitme/ui/look"
)

// Choose is the page on which a folder to save to, or a report to open, is picked. The toolkit's own dialog knows neither
// our words nor the keyboard.
type Choose struct {
	Words *words.Catalog
	Nav   Nav
	Title string
	// Places are the folders of the visitor, which every computer has.
	Places []Spot
	// Path is the folder that is shown; Up leads out of it, nil at the top.
	Path string
	Up   func()
	// Reading is true until the folder has been read. Trouble says why it could not be.
	Reading bool
	Trouble string
	// Folders and Files are what is in it, More that there is more than is shown.
	Folders, Files []Spot
	More           bool
	// Empty is said where there is nothing to pick.
	Empty string

	// OnHere picks the folder itself, nil where a file is wanted.
	OnHere, OnCancel func()
}

// Spot is a folder or a file with what a press on it does. When is the time of a file.
type Spot struct {
	Name, When string
	Do         func()
}

// Build makes the page.
func (p Choose) Build() View {
	c := p.Words
	cancel := look.NewButton(c.T("button.cancel"), "", look.Normal, p.OnCancel)
	list, first := p.list()
	commands, focus := []fyne.CanvasObject{cancel}, first
	if p.OnHere != nil {
		here := look.NewButton(c.T("choose.save_here"), "save-picture", look.Main, p.OnHere)
		if p.Trouble != "" {
			here.Disable()
		} else {
			focus = here
		}
		commands = []fyne.CanvasObject{here, cancel}
	}
	if focus == nil {
		focus = cancel
	}
	var spots []fyne.CanvasObject
	for _, s := range p.Places {
		spots = append(spots, look.NewButton(s.Name, "", look.Compact, s.Do))
	}
	column := look.Column(sectionGap, look.Title(p.Title), look.Buttons(commands...), look.Buttons(spots...),
		look.Column(headGap, look.NewText(p.Path, look.Style{Bold: true, Plain: true}), list))
	return View{Header: p.Nav.Header(c), Content: column, Focus: focus, OnKey: func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			p.OnCancel()
		}
	}}
}

// list is what is in the folder: first the way out, then what is looked for, then what may lead to it. first is the row
// where the keyboard starts: the first file, else the way out.
func (p Choose) list() (list fyne.CanvasObject, first fyne.Focusable) {
	c := p.Words
	var rows []fyne.CanvasObject
	add := func(icon string, s Spot) {
		row := look.NewListRow(look.Entry{Icon: icon, Title: s.Name, Right: s.When}, s.Do)
		if first == nil || icon == "file" && len(rows) == 1 {
			first = row
		}
		rows = append(rows, row)
	}
	if p.Up != nil {
		add("back", Spot{Name: c.T("choose.up"), Do: p.Up})
	}
	for _, s := range p.Files {
		add("file", s)
	}
	for _, s := range p.Folders {
		add("folder", s)
	}
	column := look.Column(headGap)
	switch {
	case p.Trouble != "":
		column.Add(look.NewBanner(look.Body(p.Trouble)))
	case !p.Reading && p.Empty != "":
		column.Add(look.Secondary(p.Empty))
	}
	if len(rows) > 0 {
		column.Add(look.NewList(rows...))
	}
	if p.More {
		column.Add(look.Small(c.T("choose.more")))
	}
	return column, first
}
