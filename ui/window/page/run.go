package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/line"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/running"
)

// Run is the page of a check under way. It is built once and then told of the progress.
type Run struct {
	Words *words.Catalog
	Nav   Nav

	OnStop, OnKeepWaiting func()

	so       *look.Text
	progress *look.Progress
	line     *look.LineView
	rows     []*look.StepRow
	stop     *look.Button
	slow     fyne.CanvasObject
	waiting  fyne.CanvasObject
	offered  bool
	stopped  bool
}

// Build makes the page for the progress so far.
func (p *Run) Build(now running.Progress) View {
	c := p.Words
	p.so = look.Secondary("")
	p.stop = look.NewButton(c.T("button.stop"), "stop", look.Normal, p.pressStop)
	p.progress = look.NewProgress(len(now.Steps))
	live := liveLine(now)
	p.line = look.NewLineView(live, Labels(c, live), verdict.Site, look.Bg)
	p.rows = nil
	rows := make([]fyne.CanvasObject, len(now.Steps))
	for i, s := range now.Steps {
		row := look.NewStepRow(calm(step(c, s), i, now.Step))
		p.rows = append(p.rows, row)
		rows[i] = row
	}
	p.slow = look.NewBanner(look.Beside(12,
		look.Body(c.T("screen.run.slow")),
		look.NewButton(c.T("button.keep_waiting"), "", look.Compact, p.OnKeepWaiting)))
	p.waiting = look.Body(c.T("screen.run.waiting_on"))
	head := look.Beside(16,
		look.Column(2, look.NewText(c.T("screen.run.title", words.A{"Host": now.Target.DisplayHost}), look.Style{Size: look.SizeTitle, Bold: true}), p.so),
		p.stop)
	content := look.Column(sectionGap, head, p.progress, p.line, p.slow, p.waiting,
		look.NewList(rows...), look.Small(c.T("screen.run.stop_help")))
	p.slow.Hide()
	p.waiting.Hide()
	p.Update(now)
	rowsNow, lineNow := p.rows, p.line
	stand := func() { // the page may be built anew before this one is left
		for _, row := range rowsNow {
			row.Set(look.Step{State: checklist.Waiting})
		}
		lineNow.Set(line.Start(), nil)
	}
	return View{Header: p.Nav.Header(c), Content: content, Leave: stand, OnKey: func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			p.pressStop()
		}
	}}
}

// Update shows a later progress. It reports whether the page's height may have changed.
func (p *Run) Update(now running.Progress) bool {
	c := p.Words
	if !p.stopped {
		p.so.SetText(c.T("screen.run.progress", words.A{"Step": now.Step, "All": len(now.Steps), "Time": c.Duration(float64(now.Seconds))}))
	}
	p.progress.Set(bars(now))
	live := liveLine(now)
	p.line.Set(live, Labels(c, live))
	for i, s := range now.Steps {
		p.rows[i].Set(calm(step(c, s), i, now.Step))
	}
	kept := p.offered && !now.Slow
	changed := now.Slow != p.slow.Visible() || kept != p.waiting.Visible()
	p.offered = p.offered || now.Slow
	show(p.slow, now.Slow)
	show(p.waiting, kept)
	return changed
}

// pressStop says at once that the press was understood: the last words of the run may take a moment.
func (p *Run) pressStop() {
	if p.stopped {
		return
	}
	p.stopped = true
	p.so.SetText(p.Words.T("screen.run.stopping"))
	p.stop.Disable()
	p.OnStop()
}

// calm shows a step that runs ahead of the current one as one that waits, with what it says: underneath, most steps run
// at once, but a person follows one.
func calm(row look.Step, i, current int) look.Step {
	if row.State == checklist.Running && i != current-1 {
		row.State = checklist.Waiting
	}
	return row
}

// bars are the states of the progress bar: what has ended, and the current step.
func bars(now running.Progress) []checklist.State {
	all := states(now.Steps)
	for i, s := range all {
		if s == checklist.Running && i != now.Step-1 {
			all[i] = checklist.Waiting
		}
	}
	return all
}

// states are the states of steps, in their order.
func states(steps []checklist.StepResult) []checklist.State {
	all := make([]checklist.State, len(steps))
	for i, s := range steps {
		all[i] = s.State
	}
	return all
}

// liveLine is the line of a run that goes on.
func liveLine(now running.Progress) line.Line {
	byStep := make(map[evidence.Step]checklist.State, len(now.Steps))
	for _, s := range now.Steps {
		byStep[s.Step] = s.State
	}
	return line.Live(byStep, now.Reply)
}

// shownMS is what a step must have taken for its time to be shown: less is not felt.
const shownMS = 50

// step is one row of the checklist. While a step waits or runs, its icon says so, and a word would only flicker.
func step(c *words.Catalog, s checklist.StepResult) look.Step {
	row := look.Step{State: s.State, Title: c.StepTitle(s.Step), Finding: c.Finding(s.Finding)}
	if s.State != checklist.Waiting && s.State != checklist.Running {
		row.Word = c.StateWord(s.State)
		if s.MS >= shownMS {
			row.Word += " · " + c.Seconds(s.MS/1000) + " s"
		}
	}
	if s.Step == evidence.StepAnswer {
		if who, ok := s.Finding.Args["Who"]; ok {
			row.Who, row.Word = verdict.Who(text(who)), ""
		}
	}
	return row
}

// text is a particular of a finding as a string: in a run it has its own type, from a file it is a plain string.
func text(v any) string {
	switch v := v.(type) {
	case verdict.Who:
		return string(v)
	case string:
		return v
	default:
		return ""
	}
}

func show(o fyne.CanvasObject, visible bool) {
	if visible == o.Visible() {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
