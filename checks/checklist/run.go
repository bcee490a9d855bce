// Package checklist runs the visitor's checklist: the steps in their fixed order, whatever does not depend on an
// earlier step at once, inside a time budget, cancellable at any moment. It collects evidence, asks the pure verdict
// which questions are still open, measures those, and never words a conclusion.
package checklist

import (
	"context"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// Options are the visitor's choices for one run.
type Options struct {
	// Wait holds on to a silent site for Limits.Wait instead of Limits.Run.
	Wait bool
	// KeepWaiting, when it is closed during the run, has the effect of Wait from then on. It may be nil.
	KeepWaiting <-chan struct{}
	// BesideVPN allows one visit around a VPN (or a SOCKS proxy on this computer): it shows the visitor's own address
	// to the site.
	BesideVPN bool
	// AskPublic allows a private name to be sent to public name services.
	AskPublic bool
	// NoFlush switches the clearing of the DNS cache off, NoCompare the well-known sites, NoResolvers the public name
	// services.
	NoFlush, NoCompare, NoResolvers bool
}

// Result is what one run learned and what it means.
type Result struct {
	Evidence evidence.Evidence `json:"evidence"`
	Verdict  verdict.Verdict   `json:"verdict"`
	Steps    []StepResult      `json:"steps"`
}

// stopGrace is how long a stopped run waits for its probes to hand in what they have; Stop is promised within 200 ms.
const stopGrace = 120 * time.Millisecond

// systemPatience bounds the reading of this computer's settings, which is local but may fetch a PAC file.
const systemPatience = 4 * time.Second

// run is one run while it goes on. Everything that several goroutines touch is behind mu.
type run struct {
	env    environment.Environment
	probe  *probe.Prober
	target evidence.Target
	opt    Options
	jar    *cookiejar.Jar // cookies of the tries; comparisons start fresh
	proxy  *url.URL
	begun  time.Time

	ctx    context.Context // of the whole run
	cancel context.CancelFunc
	// triesCtx ends before ctx when more tries cannot change the answer.
	triesCtx    context.Context
	cancelTries context.CancelFunc

	wake chan struct{} // something was learnt
	work sync.WaitGroup

	mu       sync.Mutex
	ev       evidence.Evidence
	learnt   int // how many times something was added to ev
	steps    map[evidence.Step]StepResult
	since    map[evidence.Step]time.Time
	pending  map[string]bool // parts that are under way
	asked    map[string]bool // questions that were asked, by name and subject
	closed   bool            // the result is out; late findings are dropped
	tried    time.Time       // when the latest try came to its end
	observe  func(Event)
	slowSaid bool
}

// Run checks target and returns what it learnt and what it means. Every change is reported to observe, from several
// goroutines but one at a time; observe may be nil. Cancelling ctx stops the run within 200 ms with what was learnt so
// far. Run never fails: what could not be done is part of the result.
func Run(ctx context.Context, env environment.Environment, target evidence.Target, opt Options, observe func(Event)) Result {
	r := newRun(ctx, env, target, opt, observe)
	defer r.cancel()
	r.announce()
	r.readSystem()
	r.start(partTries, r.try)
	if opt.NoCompare {
		r.skipStep(evidence.StepCompare, verdict.StepCompareSkipped)
	} else {
		r.start("compare", r.compare)
	}
	r.start("names", r.names)
	r.loop(ctx)
	return r.finish(ctx)
}

func newRun(ctx context.Context, env environment.Environment, target evidence.Target, opt Options, observe func(Event)) *run {
	if observe == nil {
		observe = func(Event) {}
	}
	jar, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it never returns an error
	r := &run{
		env: env, target: target, opt: opt, jar: jar, begun: time.Now(), wake: make(chan struct{}, 1), observe: observe,
		steps: map[evidence.Step]StepResult{}, since: map[evidence.Step]time.Time{},
		pending: map[string]bool{}, asked: map[string]bool{},
	}
	r.probe = &probe.Prober{Env: &r.env, Budget: probe.NewBudget(env.Limits.Requests, env.Limits.Connections)}
	r.ctx, r.cancel = context.WithCancel(ctx)
	r.triesCtx, r.cancelTries = context.WithCancel(r.ctx)
	r.ev = evidence.Evidence{
		Target: target, Started: env.Now(), TriesPlanned: len(env.Limits.Schedule),
		PublicAllowed: (!target.Private || opt.AskPublic) && !opt.NoResolvers,
	}
	if target.OneTime {
		r.ev.TriesPlanned = 1
	}
	return r
}

// readSystem reads this computer's settings first: they say which way the visit takes.
func (r *run) readSystem() {
	ctx, cancel := context.WithTimeout(r.ctx, systemPatience)
	defer cancel()
	r.setStep(evidence.StepProxyVPN, Running, verdict.StepProxyRunning)
	facts, proxy := r.env.System(ctx, r.target, nil)
	r.learn(func(ev *evidence.Evidence) { ev.System = &facts })
	r.proxy = proxy
	if ev := r.snapshot(); verdict.SaysOffline(&ev) && !r.target.Private {
		// One quick look all the same, in case this computer has a way out that its settings do not show.
		r.env.Limits.Run, r.env.Limits.Wait = min(r.env.Limits.Run, offlineRun), min(r.env.Limits.Wait, offlineRun)
	}
}

// offlineRun is how long a run lasts on a computer that says it has no network; the promise is 3 s.
const offlineRun = 2 * time.Second

// start runs one part of the run in a goroutine of its own.
func (r *run) start(name string, part func()) {
	r.mu.Lock()
	r.pending[name] = true
	r.mu.Unlock()
	r.work.Go(func() {
		part()
		r.mu.Lock()
		delete(r.pending, name)
		r.mu.Unlock()
		r.showFine(name)
		r.nudge()
	})
}

func (r *run) nudge() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// learn adds to the evidence, unless the result is already out, and wakes the loop.
func (r *run) learn(add func(*evidence.Evidence)) {
	r.mu.Lock()
	if !r.closed {
		add(&r.ev)
		r.learnt++
	}
	r.mu.Unlock()
	r.nudge()
}

// under reports whether one of the named parts is still under way; without names, whether any is.
func (r *run) under(names ...string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(names) == 0 {
		return len(r.pending) > 0
	}
	for _, n := range names {
		if r.pending[n] {
			return true
		}
	}
	return false
}

// snapshot copies the evidence for judging. Slices are only ever appended to, so a shallow copy is stable.
func (r *run) snapshot() evidence.Evidence {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ev
}

// loop goes on until the answer is there, time is up or the visitor stops.
func (r *run) loop(ctx context.Context) {
	limit := r.env.Limits.Run
	if r.opt.Wait {
		limit = r.env.Limits.Wait
	}
	end := time.NewTimer(time.Until(r.begun.Add(limit)))
	defer end.Stop()
	slow := time.NewTimer(time.Until(r.begun.Add(limit * 4 / 5)))
	defer slow.Stop()
	keep := r.opt.KeepWaiting
	for {
		if r.answered() {
			return
		}
		select {
		case <-r.wake:
		case <-ctx.Done():
			return
		case <-keep:
			keep = nil
			end.Reset(time.Until(r.begun.Add(r.env.Limits.Wait)))
		case <-slow.C:
			r.saySlow()
		case <-end.C:
			r.learn(func(ev *evidence.Evidence) { ev.OutOfTime = true })
			return
		}
	}
}

// finish ends what is under way, judges for the last time, and words nothing.
func (r *run) finish(parent context.Context) Result {
	stopped := parent.Err() != nil
	r.cancel()
	r.await(stopGrace)
	r.mu.Lock()
	r.closed = true
	ev := r.ev
	r.mu.Unlock()
	ev.Stopped = stopped
	ev.Finished = r.env.Now()
	ev.Requests, ev.Connections = r.probe.Budget.Counts()
	if ev.OutOfTime {
		timeOut(ev.Tries)
	}
	v := verdict.Judge(&ev)
	return Result{Evidence: ev, Verdict: v, Steps: r.finalSteps(&ev, v)}
}

// await waits for the goroutines, but no longer than grace: a probe that does not heed its context must not hold the
// visitor up.
func (r *run) await(grace time.Duration) {
	done := make(chan struct{})
	go func() { r.work.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(grace):
	}
}

// timeOut marks tries that the end of the run cut short as out of time, which is what a visitor would have seen.
func timeOut(tries []evidence.Fetch) {
	for i := range tries {
		f := &tries[i]
		if f.Fault != nil && f.Fault.Failure == evidence.Interrupted {
			f.Fault = &evidence.Fault{Operation: f.Fault.Operation, Failure: evidence.Timeout}
			if hop := f.Last(); hop != nil {
				hop.Fault = f.Fault
			}
		}
	}
}
