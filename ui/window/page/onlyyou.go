package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/report"
	"isitme/checks/words"
	"isitme/ui/look"
)

// onlyYou is what the app cannot try itself: it cannot see inside a browser.
func (p *Answer) onlyYou() fyne.CanvasObject {
	c := p.Words
	column := look.Column(14, look.Small(c.T("screen.answer.only_you_note")))
	for i, t := range c.OnlyYou() {
		item := look.Column(2, look.Body(bold(t.What)), look.Body(t.How), look.Secondary(t.Tells))
		switch t.Code {
		case "private":
			p.private = look.Column(0)
			p.SetBrowsers(p.Browsers)
			item.Add(p.private)
		case "data":
			item.Add(look.Space(4))
			item.Add(clearData(c))
		}
		column.Add(look.NewNumbered(i+1, item))
	}
	return column
}

// SetBrowsers offers to open this page in a private window of the browsers that are installed.
func (p *Answer) SetBrowsers(installed []string) {
	p.Browsers = installed
	p.private.RemoveAll()
	show(p.private, len(installed) > 0)
	if len(installed) == 0 {
		return
	}
	buttons := make([]fyne.CanvasObject, len(installed))
	for i, name := range installed {
		buttons[i] = look.NewButton(name, "open", look.Compact, func() { p.On.OpenPrivately(i) })
	}
	p.private.Add(look.Column(6, look.Space(2), look.Secondary(p.Words.T("button.open_private")), look.Buttons(buttons...)))
	p.private.Refresh()
}

// clearData lists how each browser forgets one site.
func clearData(c *words.Catalog) fyne.CanvasObject {
	column := look.Column(6)
	for _, b := range c.ClearSiteData() {
		column.Add(look.Body(bold(b.Browser+":") + " " + b.How))
	}
	return look.NewNote(column)
}

func statusArgs(r report.Report) words.A { return words.A{"Code": r.Verdict.Facts.Status} }

func whoArgs(who string) words.A { return words.A{"Who": who} }
