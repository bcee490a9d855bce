package window

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/window/crash"
	"isitme/ui/window/watch"
)

func TestTheCrashOfTheLastStartIsOffered(t *testing.T) {
	r := newRig(t)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "crash.txt"), []byte("panic: the ground gave way"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := crash.Arm(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Disarm(); err != nil {
			t.Error(err)
		}
	})
	r.ui.crash = f
	r.ui.showStart()
	r.press("Copy details")
	if got := r.ui.app.Clipboard().Content(); !strings.Contains(got, "the ground gave way") {
		t.Errorf("copied %q", got)
	}
	r.press("Close")
	r.until("the offer to go", func() bool { return !r.has("Copy details") })
}

func TestWatching(t *testing.T) {
	r := newRig(t)
	r.shows(reporttest.Site())
	r.press("Tell me when it's back")
	w := r.ui.watch
	at := reporttest.Started.Add(10 * time.Minute)
	r.ui.showHistory()
	r.ui.watched(w, watch.Progress{Look: watch.Look{State: watch.Down, Status: "502 Bad Gateway"}, At: at, Next: at.Add(5 * time.Minute), Since: reporttest.Started, Looks: 2})
	r.untilText("still 502 Bad Gateway")
	r.untilText("Looks every 5 minutes")
	r.untilText("Down since")
	r.ui.watched(w, watch.Progress{Look: watch.Look{State: watch.Offline}, At: at, Next: at.Add(time.Minute), Since: reporttest.Started, Looks: 3})
	r.untilText("Looks every minute")
	r.untilText("We look again when it is back.")
	r.ui.watched(w, watch.Progress{Look: watch.Look{State: watch.Up}, At: at.Add(5 * time.Minute), Since: at.Add(5 * time.Minute), Looks: 3, Done: true})
	r.untilText("www.harbourbooks.example is back. Up since")
	if len(r.notified) != 1 || r.notified[0] != "www.harbourbooks.example is back." {
		t.Errorf("notified: %q", r.notified)
	}
	r.press("Check again")
	r.until("the check", func() bool { return len(r.checked) == 1 })
}

// TestAWatchSaysWhenItLooks begins watches of sites that asked to be left alone: for no time, an hour, two days.
func TestAWatchSaysWhenItLooks(t *testing.T) {
	for asked, want := range map[time.Duration]string{
		0: "Next look at about %s.", time.Hour: "Next look at about %s.", 48 * time.Hour: "Nov 2026, %s.",
	} {
		r := newRig(t)
		sample := reporttest.Site()
		sample.Verdict.Facts.RetryAfterS = int(asked.Seconds())
		r.now = time.Date(2026, 11, 17, 9, 30, 0, 0, time.UTC)
		sample.Started = r.now
		next := r.now.Add(max(asked, watch.Shortest)).Format("15:04")
		r.shows(sample)
		r.press("Tell me when it's back")
		want = fmt.Sprintf(want, next)
		if !strings.Contains(r.text(), want) {
			t.Errorf("asked for %v, the answer does not say %q:\n%s", asked, want, r.text())
		}
		r.ui.showHistory()
		r.untilText(want)
	}
}

