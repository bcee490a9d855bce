package window

import (
	"context"
	"strings"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/window/page"
	"isitme/ui/window/watch"
)

// watching is one page that is being watched until it is back.
type watching struct {
	target   evidence.Target
	progress watch.Progress
	stop     context.CancelFunc
}

// watching reports whether the page of an answer is being watched.
func (u *ui) watching(a *answered) bool {
	return u.watch != nil && u.watch.target.URL == a.full.Evidence.Target.URL
}

// startWatching watches the page of an answer. One page is watched at a time: a new watch ends the old one.
func (u *ui) startWatching(a *answered) {
	u.stopWatching()
	ctx, stop := context.WithCancel(u.ctx)
	first := watch.Progress{Look: lookOf(a.full.Verdict), At: a.full.Started, Since: u.downSince(a.full)}
	w := &watching{target: a.full.Evidence.Target, stop: stop, progress: first.Begin(u.deps.Now())}
	u.watch = w
	opts := u.settings.Options()
	u.background(func() {
		look := func(ctx context.Context) watch.Look { return u.visit(ctx, w.target, opts) }
		watch.Watch(ctx, u.deps.Now, first, look, func(p watch.Progress) {
			u.post(func() { u.watched(w, p) })
		})
	})
	u.again()
	title, status := u.watchStatus()
	u.tell(title+". "+status, page.Command{
		Label: u.words.T("button.stop_watching"), Do: func() { u.stopWatching(); u.again() },
	})
}

// downSince is the earliest of the checks in a row that found the page of a report as that one did.
func (u *ui) downSince(r report.Report) time.Time {
	since := r.Started
	for _, k := range u.keep.items() { // newest first
		switch {
		case k.URL != r.Evidence.Target.URL || !k.Started.Before(r.Started):
		case k.Verdict.Who != r.Verdict.Who:
			return since
		default:
			since = k.Started
		}
	}
	return since
}

// visit makes one visit: the whole checklist, so that a sign-in page is not taken for the site, but with one try, so that
// the site is not bothered more than by a person who reloads once.
func (u *ui) visit(ctx context.Context, to evidence.Target, opts checklist.Options) watch.Look {
	to.OneTime = true
	return lookOf(u.deps.Check(ctx, u.deps.Environment, to, opts, func(checklist.Event) {}).Verdict)
}

// lookOf is what a watch needs of a verdict.
func lookOf(v verdict.Verdict) watch.Look {
	look := watch.Look{
		State: watch.Down, Status: v.Facts.StatusLine, RetryAfter: time.Duration(v.Facts.RetryAfterS) * time.Second,
	}
	switch v.Who {
	case verdict.Working:
		look.State = watch.Up
	case verdict.You, verdict.Unknown:
		look.State = watch.CannotTell
	}
	switch v.Cause {
	case verdict.Offline, verdict.NoInternet, verdict.CaptivePortal:
		look.State = watch.Offline
	}
	return look
}

// watched takes the result of a look.
func (u *ui) watched(w *watching, p watch.Progress) {
	if u.watch != w {
		return
	}
	w.progress = p
	if !p.Done {
		u.refreshWatch()
		return
	}
	c, host := u.words, w.target.DisplayHost
	u.watch = nil
	w.stop()
	says := c.T("watch.back", words.A{"Host": host})
	more := " " + c.T("watch.up_since", words.A{"Time": c.Time(p.Since)}) + "."
	if p.Look.State != watch.Up {
		says, more = c.N("watch.gave_up", int(u.deps.Now().Sub(p.Since).Hours()), words.A{"Host": host}), ""
	}
	u.doors.notify(c.T("app.name"), says)
	if u.listing || u.answer != nil { // other pages show nothing of it, and may hold what is being typed
		u.again()
	}
	u.shell.announce(says+more, c.T("button.check_again"), func() { u.checkTarget(w.target, checklist.Options{}, nil) }, c.T("button.close"))
}

// checked ends a watch whose page the visitor has just seen working: there is nothing left to wait for.
func (u *ui) checked(a *answered) {
	if a.full.Verdict.Who == verdict.Working && u.watching(a) {
		u.stopWatching()
	}
}

// stopWatching ends the watch, if there is one.
func (u *ui) stopWatching() {
	if u.watch != nil {
		u.watch.stop()
		u.watch = nil
	}
}

// watchStatus is what a watch has to say of itself: what it watches, and what it has seen and when it looks again.
func (u *ui) watchStatus() (title, status string) {
	c, w := u.words, u.watch
	p := w.progress
	title = c.T("watch.title", words.A{"Host": w.target.DisplayHost})
	status = c.T("watch.down_since", words.A{"Time": c.Ago(p.Since, u.deps.Now())}) + " · " +
		c.T("watch.next", words.A{"Time": u.hour(p.Next)})
	if p.Looks == 0 {
		return title, status
	}
	said := c.T("message.no_reply")
	switch {
	case p.Look.State == watch.Offline:
		said = c.T("watch.offline")
	case p.Look.State == watch.CannotTell:
		said = short(c, verdict.Verdict{Who: verdict.Unknown, Cause: verdict.NotEnoughEvidence})
	case p.Look.Status != "":
		said = c.T("watch.still", words.A{"Status": p.Look.Status})
	}
	every := c.N("watch.every", int(p.Next.Sub(p.At).Round(time.Minute).Minutes()))
	last := c.T("watch.status", words.A{"Every": every, "Time": c.Time(p.At), "Short": strings.TrimSuffix(said, ".")})
	return title, last + "\n" + status
}

// hour is the time of day of a coming look, with its date where it is not today: a site may ask to be left alone for long.
func (u *ui) hour(t time.Time) string {
	now := u.deps.Now()
	if words.DaysAgo(t, now) == 0 {
		return u.words.Time(t.In(now.Location()))
	}
	return u.words.Ago(t, now)
}
