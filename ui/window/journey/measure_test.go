package journey

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// metered is the window with a stopwatch inside (the program in the folder measured), on a small internet of its own.
type metered struct {
	*screen
	eye   *eye
	home  string
	tell  io.Writer
	heard *bufio.Scanner
}

// state is the measured program's own, as far as it is used here.
type state struct {
	Begun, Runs, Goroutines, Files int
	Heap, Objects, Resident        uint64
	CPU, Stopped, Ended            int64
}

// delays are how long the screen's goroutine let others wait, in milliseconds.
type delays struct {
	Count, Over               int
	Half, Most, Longest, Busy float64
}

// newMetered starts the program on one of the demos; environ is what it finds in its environment besides.
func newMetered(t *testing.T, demo string, environ ...string) *metered {
	t.Helper()
	needAll(t)
	m := &metered{screen: newScreen(t), home: t.TempDir()}
	if err := os.WriteFile(filepath.Join(m.home, "settings.json"), []byte(`{"language":"en","theme":"light"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Getenv(insideMeasured), m.home, demo)
	cmd.Env = append(os.Environ(), "DISPLAY="+m.display, "HOME="+m.home, "LANG=en_US.UTF-8", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere")
	cmd.Env = append(cmd.Env, environ...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended already
		_ = cmd.Wait()
	})
	m.tell, m.heard = in, bufio.NewScanner(out)
	m.find("Is It Me")
	m.resize(760, 720)
	if m.eye, err = openEye(m.display); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.eye.conn.Close() })
	return m
}

// ask gives the program a word and takes its answer into to, which may be nil.
func (m *metered) ask(to any, word string, arguments ...string) {
	m.t.Helper()
	for _, a := range arguments {
		word += " " + a
	}
	if _, err := io.WriteString(m.tell, word+"\n"); err != nil {
		m.t.Fatal(err)
	}
	if !m.heard.Scan() {
		m.t.Fatalf("no answer to %q: %v", word, m.heard.Err())
	}
	var problem struct{ Error string }
	if err := json.Unmarshal(m.heard.Bytes(), &problem); err == nil && problem.Error != "" {
		m.t.Fatalf("%s: %s", word, problem.Error)
	}
	if to != nil {
		if err := json.Unmarshal(m.heard.Bytes(), to); err != nil {
			m.t.Fatal(err)
		}
	}
}

// untilRuns waits until that many runs have ended.
func (m *metered) untilRuns(n int) {
	m.t.Helper()
	m.wait(60*time.Second, fmt.Sprintf("%d runs", n), func() bool { return m.quick().Runs >= n })
	time.Sleep(700 * time.Millisecond) // the answer is drawn
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

// quick is the state without a collection of garbage, which would disturb what is being measured.
func (m *metered) quick() (s state) {
	m.t.Helper()
	m.ask(&s, "counts")
	return s
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
