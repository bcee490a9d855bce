package checklist_test

import (
	"context"
	"testing"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/loopback"
	"isitme/checks/verdict"
)

// lateness is when the gateway of these tests gives up at last: after the end of an ordinary run, before that of a
// patient one.
const lateness = 31 * time.Second / loopback.Pace

var lateGateway = scenario{breaks: func(w world) { w.page(after(lateness, status(504, "late"))) }}

func TestOrdinaryRunDoesNotWait(t *testing.T) {
	t.Parallel()
	slow := false
	res := lateGateway.runWith(t, context.Background(), checklist.Options{}, func(e checklist.Event) { slow = slow || e.Slow })
	if v := res.Verdict; v.Cause != verdict.NotAnswering || v.Certainty != verdict.Likely {
		t.Errorf("got %s/%s/%s", v.Who, v.Cause, v.Certainty)
	}
	if !slow {
		t.Error("nothing said that waiting on is offered")
	}
	if !res.Evidence.OutOfTime || res.Evidence.Stopped {
		t.Errorf("out of time %v, stopped %v", res.Evidence.OutOfTime, res.Evidence.Stopped)
	}
	sound(t, res)
}

func TestWaitHoldsOn(t *testing.T) {
	t.Parallel()
	res := lateGateway.runWith(t, context.Background(), checklist.Options{Wait: true}, nil)
	if v := res.Verdict; v.Cause != verdict.GatewayTimeout || v.Certainty != verdict.Certain {
		t.Errorf("got %s/%s/%s", v.Who, v.Cause, v.Certainty)
	}
	sound(t, res)
}

// Keep waiting, pressed when it is offered, has the same effect.
func TestKeepWaitingHoldsOn(t *testing.T) {
	t.Parallel()
	keep := make(chan struct{})
	pressed := false
	res := lateGateway.runWith(t, context.Background(), checklist.Options{KeepWaiting: keep}, func(e checklist.Event) {
		if e.Slow && !pressed {
			pressed = true
			close(keep)
		}
	})
	if !pressed {
		t.Fatal("it was never offered")
	}
	if v := res.Verdict; v.Cause != verdict.GatewayTimeout || v.Certainty != verdict.Certain {
		t.Errorf("got %s/%s/%s", v.Who, v.Cause, v.Certainty)
	}
	sound(t, res)
}

// A page that loads is answered soon after it has loaded: nothing that is still under way is waited for.
func TestLoadedPageIsAnsweredAtOnce(t *testing.T) {
	t.Parallel()
	for name, breaks := range map[string]func(w world){
		"nobody else answers": world.nobodyElse,
		"well-known sites are silent": func(w world) {
			w.EachSite(func(_, a string) { w.Silence(a + ":443") })
		},
		"the page takes a second": func(w world) { w.page(after(time.Second, loopback.Page)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			endlessly := func(w world) { breaks(w); endless(w) }
			res := scenario{breaks: endlessly}.runWith(t, context.Background(), checklist.Options{}, nil)
			if res.Verdict.Cause != verdict.Works {
				t.Fatalf("%s/%s", res.Verdict.Who, res.Verdict.Cause)
			}
			load := time.Duration(res.Evidence.Tries[0].MS * float64(time.Millisecond))
			if took := res.Evidence.Finished.Sub(res.Evidence.Started); took > load+prompt {
				t.Errorf("answered after %v, loaded after %v", took, load)
			}
			sound(t, res)
		})
	}
}
