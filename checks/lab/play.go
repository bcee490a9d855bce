//go:build linux

package lab

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"isitme/checks/report"
	"isitme/checks/verdict"
)

// The most that a run may send to the site (README.md, "What leaves this computer").
const (
	mostRequests    = 12
	mostConnections = 24
)

// delays are what a busy computer may add to the time of a scenario.
const delays = time.Minute

// Result is how one scenario went.
type Result struct {
	Scenario    Scenario
	Report      report.Report
	JSON        string // what the program printed
	Said        string // what it said beside it
	Logs        string // what the world's servers said, where something is wrong
	Took        time.Duration
	Bytes       int // sent to the sites, packet headers included
	Requests    int // that the sites' servers saw
	Connections int // begun to the sites' addresses
	// Wrong lists what is not as it should be, empty when all is.
	Wrong []string
}

// Right reports whether the answer was the one wanted.
func (r Result) Right() bool { return r.Scenario.Want.allows(r.Report.Verdict) }

// WrongBlame reports whether the site was blamed for a fault on the visitor's side, or the reverse.
func (r Result) WrongBlame() bool {
	wanted, got := r.Scenario.Want.Who, r.Report.Verdict.Who
	return wanted == verdict.Site && got == verdict.You || wanted == verdict.You && got == verdict.Site
}

// Play builds a scenario's world, proves its fault, asks the program and ends the world. An error means that the lab
// failed, not the program.
func Play(s Scenario) (Result, error) {
	r, err := s.build()
	if r != nil {
		defer r.close()
	}
	if err != nil {
		return Result{Scenario: s}, fmt.Errorf("build: %w", err)
	}
	if err := s.prove(r); err != nil {
		return Result{Scenario: s}, fmt.Errorf("the fault is not there: %w", err)
	}
	return s.ask(r)
}

// build makes the scenario's world.
func (s Scenario) build() (*running, error) {
	w := newWorld()
	for _, f := range s.Break {
		f(w)
	}
	return build(w)
}

// ask runs the program in the world and measures what it did.
func (s Scenario) ask(r *running) (Result, error) {
	result := Result{Scenario: s}
	before := r.requests()
	if err := r.resetCounters(); err != nil {
		return result, err
	}
	for _, f := range r.begin {
		go f()
	}
	argv := append([]string{here.Program, "check", "--json"}, s.Flags...)
	out, err := r.run(r.visitor, s.Within+2*delays, s.Interrupt, append(argv, s.Address)...)
	if err != nil {
		return result, fmt.Errorf("%w\n%s", err, out.stderr)
	}
	result.JSON, result.Said, result.Took = out.stdout, out.stderr, out.took
	if err := json.Unmarshal([]byte(out.stdout), &result.Report); err != nil {
		return result, fmt.Errorf("not a report: %w\nexit status %d\n%s%s", err, out.status, out.stdout, out.stderr)
	}
	result.Requests = r.requests() - before
	if result.Bytes, result.Connections, err = r.counters(); err != nil {
		return result, err
	}
	result.judge(out.status)
	for _, audit := range r.audits {
		result.Wrong = append(result.Wrong, audit(result)...)
	}
	if len(result.Wrong) > 0 {
		result.Logs, err = r.logbook()
	}
	return result, err
}

// judge compares a result with what was wanted.
func (r *Result) judge(status int) {
	wrong := func(format string, args ...any) { r.Wrong = append(r.Wrong, fmt.Sprintf(format, args...)) }
	s, v := r.Scenario, r.Report.Verdict
	if !r.Right() {
		wrong("verdict %s/%s/%s by rule %s, want %s %v", v.Who, v.Cause, v.Certainty, v.Rule, s.Want, s.Want.Certainties)
	}
	if status != v.Who.ExitStatus() {
		wrong("exit status %d, want %d", status, v.Who.ExitStatus())
	}
	if r.Report.Schema != report.Schema {
		wrong("schema %q", r.Report.Schema)
	}
	if r.Took > s.Within+delays {
		wrong("took %.1f s, much longer than %.1f s", r.Took.Seconds(), s.Within.Seconds())
	}
	if r.Requests > mostRequests+s.Hops {
		wrong("%d requests to the site, more than %d", r.Requests, mostRequests+s.Hops)
	}
	if r.Connections > mostConnections+s.Hops {
		wrong("%d connections to the site, more than %d", r.Connections, mostConnections+s.Hops)
	}
}

// counters reads what has reached the sites since resetCounters.
func (r *running) counters() (bytes, connections int, err error) {
	out, err := r.internet.output("nft", "", "-j", "list", "table", "inet", "lab")
	if err != nil {
		return 0, 0, fmt.Errorf("nft: %w: %s", err, out)
	}
	var list struct {
		Nftables []struct {
			Counter *struct {
				Name  string
				Bytes int
			}
			Set *struct {
				Name string
				Elem []json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(out, &list); err != nil {
		return 0, 0, err
	}
	for _, entry := range list.Nftables {
		if entry.Counter != nil && entry.Counter.Name == "to_site" {
			bytes = entry.Counter.Bytes
		}
		if entry.Set != nil {
			connections += len(entry.Set.Elem)
		}
	}
	return bytes, connections, nil
}

func (r *running) resetCounters() error {
	out, err := r.internet.output("nft", "reset counters\nflush set inet lab begun_ip\nflush set inet lab begun_ip6\n", "-f", "-")
	if err != nil {
		return fmt.Errorf("nft: %w: %s", err, out)
	}
	return nil
}

// Table is the results as text, one line a scenario, with the summary as the last line.
func Table(results []Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-58s %-30s %-30s %-8s %6s %8s %4s\n",
		"scenario", "expected", "got", "how sure", "s", "bytes", "req")
	var seconds []float64
	right, blame := 0, 0
	for _, r := range results {
		v := r.Report.Verdict
		fmt.Fprintf(&b, "%-58s %-30s %-30s %-8s %6.1f %8d %4d\n", cut(r.Scenario.Name, 58), r.Scenario.Want,
			string(v.Who)+"/"+string(v.Cause), v.Certainty, r.Took.Seconds(), r.Bytes, r.Requests)
		if within := r.Scenario.Within; r.Took > within {
			fmt.Fprintf(&b, "    slower than %.1f s\n", within.Seconds())
		}
		for _, w := range r.Wrong {
			fmt.Fprintf(&b, "    %s\n", w)
		}
		seconds = append(seconds, r.Took.Seconds())
		if r.Right() {
			right++
		}
		if r.WrongBlame() {
			blame++
		}
	}
	slices.Sort(seconds)
	median, longest := 0.0, 0.0
	if n := len(seconds); n > 0 {
		median, longest = (seconds[(n-1)/2]+seconds[n/2])/2, seconds[n-1]
	}
	fmt.Fprintf(&b, "%d of %d right, %d wrong blame, median %.1f s, max %.1f s\n", right, len(results), blame, median, longest)
	return b.String()
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
