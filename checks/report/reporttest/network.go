package reporttest

import (
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// The router and name service of the network that the visitor changes to.
const otherRouter = "172.20.10.1"

// OtherNetwork is a private report of two runs: the site gave no sign of life at home, and opens four minutes later from a
// phone's hotspot.
func OtherNetwork() report.Report {
	then := noSignOfLife(base("home2silent3site", 200, "200 OK"))
	now := base("phone2opens3page", 200, "200 OK")
	now.Started = now.Started.Add(4 * time.Minute)
	now.StartedUTC, now.Finished = now.Started.UTC(), now.Finished.Add(4*time.Minute)
	now.Evidence.Started, now.Evidence.Finished = now.Started, now.Finished
	onHotspot(now.Evidence.System)
	now.Verdict = verdict.Judge(&now.Evidence)
	return now.After(then)
}

// noSignOfLife makes the site of a run give no sign of life.
func noSignOfLife(r report.Report) report.Report {
	fault := &evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout}
	hop := &r.Evidence.Tries[0].Hops[0]
	hop.Connects[0].Failure, hop.Response, hop.TLS, hop.Address, hop.Fault = evidence.Timeout, nil, nil, "", fault
	r.Evidence.Tries[0].Fault = fault
	r.Evidence.Addresses = nil
	for i := range r.Evidence.WellKnown {
		r.Evidence.WellKnown[i].Fetch.Hops[0].TLS = &evidence.TLS{Verified: true}
	}
	r = r.Learn(func(*evidence.Evidence) {})
	r.Steps[0].State = checklist.Found
	r.Steps[0].Finding = verdict.Finding{Code: verdict.StepRetryNoReply, Args: map[string]any{"Tries": 1}}
	return r
}

// onHotspot moves a computer from its home to another network.
func onHotspot(s *evidence.System) {
	const own = "172.20.10.2"
	s.Interfaces[0].Addresses = []string{own}
	s.DefaultV4.Gateway, s.DefaultV4.Source = otherRouter, own
	s.SiteRoutes[0].Gateway, s.SiteRoutes[0].Source = otherRouter, own
	s.Nameservers[0].Address = otherRouter
}
