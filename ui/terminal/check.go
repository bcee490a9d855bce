package terminal

import (
	"context"

	"isitme/checks/checklist"
	"isitme/checks/elsewhere"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/target"
	"isitme/checks/words"
)

// check is `isitme check`.
func (p *Program) check(ctx context.Context, a arguments) int {
	c := a.catalog
	if a.subject == "" {
		return p.misused(c, c.T("cli.no_url"))
	}
	goal, err := target.Parse(a.subject)
	if err != nil {
		return p.misused(c, c.Target(err))
	}
	if target.Count(a.subject) > 1 {
		p.say(c.T("target.several"))
	}
	if goal.Hint != "" {
		p.say(c.T("finding.note_hint", words.A{"Hint": goal.Hint}) + " " + c.Hint(goal.Hint))
	}
	if goal.OneTime {
		p.say(c.T("cli.once"))
	}
	choices := p.choices()
	chosen := choices.Options()
	a.options.NoCompare = a.options.NoCompare || chosen.NoCompare
	a.options.NoResolvers = a.options.NoResolvers || chosen.NoResolvers
	a.options.NoFlush = a.options.NoFlush || chosen.NoFlush
	full := p.run(ctx, p.Environment, goal, a)
	keeps := !a.noKeep && choices.KeepHistory
	if keeps {
		full = p.after(full)
		p.keep(full, a.catalog) // before it is shown: nothing that was seen may be lost
	}
	asks := a.elsewhere || choices.AskElsewhere && elsewhere.Useful(&full.Evidence, full.Verdict)
	if asks && !full.Evidence.Stopped && p.askElsewhere(ctx, &full, choices.Service(&p.Environment), a) && keeps {
		p.keep(full, a.catalog)
	}
	return p.tell(full, a, full.Verdict.Who.ExitStatus())
}

// run runs one check in env, showing its progress, and returns the private report.
func (p *Program) run(ctx context.Context, env environment.Environment, goal evidence.Target, a arguments) report.Report {
	progress := p.newProgress(a, goal)
	result := checklist.Run(ctx, env, goal, a.options, progress.observe)
	progress.end()
	return report.New(report.NewID(), report.ToolOf(env.Version, result), result)
}

// tell prints what may be shown of a report and saves it to the files that were asked for. It returns status, or that of
// what went wrong meanwhile.
func (p *Program) tell(full report.Report, a arguments, status int) int {
	shown := full.Redact(a.networkDetails)
	if a.json {
		if err := render.JSON(p.Out, shown, a.catalog); err != nil {
			return p.broken(err)
		}
	} else if s := p.print(p.answer(shown, a, shown.URL == full.URL)); s != exitOK {
		return s
	}
	for _, file := range a.save {
		if err := save(file, shown, a.catalog); err != nil {
			p.say(file + ": " + a.catalog.T("message.could_not_save", words.A{"Reason": reason(a.catalog, err)}))
			status = exitFault
			continue
		}
		p.say(a.catalog.T("cli.saved", words.A{"File": file}))
	}
	return status
}
