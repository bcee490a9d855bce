package window

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
	"isitme/ui/look"
	"isitme/ui/window/settings"
)

// answers makes every run end in a sample's result.
func (r *rig) answers(sample report.Report) {
	r.check = func(_ context.Context, _ evidence.Target, _ checklist.Options, observe func(checklist.Event)) checklist.Result {
		for _, s := range sample.Steps {
			observe(checklist.Event{StepResult: s, Reply: sample.Verdict.Facts.Status})
		}
		return resultOf(sample)
	}
}

// waits makes every run go on until it is stopped, after it has told of its events.
func (r *rig) waits(events ...checklist.Event) {
	r.check = func(ctx context.Context, to evidence.Target, _ checklist.Options, observe func(checklist.Event)) checklist.Result {
		for _, e := range events {
			observe(e)
		}
		<-ctx.Done()
		return checklist.Result{
			Evidence: evidence.Evidence{Target: to, Started: reporttest.Started, Stopped: true},
			Verdict:  verdict.Verdict{Who: verdict.Unknown, Cause: verdict.Stopped, Certainty: verdict.Unsure, Facts: verdict.Facts{Host: to.Host}},
		}
	}
}

func (r *rig) untilText(text string) {
	r.t.Helper()
	r.until("the text "+text, func() bool { return strings.Contains(r.text(), text) })
}

func (r *rig) focused() string {
	switch f := r.win.Canvas().Focused().(type) {
	case *look.Button:
		return f.Label()
	case *look.AnswerPanel:
		return "answer"
	case nil:
		return ""
	default:
		return "other"
	}
}

// TestJourneyByKeyboard makes the whole way without a mouse: type, Enter, verdict, save, check again, history.
func TestJourneyByKeyboard(t *testing.T) {
	r := newRig(t)
	test.Type(r.win.Canvas().Focused(), "www.harbourbooks.example/summer")
	r.key(fyne.KeyReturn)
	r.untilText("It's the site, not you.")
	if len(r.checked) != 1 || r.checked[0].URL != "https://www.harbourbooks.example/summer" {
		t.Fatalf("checked %+v", r.checked)
	}
	if r.focused() != "answer" {
		t.Errorf("after the run the keyboard is at %q, want the answer", r.focused())
	}
	r.tabTo("Save picture")
	r.key(fyne.KeySpace)
	r.untilText("Picture saved: ")
	saved, err := filepath.Glob(filepath.Join(r.pictures, "is-it-me www.harbourbooks.example *.png"))
	if err != nil || len(saved) != 1 {
		t.Errorf("saved pictures: %v (%v)", saved, err)
	}
	r.tabTo("Check again")
	r.key(fyne.KeyReturn)
	r.until("the second run", func() bool { return len(r.checked) == 2 })
	r.untilText("What changed")
	r.tabTo("History")
	r.key(fyne.KeyReturn)
	r.untilText("Reports are kept on this computer only")
	rows := all[*look.ListRow](r)
	if len(rows) != 2 || rows[0].Entry().Title != reporttest.Host {
		t.Fatalf("the history has %d rows", len(rows))
	}
	r.tabToRow(rows[1])
	r.key(fyne.KeyReturn)
	r.untilText("This is a saved report of")
}

// tabTo presses Tab until a button has the keyboard.
func (r *rig) tabTo(label string) {
	r.t.Helper()
	for range 60 {
		if r.focused() == label {
			return
		}
		test.FocusNext(r.win.Canvas())
	}
	r.t.Fatalf("Tab never reaches %q", label)
}

func (r *rig) tabToRow(row *look.ListRow) {
	r.t.Helper()
	for range 60 {
		if r.win.Canvas().Focused() == fyne.Focusable(row) {
			return
		}
		test.FocusNext(r.win.Canvas())
	}
	r.t.Fatal("Tab never reaches the row")
}