// TestAWatchKnowsSinceWhen begins a watch after three checks in a row that failed, and one that did not.
func TestAWatchKnowsSinceWhen(t *testing.T) {
	r := newRig(t)
	hours := func(n int, of report.Report) report.Report {
		of.ID, of.Started = fmt.Sprintf("hours%d", n), reporttest.Started.Add(-time.Duration(n)*time.Hour)
		of.Evidence.Target = reporttest.Site().Evidence.Target
		return of
	}
	other := hours(1, reporttest.Working())
	other.Evidence.Target.URL = "https://other.example/"
	for _, before := range []report.Report{
		hours(4, reporttest.Site()), hours(3, reporttest.Working()), hours(2, reporttest.Site()), other, hours(0, reporttest.Site()),
	} {
		if err := r.ui.keep.add(before); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := r.ui.downSince(hours(0, reporttest.Site())), reporttest.Started.Add(-2*time.Hour); !got.Equal(want) {
		t.Errorf("down since %v, want %v", got, want)
	}
}

// TestNothingIsWatchedThatWorks checks a page that is watched and finds it working.
func TestNothingIsWatchedThatWorks(t *testing.T) {
	r := newRig(t)
	r.shows(reporttest.Site())
	r.press("Tell me when it's back")
	r.check = func(context.Context, evidence.Target, checklist.Options, func(checklist.Event)) checklist.Result {
		works := resultOf(reporttest.Working())
		works.Evidence.Target = reporttest.Site().Evidence.Target
		return works
	}
	r.ui.repeat()
	r.until("the answer", func() bool { return r.ui.answer != nil && r.ui.answer.full.Verdict.Who == verdict.Working })
	if r.ui.watch != nil {
		t.Error("it is still watched")
	}
}

// TestALookIsPolite makes one look: the whole checklist, so that a sign-in page is not taken for the site, with one try.
func TestALookIsPolite(t *testing.T) {
	for who, want := range map[verdict.Who]watch.State{
		verdict.Working: watch.Up, verdict.Site: watch.Down, verdict.Refused: watch.Down, verdict.You: watch.CannotTell, verdict.Unknown: watch.CannotTell,
	} {
		r := newRig(t)
		r.check = func(context.Context, evidence.Target, checklist.Options, func(checklist.Event)) checklist.Result {
			return checklist.Result{Verdict: verdict.Verdict{Who: who, Facts: verdict.Facts{StatusLine: "503", RetryAfterS: 600}}}
		}
		var seen watch.Look
		done := false
		r.ui.background(func() {
			l := r.ui.visit(context.Background(), evidence.Target{URL: reporttest.URL}, checklist.Options{})
			r.ui.post(func() { seen, done = l, true })
		})
		r.until("the look", func() bool { return done })
		if seen.State != want || seen.RetryAfter != 10*time.Minute || !r.checked[0].OneTime {
			t.Errorf("%s: saw %+v of %+v", who, seen, r.checked[0])
		}
	}
}

func TestAPictureThatCannotBeSavedIsSaid(t *testing.T) {
	r := newRig(t)
	r.shows(reporttest.Site())
	r.pictures = filepath.Join(r.pictures, "gone")
	r.press("Save picture")
	r.untilText("It could not be saved there: the folder does not exist.")
	if r.button("Save picture").Disabled() {
		t.Error("the button stays off")
	}
	r.ui.doors.picture = func(context.Context, report.Report, *words.Catalog) ([]byte, error) { return nil, errors.New("no") }
	r.press("Save picture")
	r.untilText("It could not be saved there: the system said no.")
}

func TestDroppedThings(t *testing.T) {
	r := newRig(t)
	r.shows(reporttest.Site())
	data := filepath.Join(t.TempDir(), "other.json")
	if err := os.WriteFile(data, []byte(`{"schema":"something else"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r.ui.openFile(data)
	r.untilText("This file is not a report of Is It Me?")
	r.press("OK")
	if err := os.WriteFile(data, []byte(`{"schema":"isitme.report/2","who":"later"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r.ui.openFile(data)
	r.untilText("This report was made by a newer version of Is It Me?. Get the new version to open it.")
	r.press("OK")
	r.press("New check")
	r.untilText("Is it me, or is it the website?")
}

// TestEveryFormatCanBeSaved saves a report as each of the formats that are offered.
func TestEveryFormatCanBeSaved(t *testing.T) {
	r := newRig(t)
	r.shows(reporttest.Site())
	for _, format := range formats {
		folder := t.TempDir()
		r.ui.save(r.ui.answer, format, folder)
		r.until(format, func() bool {
			files, err := filepath.Glob(filepath.Join(folder, "is-it-me *."+format))
			return err == nil && len(files) == 1
		})
		r.until("the button", func() bool { return !r.button("Save picture").Disabled() })
	}
}

// TestGuidesAreThoseOfTheReportsSystem looks for clicks in every guide that a system is shown first.
func TestGuidesAreThoseOfTheReportsSystem(t *testing.T) {
	for want, ev := range map[string]evidence.System{
		"windows": {OS: "windows"}, "macos": {OS: "darwin"}, "kde": {OS: "linux", Desktop: "kde"}, "gnome": {OS: "linux", Desktop: "other"},
	} {
		got := guideSystem(&ev)
		if got != want {
			t.Errorf("%+v gets the guides of %s, want %s", ev, got, want)
		}
		for _, name := range words.Guides() {
			if g, ok := words.For("en").Guide(name, got); !ok || len(g.Steps) == 0 {
				t.Errorf("%s: the guide %s has no steps", got, name)
			}
		}
	}
	if guideSystem(nil) == "" {
		t.Error("a report without a system gets no guides")
	}
}
