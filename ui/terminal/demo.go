package terminal

import (
	"context"
	"slices"
	"strings"

	"isitme/checks/demo"
	"isitme/checks/target"
	"isitme/checks/words"
)

// demo is `isitme demo [NAME]`: the real checklist against a small broken internet on loopback. It is no check of
// anything of the visitor's, so it is not kept in the history.
func (p *Program) demo(ctx context.Context, a arguments) int {
	c, name := a.catalog, a.subject
	if name == "" {
		name = demo.Names()[0]
	}
	if !slices.Contains(demo.Names(), name) {
		return p.misused(c, c.T("cli.demos", words.A{"Name": name, "Names": strings.Join(demo.Names(), ", ")}))
	}
	d, err := demo.Start(name, p.Environment.Version)
	if err != nil {
		return p.broken(err)
	}
	defer d.Close()
	goal, err := target.Parse(d.Address)
	if err != nil {
		return p.broken(err)
	}
	p.say(c.T("cli.demo", words.A{"Name": name}))
	full := p.run(ctx, d.Environment, goal, a)
	return p.tell(full, a, full.Verdict.Who.ExitStatus())
}
