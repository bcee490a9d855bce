//go:build linux

package lab

import (
	"fmt"
	"slices"
)

// Scenarios are all scenarios, by the side the answer is on.
func Scenarios() []Scenario {
	return slices.Concat(workingScenarios(), siteScenarios(), youScenarios(), refusedScenarios(), addressScenarios(),
		unknownScenarios())
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
