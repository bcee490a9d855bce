package terminal

import (
	"fmt"
	"sync"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/words"
)

// tick is how often the live line shows the time that went by, often enough that nobody takes it for stuck.
const tick = 200 * time.Millisecond

// line is what goes on: one line that is written over on a terminal, a line per change elsewhere.
type line struct {
	p     *Program
	begun time.Time
	stop  chan struct{}
	done  sync.WaitGroup

	mu    sync.Mutex
	text  string
	drawn bool
}

func (p *Program) newLine() *line {
	l := &line{p: p, begun: time.Now(), stop: make(chan struct{})}
	if p.Live {
		l.done.Go(l.run)
	}
	return l
}

// run draws the line anew until it ends.
func (l *line) run() {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			l.mu.Lock()
			l.draw()
			l.mu.Unlock()
		case <-l.stop:
			return
		}
	}
}

// set changes what the line says.
func (l *line) set(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.text == text {
		return
	}
	l.text = text
	if l.p.Live {
		l.draw()
		return
	}
	fmt.Fprint(l.p.Err, hang(l.clock(), text, l.p.columns()))
}

// clock is the time that went by, in minutes and seconds.
func (l *line) clock() string {
	s := int(time.Since(l.begun).Seconds())
	return fmt.Sprintf("  %d:%02d  ", s/60, s%60)
}

// draw writes over the last line. It keeps one column free: in the last one many terminals begin a new line.
func (l *line) draw() {
	if l.text == "" {
		return
	}
	text := []rune(l.clock() + plain(l.text))
	width := l.p.Width
	if width <= 0 {
		width = usual
	}
	if room := max(width-1, narrowest/2); len(text) > room {
		text = append(text[:room-1], '…')
	}
	fmt.Fprintf(l.p.Err, "\r\x1b[K%s", string(text))
	l.drawn = true
}

// over says something above the line.
func (l *line) over(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
	l.p.say(text)
}

func (l *line) clear() {
	if l.drawn {
		fmt.Fprint(l.p.Err, "\r\x1b[K")
		l.drawn = false
	}
}

// end leaves no half line behind.
func (l *line) end() {
	close(l.stop)
	l.done.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
}

// progress shows a run as it goes on.
type progress struct {
	*line
	c     *words.Catalog
	waits bool // the visitor waits for a slow site anyway
	slow  bool
	said  map[evidence.Step]string
}

func (p *Program) newProgress(a arguments, goal evidence.Target) *progress {
	p.say(a.catalog.T("cli.checking", words.A{"URL": goal.DisplayHost}))
	return &progress{line: p.newLine(), c: a.catalog, waits: a.options.Wait, said: map[evidence.Step]string{}}
}

// observe takes one event of the run. What the steps found stands in the answer; here is what they are at.
func (g *progress) observe(e checklist.Event) {
	if e.State == checklist.Running {
		text := g.c.StepTitle(e.Step) + ": " + g.c.Finding(e.Finding)
		key := e.Finding.Code
		if g.p.Live || e.Step == evidence.StepRetry {
			key = text // elsewhere than on a terminal, counting up would be a line per site; each try is worth one
		}
		if g.said[e.Step] != key {
			g.said[e.Step] = key
			g.set(text)
		}
	}
	if e.Slow && !g.slow {
		g.slow = true
		if !g.waits {
			g.over(g.c.T("cli.keep_waiting"))
		}
	}
}
