package probe

import (
	"context"
	"net/netip"
	"time"

	"isitme/checks/evidence"
)

// resolve finds the addresses of host: itself where it is one, else by lookup, else as the OS does. The OS's answer is
// recorded in hop.
func (p *Prober) resolve(ctx context.Context, host string, lookup func(string) []string, hop *evidence.Hop) ([]string, *evidence.Fault) {
	if _, err := netip.ParseAddr(host); err == nil {
		return []string{host}, nil
	}
	if lookup != nil {
		if addresses := lookup(host); len(addresses) > 0 {
			return addresses, nil
		}
		return nil, &evidence.Fault{Operation: evidence.Resolve, Failure: evidence.DNSNoAnswer}
	}
	begin := time.Now()
	// The OS's lookup keeps its own time limits, per server and try; the patience for a reply is a backstop.
	bound, cancel := bounded(ctx, p.Env.Limits.Reply)
	defer cancel()
	answer := p.Env.LookupHost(bound, host)
	hop.Resolution = &answer
	hop.Timings.ResolveMS = since(begin)
	switch {
	case ctx.Err() == context.Canceled:
		return nil, &evidence.Fault{Operation: evidence.Resolve, Failure: evidence.Interrupted}
	case answer.Failure != evidence.None:
		return nil, &evidence.Fault{Operation: evidence.Resolve, Failure: answer.Failure}
	case len(answer.Addresses) == 0:
		return nil, &evidence.Fault{Operation: evidence.Resolve, Failure: evidence.DNSNoAnswer}
	}
	return answer.Addresses, nil
}
