// Package pac runs proxy auto-config files: JavaScript whose FindProxyForURL says which proxy an address needs. The
// scripts come from the network and are not trusted. They run in an interpreter of their own with bounded time, size
// and memory, and reach nothing but the helper functions of the format; of these only the lookup of the asked name
// touches the network.
//
// The format is Netscape's of 1996, which browsers still follow, with the IPv6 functions that Microsoft added.
package pac

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// Limits of one evaluation.
const (
	// MaxScript is the largest script in bytes that is run; browsers stop at the same megabyte.
	MaxScript = 1 << 20
	// maxGrowth is how much the whole program's memory may grow meanwhile.
	maxGrowth = 48 << 20
	// maxDepth is how deep calls may nest.
	maxDepth = 256
	// maxResult is longer than any list of proxies that makes sense.
	maxResult = 16 << 10
	// watchEvery is how often time and memory are looked at: a text that doubles outgrows a longer pause.
	watchEvery = time.Millisecond
	// longestLook is the most that one look counts as the script's time: what is longer, a busy computer took.
	longestLook = 50 * time.Millisecond
	// grace is how long an interrupted script gets to end before it is left behind.
	grace = 100 * time.Millisecond
)

// More limits, which tests change.
var (
	// timeLimit is how long the script itself may take; the lookup of the asked name is not counted.
	timeLimit = 2 * time.Second
	// lookupLimit is how long that lookup may take.
	lookupLimit = 2 * time.Second
)

// The reasons why a script says nothing.
var (
	ErrTooLarge = errors.New("the script is too large or too deeply nested")
	ErrTimeout  = fmt.Errorf("the script does not end: %w", context.DeadlineExceeded)
	ErrMemory   = errors.New("the script uses too much memory")
	ErrScript   = errors.New("the script fails")
)

// Options are what a script may learn.
type Options struct {
	// Lookup resolves a host name; it returns nil for names that it does not want to be asked about.
	Lookup func(ctx context.Context, host string) []string
	// Own is this computer's own address, "" when it has none.
	Own func() string
	// Now is the time for the script's ranges of hours, days and dates.
	Now func() time.Time
}

// limitExpressions bounds regular expressions.
func limitExpressions() {
	// A backtracking expression is the one thing that an interrupt does not end. The interpreter has no setting of its own
	// for this, and is the only user of that package. It takes an expression that ran out of time for one that does not
	// match, so the script's own time must end first.
	regexp2.DefaultMatchTimeout = timeLimit + lookupLimit + grace
}

func init() { limitExpressions() }

// Evaluate runs script for u and returns what it says, such as "PROXY a.example:3128; DIRECT". The caller strips from u
// what scripts must not see. It returns within the limits whatever the script does: one that spins inside a function of
// the interpreter, where it cannot be interrupted, is left behind.
func Evaluate(ctx context.Context, script string, u *url.URL, opt Options) (string, error) {
	if !readable(script) {
		return "", ErrTooLarge
	}
	ctx, cancel := context.WithTimeout(ctx, timeLimit+lookupLimit)
	defer cancel()
	run := &evaluation{ctx: ctx, vm: goja.New(), opt: opt}
	run.vm.SetMaxCallStackSize(maxDepth)
	ended := make(chan outcome, 1)
	go func() {
		result, err := run.evaluate(script, u)
		ended <- outcome{result, err}
	}()
	return run.wait(ended)
}

// outcome is how a script ended.
type outcome struct {
	result string
	err    error
}

// evaluation is one run of one script.
type evaluation struct {
	ctx context.Context // of the whole run: helper functions have no other way to get it
	vm  *goja.Runtime
	opt Options
	// looking is true while the script waits for a lookup.
	looking atomic.Bool
	// found are the addresses of the names looked up so far.
	found map[string][]string
}

// wait returns how the script ended, and interrupts it at its limits.
func (e *evaluation) wait(ended <-chan outcome) (string, error) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	runtime.GC() // so that what the rest of the program has dropped does not count as the script's
	before, spent := used(), time.Duration(0)
	last := time.Now()
	for {
		var reason error
		select {
		case out := <-ended:
			if reason := e.outOfTime(); reason != nil {
				return "", reason // an expression may have run out of time first
			}
			return out.result, out.err
		case <-e.ctx.Done():
			reason = e.outOfTime()
		case now := <-tick.C:
			if !e.looking.Load() {
				spent += min(now.Sub(last), longestLook)
			}
			last = now
			switch {
			case spent > timeLimit:
				reason = ErrTimeout
			case used() > before+maxGrowth:
				reason = ErrMemory
			}
		}
		if reason == nil {
			continue
		}
		e.vm.Interrupt(reason)
		select {
		case <-ended:
		case <-time.After(grace):
		}
		return "", reason
	}
}

// outOfTime is why the run must end, nil while it may go on.
func (e *evaluation) outOfTime() error {
	if err := e.ctx.Err(); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return ErrTimeout
}

// used is the size in bytes of the program's objects, with those not yet collected, and of its stacks.
func used() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() + samples[1].Value.Uint64()
}

// evaluate loads the script and calls its function. A panic of the interpreter is the script's failure.
func (e *evaluation) evaluate(script string, u *url.URL) (result string, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			result, err = "", ErrScript
		}
	}()
	if err := e.prepare(); err != nil {
		return "", err
	}
	if _, err := e.vm.RunString(text(script)); err != nil {
		return "", fmt.Errorf("%w: %s", ErrScript, brief(err))
	}
	find, ok := goja.AssertFunction(e.vm.Get("FindProxyForURL"))
	if !ok {
		if find, ok = goja.AssertFunction(e.vm.Get("FindProxyForURLEx")); !ok {
			return "", fmt.Errorf("%w: it has no FindProxyForURL", ErrScript)
		}
	}
	value, err := find(goja.Undefined(), e.vm.ToValue(u.String()), e.vm.ToValue(u.Hostname()))
	if err != nil {
		return "", fmt.Errorf("%w: %s", ErrScript, brief(err))
	}
	if goja.IsUndefined(value) || goja.IsNull(value) {
		return "", nil // as Firefox: no proxy
	}
	result = value.String()
	if len(result) > maxResult {
		return "", fmt.Errorf("%w: its answer is too long", ErrScript)
	}
	return result, nil
}

// text is a script as Unicode: without byte order mark, and as Latin-1 where it is not UTF-8.
func text(script string) string {
	script = strings.TrimPrefix(script, "\ufeff")
	if utf8.ValidString(script) {
		return script
	}
	var out strings.Builder
	for i := range len(script) {
		out.WriteRune(rune(script[i]))
	}
	return out.String()
}

// brief is the first line of an error of the interpreter, without the trace.
func brief(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
