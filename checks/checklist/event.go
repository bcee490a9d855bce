package checklist

import (
	"time"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// State is what a step shows at its right edge.
type State string

// The six states of a step.
const (
	Waiting  State = "waiting"
	Running  State = "running"
	Fine     State = "fine"
	Found    State = "found"
	CouldNot State = "could_not"
	Skipped  State = "skipped"
)

// StepResult is one row of the checklist.
type StepResult struct {
	Step  evidence.Step `json:"step"`
	State State         `json:"state"`
	// Finding is the row's one plain sentence, as a code of the word list.
	Finding verdict.Finding `json:"finding"`
	MS      float64         `json:"ms"`
}

// Event is one change while a run goes on.
type Event struct {
	StepResult
	// At is the time since the start of the run.
	At time.Duration
	// Reply is the status the site answered with so far, 0 for none: the line shows it before there is a verdict.
	Reply int
	// Slow is true once the run has waited so long that "Keep waiting" is offered.
	Slow bool
}
