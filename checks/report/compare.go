package report

import (
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// Beside returns the report with an earlier one about the same site in it, and what differs. Both are private reports of
// this computer; of a redacted one, which may be anybody's, only the answers are compared.
func (r Report) Beside(earlier Report) Report {
	p := previous(earlier)
	if !earlier.Redacted && !r.Redacted {
		p.Changed, p.Compared = verdict.Changes(earlier.Evidence.System, r.Evidence.System)
		r.Evidence.Earlier = verdict.Earlier(&earlier.Evidence, &r.Evidence)
	}
	r.Previous = &p
	return r
}

// After returns the report of a run that has just ended, beside an earlier one. A view from another network is evidence:
// the answer takes it into account.
func (r Report) After(earlier Report) Report {
	if r = r.Beside(earlier); r.Evidence.Earlier != nil {
		r = r.judged()
	}
	return r
}

// PreviousAge is how long ago a run about the same page may have been for a new one to be compared with it unasked.
const PreviousAge = time.Hour

// Learn returns the report with what was learned after its run, judged again with it.
func (r Report) Learn(add func(*evidence.Evidence)) Report {
	add(&r.Evidence)
	return r.judged()
}

func (r Report) judged() Report {
	r.Verdict = verdict.Judge(&r.Evidence)
	r.Steps = checklist.WithAnswer(r.Steps, r.Verdict)
	if e := r.Evidence.Elsewhere; e != nil {
		r.Steps = checklist.WithElsewhere(r.Steps, *e)
	}
	return r
}

// Since says in findings what this report and the earlier one in it tell together: whom the change of the network clears,
// and whom not.
func (r Report) Since() []verdict.Finding {
	e := r.Evidence.Earlier
	if r.Previous == nil || e == nil || !e.At.Equal(r.Previous.Evidence.Started) {
		return nil // the view may be that of a run before that
	}
	return verdict.Since(r.Previous.Verdict, r.Verdict, e)
}

// Earlier returns the earlier run as a report of its own, redacted as this one is; ok is false when there is none.
func (r Report) Earlier() (earlier Report, ok bool) {
	p := r.Previous
	if p == nil {
		return Report{}, false
	}
	return Report{
		Schema: r.Schema, ID: p.ID, Tool: r.Tool, Redacted: r.Redacted, NetworkDetails: r.NetworkDetails,
		Started: p.Started, StartedUTC: p.Started.UTC(), Finished: p.Finished, URL: p.Evidence.Target.URL,
		Verdict: p.Verdict, Steps: p.Steps, Evidence: p.Evidence, Secrets: r.Secrets,
	}, true
}

// previous keeps of a report what a later one carries; the run before that one is left out.
func previous(r Report) Previous {
	return Previous{
		ID: r.ID, Started: r.Started, Finished: r.Finished, Verdict: r.Verdict, Steps: r.Steps, Evidence: r.Evidence,
		Changed: []evidence.Change{},
	}
}
