package terminal

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"isitme/checks/checklist"
	"isitme/checks/elsewhere"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/target"
	"isitme/checks/words"
)

// askElsewhere says what is about to leave this computer, asks computers elsewhere, and judges again with what they saw.
// It is false when nothing was asked. Ctrl-C ends it; what has come in by then counts.
func (p *Program) askElsewhere(ctx context.Context, full *report.Report, a arguments) bool {
	c, goal := a.catalog, full.Evidence.Target
	if goal.Private {
		p.say(c.T("elsewhere.private", words.A{"Host": goal.DisplayHost}))
		return false
	}
	p.say(c.T("elsewhere.leaves_title") + ": " + c.T("cli.elsewhere_leaves", words.A{"Site": siteOf(goal)}))
	p.say(c.T("elsewhere.not_sent"))
	progress := p.newLine()
	progress.set(c.T("elsewhere.asking"))
	client := elsewhere.Client{
		Env: &p.Environment, Proxy: p.proxyTo(ctx, elsewhere.DefaultEndpoint),
		Progress: func(done, all int) { progress.set(fmt.Sprintf("%s %d/%d", c.T("elsewhere.asking"), done, all)) },
	}
	opinion := client.Ask(ctx, goal, elsewhere.Country(locale(), os.Getenv("TZ")))
	progress.end()
	*full = full.Learn(func(ev *evidence.Evidence) { ev.Elsewhere = &opinion })
	full.Steps = checklist.WithElsewhere(full.Steps, opinion)
	return true
}

// siteOf is the part of an address that computers elsewhere are told: scheme, host and port.
func siteOf(goal evidence.Target) string {
	u, err := url.Parse(goal.URL)
	if err != nil {
		return goal.DisplayHost
	}
	return u.Scheme + "://" + u.Host
}

// proxyTo is the proxy that this computer uses for an address, nil for none.
func (p *Program) proxyTo(ctx context.Context, address string) *url.URL {
	goal, err := target.Parse(address)
	if err != nil {
		return nil
	}
	_, proxy := p.Environment.System(ctx, goal, nil)
	return proxy
}

// locale is what this computer is set to, for the guess at the country; empty where the environment does not say.
func locale() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if l := os.Getenv(name); l != "" {
			return l
		}
	}
	return ""
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
		says := "elsewhere.no_vote"
		switch {
		case v.RefusesRobots:
			says = "elsewhere.refuses_robots"
		case v.Up:
			says = "elsewhere.opens"
		case v.Down:
			says = "elsewhere.fails"
		}
		place := v.Country
		if v.City != "" {
			place = v.City + ", " + v.Country
		}
		lines = append(lines, place+": "+c.T(says))
	}
	return lines
}
