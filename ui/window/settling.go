package window

import (
	"slices"

	"isitme/checks/elsewhere"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/ui/window/page"
)

// wantsElsewhere reports whether a second opinion could tell more about this answer.
func wantsElsewhere(r report.Report) bool { return elsewhere.Useful(&r.Evidence, r.Verdict) }

// unsettled reports whether it is open whose side it is, though the check ran to its end.
func unsettled(v verdict.Verdict) bool { return v.Who == verdict.Unknown && v.Cause != verdict.Stopped }

// elsewhereCard is the card that asks computers elsewhere, nil where it has no place: for an example, an old report, and
// an answer that is settled.
func (u *ui) elsewhereCard(a *answered) *page.Elsewhere {
	if a.example || a.saved && a.full.Evidence.Elsewhere == nil {
		return nil
	}
	// Of a private name the card only says that nobody outside can try it: worth saying where nothing else is known.
	explains := a.full.Evidence.Target.Private && unsettled(a.full.Verdict)
	if !wantsElsewhere(a.full) && a.full.Evidence.Elsewhere == nil && !explains {
		return nil
	}
	return &page.Elsewhere{
		Always: u.settings.AskElsewhere,
		OnAsk:  func() { u.askElsewhere(a) },
		OnAlways: func(always bool) {
			u.settings.AskElsewhere = always // the page shows it already: nothing is built anew
			u.saveSettings()
		},
	}
}

// phoneCard is the card for the visitor's own phone.
func (u *ui) phoneCard(a *answered) *page.Phone {
	if a.example || a.saved && a.full.Evidence.Phone == nil {
		return nil
	}
	open := unsettled(a.full.Verdict) || slices.Contains(a.full.Verdict.Settle, "phone")
	if !open && a.full.Evidence.Phone == nil {
		return nil
	}
	return &page.Phone{URL: a.full.Evidence.Target.URL, OnOpened: func(opened bool) {
		u.learn(a, func(ev *evidence.Evidence) { ev.Phone = &evidence.Phone{Opened: opened, At: u.deps.Now()} })
	}}
}

// askElsewhere asks computers elsewhere for a second opinion. The visitor has seen what leaves this computer.
func (u *ui) askElsewhere(a *answered) {
	a.page.SetAsking()
	service, to := u.settings.Service(&u.deps.Environment), a.full.Evidence.Target
	u.background(func() {
		opinion := u.doors.elsewhere(u.ctx, service, to)
		u.post(func() { u.learn(a, func(ev *evidence.Evidence) { ev.Elsewhere = &opinion }) })
	})
}

// learn adds what was learned after the run, judges again and shows the answer anew.
func (u *ui) learn(a *answered, add func(*evidence.Evidence)) {
	full := a.full.Learn(add)
	next := &answered{full: full, browsers: a.browsers}
	u.background(func() {
		next.trouble = u.keep.add(full)
		u.post(func() {
			if u.answer == a {
				u.showAnswer(next)
			}
		})
	})
}
