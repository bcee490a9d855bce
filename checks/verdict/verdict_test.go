package verdict_test

import (
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

func TestNothingKnown(t *testing.T) {
	v := verdict.Judge(&evidence.Evidence{})
	if v.Who != verdict.Unknown || v.Cause != verdict.NotEnoughEvidence || v.Certainty != verdict.Unsure {
		t.Errorf("no evidence gives %s/%s/%s", v.Who, v.Cause, v.Certainty)
	}
	if v.Notes == nil {
		t.Error("notes are null in JSON")
	}
}

func TestStopped(t *testing.T) {
	page := evidence.Fetch{Hops: []evidence.Hop{{Host: "a.example", TLS: &evidence.TLS{Verified: true}, Response: &evidence.Response{Status: 502}}}}
	for name, c := range map[string]struct {
		ev   evidence.Evidence
		want verdict.Cause
	}{
		"before anything was seen":          {evidence.Evidence{Stopped: true}, verdict.Stopped},
		"after the decisive word":           {evidence.Evidence{Stopped: true, Tries: []evidence.Fetch{page}}, verdict.BadGateway},
		"with a first finding that is open": {evidence.Evidence{Stopped: true, Tries: []evidence.Fetch{{Fault: &evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout}}}}, verdict.Stopped},
	} {
		t.Run(name, func(t *testing.T) {
			c.ev.Target.Host = "a.example"
			if v := verdict.Judge(&c.ev); v.Cause != c.want {
				t.Errorf("got %s, want %s", v.Cause, c.want)
			}
		})
	}
}

// The rules are the table that `isitme explain` prints, so each must explain itself, and every cause must be reachable.
func TestRulesExplainThemselves(t *testing.T) {
	seen := map[string]bool{}
	reached := map[verdict.Cause]verdict.Who{}
	for _, rule := range verdict.Rules() {
		if seen[rule.ID] || rule.When == "" {
			t.Errorf("rule %q stands twice or says nothing", rule.ID)
		}
		seen[rule.ID] = true
		if who, ok := reached[rule.Cause]; ok && who != rule.Who {
			t.Errorf("%s belongs to %s and to %s", rule.Cause, who, rule.Who)
		}
		reached[rule.Cause] = rule.Who
	}
	for _, c := range verdict.Causes() {
		if reached[c.Cause] != c.Who {
			t.Errorf("no rule leads to %s/%s", c.Who, c.Cause)
		}
	}
}