// TestJourneyByMouse makes the same way without the keyboard.
func TestJourneyByMouse(t *testing.T) {
	r := newRig(t)
	r.ui.app.Clipboard().SetContent("  It says 502 at https://www.harbourbooks.example/summer ")
	r.press("Paste")
	r.untilText("It's the site, not you.")
	r.press("Copy text")
	r.untilText("Copied.")
	if text := r.ui.app.Clipboard().Content(); !strings.Contains(text, reporttest.Host) || !strings.Contains(text, "502") {
		t.Errorf("copied: %q", text)
	}
	r.press("Save picture")
	r.untilText("Picture saved: ")
	r.press("Show it")
	r.until("the folder to open", func() bool { return len(r.opened) == 1 && strings.HasPrefix(r.opened[0], "file:") })
	r.answers(reporttest.You())
	r.press("Check again")
	r.untilText("It's on your side.")
	r.press("Open network settings")
	r.until("the settings to open", func() bool { return len(r.opened) == 2 && r.opened[1] == "settings:dns" })
	r.press("New check")
	r.untilText("Is it me, or is it the website?")
	row := all[*look.ListRow](r)
	if len(row) != 1 {
		t.Fatalf("%d sites checked before, want the one", len(row))
	}
	test.Tap(row[0])
	r.untilText("This is a saved report of")
}

func TestEscStopsWhereverTheKeyboardIs(t *testing.T) {
	for _, at := range []string{"nothing", "Stop"} {
		t.Run(at, func(t *testing.T) {
			r := newRig(t)
			r.waits(checklist.Event{StepResult: checklist.StepResult{Step: evidence.StepRetry, State: checklist.Running, Finding: verdict.Finding{Code: verdict.StepRetryRunning, Args: map[string]any{"Try": 1, "All": 4}}}})
			r.ui.check("www.example.com")
			r.untilText("Step 1 of 6")
			if at == "Stop" {
				r.tabTo("Stop")
			}
			r.key(fyne.KeyEscape)
			r.untilText("You stopped the check")
			if got := r.ui.keep.items(); len(got) != 1 || got[0].Verdict.Cause != verdict.Stopped {
				t.Errorf("kept after the stop: %+v", got)
			}
		})
	}
}

func TestKeepWaitingIsOfferedWhenTheSiteIsSlow(t *testing.T) {
	r := newRig(t)
	slow := checklist.Event{StepResult: checklist.StepResult{Step: evidence.StepRetry, State: checklist.Running, Finding: verdict.Finding{Code: verdict.StepRetryWaiting}}, Slow: true}
	kept := make(chan bool, 1)
	r.check = func(ctx context.Context, _ evidence.Target, o checklist.Options, observe func(checklist.Event)) checklist.Result {
		observe(slow)
		select {
		case <-o.KeepWaiting:
			kept <- true
			<-ctx.Done()
		case <-ctx.Done():
		}
		return resultOf(reporttest.Unknown())
	}
	r.ui.check("www.example.com")
	r.until("the offer", func() bool { return r.has("Keep waiting") })
	r.press("Keep waiting")
	r.untilText("We keep waiting")
	if r.has("Keep waiting") {
		t.Error("it is still offered after the press")
	}
	select {
	case <-kept:
	default:
		t.Error("the run was not told")
	}
	r.press("Stop")
	r.untilText("We can't tell yet.")
}

func TestWhatIsNoAddressIsSaid(t *testing.T) {
	for _, tt := range []struct{ typed, says, offers string }{
		{"", "There is nothing to check.", ""},
		{"hello there", "We can't read this as an address.", ""},
		{"ftp://www.example.com", "start with http or https", ""},
		{"me@www.example.com", "That is an e-mail address.", "Check www.example.com"},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			r := newRig(t)
			r.ui.check(tt.typed)
			r.untilText(tt.says)
			if len(r.checked) != 0 {
				t.Errorf("something was checked: %+v", r.checked)
			}
			if tt.offers != "" {
				r.press(tt.offers)
				r.until("the check", func() bool { return len(r.checked) == 1 })
			}
		})
	}
}

