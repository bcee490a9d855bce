// Package checklist runs the visitor's checklist: the steps in their fixed order, whatever does not depend on an
// earlier step at once, inside a time budget, cancellable at any moment. It collects evidence, asks the pure verdict
// which questions are still open, measures those, and never words a conclusion.
package checklist

import (
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// Options are the visitor's choices for one run.
type Options struct {
	// Wait holds on to a silent site for Limits.Wait instead of Limits.Run.
	Wait bool
	// KeepWaiting, when it is closed during the run, has the effect of Wait from then on. It may be nil.
	KeepWaiting <-chan struct{}
	// BesideVPN allows one visit around a VPN (or a SOCKS proxy on this computer): it shows the visitor's own address
	// to the site.
	BesideVPN bool
	// AskPublic allows a private name to be sent to public name services.
	AskPublic bool
	// NoFlush switches the clearing of the DNS cache off, NoCompare the well-known sites, NoResolvers the public name
	// services.
	NoFlush, NoCompare, NoResolvers bool
}

// Result is what one run learned and what it means.
type Result struct {
	Evidence evidence.Evidence `json:"evidence"`
	Verdict  verdict.Verdict   `json:"verdict"`
	Steps    []StepResult      `json:"steps"`
}
