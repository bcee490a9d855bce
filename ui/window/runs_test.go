package window

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
)

// TestStopIsAnsweredBeforeTheRunHasEnded holds a stopped run back: the page must say that the press was understood, and take
// no second one, while the run still writes its last words.
func TestStopIsAnsweredBeforeTheRunHasEnded(t *testing.T) {
	r := newRig(t)
	stopped, release := make(chan struct{}), make(chan struct{})
	r.check = func(ctx context.Context, to evidence.Target, _ checklist.Options, _ func(checklist.Event)) checklist.Result {
		<-ctx.Done()
		close(stopped)
		<-release
		res := resultOf(reporttest.Unknown())
		res.Verdict.Cause = verdict.Stopped
		return res
	}
	r.ui.check("www.example.com")
	r.until("the run", func() bool { return len(r.checked) == 1 })
	stop := r.button("Stop")
	r.key(fyne.KeyEscape)
	if !stop.Disabled() || !strings.Contains(r.text(), "Stopping") {
		t.Error("the page does not say at once that it stops")
	}
	<-stopped
	if len(r.ui.keep.items()) != 0 || r.ui.answer != nil {
		t.Error("there is an answer before the run has ended")
	}
	close(release)
	r.untilText("You stopped the check")
	if got := r.ui.keep.items(); len(got) != 1 || got[0].Verdict.Cause != verdict.Stopped {
		t.Errorf("kept after the stop: %+v", got)
	}
}

// TestAnotherAddressDuringARun hands over an address while a check goes on, as a second start, the clipboard and a drop do.
func TestAnotherAddressDuringARun(t *testing.T) {
	r := newRig(t)
	r.waits()
	r.ui.check("www.example.com")
	r.untilText("Checking www.example.com")

	r.ui.app.Clipboard().SetContent("no address at all")
	r.ui.paste()
	r.drain()
	if r.ui.run == nil || !r.has("OK") {
		t.Fatal("what is no address took the run away, or was not said")
	}

	r.ui.check("www.example.org") // the question is out of date now
	r.untilText("Checking www.example.org")
	r.until("the first run to be kept", func() bool { return len(r.ui.keep.items()) == 1 })
	if r.has("OK") {
		t.Error("the question is still there")
	}
	if kept := r.ui.keep.items()[0]; kept.Host != "www.example.com" || kept.Verdict.Cause != verdict.Stopped {
		t.Errorf("kept %+v, want the stopped check of www.example.com", kept)
	}

	r.press("Stop")
	r.untilText("You stopped the check")
	if r.ui.answer.full.Evidence.Target.Host != "www.example.org" {
		t.Errorf("the answer is for %s", r.ui.answer.full.Evidence.Target.Host)
	}
}

// TestARunIsNotLeftByChance presses the keys of other pages during a run, and answers no to a question about another one.
func TestARunIsNotLeftByChance(t *testing.T) {
	r := newRig(t)
	r.waits()
	r.ui.check("www.example.com")
	r.untilText("Checking www.example.com")
	alt := func(key fyne.KeyName) {
		r.win.Canvas().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt})
		r.drain()
	}
	alt(fyne.KeyH)
	alt(fyne.KeyS)
	r.ui.check("https://www.example.org/reset?token=0123456789abcdef0123456789abcdef")
	r.press("Cancel")
	if r.ui.run == nil || !strings.Contains(r.text(), "Checking www.example.com") {
		t.Error("the run has ended or is out of sight")
	}
	r.press("Stop")
	r.untilText("You stopped the check")
	alt(fyne.KeyH)
	r.untilText("History")
}
