package render_test

import (
	"slices"
	"strings"
	"testing"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

// Whoever gets the report of two runs sees both, and neither network unless the visitor chose to show them.
func TestBothRunsInEveryFormat(t *testing.T) {
	private := reporttest.OtherNetwork()
	networks := []string{"192.168.178.1", "192.168.178.42", "172.20.10.1", "172.20.10.2"}
	both := []string{
		"home2silent3site", "generic_timeout_error", "The check before", "What changed since the last check",
		"It opens from the visitor's present network", "The router is another one",
	}
	for ending, f := range render.Formats() {
		want := both
		if ending == ".json" { // whoever reads it words what they mean
			want = []string{"home2silent3site", "generic_timeout_error", `"gateway"`, `"resolver"`}
		}
		leaks(t, ending+" left out", readings(t, ending, draw(t, f, private.Redact(false), "en")), networks, want)
		leaks(t, ending+" chosen", readings(t, ending, draw(t, f, private.Redact(true), "en")), nil, slices.Concat(want, networks))
	}
}

func TestAMessageSaysWhatTheOtherNetworkShowed(t *testing.T) {
	two := reporttest.OtherNetwork()
	home, _ := two.Earlier()
	two.Previous, two.Evidence.Earlier = nil, nil
	home.Started = two.Started.Add(two.Started.Sub(home.Started))
	home.Evidence.Started = home.Started
	back := home.After(two)
	if _, body := render.Message("ticket", back.Redact(false), words.For("en")); !strings.Contains(body, "it opened from another network shortly before") {
		t.Errorf("the ticket:\n%s", body)
	}
}
