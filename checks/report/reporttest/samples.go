package reporttest

import (
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Samples are private reports, one or more of every kind of answer, with a name for each.
func Samples() map[string]report.Report {
	all := map[string]report.Report{
		"site": Site(), "you": You(), "refused": Refused(), "address": Address(), "working": Working(), "unknown": Unknown(),
		"network": OtherNetwork(),
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
	for i := range r.Evidence.Resolvers[:2] {
		answer := &r.Evidence.Resolvers[i].Answers[0]
		answer.Addresses, answer.RCode, answer.Failure = nil, "NXDOMAIN", evidence.DNSNXDomain
	}
	r.Evidence.Addresses[0].From = []string{"8.8.8.8"}
	fault := &evidence.Fault{Operation: evidence.Resolve, Failure: evidence.DNSNXDomain, Detail: "lookup www.harbourbooks.example: no such host"}
	r.Evidence.Tries = failing(fault, 4)
	r.Evidence.Gaps = []evidence.Gap{{Step: evidence.StepFlush, Reason: evidence.NeedsPassword}}
	found(&r, evidence.StepRetry, verdict.Finding{Code: verdict.StepRetryNoName, Args: map[string]any{"Tries": 4}})
	found(&r, evidence.StepResolvers, verdict.Finding{Code: verdict.StepNamesDiffer, Args: map[string]any{"Own": "no_such_name", "Good": 2}})
	flush := &r.Steps[4]
	flush.State, flush.Finding = checklist.CouldNot, verdict.Finding{Code: verdict.StepFlushPassword}
	r.Verdict = verdict.Verdict{
		Who: verdict.You, Cause: verdict.DNSBlocksSite, Certainty: verdict.Certain, Rule: "names_blocked", Why: "independent_agree",
		Reasons: []verdict.Finding{
			{Code: verdict.ReasonWellKnownOpen, Args: map[string]any{"Good": 3, "All": 3}},
			{Code: verdict.ReasonOthersSay, Args: map[string]any{"Good": 2, "All": 2, "Address": "203.0.113.10"}},
			{Code: verdict.ReasonOwnSays, Args: map[string]any{"Resolver": "192.168.178.1", "Answer": "no_such_name"}},
		},
		RuledOut: ruledOut[:1],
		Notes:    []verdict.Finding{},
		Facts: verdict.Facts{
			Host: Host, Resolver: "192.168.178.1", Other: "203.0.113.10", Good: 2, All: 3, How: "nxdomain", Tries: 4, Seconds: 7,
		},
	}
	return r
}

// failing are tries that end in a fault before any reply.
func failing(fault *evidence.Fault, tries int) []evidence.Fetch {
	all := make([]evidence.Fetch, tries)
	for i := range all {
		all[i] = fetch(URL, 0, "", time.Duration([]float64{0, 1, 3, 7}[i]*float64(time.Second)))
		hop := &all[i].Hops[0]
		hop.Response, hop.TLS, hop.Fault = nil, nil, fault
		all[i].Fault = fault
		if fault.Operation == evidence.Resolve {
			hop.Address, hop.Connects = "", nil
			hop.Resolution.Addresses, hop.Resolution.Failure = nil, fault.Failure
		} else {
			hop.Address = ""
			hop.Connects[0].Failure = fault.Failure
		}
		hop.Timings = evidence.Timings{ResolveMS: 18.2, TotalMS: 18.2}
	}
	return all
}

// found sets what a step found.
func found(r *report.Report, step evidence.Step, f verdict.Finding) {
	for i := range r.Steps {
		if r.Steps[i].Step == step {
			r.Steps[i].State, r.Steps[i].Finding = checklist.Found, f
		}
	}
}

// Refused is a 403 of the site's firewall.
func Refused() report.Report {
	r := base("refused2firewall", 403, "403 Forbidden")
	res := r.Evidence.Tries[0].Hops[0].Response
	res.Header = map[string]string{
		"server": "Sucuri/Cloudproxy", "date": Started.UTC().Format(time.RFC1123), "x-sucuri-id": "13405", "content-type": "text/html",
	}
	res.RequestIDs = []evidence.RequestID{{Header: "x-sucuri-id", Value: "13405"}}
	res.Signatures = []evidence.Signature{{Rule: "sucuri", Name: "Sucuri", Layer: evidence.LayerFirewall}}
	r.Verdict = verdict.Verdict{
		Who: verdict.Refused, Cause: verdict.SiteFirewall, Certainty: verdict.Likely, Rule: "reply_firewall",
		Settle:  []string{"open_browser", "phone"},
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
	r.Evidence.Tries = failing(&evidence.Fault{Operation: evidence.Resolve, Failure: evidence.DNSNXDomain}, 2)
	r.Evidence.Addresses = nil
	found(&r, evidence.StepRetry, verdict.Finding{Code: verdict.StepRetryNoName, Args: map[string]any{"Tries": 2}})
	found(&r, evidence.StepResolvers, verdict.Finding{Code: verdict.StepNamesNone, Args: map[string]any{"All": 4}})
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
	r.Evidence.Tries = []evidence.Fetch{fetch(URL, 503, "503 Service Unavailable", 0), fetch(URL, 200, "200 OK", time.Second)}
	r.Steps[0].Finding.Args["Try"] = 2
	r.Verdict = verdict.Verdict{
		Who: verdict.Working, Cause: verdict.Recovered, Certainty: verdict.Certain, Rule: "tries_recovered", Why: "secure_reply",
		Reasons: []verdict.Finding{
			{Code: verdict.ReasonFirstFailed, Args: map[string]any{"Status": "503 Service Unavailable"}},
			{Code: verdict.ReasonOpenedAtTry, Args: map[string]any{"Try": 2, "Seconds": 1.4}},
		},
		RuledOut: ruledOut, Notes: []verdict.Finding{{Code: verdict.NoteQueryRemoved}},
		Facts: verdict.Facts{Host: Host, Status: 503, StatusLine: "503 Service Unavailable", Tries: 2, Seconds: 1.4},
	}
	return r
}

// Unknown is a silent site on a network that lets nobody else be asked.
func Unknown() report.Report {
	r := base("unknown2one3view", 200, "200 OK")
	r.Evidence.Tries = failing(&evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout}, 4)
	found(&r, evidence.StepRetry, verdict.Finding{Code: verdict.StepRetryNoReply, Args: map[string]any{"Tries": 4}})
	for i, code := range map[int]string{1: verdict.StepCompareUnsure, 2: verdict.StepNamesBlocked} {
		r.Steps[i].State, r.Steps[i].Finding = checklist.CouldNot, verdict.Finding{Code: code}
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
