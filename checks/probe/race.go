package probe

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// maxRaced caps the addresses tried for one hop: the last of six begins 1.25 s after the first. The sweep over all of them
// is another matter.
const maxRaced = 6

// racer opens one TCP connection to the first of several addresses that accepts (RFC 8305): the families take turns,
// IPv6 first, each address has a short head start over the next, and a failure starts the next at once.
type racer struct {
	env  *environment.Environment
	opt  environment.DialOptions
	port int
	// charge is asked before every attempt; false ends the race for want of budget. Nil never does.
	charge func() bool
}

// attempt is one address being tried.
type attempt struct {
	dial evidence.Dial
	conn net.Conn
	err  error
	// lost is true when the attempt was called off because another had won or the visitor had stopped.
	lost bool
}

// race returns the winner's connection and address, every attempt that ended by itself in order of start, and the
// failure when none was left. Attempts that were called off leave no trace: they did not fail.
func (r racer) race(ctx context.Context, addresses []string) (net.Conn, string, []evidence.Dial, error) {
	addresses = interleave(addresses)
	if len(addresses) == 0 {
		return nil, "", nil, failed(evidence.DNSNoAnswer, "")
	}
	raceCtx, stop := context.WithCancel(ctx)
	defer stop()
	attempts := make([]attempt, len(addresses))
	done := make(chan int, len(addresses))
	started, running := 0, 0
	var broke bool
	start := func() {
		if r.charge != nil && !r.charge() {
			broke = true
			return
		}
		i := started
		started++
		running++
		go func() {
			attempts[i] = r.try(raceCtx, addresses[i])
			done <- i
		}()
	}

	winner := -1
	start()
	stagger := time.NewTimer(r.env.Limits.Fallback)
	defer stagger.Stop()
	for running > 0 {
		select {
		case <-stagger.C:
			if winner < 0 && started < len(addresses) && !broke && ctx.Err() == nil {
				start()
				stagger.Reset(r.env.Limits.Fallback)
			}
		case i := <-done:
			running--
			switch {
			case attempts[i].conn != nil && winner < 0:
				winner = i
				stop()
			case attempts[i].conn != nil:
				attempts[i].conn.Close()
				attempts[i].lost = true
			case winner < 0 && started < len(addresses) && !broke && ctx.Err() == nil:
				start()
				stagger.Reset(r.env.Limits.Fallback)
			}
		}
	}
	dials := record(attempts[:started])
	if winner >= 0 {
		return attempts[winner].conn, addresses[winner], dials, nil
	}
	if ctx.Err() != nil {
		return nil, "", dials, ctx.Err()
	}
	if len(dials) == 0 && broke {
		return nil, "", nil, failed(evidence.BudgetExhausted, "")
	}
	return nil, "", dials, failureOf(attempts[:started])
}

// try makes one attempt, bounded by Limits.Connect.
func (r racer) try(ctx context.Context, address string) attempt {
	begin := time.Now()
	dialCtx, cancel := bounded(ctx, r.env.Limits.Connect)
	defer cancel()
	conn, err := r.env.Dial(dialCtx, "tcp", net.JoinHostPort(address, strconv.Itoa(r.port)), r.opt)
	a := attempt{
		dial: evidence.Dial{Address: withoutZone(address), Port: r.port, MS: since(begin)},
		conn: conn, err: err,
	}
	if err == nil {
		return a
	}
	a.conn = nil
	if ctx.Err() == context.Canceled {
		a.lost = true
		return a
	}
	a.dial.Failure = Classify(err, evidence.Connect).Failure
	return a
}

// record keeps the attempts that ended by themselves.
func record(attempts []attempt) []evidence.Dial {
	dials := make([]evidence.Dial, 0, len(attempts))
	for _, a := range attempts {
		if !a.lost {
			dials = append(dials, a.dial)
		}
	}
	return dials
}

// failureOf is the one failure that stands for all: the common one, else a refusal, since somebody spoke, else the
// first.
func failureOf(attempts []attempt) error {
	first := evidence.None
	for _, a := range attempts {
		switch {
		case a.dial.Failure == evidence.ConnectionRefused:
			return failed(evidence.ConnectionRefused, "")
		case first == evidence.None:
			first = a.dial.Failure
		}
	}
	if first == evidence.Unknown {
		return attempts[0].err
	}
	return failed(first, "")
}

// interleave orders addresses for the race (RFC 8305, 4) and cuts them to maxRaced: the families take turns, each in the
// order given, without duplicates. IPv6 goes first whatever the order says: not every list comes sorted from the system,
// and a computer without IPv6 loses no time, since its attempts fail at once. What is no address is left out.
func interleave(addresses []string) []string {
	var v6, v4 []string
	seen := map[netip.Addr]bool{}
	for _, s := range addresses {
		a, err := netip.ParseAddr(s)
		if err != nil || seen[a] {
			continue
		}
		seen[a] = true
		if a.Unmap().Is4() {
			v4 = append(v4, a.Unmap().String())
		} else {
			v6 = append(v6, a.String())
		}
	}
	var out []string
	for i := 0; (i < len(v6) || i < len(v4)) && len(out) < maxRaced; i++ {
		if i < len(v6) {
			out = append(out, v6[i])
		}
		if i < len(v4) && len(out) < maxRaced {
			out = append(out, v4[i])
		}
	}
	return out
}

// withoutZone drops an IPv6 zone, which names one of the visitor's interfaces.
func withoutZone(address string) string {
	if a, err := netip.ParseAddr(address); err == nil {
		return a.WithZone("").String()
	}
	return address
}

// bounded is ctx with a deadline d from now; without one where d is 0 or negative.
func bounded(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, d)
}

// Connect makes one TCP connection to address, an IP address, and closes it again. It is not charged to the budget.
func (p *Prober) Connect(ctx context.Context, address string, port int) evidence.Dial {
	a := racer{env: p.Env, port: port}.try(ctx, address)
	if a.conn != nil {
		a.conn.Close()
	}
	if a.lost {
		a.dial.Failure = evidence.Interrupted
	}
	return a.dial
}
