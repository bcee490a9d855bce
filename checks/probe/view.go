package probe

import (
	"context"
	"sync"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// View asks resolver r for records of name, all types at once, and returns every attempt in order of start. Before it
// is called dead it is asked over UDP, then TCP, then each of its HTTPS endpoints. A SERVFAIL is followed by the same
// question with checking disabled: an answer then means that validation fails (RFC 4035, 3.2.2).
func (p *Prober) View(ctx context.Context, r environment.Resolver, role evidence.Role, name string, types []uint16) []evidence.Answer {
	seen := &transcript{}
	var all sync.WaitGroup
	for _, kind := range types {
		all.Go(func() {
			p.viewType(ctx, r, Question{Address: r.Address, Role: role, Name: name, Type: kind}, seen)
		})
	}
	all.Wait()
	return seen.answers
}

// viewType asks for one type until the resolver says something.
func (p *Prober) viewType(ctx context.Context, r environment.Resolver, q Question, seen *transcript) {
	ways := []Question{q, q}
	ways[0].Transport = evidence.OverUDP
	ways[1].Transport = evidence.OverTCP
	for _, endpoint := range r.DoH {
		q.Transport, q.DoHURL = evidence.OverHTTPS, endpoint
		ways = append(ways, q)
	}
	for _, way := range ways {
		if ctx.Err() != nil {
			return
		}
		answer := seen.note(func() evidence.Answer { return p.Ask(ctx, way) })
		if !answer.Replied() {
			continue
		}
		if answer.Failure == evidence.DNSServfail && ctx.Err() == nil {
			way.CheckingDisabled = true
			seen.note(func() evidence.Answer { return p.Ask(ctx, way) })
		}
		return
	}
}

// transcript collects answers in the order in which their questions began.
type transcript struct {
	mu      sync.Mutex
	answers []evidence.Answer
}

// note runs ask and keeps its answer at the place of its beginning.
func (t *transcript) note(ask func() evidence.Answer) evidence.Answer {
	t.mu.Lock()
	i := len(t.answers)
	t.answers = append(t.answers, evidence.Answer{})
	t.mu.Unlock()
	answer := ask()
	t.mu.Lock()
	t.answers[i] = answer
	t.mu.Unlock()
	return answer
}
