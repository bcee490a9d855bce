package checklist_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/target"
	"isitme/checks/verdict"
)

// prompt is what a stopped run, or one that has its answer, may go on for in these tests. The promise is 200 ms; what is
// looked for here is a run that does not end before its time, the rest is for a busy computer.
const prompt = 20 * time.Second

// endless makes the limits of a world long, so that nothing but a stop or an answer ends a run promptly.
func endless(w world) {
	w.Limits.Run, w.Limits.Connect, w.Limits.Handshake, w.Limits.Reply, w.Limits.Body = time.Minute, time.Minute, time.Minute, time.Minute, time.Minute
	w.Limits.DNS = time.Minute
}

// A run that is stopped at any moment ends at once, with a verdict that its evidence carries: the certain one, or that
// it was stopped. Every row of the checklist says how it ended, and what was learnt is kept.
func TestStopAtAnyMoment(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 0))
	for i := 0; i < len(scenarios); i += 4 {
		s := scenarios[i]
		breaks := s.breaks
		s.breaks = func(w world) {
			if breaks != nil {
				breaks(w)
			}
			endless(w)
		}
		after := time.Duration(random.Int64N(int64(3 * time.Second / loopback.Pace)))
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			var pressed time.Time
			var mu sync.Mutex
			timer := time.AfterFunc(after, func() {
				mu.Lock()
				defer mu.Unlock()
				pressed = time.Now()
				cancel()
			})
			defer timer.Stop()
			res := s.runWith(t, ctx, s.options, nil)
			mu.Lock()
			defer mu.Unlock()
			if !pressed.IsZero() && time.Since(pressed) > prompt {
				t.Errorf("it ended %v after it was stopped", time.Since(pressed))
			}
			sound(t, res)
			if v := res.Verdict; res.Evidence.Stopped && v.Certainty != verdict.Certain && v.Cause != verdict.Stopped {
				t.Errorf("stopped after %v: %s/%s/%s by rule %s", after, v.Who, v.Cause, v.Certainty, v.Rule)
			}
		})
	}
}

// runWith runs a scenario in its world with other options than its own.
func (s scenario) runWith(t *testing.T, ctx context.Context, opt checklist.Options, observe func(checklist.Event)) checklist.Result {
	t.Helper()
	w := world{loopback.Start(t)}
	w.AddHost(site, address)
	w.page(loopback.Page)
	if s.breaks != nil {
		s.breaks(w)
	}
	goal, err := target.Parse(s.url())
	if err != nil {
		t.Fatal(err)
	}
	env := w.Environment()
	if s.environment != nil {
		s.environment(env)
	}
	return checklist.Run(ctx, *env, goal, opt, observe)
}

// sound reports what no result may be: rows that are missing, out of order or without an end, a verdict that no rule
// gives, a time that runs backwards.
func sound(t *testing.T, res checklist.Result) {
	t.Helper()
	steps := evidence.Steps()
	if len(res.Steps) != len(steps) {
		t.Fatalf("%d rows, want %d", len(res.Steps), len(steps))
	}
	for i, row := range res.Steps {
		if row.Step != steps[i] || row.Finding.Code == "" || row.MS < 0 {
			t.Errorf("row %d: %+v", i, row)
		}
		switch row.State {
		case checklist.Fine, checklist.Found, checklist.CouldNot, checklist.Skipped:
		default:
			t.Errorf("row %s ends as %q", row.Step, row.State)
		}
	}
	v := res.Verdict
	known := v.Who == verdict.Unknown && v.Cause == verdict.Stopped // it comes after all rules
	for _, rule := range verdict.Rules() {
		known = known || rule.ID == v.Rule && rule.Who == v.Who && rule.Cause == v.Cause
	}
	if !known || v.Certainty == verdict.Unsure != (v.Who == verdict.Unknown) {
		t.Errorf("no rule gives %s/%s/%s (%s)", v.Who, v.Cause, v.Certainty, v.Rule)
	}
	if res.Evidence.Finished.Before(res.Evidence.Started) {
		t.Errorf("it began at %v and ended at %v", res.Evidence.Started, res.Evidence.Finished)
	}
}

// What was learnt before a run was stopped stands in its evidence.
func TestStopKeepsWhatWasLearnt(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := scenario{breaks: func(w world) { w.page(status(502, "nginx")) }}
	var once sync.Once
	res := s.runWith(t, ctx, checklist.Options{}, func(e checklist.Event) {
		if e.Reply == 502 {
			once.Do(cancel)
		}
	})
	if !res.Evidence.Stopped || len(res.Evidence.Tries) == 0 || res.Evidence.Tries[0].Status() != 502 || res.Evidence.System == nil {
		t.Errorf("stopped %v after %d tries", res.Evidence.Stopped, len(res.Evidence.Tries))
	}
	if v := res.Verdict; v.Cause != verdict.BadGateway || v.Certainty != verdict.Certain {
		t.Errorf("got %s/%s/%s; the site's own word over a secure connection was in", v.Who, v.Cause, v.Certainty)
	}
}

// A run that is stopped before it begins does not begin.
func TestStopBeforeTheBeginning(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w := world{loopback.Start(t)}
	w.AddHost(site, address)
	w.page(loopback.Page)
	goal, err := target.Parse("https://" + site + "/")
	if err != nil {
		t.Fatal(err)
	}
	res := checklist.Run(ctx, *w.Environment(), goal, checklist.Options{}, nil)
	sound(t, res)
	if res.Verdict.Cause != verdict.Stopped {
		t.Errorf("%s/%s", res.Verdict.Who, res.Verdict.Cause)
	}
	if n := w.Connections(address + ":443"); n != 0 {
		t.Errorf("%d connections to the site", n)
	}
}
