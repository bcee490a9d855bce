package words

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// counted are the particulars that a finding's plural form follows, the first one present.
var counted = []string{"Tries", "Count", "Bad", "Good", "Done", "All"}

// Finding is the plain sentence of one finding, with its particulars. They may come from a report on disk, where JSON
// has made every number a float64.
func (c *Catalog) Finding(f verdict.Finding) string { return c.finding(f, Screen) }

// Reported is the same sentence for somebody who was not there: it speaks of the visitor where Finding says "you".
func (c *Catalog) Reported(f verdict.Finding) string { return c.finding(f, Picture) }

func (c *Catalog) finding(f verdict.Finding, face Face) string {
	if who, ok := f.Args["Who"]; ok && f.Code == verdict.StepAnswerDone {
		v := verdict.Verdict{Who: verdict.Who(fmt.Sprint(who)), Certainty: verdict.Certainty(fmt.Sprint(f.Args["Certainty"]))}
		return c.Headline(v, face)
	}
	key := c.keyFor("finding."+f.Code, face)
	args := A{}
	for name, value := range f.Args {
		args[name] = c.particular(name, value)
	}
	if s, ok := number(f.Args["Seconds"]); ok {
		args["Wait"] = c.Duration(s)
	}
	for _, name := range counted {
		if n, ok := number(f.Args[name]); ok {
			return c.N(key, int(n), args)
		}
	}
	return c.T(key, args)
}

// particular is one value as a person reads it.
func (c *Catalog) particular(name string, value any) any {
	n, isNumber := number(value)
	text, _ := value.(string)
	switch name {
	case "Seconds":
		if isNumber {
			return c.Seconds(n)
		}
	case "Other":
		if isNumber {
			return c.Seconds(n)
		}
	case "Offset":
		if isNumber {
			return c.Duration(n)
		}
	case "Date":
		return c.dateOf(text)
	case "Names":
		return c.List(stringsOf(value))
	case "Detail":
		return c.word("detail.", text)
	case "Reason":
		if reason := c.first(nil, "reason."+text, "elsewhere.unavailable."+text); reason != "" {
			return reason
		}
	case "Answer", "Own", "Address":
		return c.answered(text)
	case "Resolver", "Proxy", "Portal":
		return named(text)
	case "Step":
		return c.word("step.", text)
	}
	switch {
	case isNumber && n == math.Trunc(n):
		return strconv.FormatInt(int64(n), 10)
	case value == nil:
		return ""
	case isNumber || text != "":
		return value
	}
	return fmt.Sprint(value)
}

// number reads any of the number types that a finding can carry.
func number(value any) (float64, bool) {
	switch v := value.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	}
	return 0, false
}

// stringsOf reads a list of names, which JSON turns into a list of anything.
func stringsOf(value any) []string {
	switch v := value.(type) {
	case []string:
		return v
	case []any:
		var all []string
		for _, s := range v {
			all = append(all, fmt.Sprint(s))
		}
		return all
	case string:
		if v != "" {
			return []string{v}
		}
	}
	return nil
}

// StepTitle is the name of a step of the checklist.
func (c *Catalog) StepTitle(step evidence.Step) string { return c.T("step." + string(step)) }

// StateWord is the word at a step's right edge. A step that has not begun or is running has one too, for those who
// read the list instead of seeing it.
func (c *Catalog) StateWord(state checklist.State) string { return c.T("state." + string(state)) }

// Reason says why a check could not run, in a few words without a full stop.
func (c *Catalog) Reason(reason evidence.Reason) string { return c.T("reason." + string(reason)) }

// NotKnown is one line under "Not known": the step that could not run, and why.
func (c *Catalog) NotKnown(gap evidence.Gap) string { return c.notKnown(gap, Screen) }

// ReportedGap is the same line for somebody who was not there.
func (c *Catalog) ReportedGap(gap evidence.Gap) string { return c.notKnown(gap, Picture) }

func (c *Catalog) notKnown(gap evidence.Gap, face Face) string {
	return c.T("gap.line", A{"Step": c.StepTitle(gap.Step), "Reason": c.T(c.keyFor("reason."+string(gap.Reason), face))})
}

// keyFor is the key of a text as a face words it, the text's own where that has no words of its own.
func (c *Catalog) keyFor(key string, face Face) string {
	if own := key + "." + string(face); c.has(own) {
		return own
	}
	return key
}
