//go:build linux

package main

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// pause is the mean time between two pings. They come at random times, so that they do not fall into step with the frames.
const pause = 8 * time.Millisecond

// pinger asks the screen's goroutine again and again to do nothing, and notes how long that takes: what a key press waits
// for before the program even sees it.
type pinger struct {
	end  chan struct{}
	done sync.WaitGroup

	mu    sync.Mutex
	waits []time.Duration
	busy  time.Duration
}

func startPinger() *pinger {
	p := &pinger{end: make(chan struct{})}
	p.done.Go(func() {
		for {
			select {
			case <-p.end:
				return
			case <-time.After(pause/2 + rand.N(pause)):
			}
			asked, used := time.Now(), screenTime()
			fyne.DoAndWait(func() {})
			p.mu.Lock()
			p.waits = append(p.waits, time.Since(asked))
			p.busy = max(p.busy, screenTime()-used)
			p.mu.Unlock()
		}
	})
	return p
}

// delays are the waits in milliseconds.
type delays struct {
	Count               int
	Half, Most, Longest float64 // the median, the 99th percentile, the maximum
	// Over counts those longer than 50 ms.
	Over int
	// Busy is the most that the screen's own thread computed within one wait. On a computer with other things to do it
	// tells more than the wait itself.
	Busy float64
}

func (p *pinger) stop() delays {
	close(p.end)
	p.done.Wait()
	slices.Sort(p.waits)
	d := delays{Count: len(p.waits), Busy: float64(p.busy.Microseconds()) / 1000}
	if d.Count == 0 {
		return d
	}
	ms := func(i int) float64 { return float64(p.waits[i].Microseconds()) / 1000 }
	d.Half, d.Most, d.Longest = ms(d.Count/2), ms(d.Count*99/100), ms(d.Count-1)
	for _, w := range p.waits {
		if w > 50*time.Millisecond {
			d.Over++
		}
	}
	return d
}

// screenTime is what the first thread, which the toolkit draws on, has used of the processor (proc_pid_schedstat: the
// first number, in nanoseconds).
func screenTime() time.Duration {
	first := strconv.Itoa(os.Getpid())
	data, err := os.ReadFile("/proc/self/task/" + first + "/schedstat")
	if err != nil {
		return 0
	}
	used, _, _ := strings.Cut(string(data), " ")
	ns, err := strconv.ParseInt(used, 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(ns)
}
