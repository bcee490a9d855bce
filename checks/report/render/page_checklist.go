package render

import (
	"isitme/checks/verdict"
	"isitme/checks/words"
)

// checklist is the owner's in full, for this kind of reply.
func (b *builder) checklist() list {
	l := list{Title: b.c.T("report.checklist"), Numbered: true}
	args := words.A{"UTC": b.r.Started.UTC().Format("2006-01-02 15:04:05"), "ID": b.v.Facts.RequestID}
	if b.v.Facts.Status > 0 { // without a reply there may be no entry
		args["Agent"] = "IsItMe/" + b.r.Tool.Version
	}
	for _, topic := range topics(b.v) {
		l.Items = append(l.Items, b.c.T("report.checklist."+topic, args))
	}
	return l
}

// topics are the subjects of the owner's checklist that fit an answer, as keys under "report.checklist".
func topics(v verdict.Verdict) []string {
	var all []string
	lasting := v.Facts.Status >= 500
	switch status := v.Facts.Status; {
	case v.Who == verdict.Refused:
		all = []string{"logs", "firewall"}
	case v.Who != verdict.Site:
		return nil
	case status == 503 || status == 529 || v.Cause == verdict.Maintenance:
		all = []string{"logs", "health", "stuck", "firewall"}
		if v.Facts.RetryAfterS == 0 {
			all = append(all, "retry_after")
		}
	case status == 504 || status == 524:
		all = []string{"logs", "health", "stuck", "timeouts", "upstream", "origin"}
	case status == 500 || status == 501 || status > 504 && status < 520:
		all = []string{"logs", "health", "stuck", "deploy"}
	case status >= 500:
		all = []string{"logs", "health", "stuck", "deploy", "timeouts", "upstream", "firewall", "origin"}
	case v.Cause == verdict.NotAnswering || v.Cause == verdict.RefusesConnections || v.Cause == verdict.Unreachable ||
		v.Cause == verdict.ClosesConnection || v.Cause == verdict.BadResponse:
		all = []string{"logs", "health", "stuck", "firewall"}
	default:
		return nil
	}
	if v.Facts.GatewayCDN {
		all = append(all, "cdn")
	}
	if lasting {
		all = append(all, "search")
	}
	return all
}
