//go:build linux

package lab

import (
	"time"

	"isitme/checks/verdict"
)

func workingScenarios() []Scenario {
	return []Scenario{
		{
			Name:    "everything is fine",
			Address: "https://shop.example.org/",
			Want:    want(verdict.Works, verdict.Certain),
			Within:  4 * time.Second,
			Proof:   []Proof{curl("https://shop.example.org/", "^200$")},
			Healthy: true,
		},
	}
}
