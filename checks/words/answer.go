package words

import (
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Face is where a headline stands, which decides whom it speaks to.
type Face string

// The faces.
const (
	Screen  Face = "screen"  // to the visitor
	Picture Face = "picture" // of the visitor, to an owner or help desk
	Short   Face = "short"   // in the history and in notifications
)

// Headline is the one line that says on whose side it is, worded as firmly as the evidence allows.
func (c *Catalog) Headline(v verdict.Verdict, face Face) string {
	who := "answer." + string(v.Who)
	likely := v.Certainty == verdict.Likely
	switch {
	case face == Screen && likely:
		return c.first(nil, who+".likely", who+".headline")
	case face == Screen:
		return c.T(who + ".headline")
	}
	kind := string(face)
	if likely {
		return c.first(nil, "answer."+string(v.Cause)+"."+kind+"_likely", who+"."+kind+"_likely", who+"."+kind)
	}
	return c.first(nil, "answer."+string(v.Cause)+"."+kind, who+"."+kind)
}

// Sentence says in one sentence what happened. Where the site sent the visitor on, a second one names the place.
func (c *Catalog) Sentence(v verdict.Verdict) string {
	args := c.facts(v.Facts)
	text := c.first(args, c.sentenceKey(v))
	redirected := v.Cause != verdict.RedirectLoop && v.Cause != verdict.BrokenRedirect
	if hop := v.Facts.Hop; redirected && hop != "" && hop != v.Facts.Host {
		text += " " + c.T("screen.answer.hop", args)
	}
	return text
}

func (c *Catalog) sentenceKey(v verdict.Verdict) string {
	cause := "cause." + string(v.Cause)
	switch {
	case v.Cause == verdict.NotEnoughEvidence && c.has(cause+".why."+v.Why):
		return cause + ".why." + v.Why
	case v.Cause == verdict.Unreachable && v.Certainty == verdict.Likely && !seenByOthers(v):
		return cause + ".sentence_likely"
	case v.Cause == verdict.NetworkBlocksSite && c.has(cause+".sentence_"+v.Facts.How):
		return cause + ".sentence_" + v.Facts.How
	case v.Cause == verdict.Recovered && v.Facts.Status < 500:
		return cause + ".sentence_neutral"
	case v.Facts.Meaning != "" && c.has("meaning."+v.Facts.Meaning):
		return "meaning." + v.Facts.Meaning
	}
	return cause + ".sentence"
}

// seenByOthers reports whether computers elsewhere, or the visitor's phone, were asked: then the reasons and notes say what
// they saw.
func seenByOthers(v verdict.Verdict) bool {
	others := []string{verdict.ReasonElsewhereFails, verdict.ReasonPhoneFailed, verdict.NoteElsewhereMixed}
	return slices.ContainsFunc(slices.Concat(v.Reasons, v.Notes), func(f verdict.Finding) bool { return slices.Contains(others, f.Code) })
}

// CauseShort names the cause in a few words without a full stop, as a title can hold them.
func (c *Catalog) CauseShort(v verdict.Verdict) string {
	return c.T("cause."+string(v.Cause)+".short", c.facts(v.Facts))
}

// CauseSentence is CauseShort as a sentence of its own.
func (c *Catalog) CauseSentence(v verdict.Verdict) string {
	short := c.CauseShort(v)
	first, size := utf8.DecodeRuneInString(short)
	return string(unicode.ToUpper(first)) + short[size:] + "."
}

// Say is the line for an owner or a support person.
func (c *Catalog) Say(v verdict.Verdict) string {
	args := c.facts(v.Facts)
	args["Why"] = c.why(v)
	return c.N("cause."+string(v.Cause)+".say", len(v.Facts.Addresses), args)
}

// Lead is the line under the headline for somebody who was not there. On the visitor's side it names the cause only:
// there Say is for the help desk. Where a page opens that did not before the network changed, that is the news.
func (c *Catalog) Lead(r report.Report) string {
	v := r.Verdict
	if v.Who == verdict.You {
		return c.CauseSentence(v)
	}
	if means := c.Since(r, Picture).Means; v.Who == verdict.Working && len(means) > 0 {
		return means[0]
	}
	return c.Say(v)
}

// Chip is the word of certainty beside the headline.
func (c *Catalog) Chip(v verdict.Verdict) string {
	if v.Cause == verdict.Stopped {
		return c.T("certainty.stopped")
	}
	return c.T("certainty." + string(v.Certainty))
}

// HowSure is the picture's line about certainty: what it rests on, or what would settle it.
func (c *Catalog) HowSure(v verdict.Verdict) string {
	var settle []string
	for _, s := range v.Settle {
		settle = append(settle, c.T("sure.settle."+s))
	}
	return c.T("sure."+string(v.Certainty), A{"Why": c.why(v), "Settle": c.Either(settle)})
}

// agreeing are the causes whose facts count the name services that agree; elsewhere Good and All count something else.
var agreeing = []verdict.Cause{verdict.DNSBlocksSite, verdict.DNSWrongAnswer, verdict.HostsFile}

func (c *Catalog) why(v verdict.Verdict) string {
	args := c.facts(v.Facts)
	if v.Facts.Good == 0 || !slices.Contains(agreeing, v.Cause) {
		args["All"] = ""
	}
	return c.first(args, "why."+v.Why)
}

// facts turns the particulars of an answer into the placeholders of its texts. What the run did not learn stays empty,
// so that a text can leave it out.
func (c *Catalog) facts(f verdict.Facts) A {
	status := f.StatusLine
	if status == "" {
		status = positive(f.Status)
	}
	return A{
		"Host": f.Host, "Status": status, "Code": positive(f.Status), "Gateway": f.Gateway, "Hop": f.Hop,
		"Port": positive(f.Port), "Resolver": named(f.Resolver), "Answered": c.answered(f.Answered), "Other": c.answered(f.Other),
		"Good": f.Good, "All": positive(f.All), "How": c.word("how.", f.How), "Proxy": named(f.Proxy), "Direct": f.Direct,
		"VPN": f.VPN, "Program": f.Program, "Issuer": f.Issuer, "Date": c.dateOf(f.Date), "Names": c.List(f.Names),
		"Portal": named(f.Portal), "Line": positive(f.HostsLine), "Offset": c.offset(f.OffsetS),
		"Seconds": c.secondsOrNone(f.Seconds), "Reference": c.secondsOrNone(f.Reference), "Tries": positive(f.Tries),
		"RetryAfterS": positive(f.RetryAfterS), "Wait": c.waitOrNone(f.RetryAfterS), "Detail": c.word("detail.", f.Detail),
		"RequestID": f.RequestID, "IDName": f.RequestName, "Suggestion": f.Suggestion, "Redirects": positive(f.Redirects),
	}
}

// word is the text of a code of a small vocabulary, or the code itself where it has none, such as a TLS alert.
func (c *Catalog) word(prefix, code string) string {
	if text := c.first(nil, prefix+code); text != "" {
		return text
	}
	return code
}

// positive is n in digits, empty for what was not learned.
func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (c *Catalog) offset(seconds float64) string {
	if seconds == 0 {
		return ""
	}
	return c.Duration(seconds)
}

func (c *Catalog) secondsOrNone(s float64) string {
	if s <= 0 {
		return ""
	}
	return c.Seconds(s)
}

func (c *Catalog) waitOrNone(seconds int) string {
	if seconds <= 0 {
		return ""
	}
	return c.Duration(float64(seconds))
}
