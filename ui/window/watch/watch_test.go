package watch

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// sleeper is a clock whose wall time can jump ahead of the timers, as it does when a computer sleeps.
type sleeper struct{ slept time.Duration }

func (s *sleeper) Now() time.Time { return time.Now().Add(s.slept) }

// watched runs one watch in a bubble of fake time, answers its looks from script (the last one for ever) and returns
// the wall times, from the start, at which it looked, with the last progress.
func watched(t *testing.T, clock *sleeper, script []Look, onLook func(n int)) (at []time.Duration, last Progress) {
	t.Helper()
	start := clock.Now()
	n := 0
	look := func(context.Context) Look {
		at = append(at, clock.Now().Sub(start))
		seen := script[min(n, len(script)-1)]
		n++
		if onLook != nil {
			onLook(n)
		}
		return seen
	}
	first := Progress{Look: Look{State: Down}, At: start, Since: start.Add(-time.Hour)}
	Watch(t.Context(), clock.Now, first, look, func(p Progress) { last = p })
	return at, last
}

func TestThePageComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		at, p := watched(t, &sleeper{}, []Look{{State: Down, Status: "502 Bad Gateway"}, {State: Down}, {State: Up}}, nil)
		want := []time.Duration{5 * time.Minute, 10 * time.Minute, 15 * time.Minute}
		if len(at) != 3 || at[0] != want[0] || at[1] != want[1] || at[2] != want[2] {
			t.Errorf("looked at %v, want %v", at, want)
		}
		if !p.Done || p.Look.State != Up || p.Looks != 3 || !p.Since.Equal(start.Add(15*time.Minute)) {
			t.Errorf("ended with %+v", p)
		}
	})
}

func TestItGetsSlowerAndStopsAfterADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		at, p := watched(t, &sleeper{}, []Look{{State: Down}}, nil)
		for i := 1; i < len(at)-1; i++ {
			if gap := at[i] - at[i-1]; gap < Shortest || gap > Longest+tick || (i > 1 && gap+tick < at[i-1]-at[i-2]) {
				t.Errorf("look %d came %v after the one before", i, gap)
			}
		}
		if n := len(at); n < 48 || n > 80 {
			t.Errorf("%d looks in a day", n)
		}
		if end := at[len(at)-1]; end < Lasts || end > Lasts+tick {
			t.Errorf("the last look came after %v, want %v", end, Lasts)
		}
		if !p.Done || p.Look.State != Down || !p.Since.Equal(start.Add(-time.Hour)) {
			t.Errorf("ended with %+v", p)
		}
	})
}

func TestRetryAfterIsRespected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, _ := watched(t, &sleeper{}, []Look{{State: Down, RetryAfter: 2 * time.Hour}, {State: Up}}, nil)
		if len(at) != 2 || at[1]-at[0] != 2*time.Hour {
			t.Errorf("looked at %v, want the second look two hours after the first", at)
		}
	})
}

// TestTheVisitBeforeTheWatchCounts begins a watch with a page whose site has just asked to be left alone.
func TestTheVisitBeforeTheWatchCounts(t *testing.T) {
	for _, tt := range []struct {
		asked time.Duration
		looks []time.Duration
	}{
		{time.Minute, []time.Duration{Shortest}},
		{time.Hour, []time.Duration{50 * time.Minute}},
		{30 * time.Hour, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			first := Progress{Look: Look{State: Down, RetryAfter: tt.asked}, At: start.Add(-10 * time.Minute), Since: start.Add(-time.Hour)}
			var at []time.Duration
			var last Progress
			Watch(t.Context(), time.Now, first, func(context.Context) Look {
				at = append(at, time.Since(start))
				return Look{State: Up}
			}, func(p Progress) { last = p })
			if !slices.Equal(at, tt.looks) {
				t.Errorf("asked to wait %v, looked at %v, want %v", tt.asked, at, tt.looks)
			}
			if !last.Done || last.Looks != len(tt.looks) || time.Since(start) > Lasts {
				t.Errorf("asked to wait %v, ended after %v with %+v", tt.asked, time.Since(start), last)
			}
		})
	}
}

// TestDoubtBothersTheSiteNoMore looks where something on the way spoils every look: the site may still have had a visit.
func TestDoubtBothersTheSiteNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, p := watched(t, &sleeper{}, []Look{{State: CannotTell}}, nil)
		for i := 1; i < len(at)-1; i++ {
			if gap := at[i] - at[i-1]; gap < Shortest {
				t.Errorf("look %d came %v after the one before", i, gap)
			}
		}
		if len(at) > 80 || !p.Done {
			t.Errorf("%d looks, ended with %+v", len(at), p)
		}
	})
}

func TestSleepAndALostNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := &sleeper{}
		script := []Look{{State: Down}, {State: Offline}, {State: Offline}, {State: Up}}
		at, p := watched(t, clock, script, func(n int) {
			if n == 1 {
				clock.slept = 3 * time.Hour // the lid closes right after the first look
			}
		})
		// The look that was due during the sleep comes within a tick of waking; without a network it is tried again soon.
		want := []time.Duration{5 * time.Minute, 3*time.Hour + 5*time.Minute + tick, 3*time.Hour + 6*time.Minute + tick}
		for i, w := range want {
			if at[i] != w {
				t.Errorf("look %d at %v, want %v", i+1, at[i], w)
			}
		}
		if !p.Done || p.Looks != 4 {
			t.Errorf("ended with %+v", p)
		}
	})
}

func TestStoppingEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		reports := 0
		go Watch(ctx, time.Now, Progress{Look: Look{State: Down}, At: time.Now()}, func(context.Context) Look {
			cancel() // stopped while the look is under way
			return Look{State: Up}
		}, func(Progress) { reports++ })
		time.Sleep(time.Hour)
		synctest.Wait()
		if reports != 0 {
			t.Errorf("%d reports after the stop", reports)
		}
	})
}

func TestPace(t *testing.T) {
	for lasted, want := range map[time.Duration]time.Duration{
		0: Shortest, 30 * time.Minute: Shortest, time.Hour: 10 * time.Minute, 3 * time.Hour: Longest, 20 * time.Hour: Longest,
	} {
		if got := Pace(lasted); got != want {
			t.Errorf("after %v: every %v, want %v", lasted, got, want)
		}
	}
}
