package window

import (
	"strings"
	"testing"
	"time"

	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

// twoRuns are a run that fails at home and one that opens from another network four minutes later.
func twoRuns() (home, hotspot report.Report) {
	hotspot = reporttest.OtherNetwork()
	home, _ = hotspot.Earlier()
	hotspot.Previous, hotspot.Evidence.Earlier = nil, nil
	return home, hotspot
}

const opensHere = "It opens from this network and did not from the one before."

// answered waits for the page of an answer; the last row of a run says it a moment before.
func (r *rig) answered() {
	r.t.Helper()
	r.until("the answer", func() bool { return r.has("Check again") })
}

// TestCheckAgainOnAnotherNetwork says what changed, keeps both runs in the report, and shows both when it is opened again.
func TestCheckAgainOnAnotherNetwork(t *testing.T) {
	r := newRig(t)
	home, hotspot := twoRuns()
	r.answers(home)
	r.ui.check(reporttest.URL)
	r.answered()
	if strings.Contains(r.text(), "What changed") {
		t.Errorf("changed since what?\n%s", r.text())
	}
	r.answers(hotspot)
	r.press("Check again")
	r.untilText(opensHere)
	for _, want := range []string{"What changed since the last check", "The router is another one.", "The name service is another one.", "Reply before: no reply. Now: 200 OK."} {
		if !strings.Contains(r.text(), want) {
			t.Errorf("%q is missing in\n%s", want, r.text())
		}
	}
	r.press("Copy text")
	r.untilText("Copied.")
	if text := r.ui.app.Clipboard().Content(); !strings.Contains(text, "It opens from the visitor's present network") || !strings.Contains(text, "The check before: The tries") {
		t.Errorf("the copied report:\n%s", text)
	}
	r.ui.showHistory()
	r.until("the two", func() bool { return len(r.ui.keep.items()) == 2 })
	r.ui.openKept(r.ui.keep.items()[0].ID)
	r.untilText("This is a saved report of")
	if !strings.Contains(r.text(), opensHere) {
		t.Errorf("the saved report:\n%s", r.text())
	}
}

// TestTheSameAddressAgain is compared with the last check unasked, for an hour.
func TestTheSameAddressAgain(t *testing.T) {
	for after, compared := range map[time.Duration]bool{50 * time.Minute: true, 2 * time.Hour: false} {
		r := newRig(t)
		home, hotspot := twoRuns()
		r.answers(home)
		r.ui.check(reporttest.URL)
		r.answered()
		hotspot.Evidence.Started = home.Started.Add(after)
		r.answers(hotspot)
		r.ui.check(reporttest.URL)
		r.answered()
		if got := strings.Contains(r.text(), opensHere); got != compared {
			t.Errorf("after %v: compared %v, want %v\n%s", after, got, compared, r.text())
		}
	}
}

// TestCompareTwoSaysTheSame holds the page that compares two of the history beside the page of the check again.
func TestCompareTwoSaysTheSame(t *testing.T) {
	r := newRig(t)
	home, hotspot := twoRuns()
	r.ui.showCompare(home, hotspot)
	r.drain()
	compared := r.text()
	r.shows(hotspot.After(home))
	lines := words.For("en").Since(hotspot.After(home), words.Short).Lines()
	if len(lines) < 4 {
		t.Fatalf("%q", lines)
	}
	for _, line := range lines {
		if !strings.Contains(compared, line) || !strings.Contains(r.text(), line) {
			t.Errorf("%q: on the one page %v, on the other %v", line, strings.Contains(compared, line), strings.Contains(r.text(), line))
		}
	}
}