func TestOneTimeLinksAndPrivateNamesAreAskedAbout(t *testing.T) {
	t.Run("one time, no", func(t *testing.T) {
		r := newRig(t)
		r.ui.check("https://www.example.com/reset?token=0123456789abcdef0123456789abcdef")
		r.untilText("works only once")
		r.key(fyne.KeyEscape)
		if len(r.checked) != 0 {
			t.Error("it was opened without a yes")
		}
		if strings.Contains(r.text(), "works only once") {
			t.Error("the question is still there")
		}
	})
	t.Run("one time, yes", func(t *testing.T) {
		r := newRig(t)
		r.ui.check("https://www.example.com/reset?token=0123456789abcdef0123456789abcdef")
		r.press("Check it once")
		r.until("the check", func() bool { return len(r.checked) == 1 && r.checked[0].OneTime })
	})
	for answer, public := range map[string]bool{"Keep it private": false, "Ask them too": true} {
		t.Run("private, "+answer, func(t *testing.T) {
			r := newRig(t)
			r.ui.check("http://wiki.intranet.local/")
			r.press(answer)
			r.until("the check", func() bool { return len(r.checked) == 1 })
			if r.options[0].AskPublic != public {
				t.Errorf("ask public name services: %v, want %v", r.options[0].AskPublic, public)
			}
		})
	}
}

func TestTheSettingsReachTheRun(t *testing.T) {
	folder := t.TempDir()
	r := newRigIn(t, folder)
	r.press("Settings")
	for _, box := range all[*look.Check](r) {
		if strings.Contains(r.textOf(box), "Compare with well-known sites") || strings.Contains(r.textOf(box), "Keep a history") {
			test.Tap(box)
		}
	}
	r.ui.check("www.example.com")
	r.until("the check", func() bool { return len(r.checked) == 1 })
	if o := r.options[0]; !o.NoCompare || o.NoResolvers || o.NoFlush {
		t.Errorf("options %+v", o)
	}
	r.untilText("It's the site, not you.")
	if files, err := os.ReadDir(filepath.Join(folder, "reports")); err == nil {
		for _, f := range files {
			if strings.HasSuffix(f.Name(), ".json") {
				t.Errorf("without a history, %s is on the disk", f.Name())
			}
		}
	}
	if len(r.ui.keep.items()) != 1 {
		t.Error("the report does not live until the app closes")
	}
	r.drain()
	if s, err := settings.Load(folder); err != nil || s.WellKnownSites || s.KeepHistory {
		t.Errorf("saved settings: %+v, %v", s, err)
	}
}

// textOf is what stands inside one object.
func (r *rig) textOf(o fyne.CanvasObject) string {
	s := ""
	walk(o, func(each fyne.CanvasObject) {
		if text, ok := each.(*look.Text); ok {
			s += text.Text()
		}
	})
	return s
}

func TestTheLanguageChangesAtOnce(t *testing.T) {
	r := newRig(t)
	r.ui.check("www.example.com")
	r.untilText("It's the site, not you.")
	r.ui.change(func(s *settings.Settings) { s.Language = "de" })
	r.untilText("Es liegt an der Website, nicht an dir.")
	r.ui.change(func(s *settings.Settings) { s.ReportLanguage = "en" })
	r.press("Text kopieren")
	r.until("the text", func() bool {
		return strings.Contains(r.ui.app.Clipboard().Content(), "The fault is on the site's side.")
	})
}

// TestTheKeyboardStaysWhereItIs chooses with the keyboard what makes the page anew: the next key must go on from there.
func TestTheKeyboardStaysWhereItIs(t *testing.T) {
	r := newRig(t)
	r.win.Resize(fyne.NewSize(480, 280))
	r.ui.showSettings()
	r.drain()
	sizes := all[*look.Segmented](r)[1]
	r.win.Canvas().Focus(sizes)
	scrolled := r.ui.shell.page.Scrolled()
	if scrolled == 0 {
		t.Fatal("the text sizes are in sight without scrolling")
	}
	r.key(fyne.KeyRight)
	r.key(fyne.KeyRight)
	if r.ui.settings.TextSize != 150 {
		t.Errorf("after two keys the text size is %d %%, want 150", r.ui.settings.TextSize)
	}
	if r.ui.shell.page.Scrolled() < scrolled {
		t.Error("the page went back to its beginning")
	}
}
