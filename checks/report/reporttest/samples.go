package reporttest

import (
	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Samples are private reports, one or more of every kind of answer, with a name for each.
func Samples() map[string]report.Report {
	all := map[string]report.Report{
		"site": Site(), "you": You(), "refused": Refused(), "address": Address(), "working": Working(), "unknown": Unknown(),
	}
	for name, r := range all {
		row := &r.Steps[len(r.Steps)-1] // the answer's
		row.Finding.Args = map[string]any{"Who": string(r.Verdict.Who), "Certainty": string(r.Verdict.Certainty)}
		switch r.Verdict.Who {
		case verdict.Working:
			row.State = checklist.Fine
		case verdict.Unknown:
			row.State = checklist.CouldNot
		default:
			row.State = checklist.Found
		}
		all[name] = r
	}
	return all
}

var ruledOut = []verdict.Finding{
	{Code: verdict.OutConnection},
	{Code: verdict.OutLookup, Args: map[string]any{"Good": 4, "All": 4}},
	{Code: verdict.OutNoProxyVPN},
	{Code: verdict.OutCertificate},
}

// Site is a 502 that a CDN reports.
func Site() report.Report {
	r := base("site2bad3gateway", 502, "502 Bad Gateway")
	r.Verdict = verdict.Verdict{
		Who: verdict.Site, Cause: verdict.BadGateway, Certainty: verdict.Certain, Rule: "reply_5xx", Why: "secure_reply",
		Reasons: []verdict.Finding{
			{Code: verdict.ReasonWellKnownOpen, Args: map[string]any{"Good": 3, "All": 3}},
			{Code: verdict.ReasonSameAfterTries, Args: map[string]any{"Tries": 4, "Seconds": 11.0}},
			{Code: verdict.ReasonGatewaySays, Args: map[string]any{"Gateway": "Cloudflare", "Status": "502 Bad Gateway"}},
		},
		RuledOut: append(ruledOut, verdict.Finding{Code: verdict.OutOneAddress, Args: map[string]any{"Count": 2, "Status": "502"}}),
		Notes:    []verdict.Finding{{Code: verdict.NoteIPv6Dead}},
		Facts: verdict.Facts{
			Host: Host, Status: 502, StatusLine: "502 Bad Gateway", Gateway: "Cloudflare", GatewayCDN: true,
			Addresses: []string{"203.0.113.10", "203.0.113.11"}, Good: 4, All: 4, Tries: 4, Seconds: 11,
			RequestID: "8e6f4c1b2a9d0f37-FRA", RequestName: "cf-ray",
		},
	}
	return r
}

// You is a name service of the visitor's that blocks the site.
func You() report.Report {
	r := base("you2blocked3name", 200, "200 OK")
	answer := &r.Evidence.Resolvers[1].Answers[0]
	answer.Addresses, answer.RCode = nil, "NXDOMAIN"
	answer.Failure = evidence.DNSNXDomain
	r.Evidence.Tries[0].Hops[0].Response = nil
	r.Evidence.Tries[0].Hops[0].TLS = nil
	r.Evidence.Tries[0].Hops[0].Address = ""
	r.Evidence.Tries[0].Hops[0].Connects = nil
	fault := &evidence.Fault{Operation: evidence.Resolve, Failure: evidence.DNSNXDomain, Detail: "lookup www.harbourbooks.example: no such host"}
	r.Evidence.Tries[0].Fault, r.Evidence.Tries[0].Hops[0].Fault = fault, fault
	r.Steps[0] = checklist.StepResult{Step: evidence.StepRetry, State: checklist.Found, Finding: verdict.Finding{Code: verdict.StepRetryNoName, Args: map[string]any{"Tries": 4}}, MS: 7100}
	r.Verdict = verdict.Verdict{
		Who: verdict.You, Cause: verdict.DNSBlocksSite, Certainty: verdict.Certain, Rule: "names_blocked", Why: "independent_agree",
		Reasons: []verdict.Finding{
			{Code: verdict.ReasonWellKnownOpen, Args: map[string]any{"Good": 3, "All": 3}},
			{Code: verdict.ReasonOthersSay, Args: map[string]any{"Good": 2, "All": 2, "Address": "203.0.113.10"}},
			{Code: verdict.ReasonOwnSays, Args: map[string]any{"Resolver": "192.168.178.1", "Answer": "no such name"}},
		},
		RuledOut: ruledOut[:1],
		Notes:    []verdict.Finding{},
		Facts: verdict.Facts{
			Host: Host, Resolver: "192.168.178.1", Other: "203.0.113.10", Good: 2, All: 3, How: "nxdomain", Tries: 4, Seconds: 7,
		},
	}
	return r
}

// Refused is a 403 of the site's firewall.
func Refused() report.Report {
	r := base("refused2firewall", 403, "403 Forbidden")
	r.Verdict = verdict.Verdict{
		Who: verdict.Refused, Cause: verdict.SiteFirewall, Certainty: verdict.Likely, Rule: "reply_firewall",
		Settle:  []string{"elsewhere", "phone"},
		Reasons: []verdict.Finding{{Code: verdict.ReasonSiteSays, Args: map[string]any{"Status": "403 Forbidden"}}},
		Notes:   []verdict.Finding{{Code: verdict.NoteMaybeSharedBlock}},
		Facts: verdict.Facts{
			Host: Host, Status: 403, StatusLine: "403 Forbidden", Gateway: "Sucuri", RequestID: "13405", RequestName: "x-sucuri-id", Tries: 1,
		},
	}
	return r
}

// Address is a name that does not exist.
func Address() report.Report {
	r := base("address2no3such4", 200, "200 OK")
	r.Evidence.Tries = nil
	r.Evidence.Addresses = nil
	for i := range r.Evidence.Resolvers {
		a := &r.Evidence.Resolvers[i].Answers[0]
		a.Addresses, a.RCode, a.Failure = nil, "NXDOMAIN", evidence.DNSNXDomain
	}
	r.Verdict = verdict.Verdict{
		Who: verdict.Address, Cause: verdict.NoSuchSite, Certainty: verdict.Certain, Rule: "names_none", Why: "independent_agree",
		Reasons:  []verdict.Finding{{Code: verdict.ReasonNobodyKnows, Args: map[string]any{"All": 4}}},
		RuledOut: ruledOut[:1],
		Notes:    []verdict.Finding{},
		Facts:    verdict.Facts{Host: Host, Good: 4, All: 4, Suggestion: "www.harborbooks.example"},
	}
	return r
}

// Working is a page that failed first and then opened.
func Working() report.Report {
	r := base("working2recover3", 200, "200 OK")
	r.Verdict = verdict.Verdict{
		Who: verdict.Working, Cause: verdict.Recovered, Certainty: verdict.Certain, Rule: "tries_recovered", Why: "secure_reply",
		Reasons: []verdict.Finding{
			{Code: verdict.ReasonFirstFailed, Args: map[string]any{"Status": "503 Service Unavailable"}},
			{Code: verdict.ReasonOpenedAtTry, Args: map[string]any{"Try": 2, "Seconds": 1.4}},
		},
		RuledOut: ruledOut, Notes: []verdict.Finding{{Code: verdict.NoteQueryRemoved}},
		Facts: verdict.Facts{Host: Host, Status: 200, StatusLine: "200 OK", Tries: 2, Seconds: 1.4},
	}
	return r
}

// Unknown is a silent site on a network that lets nobody else be asked.
func Unknown() report.Report {
	r := base("unknown2one3view", 200, "200 OK")
	fault := &evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout}
	for i := range r.Evidence.Tries {
		f := &r.Evidence.Tries[i]
		f.Fault, f.Hops[0].Fault = fault, fault
		f.Hops[0].Response, f.Hops[0].TLS, f.Hops[0].Address = nil, nil, ""
	}
	r.Evidence.WellKnown, r.Evidence.Portals, r.Evidence.Addresses = nil, nil, nil
	r.Evidence.Resolvers = r.Evidence.Resolvers[:2]
	r.Evidence.Gaps = []evidence.Gap{{Step: evidence.StepCompare, Reason: evidence.Blocked}, {Step: evidence.StepResolvers, Reason: evidence.Blocked}}
	r.Verdict = verdict.Verdict{
		Who: verdict.Unknown, Cause: verdict.NotEnoughEvidence, Certainty: verdict.Unsure, Rule: "no_view", Why: "one_view",
		Settle: []string{"elsewhere", "phone"}, Reasons: []verdict.Finding{{Code: verdict.ReasonOneView}},
		Notes: []verdict.Finding{},
		Facts: verdict.Facts{Host: Host, Tries: 4, Seconds: 29},
	}
	return r
}
