//go:build linux

package lab

import (
	"cmp"
	"fmt"
	"slices"
)

// Scenarios are all scenarios, by the side the answer is on.
func Scenarios() []Scenario {
	return slices.Concat(workingScenarios(), siteScenarios(), youScenarios(), refusedScenarios(), addressScenarios(),
		unknownScenarios(), elsewhereScenarios(), betweenScenarios(), browserScenarios(), lookupScenarios(), lineScenarios())
}

// LongestFirst puts the scenarios that may take longest in front, so that none of them is alone at the end.
func LongestFirst(scenarios []Scenario) []Scenario {
	sorted := slices.Clone(scenarios)
	slices.SortStableFunc(sorted, func(a, b Scenario) int { return cmp.Compare(b.Within, a.Within) })
	return sorted
}

// Find is the scenario with that key or name.
func Find(name string) (Scenario, error) {
	for _, s := range Scenarios() {
		if s.Key() == name || s.Name == name {
			return s, nil
		}
	}
	return Scenario{}, fmt.Errorf("no scenario %q", name)
}
