package terminal

import (
	"context"
	"fmt"

	"isitme/checks/elsewhere"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/system"
	"isitme/checks/words"
)

// askElsewhere says what is about to leave this computer, asks computers elsewhere, and judges again with what they saw.
// It is false when nothing was asked. Ctrl-C ends it; what has come in by then counts.
func (p *Program) askElsewhere(ctx context.Context, full *report.Report, client elsewhere.Client, a arguments) bool {
	c, goal := a.catalog, full.Evidence.Target
	if goal.Private {
		p.say(c.T("elsewhere.private", words.A{"Host": goal.DisplayHost}))
		return false
	}
	p.say(c.T("elsewhere.leaves_title") + ": " + c.T("cli.elsewhere_leaves", words.A{"Site": elsewhere.Told(goal)}))
	p.say(c.T("elsewhere.not_sent"))
	progress := p.newLine()
	progress.set(c.T("elsewhere.asking"))
	client.Progress = func(done, all int) { progress.set(fmt.Sprintf("%s %d/%d", c.T("elsewhere.asking"), done, all)) }
	opinion := client.Ask(ctx, goal, elsewhere.Country(words.Locale(), system.TimeZone()))
	progress.end()
	*full = full.Learn(func(ev *evidence.Evidence) { ev.Elsewhere = &opinion })
	return true
}

// opinions are the lines about what computers elsewhere saw, or why they saw nothing.
func opinions(c *words.Catalog, seen *evidence.Elsewhere) []string {
	if seen.Unavailable != "" {
		line := c.T("elsewhere.unavailable." + seen.Unavailable)
		if seen.RetryInS > 0 {
			line += ". " + c.T("elsewhere.retry_in", words.A{"Wait": c.Duration(float64(seen.RetryInS))})
		}
		return []string{line}
	}
	var lines []string
	for _, v := range seen.Views {
		place := v.Country
		if v.City != "" {
			place = v.City + ", " + v.Country
		}
		lines = append(lines, place+": "+c.Vote(v))
	}
	return lines
}
