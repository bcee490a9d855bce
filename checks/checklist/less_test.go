package checklist_test

import (
	"slices"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// losses are ways in which a run may learn less than it did: a network that withholds something, a computer that does
// not say.
var losses = map[string]func(*evidence.Evidence){
	"no settings":              func(ev *evidence.Evidence) { ev.System = nil },
	"no landmarks":             func(ev *evidence.Evidence) { ev.Reachable = nil },
	"no sign-in-page check":    func(ev *evidence.Evidence) { ev.Portals = nil },
	"no well-known sites":      func(ev *evidence.Evidence) { ev.WellKnown = nil },
	"half the well-known":      func(ev *evidence.Evidence) { ev.WellKnown = ev.WellKnown[:len(ev.WellKnown)/2] },
	"no sweep":                 func(ev *evidence.Evidence) { ev.Addresses = nil },
	"no other names":           func(ev *evidence.Evidence) { ev.OtherNames = nil },
	"no visit around":          func(ev *evidence.Evidence) { ev.Around = nil },
	"no visit beside":          func(ev *evidence.Evidence) { ev.BesideVPN, ev.BesideVPNWellKnown = nil, nil },
	"no other scheme":          func(ev *evidence.Evidence) { ev.OtherScheme = nil },
	"no packet test":           func(ev *evidence.Evidence) { ev.LargePackets = nil },
	"no flush":                 func(ev *evidence.Evidence) { ev.Flush, ev.AfterFlush = nil, nil },
	"no second opinion":        func(ev *evidence.Evidence) { ev.Elsewhere = nil },
	"no public name services":  keepViews(func(v evidence.ResolverView) bool { return v.Role != evidence.RolePublic }),
	"no name services but one": keepViews(func(v evidence.ResolverView) bool { return v.Role != evidence.RolePublic || v.Address == "8.8.8.8" }),
	"no configured ones":       keepViews(func(v evidence.ResolverView) bool { return v.Role != evidence.RoleConfigured }),
	"no DNS over HTTPS":        keepAnswers(func(a evidence.Answer) bool { return a.Transport != evidence.OverHTTPS }),
	"no DNS over TCP":          keepAnswers(func(a evidence.Answer) bool { return a.Transport != evidence.OverTCP }),
}

func keepViews(keep func(evidence.ResolverView) bool) func(*evidence.Evidence) {
	return func(ev *evidence.Evidence) {
		ev.Resolvers = slices.DeleteFunc(slices.Clone(ev.Resolvers), func(v evidence.ResolverView) bool { return !keep(v) })
	}
}

func keepAnswers(keep func(evidence.Answer) bool) func(*evidence.Evidence) {
	gone := func(a evidence.Answer) bool { return !keep(a) }
	return func(ev *evidence.Evidence) {
		ev.Resolvers = slices.Clone(ev.Resolvers)
		for i := range ev.Resolvers {
			v := &ev.Resolvers[i]
			v.Answers, v.Control = slices.DeleteFunc(slices.Clone(v.Answers), gone), slices.DeleteFunc(slices.Clone(v.Control), gone)
		}
	}
}

// lessNeverTurnsTheBlame takes a part of what was learnt away from every scenario: the answer may become weaker, but never
// surely the other side's fault.
func lessNeverTurnsTheBlame(t *testing.T, all map[string]evidence.Evidence) {
	sides := []verdict.Who{verdict.Site, verdict.You}
	for name, ev := range all {
		full := verdict.Judge(&ev)
		if !slices.Contains(sides, full.Who) {
			continue
		}
		for what, lose := range losses {
			less := ev
			lose(&less)
			v := verdict.Judge(&less)
			if v.Who != full.Who && slices.Contains(sides, v.Who) && v.Certainty == verdict.Certain {
				t.Errorf("%s: %s/%s, but with %s %s/%s/certain by rule %s", name, full.Who, full.Cause, what, v.Who, v.Cause, v.Rule)
			}
		}
	}
}
