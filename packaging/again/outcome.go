package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// event is one line of `go test -json` (go doc test2json).
type event struct {
	Action, Package, Test, Output, FailedBuild, ImportPath string
	Key, Value                                             string
}

// tested is what became of one package.
type tested struct {
	name   string
	action string              // "pass", "fail" or "skip", once it has ended
	built  bool                // whether there was something to run
	tests  map[string]string   // how each test ended
	said   map[string][]string // the output of each test; of the package itself under ""
}

// outcome is what became of all packages.
type outcome struct {
	packages map[string]*tested
	remarks  []string // what passing tests wanted to be known (testing.T.Attr)
}

// read reads the events of `go test -json` until their end and writes what `go test` would have: a line for each package,
// and everything that failing tests said.
func read(events io.Reader, out io.Writer) (*outcome, error) {
	o := &outcome{packages: map[string]*tested{}}
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil {
				fmt.Fprintf(out, "%s", line) // not an event
			} else {
				o.take(e, out)
			}
		}
		if err == io.EOF {
			return o, nil
		}
		if err != nil {
			return o, err
		}
	}
}

func (o *outcome) take(e event, out io.Writer) {
	if e.Package == "" {
		if e.Action == "build-output" {
			fmt.Fprint(out, e.Output)
		}
		return
	}
	p := o.packages[e.Package]
	if p == nil {
		p = &tested{name: e.Package, built: true, tests: map[string]string{}, said: map[string][]string{}}
		o.packages[e.Package] = p
	}
	switch e.Action {
	case "output":
		p.said[e.Test] = append(p.said[e.Test], e.Output)
	case "attr":
		o.remarks = append(o.remarks, fmt.Sprintf("%s %s: %s: %s", e.Package, e.Test, e.Key, e.Value))
	case "pass", "fail", "skip":
		if e.Test != "" {
			p.tests[e.Test] = e.Action
			return
		}
		p.action, p.built = e.Action, e.FailedBuild == ""
		p.show(out)
	}
}

// show writes the package's own lines, and in front of them what its failing tests said.
func (p *tested) show(out io.Writer) {
	if p.action == "fail" {
		for _, test := range slices.Sorted(maps.Keys(p.said)) {
			if test != "" && p.tests[test] != "pass" && p.tests[test] != "skip" {
				fmt.Fprint(out, strings.Join(p.said[test], ""))
			}
		}
	}
	own := p.said[""]
	if p.action != "fail" && len(own) > 0 {
		own = own[len(own)-1:]
	}
	fmt.Fprint(out, strings.Join(own, ""))
}

// failures are the packages that failed, in the order of their names.
func (o *outcome) failures() []*tested {
	var all []*tested
	for _, name := range slices.Sorted(maps.Keys(o.packages)) {
		if p := o.packages[name]; p.action == "fail" || p.action == "" {
			all = append(all, p)
		}
	}
	return all
}

// passed reports whether a package was run and passed.
func (o *outcome) passed(name string) bool {
	p := o.packages[name]
	return p != nil && p.action == "pass"
}

// beyondDoubt reports whether the failure has nothing to do with how busy the computer was.
func (p *tested) beyondDoubt() bool {
	for _, lines := range p.said {
		for _, line := range lines {
			if strings.HasPrefix(line, "WARNING: DATA RACE") || strings.HasPrefix(line, "fatal error: ") ||
				strings.HasPrefix(line, "panic: ") && !strings.HasPrefix(line, "panic: test timed out") {
				return true
			}
		}
	}
	return !p.built
}

// failing are the tests that failed and in which no other did.
func (p *tested) failing() []string {
	var all []string
	for _, test := range slices.Sorted(maps.Keys(p.tests)) {
		inner := func(other string) bool { return strings.HasPrefix(other, test+"/") && p.tests[other] == "fail" }
		if p.tests[test] == "fail" && !slices.ContainsFunc(slices.Collect(maps.Keys(p.tests)), inner) {
			all = append(all, test)
		}
	}
	return all
}

// pattern is what -run takes to run the failing tests alone (go help testflag).
func (p *tested) pattern() string {
	var all []string
	for _, test := range p.failing() {
		parts := strings.Split(test, "/")
		for i, part := range parts {
			parts[i] = "^" + regexp.QuoteMeta(part) + "$"
		}
		all = append(all, strings.Join(parts, "/"))
	}
	return strings.Join(all, "|")
}

// headline names a package and its failing tests in one line.
func (p *tested) headline() string {
	return strings.TrimSpace(p.name + " " + strings.Join(p.failing(), " "))
}
