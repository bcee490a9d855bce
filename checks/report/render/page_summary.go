package render

import (
	"fmt"
	"slices"
	"strings"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
	"isitme/checks/words"
)

// facts are the labelled values under the answer: what an owner needs first.
func (b *builder) facts() []fact {
	c, v := b.c, b.v
	before, _ := c.Before(b.r) // what it means stands in a list of its own
	all := []fact{
		{Label: c.T("report.page"), Value: b.r.URL, Strong: true},
		{Label: c.T("report.when"), Value: c.When(b.r.Started)},
		{Label: c.T("report.seen"), Value: c.Seen(b.r, b.outcome)},
		{Label: c.T("report.how_sure"), Value: c.HowSure(v)},
		{Label: c.T("report.answered_by"), Value: b.speaker()},
		{Label: c.T("report.status"), Value: b.status()},
		b.requestID(),
		{Label: c.T("report.say"), Value: b.say()},
		{Label: c.T("report.statement"), Value: b.statement()},
		{Label: c.T("report.phone"), Value: b.phone()},
		{Label: c.T("report.previous"), Value: before},
	}
	return slices.DeleteFunc(all, func(f fact) bool { return f.Value == "" })
}

// say is the line for the help desk, where it does not stand under the headline already.
func (b *builder) say() string {
	if b.v.Who != verdict.You {
		return ""
	}
	return b.c.Say(b.v)
}

// outcome is what came of one visit, as short as can be: the status line, or the failure in the field's own words.
func (b *builder) outcome(f *evidence.Fetch) string {
	if f == nil {
		return ""
	}
	if h := f.Last(); h != nil && h.Response != nil {
		return b.reply(h.Response, f.Fault)
	}
	if f.Fault != nil {
		return faultText(f.Fault)
	}
	return b.c.T("report.no_reply")
}

func (b *builder) reply(res *evidence.Response, fault *evidence.Fault) string {
	text := res.StatusLine
	if text == "" {
		text = fmt.Sprint(res.Status)
	}
	if fault != nil {
		text += " (" + string(fault.Failure) + ")"
	}
	return text
}

func faultText(f *evidence.Fault) string { return string(f.Operation) + ": " + string(f.Failure) }

// lastHop is where the last visit to the page ended.
func (b *builder) lastHop() *evidence.Hop {
	tries := b.r.Evidence.Tries
	if len(tries) == 0 {
		return nil
	}
	return tries[len(tries)-1].Last()
}

// speaker says whose words the visitor saw.
func (b *builder) speaker() string {
	h := b.lastHop()
	switch {
	case h == nil:
		return ""
	case h.ProxyReply != nil:
		return b.c.T("report.layer.visitor_proxy")
	case h.Response == nil:
		return b.c.T("report.layer.none")
	case len(h.Response.Signatures) == 0:
		return b.c.T("report.layer.unknown")
	}
	s := h.Response.Signatures[0]
	layer := b.c.T("report.layer." + string(s.Layer))
	if s.Layer == evidence.LayerGateway && h.Response.Status < 500 {
		layer = b.c.T("report.layer.unknown") // only what it says of a server behind it tells that there is one
	}
	if s.Name == "" {
		return layer
	}
	return b.c.T("report.named_layer", words.A{"Name": s.Name, "Layer": layer})
}

func (b *builder) status() string {
	h := b.lastHop()
	if h == nil || h.Response == nil {
		return ""
	}
	return strings.TrimSpace(h.Response.Proto + " " + h.Response.StatusLine)
}

func (b *builder) requestID() fact {
	f := b.v.Facts
	if f.RequestID == "" {
		return fact{}
	}
	return fact{
		Label: b.c.T("report.request_id"), Value: strings.TrimPrefix(f.RequestName+": "+f.RequestID, ": "),
		Note: b.c.WhereID(f.RequestName), Code: true, Strong: true,
	}
}

// statement is what a CDN says in a machine-readable way about the fault, quoted.
func (b *builder) statement() string {
	h := b.lastHop()
	if h == nil || h.Response == nil {
		return ""
	}
	var parts []string
	if s := h.Response.Statement; s != nil {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s: %s %s", s.By, positive(s.Code), s.Title)))
	}
	for _, p := range h.Response.ProxyStatus {
		parts = append(parts, strings.TrimSpace(p.Proxy+": "+strings.TrimSpace(p.Error+" "+p.Details)))
	}
	return strings.Join(parts, "; ")
}

func (b *builder) phone() string {
	p := b.r.Evidence.Phone
	switch {
	case p == nil:
		return ""
	case p.Opened:
		return b.c.T("report.phone_opened")
	}
	return b.c.T("report.phone_failed")
}

// lists are what was found out, ruled out and not found out, and what to check now.
func (b *builder) lists() []list {
	c, v := b.c, b.v
	owner := list{Title: c.T("report.for_owner"), Items: c.OwnerShort(v, b.r.Started), Numbered: true}
	if v.Who == verdict.You {
		owner = list{Title: c.T("report.what_to_do"), Numbered: true}
		for _, a := range c.Todo(v) {
			owner.Items = append(owner.Items, a.Text)
		}
	}
	var unknown []string
	for _, g := range b.r.Evidence.Gaps {
		unknown = append(unknown, c.ReportedGap(g))
	}
	all := []list{
		{Title: c.T("report.ruled_out"), Items: b.findings(v.RuledOut), Ticked: true},
		owner,
		{Title: c.T("compare.title"), Items: c.Since(b.r, words.Picture).Lines()},
		{Title: c.T("report.how_we_know"), Items: b.findings(v.Reasons)},
		{Title: c.T("report.also_noticed"), Items: b.findings(v.Notes)},
		{Title: c.T("report.not_known"), Items: unknown},
	}
	return slices.DeleteFunc(all, func(l list) bool { return len(l.Items) == 0 })
}

func (b *builder) findings(list []verdict.Finding) []string {
	var all []string
	for _, f := range list {
		all = append(all, b.c.Reported(f))
	}
	return all
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprint(n)
}
