package checklist

import (
	"strings"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// comparePatience is how long a page that loaded slowly waits for the comparison with other sites: it is answered within
// a second of its own load time.
const comparePatience = 800 * time.Millisecond

// answered reports whether the run is over: the answer stands, or nothing is under way and nothing is left to ask.
func (r *run) answered() bool {
	r.mu.Lock()
	ev, learnt := r.ev, r.learnt
	r.mu.Unlock()
	if !r.over(ev) {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.learnt == learnt // what came meanwhile may leave questions of its own; learn has woken the loop for it
}

// over is answered as far as ev goes.
func (r *run) over(ev evidence.Evidence) bool {
	v := verdict.Judge(&ev)
	trying, comparing := r.under(partTries), r.under("compare", "names", partSilent)
	switch {
	case v.Who == verdict.Working && v.Certainty == verdict.Certain && r.swift(&ev):
		return true // a page that loads is answered at once; nothing else is needed
	case !comparing && v.Certainty == verdict.Certain && (v.Who == verdict.You || v.Who == verdict.Address) && r.settled(&ev):
		r.cancelTries() // more tries cannot change what this computer says of itself, or what everybody says
		return true
	case !trying && v.Who != verdict.Working && v.Certainty == verdict.Certain && spoken(&ev) && !r.questions(&ev) &&
		!(r.opt.BesideVPN && r.busyAsking()):
		return true // the site's own word over a secure connection needs nobody else's, unless it depends on the way
	}
	open := r.questions(&ev)
	return !open && !r.under()
}

// swift reports whether the page came so quickly and at once that the line needs no comparison, or the comparison is in, or
// has had its time. In plain text it must be settled, too, whether somebody on the way wrote the page.
func (r *run) swift(ev *evidence.Evidence) bool {
	last := ev.Tries[len(ev.Tries)-1]
	if r.under(string(verdict.AskFlush) + " " + r.target.Host) {
		return false // whose doing it was that the page loaded
	}
	atOnce := last.MS < 3000 && len(ev.Tries) == 1 || !r.under("compare")
	if atOnce && verdict.PlainHost(ev) != "" && !ev.Target.Private {
		atOnce = !r.questions(ev) && !r.busyAsking() && !r.under("names")
	}
	if atOnce {
		return true
	}
	r.mu.Lock()
	since := time.Since(r.tried)
	r.mu.Unlock()
	if since < comparePatience {
		time.AfterFunc(comparePatience-since, r.nudge)
	}
	return since >= comparePatience
}

// settled reports whether nothing that is under way could still turn a certain verdict on the visitor's side round.
func (r *run) settled(ev *evidence.Evidence) bool {
	return !r.questions(ev) && !r.busyAsking()
}

// busyAsking reports whether an open question is being measured.
func (r *run) busyAsking() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name := range r.pending {
		if !strings.HasPrefix(name, partTries) && name != "compare" && name != "names" && name != partSilent {
			return true
		}
	}
	return false
}

// spoken reports whether the last reply came over a verified secure connection.
func spoken(ev *evidence.Evidence) bool {
	if len(ev.Tries) == 0 {
		return false
	}
	hop := ev.Tries[len(ev.Tries)-1].Last()
	return hop != nil && hop.Response != nil && hop.TLS != nil && hop.TLS.Verified
}
