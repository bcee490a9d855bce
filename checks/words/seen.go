package words

import (
	"slices"
	"strings"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
)

// Seen says how often the page of a report was tried and what came of it, empty where it was not tried. outcome says what
// came of one visit, as short as can be; where none brought a reply, in other words than that, it stands in brackets.
func (c *Catalog) Seen(r report.Report, outcome func(*evidence.Fetch) string) string {
	tries := r.Evidence.Tries
	if len(tries) == 0 {
		return ""
	}
	last := &tries[len(tries)-1]
	if said := c.silence(r.Steps, last); said != "" {
		if o := outcome(last); o != c.T("report.no_reply") {
			return strings.TrimSuffix(said, ".") + " (" + o + ")"
		}
		return said
	}
	var outcomes []string
	for i := range tries {
		outcomes = append(outcomes, outcome(&tries[i]))
	}
	outcomes = slices.Compact(outcomes)
	seconds := last.Started.Sub(tries[0].Started).Seconds() + last.MS/1000
	args := A{"Seconds": c.Seconds(max(seconds, 0)), "List": strings.Join(outcomes, ", ")}
	key := "report.seen_list"
	if len(outcomes) == 1 && len(tries) > 1 {
		key = "report.seen_same"
	}
	return c.N(key, len(tries), args)
}

// silence says in words what came of visits that ended without a reply: what the first step found. It is empty where the
// last one, or the step's own word, is another.
func (c *Catalog) silence(steps []checklist.StepResult, last *evidence.Fetch) string {
	if hop := last.Last(); hop != nil && hop.Response != nil {
		return ""
	}
	for _, s := range steps {
		if s.Step == evidence.StepRetry && s.State == checklist.Found {
			return c.Reported(s.Finding)
		}
	}
	return ""
}
