package window

import (
	"context"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
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
	started := u.deps.Now()
	w := &watching{target: a.full.Evidence.Target, stop: stop, progress: watch.Progress{Since: started}}
	u.watch = w
	opts := u.settings.Options()
	u.background(func() {
		look := func(ctx context.Context) watch.Look { return u.look(ctx, w.target, opts) }
		watch.Watch(ctx, u.deps.Now, started, look, func(p watch.Progress) {
			u.post(func() { u.watched(w, p) })
		})
	})
	u.again()
	u.tell(u.words.T("watch.starting", words.A{"Host": w.target.DisplayHost}), page.Command{
		Label: u.words.T("button.stop_watching"), Do: func() { u.stopWatching(); u.again() },
	})
}

// look makes one visit: the whole checklist, so that a sign-in page is not taken for the site, but with one try, so that
// the site is not bothered more than by a person who reloads once.
func (u *ui) look(ctx context.Context, to evidence.Target, opts checklist.Options) watch.Look {
	to.OneTime = true
	v := u.deps.Check(ctx, u.deps.Environment, to, opts, func(checklist.Event) {}).Verdict
	look := watch.Look{
		State: watch.Down, Status: v.Facts.StatusLine, RetryAfter: time.Duration(v.Facts.RetryAfterS) * time.Second,
	}
	switch v.Who {
	case verdict.Working:
		look.State = watch.Up
	case verdict.You, verdict.Unknown:
		look.State = watch.CannotTell
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
	if p.Look.State != watch.Up {
		says = c.N("watch.gave_up", int(p.At.Sub(p.Since).Hours()), words.A{"Host": host})
	}
	u.doors.notify(c.T("app.name"), says)
	u.shell.announce(says, c.T("button.check_again"), func() { u.checkTarget(w.target, checklist.Options{}, nil) }, c.T("button.close"))
	u.again()
}

// stopWatching ends the watch, if there is one.
func (u *ui) stopWatching() {
	if u.watch != nil {
		u.watch.stop()
		u.watch = nil
	}
}

// watchStatus is what a watch has to say of itself.
func (u *ui) watchStatus() (title, status string) {
	c, w := u.words, u.watch
	host := words.A{"Host": w.target.DisplayHost}
	p := w.progress
	if p.Looks == 0 {
		return c.T("watch.starting", host), c.T("watch.down_since", words.A{"Time": c.Ago(p.Since, u.deps.Now())})
	}
	short := c.T("watch.offline")
	switch {
	case p.Look.State == watch.Down && p.Look.Status != "":
		short = c.T("watch.still", words.A{"Status": p.Look.Status})
	case p.Look.State == watch.Down:
		short = c.T("message.no_reply")
	}
	title = c.T("watch.status", words.A{"Host": w.target.DisplayHost, "Time": c.Time(p.At), "Short": short})
	status = c.T("watch.down_since", words.A{"Time": c.Ago(p.Since, u.deps.Now())}) + " · " +
		c.T("watch.next", words.A{"Time": c.Time(p.Next)})
	return title, status
}
