package checklist

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"sync"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// questions starts whatever the evidence leaves open and was not asked yet, and reports whether anything was started or
// must be waited for.
func (r *run) questions(ev *evidence.Evidence) bool {
	if len(ev.Tries) == 0 || r.ctx.Err() != nil {
		return false
	}
	open := false
	subject := verdict.Subject(ev)
	for _, q := range verdict.Open(ev) {
		ask, ready := r.asker(q, subject, ev)
		if ask == nil {
			continue
		}
		key := string(q) + " " + subject
		if q == verdict.SweepAddresses {
			key += " " + verdict.Unswept(ev)[0] // a new address is a new question
		}
		if r.wasAsked(key, ready) {
			continue
		}
		open = true
		if ready {
			r.start(key, ask)
		}
	}
	return open
}

// wasAsked marks a question as asked when it is about to be, and reports whether it had been before.
func (r *run) wasAsked(key string, now bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked[key] {
		return true
	}
	if now {
		r.asked[key] = true
	}
	return false
}

// asker is the measurement that answers a question, nil where the visitor's choices forbid it; ready is false while
// something that it depends on is still under way.
func (r *run) asker(q verdict.Question, subject string, ev *evidence.Evidence) (ask func(), ready bool) {
	looked := !r.under("names") && !r.under(string(verdict.AskNames)+" "+subject)
	compared := !r.under("compare")
	switch q {
	case verdict.AskNames:
		return func() { r.askNames(subject) }, true
	case verdict.AskAuthenticated:
		return func() { r.askAuthenticated(subject) }, looked
	case verdict.AskNonsense:
		return r.askNonsense, looked
	case verdict.SweepAddresses:
		if swept(ev, subject) >= sweepLimit {
			return nil, false
		}
		return func() { r.sweep(subject) }, looked
	case verdict.AskOtherName:
		return func() { r.askOtherName(subject) }, looked
	case verdict.AskOtherScheme:
		return func() { r.askOtherScheme(subject) }, looked
	case verdict.AskElsewhereName:
		return func() { r.askUnrelated(subject) }, compared
	case verdict.AskShared:
		return func() { r.askShared(subject) }, true
	case verdict.AskAround:
		if localSOCKS(r.proxy) && !r.opt.BesideVPN {
			r.gap(evidence.StepProxyVPN, evidence.NoConsent)
			return nil, false
		}
		return r.askAround, true
	case verdict.AskThrough:
		return r.askThrough, true
	case verdict.AskBesideVPN:
		if !r.opt.BesideVPN {
			r.gap(evidence.StepProxyVPN, evidence.NoConsent)
			return nil, false
		}
		return r.askBesideVPN, true
	case verdict.AskPackets:
		return r.askPackets, compared
	case verdict.AskAgain:
		return func() { r.record(r.visit(0)) }, !r.under(partTries)
	case verdict.AskFamily:
		return r.askFamily, compared
	case verdict.AskLine:
		return r.askLine, r.lateEnough()
	case verdict.AskStatement:
		return r.askStatement, true
	case verdict.AskFlush:
		if r.opt.NoFlush {
			return nil, false
		}
		return r.askFlush, looked
	case verdict.AskTypo:
		return r.askTypo, looked
	case verdict.AskVouch:
		return func() { r.askVouch(subject) }, looked
	default:
		return nil, false
	}
}

// gap notes once that a check could not run.
func (r *run) gap(step evidence.Step, reason evidence.Reason) {
	g := evidence.Gap{Step: step, Reason: reason}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed && !slices.Contains(r.ev.Gaps, g) {
		r.ev.Gaps = append(r.ev.Gaps, g)
	}
}

// askAuthenticated asks the public name services over DNS over HTTPS, which nobody on the way can answer for them.
func (r *run) askAuthenticated(name string) {
	var group sync.WaitGroup
	for _, res := range r.env.Resolvers {
		if len(res.DoH) == 0 {
			continue
		}
		group.Go(func() {
			view := evidence.ResolverView{Name: res.Name, Address: res.Address, Role: evidence.RolePublic}
			var mu sync.Mutex
			var types sync.WaitGroup
			for _, t := range bothTypes {
				types.Go(func() {
					a := r.probe.Ask(r.ctx, probe.Question{
						Address: res.Address, Role: evidence.RolePublic, Transport: evidence.OverHTTPS, Name: name, Type: t, DoHURL: res.DoH[0],
					})
					mu.Lock()
					defer mu.Unlock()
					view.Answers = append(view.Answers, a)
				})
			}
			types.Wait()
			r.learn(func(ev *evidence.Evidence) { addView(ev, view) })
		})
	}
	group.Wait()
}

// askNonsense asks this computer's name services for a name that cannot exist: an address for it was made up.
func (r *run) askNonsense() {
	random := make([]byte, 6)
	_, _ = rand.Read(random) // crypto/rand never fails (documentation of crypto/rand.Read)
	name := verdict.NonsensePrefix + hex.EncodeToString(random) + ".com"
	for _, v := range r.resolvers() {
		if v.role != evidence.RoleConfigured {
			continue
		}
		a := r.probe.Ask(r.ctx, probe.Question{Address: v.Address, Role: v.role, Transport: evidence.OverUDP, Name: name, Type: dns.TypeA})
		r.learn(func(ev *evidence.Evidence) {
			addView(ev, evidence.ResolverView{Name: v.Name, Address: v.Address, Role: v.role, Control: []evidence.Answer{a}})
		})
	}
}
