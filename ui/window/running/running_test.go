package running

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

var page = evidence.Target{URL: "https://www.example.com/", Host: "www.example.com"}

func event(step evidence.Step, state checklist.State) checklist.Event {
	return checklist.Event{StepResult: checklist.StepResult{Step: step, State: state}}
}

// record runs one check in fake time and returns what it told, with the time of each.
func record(t *testing.T, check Check, meanwhile func(*Run)) (told []Progress, at []time.Duration, res checklist.Result) {
	t.Helper()
	start := time.Now()
	run := Start(t.Context(), check, page, checklist.Options{}, Hooks{
		Progress: func(p Progress) { told, at = append(told, p), append(at, time.Since(start)) },
		Done:     func(r checklist.Result) { res = r },
	})
	if meanwhile != nil {
		meanwhile(run)
	}
	<-run.Ended()
	return told, at, res
}

func TestAFloodOfEventsIsPaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		check := func(_ context.Context, target evidence.Target, _ checklist.Options, observe func(checklist.Event)) checklist.Result {
			for range 1000 {
				observe(event(evidence.StepCompare, checklist.Running))
				time.Sleep(time.Millisecond)
			}
			e := event(evidence.StepRetry, checklist.Found)
			e.Reply = 502
			observe(e)
			time.Sleep(1500 * time.Millisecond)
			return checklist.Result{Evidence: evidence.Evidence{Target: target}}
		}
		told, at, res := record(t, check, nil)
		for i := 1; i < len(at); i++ {
			if at[i]-at[i-1] < pace {
				t.Errorf("told at %v and again at %v", at[i-1], at[i])
			}
		}
		if len(told) < 15 || len(told) > 25 {
			t.Errorf("told %d times in a second of events and a quiet one", len(told))
		}
		last := told[len(told)-1]
		if last.Seconds != 2 || last.Reply != 502 || last.Step != 2 || len(last.Steps) != 6 {
			t.Errorf("last told: %+v", last)
		}
		if last.Steps[0].State != checklist.Found || last.Steps[1].State != checklist.Running || last.Steps[2].State != checklist.Waiting {
			t.Errorf("the rows: %+v", last.Steps)
		}
		if res.Evidence.Target.URL != page.URL {
			t.Errorf("the result got lost: %+v", res)
		}
	})
}

func TestStopEndsTheRunAndKeepsItsResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		check := func(ctx context.Context, _ evidence.Target, _ checklist.Options, _ func(checklist.Event)) checklist.Result {
			<-ctx.Done()
			return checklist.Result{Evidence: evidence.Evidence{Stopped: true}}
		}
		start := time.Now()
		_, _, res := record(t, check, func(r *Run) {
			time.Sleep(3 * time.Second)
			r.Stop()
			r.Stop()
		})
		if !res.Evidence.Stopped || time.Since(start) != 3*time.Second {
			t.Errorf("stopped after %v with %+v", time.Since(start), res)
		}
	})
}

func TestKeepWaitingIsOfferedUntilPressed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		check := func(_ context.Context, _ evidence.Target, opts checklist.Options, observe func(checklist.Event)) checklist.Result {
			slow := event(evidence.StepRetry, checklist.Running)
			slow.Slow = true
			observe(slow)
			<-opts.KeepWaiting
			observe(slow)
			time.Sleep(time.Second)
			return checklist.Result{}
		}
		var offered, after Progress
		record(t, check, func(r *Run) {
			time.Sleep(time.Second)
			offered = r.Now()
			r.KeepWaiting()
			r.KeepWaiting()
			synctest.Wait()
			after = r.Now()
		})
		if !offered.Slow || after.Slow {
			t.Errorf("offered: %v, still offered after the press: %v", offered.Slow, after.Slow)
		}
	})
}

func TestASnapshotDoesNotChange(t *testing.T) {
	r := &Run{progress: begin(page)}
	before := r.Now()
	r.observe(event(evidence.StepRetry, checklist.Fine))
	if before.Steps[0].State != checklist.Waiting || before.Steps[0].Finding.Code != "step_try_again_waiting" {
		t.Errorf("an event reached into an earlier snapshot: %+v", before.Steps[0])
	}
	for _, step := range evidence.Steps() {
		r.observe(event(step, checklist.Fine))
	}
	if p := r.Now(); p.Step != 6 {
		t.Errorf("step %d of 6 with all done", p.Step)
	}
}

func TestThePauseBetweenTwoTriesIsCountedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		check := func(_ context.Context, _ evidence.Target, _ checklist.Options, observe func(checklist.Event)) checklist.Result {
			e := event(evidence.StepRetry, checklist.Running)
			e.Finding = verdict.Finding{Code: verdict.StepRetryPause, Args: map[string]any{"Seconds": 3.4, "Try": 3}}
			observe(e)
			time.Sleep(3400 * time.Millisecond)
			return checklist.Result{}
		}
		told, _, _ := record(t, check, nil)
		var left []any
		for _, p := range told {
			left = append(left, p.Steps[0].Finding.Args["Seconds"])
		}
		if want := []any{4.0, 3.0, 2.0, 1.0}; !slices.Equal(left, want) {
			t.Errorf("the pause was shown as %v seconds, want %v", left, want)
		}
	})
}
