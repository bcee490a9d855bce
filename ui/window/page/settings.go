package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/settings"
)

// Settings is the page of the visitor's choices. Every change is told at once; there is nothing to confirm.
type Settings struct {
	Words     *words.Catalog
	Nav       Nav
	Settings  settings.Settings
	Languages []words.Language
	// Folder is where reports are kept, Reports how many there are.
	Folder  string
	Reports int

	// OnChange is called with a change to make, OnRebuild with one that changes the look or the language.
	OnChange, OnRebuild func(change func(*settings.Settings))
	OnDeleteAll         func()
	OnAbout             func()
}

// Build makes the page.
func (p Settings) Build() View {
	c := p.Words
	language := p.language(c.T("settings.language_system"), p.Settings.Language, func(code string) {
		p.OnRebuild(func(s *settings.Settings) { s.Language = code })
	})
	column := look.Column(sectionGap,
		look.Title(c.T("settings.title")),
		card(c.T("settings.appearance"),
			labelled(c.T("settings.language"), language),
			labelled(c.T("settings.theme"), p.theme()),
			labelled(c.T("settings.text_size"), p.textSize())),
		card(c.T("settings.checks"),
			p.check("settings.well_known", "settings.well_known_note", p.Settings.WellKnownSites, func(s *settings.Settings, on bool) { s.WellKnownSites = on }),
			p.check("settings.resolvers", "settings.resolvers_note", p.Settings.NameServices, func(s *settings.Settings, on bool) { s.NameServices = on }),
			p.check("settings.flush", "", p.Settings.ForgetNames, func(s *settings.Settings, on bool) { s.ForgetNames = on }),
			p.check("settings.elsewhere", "", p.Settings.AskElsewhere, func(s *settings.Settings, on bool) { s.AskElsewhere = on })),
		card(c.T("settings.privacy"),
			p.check("settings.history", "settings.history_note", p.Settings.KeepHistory, func(s *settings.Settings, on bool) { s.KeepHistory = on }),
			p.check("settings.details", "", p.Settings.NetworkDetails, func(s *settings.Settings, on bool) { s.NetworkDetails = on }),
			labelled(c.T("settings.language_report"), p.language(c.T("settings.language_same"), p.Settings.ReportLanguage, func(code string) {
				p.OnChange(func(s *settings.Settings) { s.ReportLanguage = code })
			})),
			look.Small(c.T("settings.folder", words.A{"Folder": p.Folder})),
			p.deleteAll()),
		look.Buttons(look.NewButton(c.T("menu.about"), "", look.Normal, p.OnAbout)))
	return View{Header: p.Nav.Header(c), Content: column}
}

func (p Settings) deleteAll() fyne.CanvasObject {
	b := look.NewButton(p.Words.T("settings.delete_all"), "trash", look.Normal, p.OnDeleteAll)
	if p.Reports == 0 {
		b.Disable()
	}
	return look.Buttons(b)
}

// language is a choice among the languages, before them the one for no choice.
func (p Settings) language(none, chosen string, changed func(code string)) fyne.CanvasObject {
	labels, at := []string{none}, 0
	for i, l := range p.Languages {
		labels = append(labels, l.Name)
		if l.Code == chosen {
			at = i + 1
		}
	}
	return NewChoice(labels, at, func(i int) {
		if i == 0 {
			changed("")
			return
		}
		changed(p.Languages[i-1].Code)
	})
}

func (p Settings) theme() fyne.CanvasObject {
	c := p.Words
	themes := []settings.Theme{settings.AsSystem, settings.Light, settings.Dark}
	labels := []string{c.T("settings.theme_system"), c.T("settings.theme_light"), c.T("settings.theme_dark")}
	at := 0
	for i, t := range themes {
		if t == p.Settings.Theme {
			at = i
		}
	}
	return NewChoice(labels, at, func(i int) { p.OnRebuild(func(s *settings.Settings) { s.Theme = themes[i] }) })
}

func (p Settings) textSize() fyne.CanvasObject {
	var sizes []int
	var labels []string
	at := 0
	for size := settings.SmallestText; size <= settings.LargestText; size += settings.TextStep {
		if size <= p.Settings.TextSize {
			at = len(sizes)
		}
		sizes = append(sizes, size)
		labels = append(labels, percent(size))
	}
	return NewChoice(labels, at, func(i int) { p.OnRebuild(func(s *settings.Settings) { s.TextSize = sizes[i] }) })
}

// check is a box with what it means under it.
func (p Settings) check(key, note string, on bool, set func(*settings.Settings, bool)) fyne.CanvasObject {
	box := look.NewCheck(p.Words.T(key), on, func(on bool) {
		p.OnChange(func(s *settings.Settings) { set(s, on) })
	})
	if note == "" {
		return box
	}
	return look.Column(0, box, look.Inset(0, 0, 0, 32, look.Small(p.Words.T(note))))
}

// labelled puts a name over a control.
func labelled(label string, control fyne.CanvasObject) fyne.CanvasObject {
	return look.Column(6, look.NewText(label, look.Style{Size: look.SizeRow, Bold: true}), control)
}

// card is a section on a card.
func card(heading string, content ...fyne.CanvasObject) fyne.CanvasObject {
	return look.NewCard(look.Column(12, append([]fyne.CanvasObject{look.Heading(heading)}, content...)...))
}
