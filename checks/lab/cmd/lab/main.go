//go:build linux

// Command lab runs the lab's scenarios and prints the table, or opens a shell on the visitor's computer in one of
// them.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"isitme/checks/lab"
)

func main() {
	lab.Launch()
	os.Exit(run())
}

func run() int {
	name := flag.String("scenario", "", "run only the scenario of this `name`")
	shell := flag.Bool("shell", false, "open a shell in the scenario's world instead of asking the program")
	list := flag.Bool("list", false, "print the names of all scenarios and end")
	program := flag.String("program", "", "the `file` of the program under test; without it, it is built")
	reports := flag.String("reports", "", "the `folder` to keep reports in, with the servers' logs where something is wrong")
	worlds := flag.Int("worlds", 8, "how many worlds at a time")
	flag.Parse()
	scenarios := lab.Scenarios()
	if *name != "" {
		s, err := lab.Find(*name)
		if err != nil {
			return fail(err)
		}
		scenarios = []lab.Scenario{s}
	}
	if *list {
		for _, s := range scenarios {
			fmt.Println(s.Key())
		}
		return 0
	}
	entered, status, err := lab.Prepare(lab.Setup{Program: *program, Keys: *shell})
	if errors.Is(err, lab.ErrUnavailable) && os.Getenv("CI") != "true" {
		fmt.Fprintln(os.Stderr, "lab: skipped:", err)
		return 0
	}
	if err != nil {
		return fail(err)
	}
	if !entered {
		return status
	}
	if *shell {
		if err := scenarios[0].Shell(); err != nil {
			return fail(err)
		}
		return 0
	}
	return play(scenarios, *worlds, *reports)
}

// play runs scenarios, several at a time, and prints the table.
func play(scenarios []lab.Scenario, worlds int, reports string) int {
	results, failed := map[string]lab.Result{}, map[string]error{}
	var mu sync.Mutex
	var players errgroup.Group
	players.SetLimit(max(worlds, 1))
	for _, s := range lab.LongestFirst(scenarios) {
		players.Go(func() error {
			result, err := playOne(s, reports)
			mu.Lock()
			defer mu.Unlock()
			results[s.Key()], failed[s.Key()] = result, err
			return nil
		})
	}
	_ = players.Wait()
	status := 0
	var done []lab.Result
	for _, s := range scenarios {
		again(s, reports, results, failed)
		if err := failed[s.Key()]; err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", s.Name, err)
			if !errors.Is(err, errSkipped) || os.Getenv("CI") == "true" {
				status = 1
			}
			continue
		}
		done = append(done, results[s.Key()])
		if len(results[s.Key()].Wrong) > 0 {
			status = 1
		}
	}
	fmt.Print(lab.Table(done))
	return status
}

// again plays a scenario that came out wrong beside others once more, alone: a computer that is busy for a moment has faults
// of its own. Both outcomes are told.
func again(s lab.Scenario, reports string, results map[string]lab.Result, failed map[string]error) {
	err, wrong := failed[s.Key()], results[s.Key()].Wrong
	if errors.Is(err, errSkipped) || err == nil && len(wrong) == 0 {
		return
	}
	fmt.Fprintf(os.Stderr, "%s: once more, alone, after %q %v\n", s.Name, wrong, err)
	results[s.Key()], failed[s.Key()] = playOne(s, reports)
}

// playOne runs one scenario and keeps its report where a folder for reports is named.
func playOne(s lab.Scenario, reports string) (lab.Result, error) {
	if err := lab.TunnelAllowed(); s.Tunnel && err != nil {
		return lab.Result{}, fmt.Errorf("%w: %w", errSkipped, err)
	}
	result, err := lab.Play(s)
	if err == nil && reports != "" {
		err = errors.Join(
			os.WriteFile(filepath.Join(reports, s.Key()+".json"), []byte(result.JSON), 0o644),
			os.WriteFile(filepath.Join(reports, s.Key()+".log"), []byte(result.Logs), 0o644),
		)
	}
	return result, err
}

// errSkipped says that this machine does not allow a scenario.
var errSkipped = errors.New("skipped")

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "lab:", err)
	return 1
}
