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
	reports := flag.String("reports", "", "the `folder` to keep every scenario's report in")
	worlds := flag.Int("worlds", 6, "how many worlds at a time")
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
	entered, status, err := lab.Prepare(*program, *shell)
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
	results := make([]lab.Result, len(scenarios))
	failed := make([]error, len(scenarios))
	turns := make(chan struct{}, max(worlds, 1))
	var wait sync.WaitGroup
	for i, s := range scenarios {
		wait.Add(1)
		turns <- struct{}{}
		go func() {
			defer wait.Done()
			defer func() { <-turns }()
			if err := lab.TunnelAllowed(); s.Tunnel && err != nil {
				failed[i] = fmt.Errorf("skipped: %w", err)
				return
			}
			if results[i], failed[i] = lab.Play(s); failed[i] == nil && reports != "" {
				failed[i] = os.WriteFile(filepath.Join(reports, s.Key()+".json"), []byte(results[i].JSON), 0o644)
			}
		}()
	}
	wait.Wait()
	status := 0
	var done []lab.Result
	for i, err := range failed {
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", scenarios[i].Name, err)
			status = 1
			continue
		}
		done = append(done, results[i])
		if len(results[i].Wrong) > 0 {
			status = 1
		}
	}
	fmt.Print(lab.Table(done))
	return status
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "lab:", err)
	return 1
}
