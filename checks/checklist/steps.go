package checklist

import (
	"time"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// waitingCodes are what each row says before it begins.
var waitingCodes = map[evidence.Step]string{
	evidence.StepRetry:     verdict.StepRetryWaiting,
	evidence.StepCompare:   verdict.StepCompareWaiting,
	evidence.StepResolvers: verdict.StepNamesWaiting,
	evidence.StepProxyVPN:  verdict.StepProxyWaiting,
	evidence.StepFlush:     verdict.StepFlushWaiting,
	evidence.StepAnswer:    verdict.StepAnswerWaiting,
}

// announce shows every row as waiting.
func (r *run) announce() {
	for _, s := range evidence.Steps() {
		r.setStep(s, Waiting, waitingCodes[s])
	}
}

// setStep changes a row and reports it; pairs are the particulars of its finding.
func (r *run) setStep(step evidence.Step, state State, code string, pairs ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.setStepLocked(step, state, code, pairs...)
}

// setStepLocked is setStep for callers that hold mu. Once the result is out it changes nothing.
func (r *run) setStepLocked(step evidence.Step, state State, code string, pairs ...any) {
	if r.closed {
		return
	}
	if state == Running && r.since[step].IsZero() {
		r.since[step] = time.Now()
	}
	row := StepResult{Step: step, State: state, Finding: verdict.NewFinding(code, pairs...)}
	if began := r.since[step]; !began.IsZero() {
		row.MS = float64(time.Since(began).Microseconds()) / 1000
	}
	r.steps[step] = row
	r.emitLocked(row)
}

func (r *run) skipStep(step evidence.Step, code string) { r.setStep(step, Skipped, code) }

// emitLocked reports a row with what is known besides, under mu, so that observers see one event at a time.
func (r *run) emitLocked(row StepResult) {
	reply := 0
	for i := range r.ev.Tries {
		if s := r.ev.Tries[i].Status(); s != 0 {
			reply = s
		}
	}
	r.observe(Event{StepResult: row, At: time.Since(r.begun), Reply: reply, Slow: r.slowSaid})
}

// sayReply reports the row of the tries again, with the status that has come.
func (r *run) sayReply() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.emitLocked(r.steps[evidence.StepRetry])
	}
}

// saySlow offers to keep waiting.
func (r *run) saySlow() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slowSaid = true
	r.emitLocked(r.steps[evidence.StepRetry])
}

// finalSteps says for every row how it ended, from the evidence, and reports the rows.
func (r *run) finalSteps(ev *evidence.Evidence, v verdict.Verdict) []StepResult {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows := []StepResult{
		retryRow(ev), compareRow(ev, v, r.opt), namesRow(ev, v, r.opt), proxyRow(ev, v), flushRow(ev, v, r.opt), answerRow(v),
	}
	for i := range rows {
		rows[i].MS = r.steps[rows[i].Step].MS
		if began := r.since[rows[i].Step]; !began.IsZero() && r.steps[rows[i].Step].State == Running {
			rows[i].MS = float64(time.Since(began).Microseconds()) / 1000
		}
		r.emitLocked(rows[i])
	}
	return rows
}

// showFine shows the row of a part that has come to its end, if nothing was found there. Anything else waits for the answer:
// a run never blames early.
func (r *run) showFine(part string) {
	ev := r.snapshot()
	v := verdict.Judge(&ev)
	var rows []StepResult
	switch part {
	case "compare":
		rows = []StepResult{compareRow(&ev, v, r.opt)}
	case "names":
		rows = []StepResult{namesRow(&ev, v, r.opt), proxyRow(&ev, v)}
	}
	for _, done := range rows {
		if done.State == Fine {
			r.mu.Lock()
			if !r.closed {
				done.MS = float64(time.Since(r.since[done.Step]).Microseconds()) / 1000
				r.steps[done.Step] = done
				r.emitLocked(done)
			}
			r.mu.Unlock()
		}
	}
}
