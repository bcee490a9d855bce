package window

import (
	"context"
	"errors"
	"strings"

	"isitme/checks/checklist"
	"isitme/checks/demo"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/target"
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/page"
	"isitme/ui/window/running"
)

// showStart shows the first page, with an empty field.
func (u *ui) showStart() { u.showStartWith("", "", "") }

// showStartWith shows the first page with what was typed, what was wrong with it and the site that may have been meant.
func (u *ui) showStartWith(typed, problem, suggest string) {
	u.abandon()
	u.show(func() page.View {
		nav := u.nav()
		nav.NewCheck = nil
		p := page.Start{
			Words: u.words, Nav: nav, Mac: onMac, Typed: typed, Problem: problem, Suggest: suggest,
			Recent:  u.recent(),
			OnType:  func() { u.listing = false }, // a list that comes late must not take away what is being typed
			OnCheck: u.check, OnPaste: u.paste, OnExample: u.example, OnRecent: u.openKept,
			OnSuggest: func() { u.check(suggest) },
		}
		if u.crash != nil && u.crash.Earlier() != "" {
			p.Crashed, p.OnCopyCrash, p.OnDismissCrash = true, u.copyCrash, u.dismissCrash
		}
		return p.Build()
	})
	u.listing = typed == "" && problem == ""
}

func (u *ui) copyCrash() { u.app.Clipboard().SetContent(u.crash.Earlier()) }

func (u *ui) dismissCrash() {
	f := u.crash
	u.background(func() {
		if err := f.Dismiss(); err != nil {
			u.post(func() { u.shell.ask("", err.Error(), answer{u.words.T("button.ok"), look.Main, nil}) })
			return
		}
		u.post(func() { u.again() })
	})
}

// paste checks what is in the clipboard.
func (u *ui) paste() {
	text := u.app.Clipboard().Content()
	if strings.TrimSpace(text) == "" {
		u.noAddress("", u.words.T("target.clipboard_empty"), "")
		return
	}
	if _, err := target.Parse(text); err != nil {
		u.noAddress("", u.words.T("target.clipboard_no_address"), "")
		return
	}
	u.check(text)
}

// check begins the check of whatever address is in text, wherever it came from: the field, the command line of this start
// or a later one, the clipboard, something dropped. A question that is open is out of date then.
func (u *ui) check(text string) {
	u.shell.dismiss()
	to, err := target.Parse(text)
	if err != nil {
		u.noAddress(text, u.words.Target(err), siteOfMail(err))
		return
	}
	u.checkTarget(to, checklist.Options{}, nil)
}

// noAddress says why there is nothing to check: on the first page, but a run that goes on is not taken away for it.
func (u *ui) noAddress(typed, problem, suggest string) {
	if u.run != nil {
		u.shell.ask("", problem, answer{u.words.T("button.ok"), look.Main, nil})
		return
	}
	u.showStartWith(typed, problem, suggest)
}

// siteOfMail is the site of the mail address that was taken for a page's, empty for any other text that is no address.
func siteOfMail(err error) string {
	var problem *target.Error
	if errors.As(err, &problem) && problem.Code == target.MailAddress {
		return problem.Host
	}
	return ""
}

// checkTarget asks what must be asked first and begins the check. more are options beyond the settings; previous is the
// report that this check is to be compared with, nil for none.
func (u *ui) checkTarget(to evidence.Target, more checklist.Options, previous *report.Report) {
	begin := func(opts checklist.Options) {
		u.begin(u.deps.Environment, to, opts, previous, nil)
	}
	opts := u.settings.Options()
	opts.BesideVPN, opts.Wait, opts.AskPublic = more.BesideVPN, more.Wait, more.AskPublic
	c := u.words
	switch {
	case to.OneTime && previous == nil:
		u.shell.ask(c.T("once.title"), c.T("once.question"),
			answer{c.T("button.check_once"), look.Normal, func() { begin(opts) }},
			answer{c.T("button.cancel"), look.Normal, nil})
	case to.Private && !to.Literal && previous == nil && strings.Contains(to.Host, "."):
		u.shell.ask(c.T("private.title"), c.T("private.question", words.A{"Host": to.DisplayHost}),
			answer{c.T("button.ask_too"), look.Normal, func() { opts.AskPublic = true; begin(opts) }},
			answer{c.T("button.keep_private"), look.Normal, func() { begin(opts) }})
	default:
		begin(opts)
	}
}

// example runs the check on a small broken site of our own.
func (u *ui) example() {
	u.background(func() {
		d, err := demo.Start(demo.Names()[0], u.deps.Version)
		if err != nil {
			u.post(func() { u.showStartWith("", err.Error(), "") })
			return
		}
		to, err := target.Parse(d.Address)
		u.post(func() {
			if err != nil || u.closing {
				d.Close()
				return
			}
			u.begin(d.Environment, to, checklist.Options{}, nil, d.Close)
		})
	})
}

// begin runs the check and shows it. A run that goes on is stopped, and kept in the history. after, where given, is
// called when the run has ended.
func (u *ui) begin(env environment.Environment, to evidence.Target, opts checklist.Options, previous *report.Report, after func()) {
	check := func(ctx context.Context, to evidence.Target, o checklist.Options, observe func(checklist.Event)) checklist.Result {
		return u.deps.Check(ctx, env, to, o, observe)
	}
	u.abandon()
	p := &page.Run{}
	var run *running.Run
	run = running.Start(u.ctx, check, to, opts, running.Hooks{
		Progress: func(now running.Progress) {
			u.post(func() {
				if u.run == run && p.Update(now) {
					u.shell.relayout()
				}
			})
		},
		Done: func(res checklist.Result) {
			if after != nil {
				after()
			}
			done := u.finish(res, previous, after != nil)
			u.post(func() {
				if u.run != run {
					return // another check has been started meanwhile; this one is in the history
				}
				u.run = nil
				u.checked(done)
				if !u.closing {
					u.showAnswer(done)
				}
			})
		},
	})
	u.tasks.Go(func() { <-run.Ended() })
	u.run = run
	u.show(func() page.View {
		p.Words, p.OnStop, p.OnKeepWaiting = u.words, run.Stop, run.KeepWaiting
		return p.Build(run.Now())
	})
}

// abandon stops a run that nobody waits for any more. Its report is in the history, and no answer is shown.
func (u *ui) abandon() {
	if u.run != nil {
		u.run.Stop()
		u.run = nil
	}
}

// finish makes the report of a run, beside the one before, and keeps it: on disk before anybody sees it. It runs away from
// the screen. An example is kept nowhere.
func (u *ui) finish(res checklist.Result, previous *report.Report, example bool) *answered {
	full := report.New(report.NewID(), report.ToolOf(u.deps.Version, res), res)
	if example {
		return &answered{full: full, example: true}
	}
	if previous == nil {
		previous = u.keep.latest(full.Evidence.Target.URL, full.Started.Add(-report.PreviousAge))
	}
	if previous != nil {
		full = full.After(*previous)
	}
	return &answered{full: full, trouble: u.keep.add(full)}
}
