package words

import (
	"slices"
	"strings"

	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Since is what a report and the earlier one in it tell together, in sentences.
type Since struct {
	// Means is what the two views from two networks mean together; often there is nothing to say.
	Means []string
	// Answer says how the answers differ.
	Answer string
	// Changes is what is different in the reply and on the visitor's side, or that nothing is.
	Changes []string
}

// Lines are all of it, the most telling first.
func (s Since) Lines() []string {
	all := slices.Clone(s.Means)
	if s.Answer != "" {
		all = append(all, s.Answer)
	}
	return append(all, s.Changes...)
}

// Since words what changed since the earlier run of a report; without one it is empty. Face says who reads it.
func (c *Catalog) Since(r report.Report, face Face) Since {
	p := r.Previous
	if p == nil {
		return Since{}
	}
	then, now := p.Verdict, r.Verdict
	s := Since{Answer: c.T("compare.same_answer")}
	if then.Who != now.Who || then.Cause != now.Cause {
		s.Answer = c.T("compare.other_answer", A{"Before": c.Headline(then, face), "Now": c.Headline(now, face)})
	}
	for _, f := range r.Since() {
		s.Means = append(s.Means, c.finding(f, face))
	}
	if a, b := c.replyOf(then), c.replyOf(now); a != b {
		s.Changes = append(s.Changes, c.T("compare.status", A{"Before": a, "Now": b}))
	}
	for _, change := range p.Changed {
		s.Changes = append(s.Changes, c.T("compare."+string(change)))
	}
	if p.Compared && len(p.Changed) == 0 {
		s.Changes = append(s.Changes, c.T("compare.unchanged"))
	}
	return s
}

// Before is the earlier run of a report in one line, empty without one: when, and what it said. note is what both mean, or
// what is different since.
func (c *Catalog) Before(r report.Report) (line, note string) {
	p := r.Previous
	if p == nil {
		return "", ""
	}
	line = c.When(p.Started) + ": " + c.Headline(p.Verdict, Picture)
	var names []string
	for _, change := range p.Changed {
		names = append(names, c.T("report.changed."+string(change)))
	}
	switch means := c.Since(r, Picture).Means; {
	case len(means) > 0:
		note = strings.Join(means, " ")
	case len(names) > 0:
		note = c.T("report.changed", A{"List": c.List(names)})
	case p.Compared:
		note = c.T("report.unchanged")
	}
	return line, note
}

// replyOf is the status line of an answer, or that there was no reply.
func (c *Catalog) replyOf(v verdict.Verdict) string {
	if s := c.facts(v.Facts)["Status"]; s != "" {
		return s.(string)
	}
	return c.T("report.no_reply")
}
