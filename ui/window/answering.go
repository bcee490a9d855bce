package window

import (
	"bytes"
	"net/url"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/store"
	"isitme/checks/target"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/browsers"
	"isitme/ui/look"
	"isitme/ui/window/page"
)

// answered is one result on the screen.
type answered struct {
	// full is the private report, with everything that was measured.
	full report.Report
	// example was made on this computer alone and is kept nowhere; saved was opened from the history or a file.
	example, saved bool
	// trouble is why it could not be kept.
	trouble error
	// page is what shows it, browsers the ones that its buttons open.
	page     *page.Answer
	browsers []browsers.Browser
}

// shown is the redacted report: all that is shown, saved or sent is made of it.
func (u *ui) shown(a *answered) report.Report { return a.full.Redact(u.settings.NetworkDetails) }

// showAnswer shows a result.
func (u *ui) showAnswer(a *answered) {
	u.show(func() page.View { return u.buildAnswer(a) })
	u.answer = a
	if a.browsers == nil {
		u.findBrowsers(a)
	}
	if !a.saved && u.settings.AskElsewhere && wantsElsewhere(a.full) {
		u.askElsewhere(a)
	}
}

// findBrowsers looks for browsers away from the screen and shows them when they are known.
func (u *ui) findBrowsers(a *answered) {
	u.background(func() {
		found := u.doors.browsers()
		u.post(func() {
			a.browsers = found
			if u.answer == a {
				a.page.SetBrowsers(names(found))
				u.shell.relayout()
			}
		})
	})
}

func names(list []browsers.Browser) []string {
	var all []string
	for _, b := range list {
		all = append(all, b.Name)
	}
	return all
}

func (u *ui) buildAnswer(a *answered) page.View {
	r := u.shown(a)
	nav := u.nav()
	nav.CheckAgain = func() { u.checkAgain(a, checklist.Options{}) }
	p := &page.Answer{
		Words: u.words, Nav: nav, Report: r, Now: u.deps.Now(), System: guideSystem(r.Evidence.System), Saved: a.saved,
		Technical: technical(r, u.words), Trouble: u.trouble(a.trouble), Browsers: names(a.browsers),
		Watching: u.watching(a), Remembers: needsPassword(&r.Evidence), Beside: couldGoBeside(r),
		Elsewhere: u.elsewhereCard(a), Phone: u.phoneCard(a),
		On: u.answerActions(a),
	}
	a.page = p
	return p.Build()
}

func (u *ui) answerActions(a *answered) page.AnswerActions {
	to := a.full.Evidence.Target
	actions := page.AnswerActions{
		CheckAgain:    func() { u.checkAgain(a, checklist.Options{}) },
		CheckAnother:  u.showStart,
		SavePicture:   func() { u.savePicture(a) },
		SaveAs:        func() { u.showSaveAs(a) },
		CopyText:      func() { u.copyText(a) },
		WriteOwner:    func() { u.showWrite(a) },
		WriteProvider: func() { u.showWrite(a) },
		OpenBrowser:   func() { u.open(to.URL) },
		OpenSettings:  func() { u.openSettings(a) },
		OpenPortal:    func() { u.open(a.full.Verdict.Facts.Portal) },
		Forget:        func() { u.forget(a) },
		BesideVPN:     func() { u.besideVPN(a) },
		KeepWaiting:   func() { u.checkAgain(a, checklist.Options{Wait: true}) },
		Suggestion:    func() { u.check(a.full.Verdict.Facts.Suggestion) },
		OpenPrivately: func(i int) { u.openPrivately(a, i) },
	}
	if a.full.Verdict.Who != verdict.Working && !a.example {
		actions.Watch = func() { u.startWatching(a) }
	}
	return actions
}

// checkAgain checks the same page once more; the result will say what changed.
func (u *ui) checkAgain(a *answered, more checklist.Options) {
	if a.example {
		u.example()
		return
	}
	to := a.full.Evidence.Target
	if parsed, err := target.Parse(to.URL); err == nil {
		to = parsed
	}
	u.checkTarget(to, more, &a.full)
}

// open shows an address in the visitor's browser. What cannot be opened is said.
func (u *ui) open(address string) {
	to, err := url.Parse(address)
	if err != nil || (to.Scheme != "http" && to.Scheme != "https") {
		return // only ever addresses of pages; a sign-in page may have given none
	}
	u.background(func() {
		if err := u.doors.open(to); err != nil {
			u.post(func() {
				u.tellProblem(u.words.T("store.could_not_open", words.A{"Reason": err.Error()}), page.Command{})
			})
		}
	})
}

