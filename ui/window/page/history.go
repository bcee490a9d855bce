package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// Kept is one report in the history.
type Kept struct {
	ID, Host string
	Who      verdict.Who
	// Says is the answer in a sentence, At the time of day or the date.
	Says, At string
}

// Day is a part of the history under one heading.
type Day struct {
	Heading string
	Reports []Kept
}

// Watched is the banner of the page that is being watched.
type Watched struct {
	Title, Status string
	OnStop        func()
}

// History is the page of past checks.
type History struct {
	Words *words.Catalog
	Nav   Nav
	Days  []Day
	// Count is how many reports there are, Most how many are kept.
	Count, Most int
	// Off says that no history is kept, Note what else is to be said.
	Off  bool
	Note string
	// Choosing is true while two reports are chosen to be compared; First is the one chosen already.
	Choosing bool
	First    string
	Watched  *Watched

	OnOpen, OnDelete              func(id string)
	OnOpenFile, OnClear, OnChoose func()
}

// Build makes the page.
func (p History) Build() View {
	c := p.Words
	openFile := look.NewButton(c.T("button.open_report"), "open", look.Normal, p.OnOpenFile)
	commands := []fyne.CanvasObject{openFile}
	if p.Count > 1 {
		label := c.T("button.compare")
		if p.Choosing {
			label = c.T("button.cancel")
		}
		commands = append(commands, look.NewButton(label, "", look.Normal, p.OnChoose))
	}
	if p.Count > 0 {
		commands = append(commands, look.NewButton(c.T("button.clear_all"), "trash", look.Normal, p.OnClear))
	}
	column := look.Column(sectionGap, look.Title(c.T("history.title")), look.Buttons(commands...))
	if p.Watched != nil {
		column.Add(p.Watched.banner(c))
	}
	if p.Note != "" {
		column.Add(look.NewBanner(look.Body(p.Note)))
	}
	if p.Choosing {
		column.Add(look.NewBanner(look.Body(c.T("history.choose_two"))))
	}
	if p.Count == 0 {
		column.Add(look.Body(c.T("history.empty")))
	}
	for _, d := range p.Days {
		column.Add(look.Column(headGap, look.NewText(d.Heading, look.Style{Size: look.SizeRow, Bold: true, Color: look.Muted}), p.day(d)))
	}
	foot := c.N("history.foot", p.Most)
	if p.Off {
		foot = c.T("history.off")
	}
	column.Add(look.Small(foot))
	return View{Header: p.Nav.Header(c), Content: column, Focus: openFile}
}

// day is the list of one day's reports.
func (p History) day(d Day) fyne.CanvasObject {
	rows := make([]fyne.CanvasObject, len(d.Reports))
	for i, r := range d.Reports {
		entry := look.Entry{Who: r.Who, Title: r.Host, Detail: r.Says, Right: r.At}
		row := look.NewListRow(entry, func() { p.OnOpen(r.ID) })
		if p.Choosing {
			if r.ID == p.First {
				row.Disable()
			}
			rows[i] = row
			continue
		}
		remove := look.NewButton(p.Words.T("button.delete"), "trash", look.TextOnly, func() { p.OnDelete(r.ID) })
		rows[i] = look.Beside(0, row, remove)
	}
	return look.NewList(rows...)
}

// banner shows what is watched, with the button that ends it.
func (w Watched) banner(c *words.Catalog) fyne.CanvasObject {
	return look.NewBanner(look.Beside(12,
		look.NewMarked("bell", look.Primary, look.Column(2, look.Body(bold(w.Title)), look.Secondary(w.Status))),
		look.NewButton(c.T("button.stop_watching"), "", look.Compact, w.OnStop)))
}
