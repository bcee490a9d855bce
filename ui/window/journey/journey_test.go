package journey

import (
	"image"
	"image/color"
	"syscall"
	"testing"
	"time"
)

// The tints of the answers in the light theme (design tokens): what tells one page of a result from another.
var (
	tintYou     = color.NRGBA{R: 0xE6, G: 0xE7, B: 0xFA, A: 0xFF}
	tintWorking = color.NRGBA{R: 0xDF, G: 0xF1, B: 0xE3, A: 0xFF}
)

// The addresses of sites that no network leads to until somebody plugs the cable in (RFC 5737).
const (
	keyboardsSite = "192.0.2.10"
	mousesSite    = "192.0.2.11"
)

// TestByKeyboard makes the whole way without a mouse: start, check, verdict, fix, check again, save, history.
func TestByKeyboard(t *testing.T) {
	v := newVisitor(t, map[string]any{"theme": "light"})
	v.shot("start")
	v.write("http://" + keyboardsSite + "/summer")
	v.shot("typed")
	v.keys("Return")
	v.answered(1, "you/offline", tintYou)
	v.shot("answer")

	v.keys("Tab") // from the headline to the systems of the guide
	before := v.still()
	v.keys("Left")
	v.differs("the clicks for another system", before)
	v.shot("fix")
	v.plugIn(keyboardsSite, summer)

	v.keys("Tab", "Return") // Check again
	v.answered(2, "working/works", tintWorking)
	v.shot("again")
	if v.newest()["previous"] == nil {
		t.Error("the second report does not know of the first")
	}

	before = v.still()
	v.keys("alt+p")
	v.untilPicture(1)
	v.differs("the word about the saved picture", before)
	v.shot("saved")

	v.keys("alt+h")
	v.still() // the list is read from the disk
	v.shot("history")
	v.keys("Tab", "Tab", "Tab", "Return") // over Compare and Clear to the first report
	v.shows(tintWorking, tinted)
	v.shot("opened")
	v.keys("alt+s")
	v.shot("settings")
}

// Where things stand in a window of 760 by 720 in English: on the first page, on the page of offline, in the header, and
// in the history.
var (
	pasteAt       = image.Pt(510, 299)
	otherSystemAt = image.Pt(205, 555)
	historyAt     = image.Pt(600, 30)
	firstRowAt    = image.Pt(250, 225)
)

// TestByMouse makes the same way with the mouse alone; the address was copied in the browser before. The one primary
// button of a page is found by its colour.
func TestByMouse(t *testing.T) {
	v := newVisitor(t, map[string]any{"theme": "light"})
	v.copy("http://" + mousesSite + "/summer")
	v.click(pasteAt.X, pasteAt.Y)
	v.answered(1, "you/offline", tintYou)
	v.shot("answer")

	before := v.still()
	v.click(otherSystemAt.X, otherSystemAt.Y)
	v.differs("the clicks for another system", before)
	v.shot("fix")
	v.plugIn(mousesSite, summer)

	v.wheel(10)
	v.click(v.primary().X, v.primary().Y) // Check again
	v.answered(2, "working/works", tintWorking)
	v.shot("again")

	v.wheel(10)
	save := v.primary().Add(image.Pt(150, 0)) // beside Check another
	v.click(save.X, save.Y)
	v.untilPicture(1)
	v.shot("saved")

	v.click(historyAt.X, historyAt.Y)
	v.still()
	v.shot("history")
	v.click(firstRowAt.X, firstRowAt.Y)
	v.shows(tintWorking, tinted)
	v.shot("opened")
}

// TestPastingAnywhereStartsACheck pastes on a page without a field, and into the empty field of the first page.
func TestPastingAnywhereStartsACheck(t *testing.T) {
	v := newVisitor(t, nil)
	v.copy("http://" + keyboardsSite + "/one")
	v.keys("alt+s", "ctrl+v")
	v.untilReports(1)
	v.still() // the page turns when the report is on the disk
	v.keys("alt+n")
	v.still()
	v.keys("ctrl+v")
	v.untilReports(2)
}

// TestEscStops stops a check by key: the report of what was learned is there at once.
func TestEscStops(t *testing.T) {
	v := newVisitor(t, nil, "{site}")
	v.wait(patience, "the first visit", func() bool { return len(v.visits) > 0 })
	v.keys("Escape")
	v.untilReports(1)
	if got := verdictOf(v.newest()); got != "unknown/stopped" {
		t.Errorf("the verdict is %s, want unknown/stopped", got)
	}
}

// TestASecondStartHandsItsAddressOver starts the program twice: the second one ends at once, the first one checks.
func TestASecondStartHandsItsAddressOver(t *testing.T) {
	v := newVisitor(t, nil)
	second := v.command(v.site)
	if err := second.Run(); err != nil { // which ends while the first one's window stays open
		t.Fatalf("the second start: %v", err)
	}
	v.untilReports(1)
}

// TestClosingDuringARunKeepsTheReport ends the program in the middle of a check: as the end of a session does, and as
// the window's own button does.
func TestClosingDuringARunKeepsTheReport(t *testing.T) {
	for name, end := range map[string]func(*visitor){
		"signal": func(v *visitor) {
			if err := v.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				v.t.Fatal(err)
			}
		},
		"button": func(v *visitor) { v.pressClose() },
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisitor(t, nil, "{site}")
			v.wait(patience, "the first visit", func() bool { return len(v.visits) > 0 })
			end(v)
			select {
			case err := <-v.ended:
				v.ended <- err
				if err != nil {
					t.Errorf("the program ended with %v", err)
				}
			case <-time.After(patience):
				t.Fatal("the program does not end")
			}
			if got := len(v.reports()); got != 1 {
				t.Errorf("%d reports of the stopped run, want 1", got)
			}
		})
	}
}
