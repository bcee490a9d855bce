//go:build linux

package lab

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"isitme/checks/report/schema/schematest"
	"isitme/checks/verdict"
)

var (
	programFlag  = flag.String("program", "", "the `file` of the program under test; without it, it is built")
	parallelFlag = flag.Int("worlds", 8, "how many worlds at a time")
)

// unavailable is why the lab cannot run here, nil inside the namespaces.
var unavailable error

func TestMain(m *testing.M) {
	Launch()
	flag.Parse()
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	entered, status, err := Prepare(Setup{Program: *programFlag, Window: true})
	if errors.Is(err, ErrUnavailable) {
		unavailable = err
		return m.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "lab:", err)
		return 1
	}
	if !entered {
		return status
	}
	if err := flag.Set("test.parallel", strconv.Itoa(*parallelFlag)); err != nil {
		fmt.Fprintln(os.Stderr, "lab:", err)
		return 1
	}
	return m.Run()
}

// needLab skips the test where there can be no lab; in CI that is a failure.
func needLab(t *testing.T) {
	t.Helper()
	switch {
	case unavailable == nil:
	case os.Getenv("CI") == "true":
		t.Fatal(unavailable)
	default:
		t.Skip(unavailable)
	}
}

// TestHealthyWorld shows that a proof fails where its fault was removed: in a world where nothing is broken.
func TestHealthyWorld(t *testing.T) {
	needLab(t)
	r, err := build(newWorld())
	if r != nil {
		t.Cleanup(r.close)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Scenarios() {
		t.Run(s.Key(), func(t *testing.T) {
			t.Parallel()
			if s.Healthy {
				if err := s.prove(r); err != nil {
					t.Error(err)
				}
				return
			}
			for range proofs { // a busy computer may look like a fault of time, but not always
				if err := s.proveOnce(r); err != nil {
					return
				}
			}
			t.Error("the proof holds although nothing is broken")
		})
	}
}

// TestScenarios asks the program in every world.
func TestScenarios(t *testing.T) {
	needLab(t)
	var all []trial
	for _, s := range LongestFirst(Scenarios()) {
		all = append(all, trial{s.Key(), s.Tunnel, func(*testing.T) error { return playRight(s) }})
	}
	try(t, all)
}

// playRight plays a scenario; what is not right is an error with all that is known of it.
func playRight(s Scenario) error {
	result, err := Play(s)
	if err != nil {
		return err
	}
	if err := errors.Join(result.fault(), schematest.Validate([]byte(result.JSON))); err != nil {
		return fmt.Errorf("%w\n%s\n%s", err, result.JSON, result.Logs)
	}
	return nil
}

// fault is everything wrong about a result as one error, nil if it is right.
func (r Result) fault() error {
	if len(r.Wrong) == 0 {
		return nil
	}
	text := strings.Join(r.Wrong, "\n")
	if r.WrongBlame() {
		text = "WRONG BLAME\n" + text
	}
	return errors.New(text)
}

// trial is one play in a world of its own. It returns what is wrong.
type trial struct {
	name   string
	tunnel bool // it takes /dev/net/tun
	play   func(t *testing.T) error
}

// try plays all trials, several worlds at a time. One that goes wrong is played once more, alone, after all others: the
// faults of some are made of time, and a computer that is busy for a moment has such faults of its own. What went right
// only then is said (packaging/again lists it). A blame that was put on the wrong side must not come up in two more plays.
func try(t *testing.T, all []trial) {
	t.Helper()
	var mu sync.Mutex
	wrong := map[string]error{}
	t.Cleanup(func() { // after the parallel plays
		for _, tr := range all {
			first := wrong[tr.name]
			if first == nil {
				continue
			}
			plays, said := 1, strings.Join(strings.Fields(first.Error()), " ") // in one line
			if strings.HasPrefix(said, "WRONG BLAME") {
				plays = 2
			} else {
				said = cut(said, 300)
			}
			t.Attr("wrong-once", tr.name+": "+said)
			for range plays {
				if err := tr.play(t); err != nil {
					t.Errorf("%s, the first time: %v\n\n%s, once more and alone: %v", tr.name, first, tr.name, err)
					break
				}
			}
		}
	})
	for _, tr := range all {
		t.Run(tr.name, func(t *testing.T) {
			t.Parallel()
			if tr.tunnel {
				needTunnel(t)
			}
			if err := tr.play(t); err != nil {
				mu.Lock()
				defer mu.Unlock()
				wrong[tr.name] = err
			}
		})
	}
}

// needTunnel skips the test where this machine does not allow a tunnel interface.
func needTunnel(t *testing.T) {
	t.Helper()
	if err := TunnelAllowed(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// TestTable shows that the scenarios are complete: each can be named on the command line and has all it needs, and
// every cause of VERDICTS.md has one.
func TestTable(t *testing.T) {
	keys, causes := map[string]bool{}, map[verdict.Cause]bool{}
	for _, s := range Scenarios() {
		switch {
		case keys[s.Key()]:
			t.Errorf("two scenarios are called %q", s.Key())
		case len(s.Proof) == 0:
			t.Errorf("%s has no proof", s.Key())
		case s.Want.Who == "":
			t.Errorf("%s wants the unknown cause %q", s.Key(), s.Want.Cause)
		case s.Within == 0 || s.Address == "":
			t.Errorf("%s lacks an address or a time", s.Key())
		}
		keys[s.Key()], causes[s.Want.Cause] = true, true
	}
	for _, c := range verdict.Causes() {
		if !causes[c.Cause] {
			t.Errorf("no scenario leads to %s/%s", c.Who, c.Cause)
		}
	}
}
