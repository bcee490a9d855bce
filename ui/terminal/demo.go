package terminal

import (
	"context"
	"slices"
	"strings"

	"isitme/checks/demo"
	"isitme/checks/target"
	"isitme/checks/words"
)

// demo is `isitme demo [NAME]`: the real checklist against a small broken internet on loopback.
func (p *Program) demo(ctx context.Context, args []string) int {
	a, err := parse(args)
	if err != nil {
		return p.misused(a.catalog, err.Error())
	}
	name := a.url
	if name == "" {
		name = demo.Names()[0]
	}
	if a.help || !slices.Contains(demo.Names(), name) {
		return p.misused(a.catalog, a.catalog.T("cli.demos", words.A{"Names": strings.Join(demo.Names(), ", ")}))
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
	p.say(a.catalog.T("cli.demo", words.A{"Name": name}))
	return p.runAndTell(ctx, d.Environment, goal, a)
}
