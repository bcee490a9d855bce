package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/line"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// Recent is one earlier check as the start page and the history show it.
type Recent struct {
	ID   string
	Host string
	Who  verdict.Who
	// Says is the answer in a few words, At when it was.
	Says, At string
}

// Start is the first page: one question, one field, one button.
type Start struct {
	Words *words.Catalog
	Nav   Nav
	// Mac picks the key that copies.
	Mac bool
	// Typed is what stands in the field, Problem what was wrong with it.
	Typed, Problem string
	Recent         []Recent
	// Crashed says that the program closed by itself last time.
	Crashed bool

	// OnType is called when the visitor has begun to type.
	OnType    func()
	OnCheck   func(text string)
	OnPaste   func()
	OnExample func()
	OnRecent  func(id string)
	// OnCopyCrash and OnDismissCrash answer the offer after a crash.
	OnCopyCrash, OnDismissCrash func()
	// OnSuggest checks the site of a mail address; Suggest names it, empty for none.
	Suggest   string
	OnSuggest func()
}

// startGap stands between the parts of the first page, so that it fits into the window with three earlier checks on it.
const startGap = 16

// Build makes the page.
func (p Start) Build() View {
	c := p.Words
	field := look.NewField(c.T("screen.start.field"), look.NewButton(c.T("button.paste"), "paste", look.Quiet, p.OnPaste))
	field.SetText(p.Typed)
	field.OnSubmitted = p.OnCheck
	field.OnChanged = func(string) { p.OnType() }
	check := look.NewButton(c.T("button.check"), "", look.Start, func() { p.OnCheck(field.Text()) })

	how := "screen.start.copy_how"
	if p.Mac {
		how = "screen.start.copy_how_mac"
	}
	hint := look.Column(6)
	if p.Problem != "" {
		hint.Add(look.NewIconText("state-found", look.Strong(verdict.Site), bold(p.Problem)))
		if p.Suggest != "" {
			hint.Add(look.Buttons(look.NewButton(suggestion(c, p.Suggest), "", look.Compact, p.OnSuggest)))
		}
	}
	hint.Add(look.Small(c.T(how)))

	column := look.Column(startGap)
	if p.Crashed {
		column.Add(p.crash())
	}
	column.Add(look.Column(6,
		look.NewText(c.T("screen.start.question"), look.Style{Size: look.SizeDisplay, Bold: true}),
		look.Limit(640, look.Body(c.T("screen.start.help")))))
	column.Add(look.NewLineView(line.Start(), Labels(c, line.Start()), verdict.Site, look.Bg))
	column.Add(look.Column(8, newFieldRow(field, check), hint))
	column.Add(section(c.T("screen.start.recent"), p.recent()))
	column.Add(look.BesideFirst(12,
		look.NewButton(c.T("button.example"), "", look.Compact, p.OnExample),
		look.Small(c.T("screen.start.example"))))
	column.Add(look.RowTop(iconGap, 1, look.NewPicture("privacy", 24, look.Primary),
		look.Small(bold(c.T("screen.start.privacy_title"))+" "+c.T("screen.start.privacy"))))
	return View{Header: p.Nav.Header(c), Content: column, Focus: field.Focusable(), OnKey: func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
			p.OnCheck(field.Text())
		}
	}}
}

// mostOnButton is the longest name that a button is labelled with.
const mostOnButton = 48

// suggestion labels the button that checks another site: with its name, which stands before the button too.
func suggestion(c *words.Catalog, host string) string {
	if len(host) > mostOnButton {
		return c.T("button.check")
	}
	return c.T("button.use_suggestion", words.A{"Host": host})
}

// recent lists the last checks, or says that they will stand here.
func (p Start) recent() fyne.CanvasObject {
	if len(p.Recent) == 0 {
		return look.Secondary(p.Words.T("screen.start.recent_empty"))
	}
	var rows []fyne.CanvasObject
	for _, r := range p.Recent {
		rows = append(rows, look.NewListRow(look.Entry{Who: r.Who, Title: r.Host, Right: r.Says + " · " + r.At}, func() { p.OnRecent(r.ID) }))
	}
	return look.NewList(rows...)
}

// crash offers what the last run left behind when it died.
func (p Start) crash() fyne.CanvasObject {
	c := p.Words
	return look.NewBanner(look.Column(itemGap,
		look.Body(c.T("app.crash_last")),
		look.Buttons(
			look.NewButton(c.T("button.copy_details"), "copy", look.Compact, p.OnCopyCrash),
			look.NewButton(c.T("button.close"), "", look.Compact, p.OnDismissCrash))))
}

// Labels are the names and words under the stations of a line.
func Labels(c *words.Catalog, l line.Line) []look.Label {
	labels := make([]look.Label, len(l.Stations))
	for i, s := range l.Stations {
		labels[i] = look.Label{Name: c.Station(string(s.Place)), Word: c.StationWord(string(s.Word), s.Code)}
		if s.Place == line.Door && s.Name != "" {
			labels[i].Word = s.Name // the door is known by its name: that it answered is drawn
		}
	}
	return labels
}
