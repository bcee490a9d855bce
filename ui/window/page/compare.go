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
	// Before and After are redacted. After carries Before as its earlier run where both are about the same site.
	Before, After report.Report
	Now           time.Time
}

// Build makes the page.
func (p Compare) Build() View {
	c := p.Words
	column := look.Column(sectionGap, look.Title(c.T("compare.title")))
	if p.After.Previous != nil {
		column.Add(look.NewCard(changes(c, p.After)))
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

// changes says what differs from the earlier check of a report, and what that means.
func changes(c *words.Catalog, r report.Report) fyne.CanvasObject {
	since := c.Since(r, words.Short)
	lines := look.Column(6)
	for _, what := range since.Means {
		lines.Add(look.Body("**" + what + "**"))
	}
	lines.Add(look.Body(since.Answer))
	for _, what := range since.Changes {
		lines.Add(look.NewIconText("state-skipped", look.Strong(verdict.Unknown), what))
	}
	return lines
}
