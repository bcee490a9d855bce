//go:build measure

package journey

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// The requests and events of X11 and XTEST that only measurements use.
const (
	xGetImage, xGetKeyboardMapping, xtestFakeInput = 73, 101, 2
	xKeyPress, xKeyRelease, xMotion                = 2, 3, 6
)

// delays are how long the screen's goroutine let others wait, in milliseconds.
type delays struct {
	Count, Over               int
	Half, Most, Longest, Busy float64
}

// A look at the button Stop of a run, from within its left edge, and a place away from it.
const (
	stopX, stopY   = 690, 90
	awayX, awayY   = 400, 690
	patchX, patchY = 657, 84
	patch          = 8
)

// sight is how long it takes from the pointer's move to the change of colour under it.
func (m *metered) sight(x, y int) (time.Duration, bool) {
	before, err := m.eye.look(patchX, patchY, patch, patch)
	if err != nil {
		m.t.Fatal(err)
	}
	begun := time.Now()
	if err := m.eye.move(x, y); err != nil {
		m.t.Fatal(err)
	}
	for time.Since(begun) < time.Second {
		now, err := m.eye.look(patchX, patchY, patch, patch)
		if err != nil {
			m.t.Fatal(err)
		}
		if !bytes.Equal(before, now) {
			return time.Since(begun), true
		}
		time.Sleep(time.Millisecond / 2)
	}
	return 0, false
}

// TestInputDuringARun moves the pointer on and off the button Stop while a check goes on and waits for the button to
// answer. Beside that the program itself asks its screen's goroutine over and over.
func TestInputDuringARun(t *testing.T) {
	m := newMetered(t, "bad-gateway")
	m.write("shop.example")
	var waits []time.Duration
	m.ask(nil, "watch")
	if file := os.Getenv("ISITME_PROFILE"); file != "" {
		m.ask(nil, "cpu", file)
	}
	m.keys("Return")
	time.Sleep(300 * time.Millisecond)
	missed := 0
	for on := true; m.quick().Runs == 0; on = !on {
		x, y := awayX, awayY
		if on {
			x, y = stopX, stopY
		}
		if w, ok := m.sight(x, y); ok {
			waits = append(waits, w)
		} else {
			missed++
		}
		time.Sleep(37 * time.Millisecond)
	}
	time.Sleep(500 * time.Millisecond)
	if os.Getenv("ISITME_PROFILE") != "" {
		m.ask(nil, "end")
	}
	var d delays
	m.ask(&d, "delays")
	slices.Sort(waits)
	if len(waits) < 20 {
		t.Fatalf("%d moves were seen, %d were not: the button is not where it is looked for", len(waits), missed)
	}
	t.Logf("from the pointer's move to the pixel, %d times: half within %v, 99 of 100 within %v, the slowest %v", len(waits),
		waits[len(waits)/2], waits[len(waits)*99/100], waits[len(waits)-1])
	t.Logf("waiting for the screen's goroutine: %+v ms", d)
}

// TestStopTakesNoTime stops five checks with Esc and tells how long the window, the engine and the answer took. What the
// window does first is asserted where no clock is needed, in the tests of ui/window.
func TestStopTakesNoTime(t *testing.T) {
	m := newMetered(t, "bad-gateway")
	const escape = 0xFF1B // XK_Escape
	for n := 1; n <= 5; n++ {
		m.write("shop.example")
		m.keys("Return")
		time.Sleep(1200 * time.Millisecond) // one try has failed, the next is being waited for
		last, err := m.eye.look(patchX, patchY, patch, patch)
		if err != nil {
			t.Fatal(err)
		}
		var seen []time.Duration
		pressed := time.Now()
		if err := m.eye.press(escape); err != nil {
			t.Fatal(err)
		}
		for time.Since(pressed) < time.Second {
			now, err := m.eye.look(patchX, patchY, patch, patch)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(now, last) {
				seen, last = append(seen, time.Since(pressed)), now
			}
			time.Sleep(time.Millisecond)
		}
		s := m.quick()
		if s.Runs != n || len(seen) == 0 {
			t.Fatalf("%d of %d runs have ended, the page changed %d times", s.Runs, n, len(seen))
		}
		t.Logf("from Esc: the run is told after %d ms and has ended after %d ms; the page changes after %v and is the answer after %v",
			s.Stopped-pressed.UnixMilli(), s.Ended-pressed.UnixMilli(), seen[0], seen[len(seen)-1])
		m.keys("alt+n")
		time.Sleep(300 * time.Millisecond)
	}
}

// look is the pixels of a rectangle of the screen.
func (e *eye) look(x, y, w, h int) ([]byte, error) {
	const wholePixels = 2 // ZPixmap
	r := []byte{xGetImage, wholePixels, 5, 0}
	r = le.AppendUint32(r, e.root)
	for _, n := range []int{x, y, w, h} {
		r = le.AppendUint16(r, uint16(n))
	}
	reply, err := e.ask(le.AppendUint32(r, 0xFFFFFFFF))
	if err != nil {
		return nil, err
	}
	return reply[32:], nil
}

// move puts the pointer somewhere.
func (e *eye) move(x, y int) error { return e.fake(xMotion, 0, x, y) }

// press presses and releases the key with that X keysym.
func (e *eye) press(keysym uint32) error {
	const first, count = 8, 248 // every keycode there can be
	reply, err := e.ask([]byte{xGetKeyboardMapping, 0, 2, 0, first, count, 0, 0})
	if err != nil {
		return err
	}
	per := int(reply[1])
	for i := range count {
		if le.Uint32(reply[32+i*per*4:]) == keysym {
			return errors.Join(e.fake(xKeyPress, byte(first+i), 0, 0), e.fake(xKeyRelease, byte(first+i), 0, 0))
		}
	}
	return fmt.Errorf("no key for keysym %#x", keysym)
}

// fake is XTestFakeInput.
func (e *eye) fake(kind, detail byte, x, y int) error {
	r := make([]byte, 36)
	r[0], r[1], r[2], r[4], r[5] = e.test, xtestFakeInput, 9, kind, detail
	le.PutUint32(r[12:], e.root)
	le.PutUint16(r[24:], uint16(x))
	le.PutUint16(r[26:], uint16(y))
	_, err := e.conn.Write(r)
	return err
}
