// Package running runs one check away from the screen's goroutine and tells of it at a pace that a screen can follow.
// It knows nothing of widgets.
package running

import (
	"context"
	"math"
	"sync"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// pace is how often the screen is told at most: twenty times a second looks immediate and leaves it time to draw.
const pace = 50 * time.Millisecond

// Check is checklist.Run in its environment.
type Check func(ctx context.Context, target evidence.Target, opts checklist.Options, observe func(checklist.Event)) checklist.Result

// Progress is what is known of a run so far.
type Progress struct {
	Target evidence.Target
	// Steps are the six rows of the checklist, Step the number of the one that is shown as the current, from 1.
	Steps []checklist.StepResult
	Step  int
	// Seconds are the whole seconds since the start.
	Seconds int
	// Reply is the status the site answered with so far, 0 for none.
	Reply int
	// Slow is true while "Keep waiting" is to be offered: the site takes its time, and the visitor has not pressed it.
	Slow bool
}

// Run is one check under way.
type Run struct {
	cancel context.CancelFunc
	keep   chan struct{}
	ended  chan struct{}

	mu       sync.Mutex
	progress Progress
	changed  bool
	kept     bool
	// next is when the pause between two tries is over.
	next time.Time
}

// Hooks are what a run reports to. Both are called on goroutines of the run, one after the other, never at once.
type Hooks struct {
	Progress func(Progress)
	// Done is called once, after the last Progress; it may take its time to write the report.
	Done func(checklist.Result)
}

// Start begins a check. It does not wait.
func Start(ctx context.Context, check Check, target evidence.Target, opts checklist.Options, hooks Hooks) *Run {
	ctx, cancel := context.WithCancel(ctx)
	r := &Run{cancel: cancel, keep: make(chan struct{}), ended: make(chan struct{}), progress: begin(target)}
	opts.KeepWaiting = r.keep
	results := make(chan checklist.Result, 1)
	go func() { results <- check(ctx, target, opts, r.observe) }()
	go func() {
		defer close(r.ended)
		defer cancel()
		hooks.Done(r.follow(results, hooks.Progress))
	}()
	return r
}

// Stop ends the run; what it learned arrives by Hooks.Done.
func (r *Run) Stop() { r.cancel() }

// KeepWaiting holds on to a silent site.
func (r *Run) KeepWaiting() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.kept {
		r.kept, r.changed, r.progress.Slow = true, true, false
		close(r.keep)
	}
}

// Ended is closed when Hooks.Done has returned.
func (r *Run) Ended() <-chan struct{} { return r.ended }

// Now is what is known at this moment.
func (r *Run) Now() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.snapshot()
}

// follow tells of the progress, at the pace, until the result is in.
func (r *Run) follow(results <-chan checklist.Result, tell func(Progress)) checklist.Result {
	started := time.Now()
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for {
		select {
		case res := <-results:
			return res
		case now := <-ticker.C:
			if p, changed := r.take(int(now.Sub(started).Seconds())); changed {
				tell(p)
			}
		}
	}
}

// take is the progress, and whether it differs from the last one taken.
func (r *Run) take(seconds int) (Progress, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	changed := r.changed || seconds != r.progress.Seconds
	r.changed, r.progress.Seconds = false, seconds
	return r.snapshot(), changed
}

// snapshot is a copy that later events do not touch, with the pause between two tries counted down; r.mu is held.
func (r *Run) snapshot() Progress {
	p := r.progress
	p.Steps = append([]checklist.StepResult(nil), p.Steps...)
	for i, s := range p.Steps {
		if s.Finding.Code == verdict.StepRetryPause {
			left := max(1, math.Ceil(time.Until(r.next).Seconds()))
			p.Steps[i].Finding.Args = map[string]any{"Seconds": left, "Try": s.Finding.Args["Try"]}
		}
	}
	return p
}

// observe takes an event of the engine, from any of its goroutines.
func (r *Run) observe(e checklist.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changed = true
	for i := range r.progress.Steps {
		if r.progress.Steps[i].Step == e.Step {
			r.progress.Steps[i] = e.StepResult
		}
	}
	if seconds, ok := e.Finding.Args["Seconds"].(float64); ok && e.Finding.Code == verdict.StepRetryPause {
		r.next = time.Now().Add(time.Duration(seconds * float64(time.Second)))
	}
	if e.Reply != 0 {
		r.progress.Reply = e.Reply
	}
	r.progress.Slow = (r.progress.Slow || e.Slow) && !r.kept
	r.progress.Step = current(r.progress.Steps)
}

// begin is the progress of a run that has only just begun.
func begin(target evidence.Target) Progress {
	p := Progress{Target: target, Step: 1}
	for _, step := range evidence.Steps() {
		code := "step_" + string(step) + "_waiting"
		p.Steps = append(p.Steps, checklist.StepResult{Step: step, State: checklist.Waiting, Finding: verdict.Finding{Code: code}})
	}
	return p
}

// current is the number of the first step that is not finished: several run at once, and the count never goes back.
func current(steps []checklist.StepResult) int {
	for i, s := range steps {
		if s.State == checklist.Waiting || s.State == checklist.Running {
			return i + 1
		}
	}
	return len(steps)
}
