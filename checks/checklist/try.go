package checklist

import (
	"context"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// holdFirst is the part of the run after which a try that has no reply yet is joined by another one: the site may have
// recovered meanwhile, while the held one goes on waiting for a late 504.
const holdFirst = 0.3

// silentUntil is the part of the schedule after which silence is not tried again: each such try costs seconds and says
// the same.
const silentUntil = 1.2

// try visits the page itself, up to once per entry of the schedule, until it loads or another try cannot change the
// reply. The first one that hangs is held open while the run lasts, and joined by one more.
func (r *run) try() {
	schedule := r.schedule()
	var last evidence.Fetch
	held := false
	for i := range schedule {
		if i > 0 {
			at, again := r.next(last, schedule[i], schedule[len(schedule)-1], held)
			if !again || !r.pause(at, i+1) {
				return
			}
		}
		r.setStep(evidence.StepRetry, Running, verdict.StepRetryRunning, "Try", i+1, "All", len(schedule))
		if held {
			r.record(r.visit(0))
			return
		}
		if last, held = r.hold(i); r.triesCtx.Err() != nil {
			return
		}
	}
}

// partFirst is the part of the run that is its first try; partTries begins the names of the later ones.
const (
	partFirst = "try 1"
	partTries = "tries"
)

// hold makes the try at place i of the schedule, which may take as long as the run lasts, and reports whether it is still
// going on after holdFirst.
func (r *run) hold(i int) (fetch evidence.Fetch, held bool) {
	part := partFirst
	if i > 0 {
		part = partTries + " " + strconv.Itoa(i)
	}
	ended := make(chan evidence.Fetch, 1)
	r.start(part, func() {
		f := r.visit(-1)
		r.record(f)
		ended <- f
	})
	long := time.NewTimer(time.Duration(float64(r.env.Limits.Run) * holdFirst))
	defer long.Stop()
	select {
	case fetch = <-ended:
	case <-long.C:
		held = true
	case <-r.triesCtx.Done():
	}
	return fetch, held
}

// schedule is when each try may start, with jitter on the later ones so that many visitors do not come at once.
func (r *run) schedule() []time.Duration {
	s := make([]time.Duration, 0, len(r.env.Limits.Schedule))
	for i, at := range r.env.Limits.Schedule {
		if i > 0 {
			at += time.Duration(rand.Int64N(int64(at)/5 + 1))
		}
		s = append(s, at)
	}
	return s[:r.ev.TriesPlanned]
}

// next says when to try again after last, and whether to do so at all.
func (r *run) next(last evidence.Fetch, at, end time.Duration, held bool) (time.Duration, bool) {
	if held {
		return at, true
	}
	now := time.Since(r.begun)
	hop := last.Last()
	switch {
	case last.Loaded(), pointless(last):
		return 0, false
	case last.Fault != nil && last.Fault.Failure == evidence.Timeout && float64(now) > float64(end)*silentUntil:
		return 0, false
	case hop != nil && hop.Response != nil && hop.Response.RetryAfterS != nil:
		wait := now + time.Duration(*hop.Response.RetryAfterS)*time.Second
		return max(at, wait), wait <= end
	}
	return at, true
}

// pointless reports whether a reply is one that retrying cannot change: the site's settled word, a certificate, a
// redirect that leads nowhere.
func pointless(f evidence.Fetch) bool {
	if f.Fault == nil {
		s := f.Status()
		return s < 500 && s != 408 && s != 425
	}
	switch f.Fault.Failure {
	case evidence.TLSInvalidCertificate, evidence.TLSInvalidHostname, evidence.TLSUnknownAuthority, evidence.TLSFailedHandshake,
		evidence.HTTPInvalidRedirect, evidence.HTTPTooManyRedirects, evidence.HTTPPrivateRedirect,
		evidence.BudgetExhausted, evidence.Interrupted:
		return true
	case evidence.ProxyRefused:
		reply := f.Last().ProxyReply
		return reply != nil && reply.Status < 500
	default:
		return false
	}
}

// pause waits until at, saying so; false means that the run or its tries ended.
func (r *run) pause(at time.Duration, try int) bool {
	wait := time.Until(r.begun.Add(at))
	if wait <= 0 {
		return r.triesCtx.Err() == nil
	}
	r.setStep(evidence.StepRetry, Running, verdict.StepRetryPause, "Seconds", wait.Seconds(), "Try", try)
	return sleep(r.triesCtx, wait)
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// visit makes one try, as a browser would. For an address without a scheme https goes first, and http where https
// cannot be connected or the server answers it in plain text; that https attempt is recorded as a visit of its own.
func (r *run) visit(patience time.Duration) evidence.Fetch {
	fetch := r.fetch(r.target.URL, patience)
	if r.target.SchemeGuessed && (fetch.Fault.Is(evidence.Connect) || answersPlain(fetch)) && r.triesCtx.Err() == nil {
		plain := r.fetch(plainURL(r.target.URL), patience)
		if plain.Fault == nil || !plain.Fault.Is(evidence.Connect) {
			r.record(fetch)
			return plain
		}
	}
	return fetch
}

// answersPlain reports whether a server answered the handshake in plain text: then it speaks http at this port.
func answersPlain(f evidence.Fetch) bool {
	hop := f.Last()
	return f.Fault.Is(evidence.TLSHandshake) && hop != nil && hop.TLS != nil && hop.TLS.PlainHTTP
}

func (r *run) fetch(address string, patience time.Duration) evidence.Fetch {
	return r.probe.Fetch(r.triesCtx, probe.Request{
		URL: address, Way: r.way(), Proxy: r.proxy, Jar: r.jar, Counted: true, Reply: patience, Private: r.target.Private,
	})
}

// plainURL is the same address over http; a port that was given stays.
func plainURL(address string) string {
	return "http://" + strings.TrimPrefix(address, "https://")
}

func (r *run) way() evidence.Way {
	if r.proxy != nil {
		return evidence.ViaProxy
	}
	return evidence.ViaDirect
}

// record keeps a try in the order of start.
func (r *run) record(fetch evidence.Fetch) {
	r.learn(func(ev *evidence.Evidence) {
		tries := append([]evidence.Fetch{}, ev.Tries...)
		at := len(tries)
		for at > 0 && tries[at-1].Started.After(fetch.Started) {
			at--
		}
		tries = append(tries[:at], append([]evidence.Fetch{fetch}, tries[at:]...)...)
		ev.Tries = tries
		r.tried = time.Now()
	})
	if fetch.Status() != 0 {
		r.sayReply()
	}
}

// front is the address of "/" at host, by the scheme and port of the deciding visit.
func front(address, host string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if u.Hostname() != host {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}
