//go:build linux

package lab

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
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
			if err := s.prove(r); s.Healthy && err != nil {
				t.Error(err)
			} else if !s.Healthy && err == nil {
				t.Error("the proof holds although nothing is broken")
			}
		})
	}
}

// TestScenarios asks the program in every world.
func TestScenarios(t *testing.T) {
	needLab(t)
	for _, s := range LongestFirst(Scenarios()) {
		t.Run(s.Key(), func(t *testing.T) {
			t.Parallel()
			needTunnel(t, s)
			result, err := Play(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range result.Wrong {
				t.Error(w)
			}
			if err := schematest.Validate([]byte(result.JSON)); err != nil {
				t.Error(err)
			}
			if t.Failed() {
				t.Logf("%s\n%s", result.JSON, result.Logs)
			}
		})
	}
}

// needTunnel skips a scenario whose tunnel interface this machine does not allow.
func needTunnel(t *testing.T, s Scenario) {
	t.Helper()
	if err := TunnelAllowed(); s.Tunnel && err != nil {
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
