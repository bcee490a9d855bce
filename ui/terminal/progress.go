package terminal

import (
	"fmt"
	"strings"
	"sync"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/words"
)

// progress shows a run as it goes on: one line that is written over on a terminal, a line per finished step elsewhere.
type progress struct {
	p       *Program
	catalog *words.Catalog
	mu      sync.Mutex
	drawn   bool
	slow    bool
	last    map[evidence.Step]checklist.State
}

func (p *Program) newProgress(c *words.Catalog, goal evidence.Target) *progress {
	p.say(c.T("cli.checking", words.A{"URL": goal.DisplayHost}))
	return &progress{p: p, catalog: c, last: map[evidence.Step]checklist.State{}}
}

// observe takes one event of the run.
func (g *progress) observe(e checklist.Event) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if e.Step == evidence.StepAnswer {
		return // it follows on standard output
	}
	text := g.catalog.StepTitle(e.Step) + ": " + g.catalog.Finding(e.Finding)
	over := e.State != checklist.Waiting && e.State != checklist.Running
	switch {
	case g.p.Live && e.State == checklist.Running:
		g.draw(fmt.Sprintf("%4.1f s  %s", e.At.Seconds(), text))
	case !g.p.Live && over && g.last[e.Step] != e.State:
		g.p.say("  " + g.catalog.StateWord(e.State) + "  " + text)
	}
	g.last[e.Step] = e.State
	if e.Slow && !g.slow {
		g.slow = true
		g.clear()
		g.p.say(g.catalog.T("cli.keep_waiting"))
	}
}

// draw writes over the last line.
func (g *progress) draw(text string) {
	text = report.Clean(text, max(20, g.p.Width-1))
	fmt.Fprintf(g.p.Err, "\r\x1b[K%s", text)
	g.drawn = true
}

func (g *progress) clear() {
	if g.drawn {
		fmt.Fprint(g.p.Err, "\r\x1b[K")
		g.drawn = false
	}
}

// end leaves no half line behind.
func (g *progress) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.clear()
}

// say writes a line to standard error.
func (p *Program) say(line string) {
	text := strings.TrimLeft(line, " ")
	fmt.Fprintln(p.Err, line[:len(line)-len(text)]+report.Clean(text, maxLine))
}
