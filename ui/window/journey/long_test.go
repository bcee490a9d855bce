//go:build measure

package journey

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// These measurements take minutes; packaging/measure.sh makes them.

// idleFor is how long the use of the processor is measured.
const idleFor = 10 * time.Second

// TestIdle tells what the program takes of one core on each page while nobody touches it: about what Fyne's own tick
// takes. What would take more, an animation, is asserted in the tests of ui/look, without a clock.
func TestIdle(t *testing.T) {
	m := newMetered(t, "bad-gateway")
	measure := func(name string) {
		time.Sleep(2 * time.Second) // the caret, the last frames and the caches have come to rest
		before := m.quick()
		time.Sleep(idleFor)
		t.Logf("%-10s %5.2f %% of a core", name, float64(m.quick().CPU-before.CPU)/idleFor.Seconds()/10)
	}
	measure("start")
	m.write("shop.example")
	measure("typed")
	m.keys("Return")
	m.untilRuns(1)
	measure("answer")
	m.ask(nil, "press", "Tell me when it's back")
	measure("watching")
	m.keys("alt+h")
	measure("history")
	m.keys("alt+s")
	measure("settings")
	m.must("xdotool", "windowminimize", m.window)
	measure("hidden")
}

// TestPageChanges tells how long the screen's goroutine is held up by the change to each page.
func TestPageChanges(t *testing.T) {
	m := newMetered(t, "bad-gateway")
	m.write("shop.example")
	change := func(name, key string, until func()) {
		m.ask(nil, "watch")
		m.keys(key)
		until()
		var d delays
		m.ask(&d, "delays")
		m.shot(name)
		t.Logf("%-10s the longest wait is %5.1f ms, of which the screen's thread computes %5.1f ms", name, d.Longest, d.Busy)
	}
	second := func() { time.Sleep(time.Second) }
	change("run", "Return", second)
	change("stopped", "Escape", second)
	change("again", "alt+r", func() { m.untilRuns(2) })
	if file := os.Getenv("ISITME_PROFILE"); file != "" {
		m.ask(nil, "cpu", file)
		defer m.ask(nil, "end")
	}
	for range 3 {
		change("history", "alt+h", second)
		change("settings", "alt+s", second)
		change("start", "alt+n", second)
	}
}

// The checks after which the memory is compared.
const few, many = 5, 50

// TestMemory makes checks as a visitor does, through every page on the way, and compares what is in use after fifty with
// what was after five. The toolkit forgets what is no longer drawn after a minute, when something is drawn.
func TestMemory(t *testing.T) {
	m := newMetered(t, "healthy")
	var after []state
	for n := 1; n <= many; n++ {
		m.keys("alt+n")
		m.write("shop.example")
		m.keys("Return")
		m.untilRuns(n)
		m.keys("alt+h", "alt+s")
		if n == few || n == many {
			m.forget()
			after = append(after, m.state())
			if folder := os.Getenv("ISITME_HEAPS"); folder != "" {
				m.ask(nil, "heap", filepath.Join(folder, fmt.Sprintf("heap%d.prof", n)))
			}
		}
	}
	before, now := after[0], after[1]
	for _, s := range after {
		t.Logf("%d checks: heap %.1f MB in %d objects, resident %.1f MB, %d goroutines, %d open files", s.Runs,
			float64(s.Heap)/1e6, s.Objects, float64(s.Resident)/1e6, s.Goroutines, s.Files)
	}
	if float64(now.Heap) > 1.15*float64(before.Heap) {
		t.Errorf("the heap grows from %d to %d bytes", before.Heap, now.Heap)
	}
	if now.Goroutines > before.Goroutines+2 || now.Files > before.Files+2 {
		t.Errorf("from %d goroutines and %d files to %d and %d", before.Goroutines, before.Files, now.Goroutines, now.Files)
	}
}

// forget leaves the window on its first page, which is the same after few checks and after many, for as long as the toolkit
// keeps what is no longer drawn, and has it redrawn a few times, which is when it cleans up.
func (m *metered) forget() {
	m.keys("alt+n")
	time.Sleep(75 * time.Second)
	for range 4 {
		m.keys("alt+s", "alt+n")
		time.Sleep(12 * time.Second)
	}
}

// state is what the program takes, after a collection of garbage.
func (m *metered) state() (s state) {
	m.t.Helper()
	m.ask(&s, "state")
	return s
}
