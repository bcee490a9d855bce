package verdict_test

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"isitme/checks/verdict"
)

var inCode = regexp.MustCompile("`([a-z0-9_]+)`")

// VERDICTS.md is what people read of the vocabulary; it must name the causes that there are, in their order, and the exit
// statuses.
func TestVerdictsPage(t *testing.T) {
	page, err := os.ReadFile("VERDICTS.md")
	if err != nil {
		t.Fatal(err)
	}
	var told, are []string
	statuses := map[verdict.Who]string{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 {
			continue
		}
		first, second := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		if who := inCode.FindStringSubmatch(first); who != nil {
			statuses[verdict.Who(who[1])] = strings.TrimSpace(cells[3])
			continue
		}
		for _, cause := range inCode.FindAllStringSubmatch(second, -1) {
			told = append(told, first+" "+cause[1])
		}
	}
	for _, c := range verdict.Causes() {
		are = append(are, string(c.Who)+" "+string(c.Cause))
		if got, want := statuses[c.Who], strconv.Itoa(c.Who.ExitStatus()); got != want {
			t.Errorf("the exit status of %s is %s on the page, %s in the program", c.Who, got, want)
		}
	}
	if !slices.Equal(told, are) {
		t.Errorf("the page tells of %v, the program has %v", told, are)
	}
}
