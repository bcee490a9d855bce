package page

import (
	"time"

	"fyne.io/fyne/v2"

	"isitme/checks/line"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// Compare is the page of two reports beside each other, the older one first.
type Compare struct {
	Words *words.Catalog
	Nav   Nav
	// Before and After are redacted; Changed is what differs on the visitor's side, nil for reports about two sites.
	Before, After report.Report
	Changed       *report.Previous
	Now           time.Time
}

// Build makes the page.
func (p Compare) Build() View {
	c := p.Words
	column := look.Column(sectionGap, look.Title(c.T("compare.title")))
	if p.Changed != nil {
		column.Add(look.NewCard(changes(c, *p.Changed, p.After.Verdict, c.Ago(p.Before.Started, p.Now))))
	}
	column.Add(look.TwoColumns(p.side(c.T("compare.before"), p.Before), p.side(c.T("compare.now"), p.After)))
	return View{Header: p.Nav.Header(c), Content: column}
}

// side is one of the two: its answer, its line and its checks.
func (p Compare) side(heading string, r report.Report) fyne.CanvasObject {
	c, v := p.Words, r.Verdict
	l := line.Of(v, &r.Evidence)
	panel := look.NewAnswerPanel(look.Answer{
		Who: v.Who, Headline: c.Headline(v, words.Screen), Sentence: c.Sentence(v), Chip: c.Chip(v),
		Sure: v.Certainty == verdict.Certain, Address: r.Evidence.Target.DisplayHost, Time: c.Ago(r.Started, p.Now),
		Line: look.NewLineView(l, Labels(c, l), v.Who, look.Tint(v.Who)),
	})
	rows := make([]fyne.CanvasObject, len(r.Steps))
	for i, s := range r.Steps {
		rows[i] = look.NewStepRow(step(c, s))
	}
	return section(heading, panel, look.NewList(rows...))
}

// changes says how an answer differs from the one before, and what is different on the visitor's side.
func changes(c *words.Catalog, before report.Previous, now verdict.Verdict, when string) fyne.CanvasObject {
	old := verdict.Verdict{Who: before.Who, Cause: before.Cause, Certainty: before.Certainty}
	says := c.T("compare.same_answer")
	if before.Who != now.Who || before.Cause != now.Cause {
		says = c.T("compare.other_answer", words.A{"Before": c.Headline(old, words.Short), "Now": c.Headline(now, words.Short)})
	}
	lines := look.Column(6, look.Body(says))
	if len(before.Changed) == 0 {
		lines.Add(look.Secondary(c.T("compare.nothing", words.A{"When": when})))
		return lines
	}
	lines.Add(look.Secondary(c.T("compare.changed")))
	for _, what := range before.Changed {
		lines.Add(look.NewIconText("state-skipped", look.Strong(verdict.Unknown), c.T("compare."+what)))
	}
	return lines
}
