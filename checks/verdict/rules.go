package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// Rule leads from evidence to one cause. Rules are tried in order; the first that holds decides.
type Rule struct {
	ID    string
	Who   Who
	Cause Cause
	// When says in plain words which evidence leads here, Sure what more makes it certain (empty: never certain).
	// `isitme explain` prints both.
	When, Sure string

	holds func(r *reading) bool
	// certain is nil where the rule never is. fill adds reasons and facts; why is the reason for the certainty.
	certain func(r *reading) bool
	why     string
	fill    func(r *reading, v *Verdict)
}

// Rules returns every rule in the order of judgement: your side from the ground up, then whose words a reply is, then
// what the site itself does (VERDICTS.md, "Order of judgement").
func Rules() []Rule {
	var all []Rule
	for _, group := range [][]Rule{
		workingRules(), groundRules(), proxyRules(), clockRules(), wordRules(), vpnRules(), familyRules(), nameRules(),
		lineRules(), secureRules(), redirectRules(), pathRules(), siteRules(), elsewhereRules(), unknownRules(),
	} {
		all = append(all, group...)
	}
	return all
}

// Judge gives the one verdict on the evidence. It is total: any evidence, also none, has exactly one.
func Judge(ev *evidence.Evidence) Verdict { return JudgeBy(ev, Rules()) }

// JudgeBy judges by other rules than all of them, to see what one of them is for.
func JudgeBy(ev *evidence.Evidence, rules []Rule) Verdict {
	r := read(ev)
	for _, rule := range rules {
		// That nobody can tell is no answer while computers elsewhere can.
		if !rule.holds(r) || rule.Who == Unknown && !isStopped(rule) && r.toldElsewhere() {
			continue
		}
		v := decide(r, rule)
		if at := slices.IndexFunc(rules, isStopped); ev.Stopped && v.Certainty != Certain && at >= 0 {
			return decide(r, rules[at]) // what is not certain might have turned out otherwise
		}
		return v
	}
	// The last rule always holds; by rules without it there is nothing more to say.
	return Verdict{Who: Unknown, Cause: NotEnoughEvidence, Certainty: Unsure, Notes: []Finding{}}
}

func isStopped(rule Rule) bool { return rule.Cause == Stopped }

// decide words the verdict of a rule that holds.
func decide(r *reading, rule Rule) Verdict {
	v := Verdict{Who: rule.Who, Cause: rule.Cause, Certainty: Likely, Rule: rule.ID, Notes: []Finding{}}
	if rule.Who == Unknown {
		v.Certainty = Unsure
	}
	if rule.certain != nil && rule.certain(r) {
		v.Certainty, v.Why = Certain, rule.why
		if v.Why == "" {
			v.Why = whyCertain(r)
		}
	}
	v.Facts = facts(r)
	if rule.fill != nil {
		rule.fill(r, &v)
	}
	if v.Certainty == Likely && v.Settle == nil {
		v.Settle = settle(r, v)
	}
	finish(r, &v)
	return v
}

// whyCertain says what a certain verdict rests on, for the report.
func whyCertain(r *reading) string {
	switch {
	case r.secure():
		return "secure_reply"
	case r.ev.Around != nil && r.viaProxy():
		return "with_and_without_proxy"
	default:
		return "independent_agree"
	}
}

// settle names what would turn a likely verdict into a certain one.
func settle(r *reading, v Verdict) []string {
	if r.private() {
		return []string{"again"}
	}
	switch v.Who {
	case Site, You:
		return []string{"elsewhere", "phone"}
	case Refused:
		return []string{"open_browser", "phone"}
	default:
		return []string{"again"}
	}
}

func always(*reading) bool { return true }
