package window

import (
	"errors"

	"isitme/checks/report"
	"isitme/checks/report/store"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/page"
)

// recents is how many earlier checks the start page shows.
const recents = 3

// recent are the last checks, each site once.
func (u *ui) recent() []page.Recent {
	var list []page.Recent
	seen := map[string]bool{}
	for _, k := range u.keep.items() {
		if len(list) == recents {
			break
		}
		if seen[k.Host] {
			continue
		}
		seen[k.Host] = true
		list = append(list, page.Recent{
			ID: k.ID, Host: k.Host, Who: k.Verdict.Who,
			Says: short(u.words, k.Verdict), At: u.words.Ago(k.Started, u.deps.Now()),
		})
	}
	return list
}

// short is an answer in a few words, without the full stop that would stand before more words.
func short(c *words.Catalog, v verdict.Verdict) string {
	s := c.Headline(v, words.Short)
	if n := len(s); n > 0 && s[n-1] == '.' {
		s = s[:n-1]
	}
	return s
}

// readHistory reads the list from the disk and shows the page that shows it again.
func (u *ui) readHistory() {
	u.background(func() {
		damaged := u.keep.read()
		u.post(func() {
			u.damaged += damaged
			if u.listing {
				u.again()
			}
		})
	})
}

// choosing is the comparison that is being put together.
type choosing struct {
	on    bool
	first string
}

// showHistory shows the past checks.
func (u *ui) showHistory() {
	choice := &choosing{}
	u.show(func() page.View { return u.buildHistory(choice) })
	u.listing = true
	u.readHistory()
}

func (u *ui) buildHistory(choice *choosing) page.View {
	items := u.keep.items()
	nav := u.nav()
	nav.History = nil
	p := page.History{
		Words: u.words, Nav: nav, Days: u.days(items), Count: len(items), Most: store.MaxReports,
		Off: !u.settings.KeepHistory, Choosing: choice.on, First: choice.first, Watched: u.watchedBanner(),
		OnOpenFile: u.chooseFile, OnClear: func() { u.askClear(len(items)) }, OnDelete: u.askDelete,
		OnChoose: func() { *choice = choosing{on: !choice.on}; u.again() },
		OnOpen: func(id string) {
			switch {
			case !choice.on:
				u.openKept(id)
			case choice.first == "":
				choice.first = id
				u.again()
			default:
				u.compare(choice.first, id)
			}
		},
	}
	if u.damaged > 0 {
		p.Note = u.words.N("store.damaged", u.damaged)
	}
	return p.Build()
}

// days sorts reports under today, yesterday and earlier.
func (u *ui) days(items []kept) []page.Day {
	c, now := u.words, u.deps.Now()
	days := []page.Day{
		{Heading: c.T("history.today")}, {Heading: c.T("history.yesterday")}, {Heading: c.T("history.earlier")},
	}
	for _, k := range items {
		day, at := 2, c.Date(k.Started)
		if ago := words.DaysAgo(k.Started, now); ago < 2 {
			day, at = max(ago, 0), c.Time(k.Started.In(now.Location()))
		}
		says := c.Headline(k.Verdict, words.Short)
		if k.Verdict.Who != verdict.Working || k.Verdict.Cause != verdict.Works {
			says += " " + c.CauseSentence(k.Verdict)
		}
		days[day].Reports = append(days[day].Reports, page.Kept{ID: k.ID, Host: k.Host, Who: k.Verdict.Who, Says: says, At: at})
	}
	var shown []page.Day
	for _, d := range days {
		if len(d.Reports) > 0 {
			shown = append(shown, d)
		}
	}
	return shown
}

// watchedBanner is the banner of the watch, nil without one.
func (u *ui) watchedBanner() *page.Watched {
	if u.watch == nil {
		return nil
	}
	title, status := u.watchStatus()
	return &page.Watched{Title: title, Status: status, OnStop: func() { u.stopWatching(); u.again() }}
}

// openKept opens a report of the history.
func (u *ui) openKept(id string) {
	u.background(func() {
		r, err := u.keep.load(id)
		u.post(func() {
			if err != nil {
				u.sayNotOpened(err)
				return
			}
			u.showAnswer(&answered{full: r, saved: true})
		})
	})
}

// openFile opens a report that lies anywhere: what another visitor saw.
func (u *ui) openFile(path string) {
	u.background(func() {
		r, err := report.ReadFile(path)
		u.post(func() {
			if err != nil {
				u.sayNotOpened(err)
				return
			}
			u.showAnswer(&answered{full: r, saved: true})
		})
	})
}

func (u *ui) sayNotOpened(err error) {
	c := u.words
	text := c.T("store.could_not_open", words.A{"Reason": c.T("store.reason." + string(store.Reason(err)))})
	var e *report.ReadError
	if errors.As(err, &e) {
		text = c.T("store." + string(e.Code))
	}
	u.shell.ask("", text, answer{c.T("button.ok"), look.Main, nil})
}

// askDelete deletes one report after a yes.
func (u *ui) askDelete(id string) {
	c := u.words
	u.shell.ask("", c.T("history.delete_one"),
		answer{c.T("button.delete"), look.Normal, func() { u.delete(func() error { return u.keep.remove(id) }) }},
		answer{c.T("button.keep"), look.Normal, nil})
}

// askClear deletes all reports after a yes.
func (u *ui) askClear(n int) {
	c := u.words
	u.shell.ask("", c.N("history.delete_all", n),
		answer{c.T("button.delete"), look.Normal, func() { u.delete(u.keep.clear) }},
		answer{c.T("button.keep"), look.Normal, nil})
}

func (u *ui) delete(how func() error) {
	u.background(func() {
		err := how()
		u.post(func() {
			if err != nil {
				c := u.words
				u.shell.ask("", c.T("store.could_not_open", words.A{"Reason": c.T("store.reason." + string(store.Reason(err)))}), answer{c.T("button.ok"), look.Main, nil})
			}
			u.again()
		})
	})
}
