package window

import (
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/page"
	"isitme/ui/window/settings"
)

// saveSettings writes the settings down, away from the screen. Of two changes in a row the later is what stays.
func (u *ui) saveSettings() {
	s := u.settings
	u.choices.Store(&s)
	u.background(func() {
		u.saving.Lock()
		defer u.saving.Unlock()
		if err := settings.Save(u.deps.Folder, *u.choices.Load()); err != nil {
			u.post(func() { logError("settings", err) }) // they hold for this session
		}
	})
}

// showSettings shows the visitor's choices.
func (u *ui) showSettings() {
	u.show(func() page.View {
		nav := u.nav()
		nav.Settings = nil
		n := len(u.keep.items())
		return page.Settings{
			Words: u.words, Nav: nav, Settings: u.settings, Languages: words.Languages(),
			Folder: u.deps.Reports, Reports: n,
			OnChange: func(change func(*settings.Settings)) {
				change(&u.settings)
				u.keep.setHistory(u.settings.KeepHistory)
				u.saveSettings()
			},
			OnRebuild:   u.change,
			OnDeleteAll: func() { u.askClear(n) },
			OnAbout:     u.showAbout,
		}.Build()
	})
}

// showAbout shows what the program is and what it is built from.
func (u *ui) showAbout() {
	u.show(func() page.View {
		return page.About{Words: u.words, Nav: u.nav(), Version: u.deps.Version, Licences: u.deps.Licences}.Build()
	})
}

// formats are what a report can be saved as, in the order they are offered.
var formats = []string{"png", "pdf", "html", "md", "txt", "json"}

// showSaveAs asks in which format, whether with network details, and where.
func (u *ui) showSaveAs(a *answered) {
	c := u.words
	labels := make([]string, len(formats))
	for i, f := range formats {
		labels[i] = c.T("saved.kind." + f)
	}
	format := formats[0]
	content := look.Column(14,
		look.Heading(c.T("button.save_as")),
		page.NewChoice(labels, 0, func(i int) { format = formats[i] }),
		look.NewCheck(c.T("saved.details_tick"), u.settings.NetworkDetails, func(on bool) {
			u.settings.NetworkDetails = on
			u.saveSettings()
		}))
	u.shell.over(content,
		answer{c.T("button.save_as"), look.Main, func() {
			back := func() { u.showAnswer(a) }
			u.chooseFolder(func(folder string) { back(); u.save(a, format, folder) }, back)
		}},
		answer{c.T("button.cancel"), look.Normal, nil})
}
