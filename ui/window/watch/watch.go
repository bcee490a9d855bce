// Package watch looks at a page from time to time until it is back. It is polite to the site, survives the sleep of
// the computer and ends by itself. It knows nothing of windows and makes no visit itself.
package watch

import (
	"context"
	"time"
)

// The pace. Five minutes is what a person would do by hand; half an hour is soon enough for a site that has been down
// for hours.
const (
	Shortest = 5 * time.Minute
	Longest  = 30 * time.Minute
	// Lasts is how long a page is watched at most: whoever is still waiting after a day should ask the owner.
	Lasts = 24 * time.Hour
	// afterOffline is the pause after a look that found no network at all: after sleep the Wi-Fi needs a moment, and the
	// site is not bothered by it.
	afterOffline = time.Minute
	// tick is how often the wall clock is read. A single long timer would not do: timers stand still while the
	// computer sleeps.
	tick = 5 * time.Second
)

// State is what a look saw.
type State string

// The states. Offline is a look that never got out of this computer; CannotTell one that may have reached the site and
// still says nothing about it, because something on the way is in doubt.
const (
	Up         State = "up"
	Down       State = "down"
	CannotTell State = "cannot_tell"
	Offline    State = "offline"
)

// Look is one visit to the page.
type Look struct {
	State State
	// Status is what the site said, "502 Bad Gateway", empty without a reply.
	Status string
	// RetryAfter is how long the site asked to be left alone, 0 when it did not say.
	RetryAfter time.Duration
}

// Progress is the state of a watch after a look, or at its end.
type Progress struct {
	Look Look
	// At is when that look was made, Next when the next one is due. Since is when the page was first seen down or, at
	// the end, up.
	At, Next, Since time.Time
	// Looks counts them.
	Looks int
	// Done says that the watch has ended: the page is up, or a day is over.
	Done bool
}

// Watch looks until the page is up, a day is over or ctx ends, and calls report after each look. Now is the computer's
// clock; first is what is known already: the visit that found the page down, when that was, and since when it is down. It
// returns when the watch has ended.
func Watch(ctx context.Context, now func() time.Time, first Progress, look func(context.Context) Look, report func(Progress)) {
	started := wall(now())
	p := first.Begin(started)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		at := wall(now())
		over := !at.Before(started.Add(Lasts))
		switch {
		case !at.Before(p.Next):
			seen := look(ctx)
			if ctx.Err() != nil {
				return
			}
			p = p.after(seen, at, started)
			p.Done = p.Done || over
			report(p)
		case over: // the site asked to be left alone for longer than a day
			p.Done = true
			report(p)
		}
		if p.Done {
			return
		}
	}
}

// Begin is the progress of a watch that begins at started: its first look comes after the shortest pause, or when the
// site said on the visit that is known.
func (p Progress) Begin(started time.Time) Progress {
	p.Next = started.Add(Shortest)
	if asked := wall(p.At).Add(p.Look.RetryAfter); asked.After(p.Next) {
		p.Next = asked
	}
	return p
}

// after is the progress when seen was the result of the look at now. A look that cannot tell leaves Since alone: the
// site is what it was. The last look of a day comes when the day is over.
func (p Progress) after(seen Look, now, started time.Time) Progress {
	p.Looks++
	p.At = now
	p.Look = seen
	pause := max(Pace(now.Sub(started)), seen.RetryAfter)
	switch seen.State {
	case Up:
		p.Since, p.Done = now, true
	case Offline:
		pause = afterOffline
	}
	p.Next = now.Add(pause)
	if end := started.Add(Lasts); seen.RetryAfter == 0 && p.Next.After(end) {
		p.Next = end
	}
	return p
}

// Pace is the pause before the next look of a watch that has lasted for so long: a sixth of it, within the limits.
func Pace(lasted time.Duration) time.Duration {
	return min(max(lasted/6, Shortest), Longest).Round(time.Minute)
}

// wall is t without the monotonic reading, which stands still while the computer sleeps.
func wall(t time.Time) time.Time { return t.Round(0) }