func (u *ui) openPrivately(a *answered, i int) {
	b, address := a.browsers[i], a.full.Evidence.Target.URL
	u.background(func() {
		if err := u.doors.private(b, address); err != nil {
			u.post(func() {
				u.tellProblem(u.words.T("store.could_not_open", words.A{"Reason": err.Error()}), page.Command{})
			})
		}
	})
}

// settingsKinds are the pages of the system's settings by cause; the others are the network's own page.
var settingsKinds = map[verdict.Cause]string{
	verdict.ProxyUnreachable: "proxy", verdict.ProxyRefuses: "proxy", verdict.ProxyError: "proxy",
	verdict.DNSNotAnswering: "dns", verdict.DNSWrongAnswer: "dns", verdict.DNSBlocksSite: "dns",
	verdict.VPNDown: "vpn", verdict.VPNBreaksSite: "vpn", verdict.ClockWrong: "clock",
}

func (u *ui) openSettings(a *answered) {
	kind, ok := settingsKinds[a.full.Verdict.Cause]
	if !ok {
		kind = "network"
	}
	desktop := ""
	if sys := a.full.Evidence.System; sys != nil {
		desktop = sys.Desktop
	}
	u.background(func() {
		if err := u.doors.settings(desktop, kind); err != nil {
			u.post(func() { u.tellProblem(u.words.T("reason.not_possible"), page.Command{}) })
		}
	})
}

// forget clears the remembered addresses of this computer, with the system's own question for the password.
func (u *ui) forget(a *answered) {
	c := u.words
	u.shell.ask(c.T("flush.title"), c.T("flush.question")+" "+c.T("flush.password_next"),
		answer{c.T("button.forget"), look.Main, func() {
			u.tell(c.T("flush.running"), page.Command{})
			u.background(func() {
				done := u.doors.flush(u.ctx)
				u.post(func() {
					if u.answer == a {
						u.say(done.Done, flushed(c, done), page.Command{})
					}
				})
			})
		}},
		answer{c.T("button.not_now"), look.Normal, nil})
}

func flushed(c *words.Catalog, f evidence.Flush) string {
	switch {
	case f.Done:
		return c.T("flush.done")
	case f.NoCache:
		return c.Finding(verdict.Finding{Code: verdict.StepFlushNoCache})
	default:
		return c.Finding(verdict.Finding{Code: verdict.StepFlushRefused, Args: map[string]any{"Reason": c.Reason(evidence.NotAllowed)}})
	}
}

// besideVPN visits the site once without the VPN, after a yes.
func (u *ui) besideVPN(a *answered) {
	c := u.words
	u.shell.ask(c.T("beside_vpn.title"), c.T("beside_vpn.question"),
		answer{c.T("button.continue"), look.Main, func() { u.checkAgain(a, checklist.Options{BesideVPN: true}) }},
		answer{c.T("button.not_now"), look.Normal, nil})
}

// needsPassword reports whether the clearing of remembered addresses waits for a password.
func needsPassword(ev *evidence.Evidence) bool {
	return ev.Flush != nil && ev.Flush.NeedsPassword && !ev.Flush.Done
}

// couldGoBeside reports whether a visit beside a VPN could tell more.
func couldGoBeside(r report.Report) bool {
	sys := r.Evidence.System
	if sys == nil || r.Evidence.BesideVPN != nil || r.Verdict.Who == verdict.Working {
		return false
	}
	for _, v := range sys.VPNs {
		if v.CarriesSite {
			return true
		}
	}
	return false
}

// technical is the text of the technical details.
func technical(r report.Report, c *words.Catalog) string {
	var b bytes.Buffer
	if err := render.Text(&b, r, c); err != nil {
		return err.Error()
	}
	return b.String()
}

// tell says on the page of an answer that the last press did what it was for, tellProblem that it did not.
func (u *ui) tell(text string, action page.Command)        { u.say(true, text, action) }
func (u *ui) tellProblem(text string, action page.Command) { u.say(false, text, action) }

func (u *ui) say(ok bool, text string, action page.Command) {
	if u.answer == nil {
		return
	}
	said := u.answer.page.SetSaid(ok, text, action)
	u.shell.relayout()
	u.shell.page.Reveal(said)
}

// trouble words why a report could not be kept.
func (u *ui) trouble(err error) string {
	if err == nil {
		return ""
	}
	return u.words.T("store."+string(store.CodeOf(err)), words.A{"Reason": u.words.T("store.reason." + string(store.Reason(err)))})
}
