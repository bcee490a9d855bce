package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/settings"
)

// scenes are every page in every state that looks different, with what leads there.
var scenes = []struct {
	name string
	set  func(*rig)
}{
	{"start", func(r *rig) { r.ui.showStart() }},
	{"start-problem", func(r *rig) { r.ui.check("not an address") }},
	{"start-recent", func(r *rig) { r.keepAll(); r.ui.showStart() }},
	{"run", func(r *rig) { r.midRun(false) }},
	{"run-slow", func(r *rig) { r.midRun(true) }},
	{"answer-working", func(r *rig) { r.shows(reporttest.Working()) }},
	{"answer-site", func(r *rig) { r.shows(reporttest.Site()) }},
	{"answer-you", func(r *rig) { r.shows(reporttest.You()) }},
	{"answer-refused", func(r *rig) { r.shows(reporttest.Refused()) }},
	{"answer-address", func(r *rig) { r.shows(reporttest.Address()) }},
	{"answer-unknown", func(r *rig) { r.shows(reporttest.Unknown()) }},
	{"answer-stopped", func(r *rig) {
		sample := reporttest.Unknown()
		sample.Verdict.Cause, sample.Verdict.Settle = verdict.Stopped, nil
		r.shows(sample)
	}},
	{"answer-saved", func(r *rig) { r.ui.showAnswer(&answered{full: reporttest.Site(), saved: true}); r.drain() }},
	{"answer-not-kept", func(r *rig) {
		r.ui.showAnswer(&answered{full: reporttest.Site(), trouble: errors.New("no"), example: true})
		r.drain()
	}},
	{"answer-open", func(r *rig) {
		r.shows(reporttest.Site())
		for _, d := range all[*look.Disclosure](r) {
			d.SetOpen(true)
		}
	}},
	{"elsewhere", func(r *rig) { r.shows(reporttest.Unknown()); r.press("Ask them"); r.untilText("Paris") }},
	{"history-empty", func(r *rig) { r.ui.showHistory(); r.drain() }},
	{"history", func(r *rig) {
		r.keepAll()
		r.ui.startWatching(&answered{full: reporttest.Site()})
		r.ui.showHistory()
		r.drain()
	}},
	{"history-choosing", func(r *rig) { r.keepAll(); r.ui.showHistory(); r.drain(); r.press("Compare two") }},
	{"settings", func(r *rig) { r.ui.showSettings() }},
	{"about", func(r *rig) { r.ui.showAbout() }},
	{"write", func(r *rig) { r.ui.showWrite(&answered{full: reporttest.Site()}) }},
	{"compare", func(r *rig) { r.ui.showCompare(reporttest.Site(), reporttest.You()) }},
	{"answer-network", func(r *rig) { r.shows(reporttest.OtherNetwork()) }},
	{"question-once", func(r *rig) { r.ui.check("https://example.com/reset?token=0123456789abcdef0123456789abcdef") }},
	{"question-private", func(r *rig) { r.ui.check("nas.home.arpa") }},
	{"question", func(r *rig) { r.shows(reporttest.You()); r.ui.forget(r.ui.answer) }},
	{"save-as", func(r *rig) { r.shows(reporttest.Site()); r.ui.showSaveAs(r.ui.answer) }},
	{"choose-folder", func(r *rig) {
		r.folders("Bills", "albums")
		r.ui.chooseFolder(func(string) {}, r.ui.showStart)
		r.drain()
	}},
	{"choose-report", func(r *rig) {
		r.folders("Bills")
		for i, name := range []string{"Report one.json", "Report two.JSON", "three.txt", ".four.json"} {
			r.file(name, time.Duration(i)*time.Minute)
		}
		r.ui.chooseFile()
		r.drain()
	}},
	{"choose-nothing", func(r *rig) { r.ui.chooseFile(); r.drain() }},
}

// folders makes folders among the visitor's pictures, file a file that is younger than the sample reports by age.
func (r *rig) folders(names ...string) {
	r.t.Helper()
	for _, name := range names {
		if err := os.MkdirAll(filepath.Join(r.pictures, name), 0o700); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *rig) file(name string, age time.Duration) {
	r.t.Helper()
	path, at := filepath.Join(r.pictures, name), reporttest.Started.Add(age)
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at)); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) shows(sample report.Report) {
	r.ui.showAnswer(&answered{full: sample})
	r.drain()
}

// keepAll puts a report of every kind into the history, a day apart.
func (r *rig) keepAll() {
	for i, sample := range []report.Report{reporttest.Working(), reporttest.Site(), reporttest.You()} {
		sample.ID = fmt.Sprintf("sample%d", i)
		sample.Started = sample.Started.AddDate(0, 0, i-2)
		sample.Evidence.Target.DisplayHost = fmt.Sprintf("site%d.example", i)
		if err := r.ui.keep.add(sample); err != nil {
			r.t.Fatal(err)
		}
	}
	r.ui.keep.read()
}

// midRun shows a run that has got to its third step and goes on until the test ends.
func (r *rig) midRun(slow bool) {
	finding := func(code string, args map[string]any) verdict.Finding { return verdict.Finding{Code: code, Args: args} }
	r.waits(
		checklist.Event{Reply: 502, StepResult: checklist.StepResult{
			Step: evidence.StepRetry, State: checklist.Found, MS: 11000,
			Finding: finding(verdict.StepRetryStatus, map[string]any{"Tries": 4, "Status": "502 Bad Gateway"}),
		}},
		checklist.Event{StepResult: checklist.StepResult{
			Step: evidence.StepCompare, State: checklist.Fine, MS: 900,
			Finding: finding(verdict.StepCompareFine, map[string]any{"Good": 7, "All": 7}),
		}},
		checklist.Event{Slow: slow, StepResult: checklist.StepResult{
			Step: evidence.StepResolvers, State: checklist.Running,
			Finding: finding(verdict.StepNamesRunning, map[string]any{"Done": 2, "All": 4}),
		}},
	)
	r.ui.check(reporttest.URL)
	r.until("the third step", func() bool {
		rows := all[*look.StepRow](r)
		return len(rows) == 6 && rows[2].Step().State == checklist.Running
	})
}

// TestPagesHoldInEveryLanguageAndSize looks for texts without a translation and for controls that stick out of the page.
func TestPagesHoldInEveryLanguageAndSize(t *testing.T) {
	key := regexp.MustCompile(`^[a-z]+(_[a-z]+)*(\.[a-z_0-9-]+)+$`)
	for _, lang := range words.Languages() {
		for _, size := range []struct {
			width float32
			text  int
		}{{480, 100}, {760, 200}, {360, 200}} {
			t.Run(fmt.Sprintf("%s-%g-%d", lang.Code, size.width, size.text), func(t *testing.T) {
				r := newRig(t)
				r.win.Resize(fyne.NewSize(size.width, 640))
				r.ui.change(func(to *settings.Settings) { to.Language, to.TextSize = lang.Code, size.text })
				for _, s := range scenes {
					if s.name == "elsewhere" || s.name == "history-choosing" || strings.HasPrefix(s.name, "run") {
						continue // found by English words, or left running
					}
					s.set(r)
					r.ui.shell.relayout()
					walk(r.layer(), func(o fyne.CanvasObject) {
						if text, ok := o.(*look.Text); ok {
							if key.MatchString(text.Text()) && !strings.HasSuffix(text.Text(), ".example") {
								t.Errorf("%s: %q has no translation", s.name, text.Text())
							}
							left := fyne.CurrentApp().Driver().AbsolutePositionForObject(text).X
							if left < 0 || left+text.MinSize().Width > size.width+1 {
								t.Errorf("%s: %q is cut: from %g, %g wide", s.name, text.Text(), left, text.MinSize().Width)
							}
						}
						if b, ok := o.(*look.Button); ok {
							left := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).X
							// a word that is too long for the smallest window is set smaller
							squeezed := size.width > 360 && b.Size().Width < b.MinSize().Width-1
							if left < 0 || left+b.Size().Width > size.width+1 || squeezed {
								t.Errorf("%s: the button %q is cut: from %g, %g wide of %g", s.name, b.Label(), left, b.Size().Width, b.MinSize().Width)
							}
						}
					})
					if q := r.ui.shell.question; q != nil {
						q.close()
					}
				}
			})
		}
	}
}

// TestTargetsAreLargeEnough measures everything that can be pressed: at least 36 high.
func TestTargetsAreLargeEnough(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			r := newRig(t)
			s.set(r)
			walk(r.layer(), func(o fyne.CanvasObject) {
				if _, ok := o.(fyne.Tappable); !ok || !strings.HasPrefix(reflect.TypeOf(o).String(), "*look.") {
					return
				}
				if o.Size().Height < 36 || o.Size().Width < 24 {
					t.Errorf("%T is %v", o, o.Size())
				}
			})
		})
	}
}

// TestTheKeyboardStaysInSight goes through a long page in a small window with Tab alone.
func TestTheKeyboardStaysInSight(t *testing.T) {
	r := newRig(t)
	r.win.Resize(fyne.NewSize(480, 400))
	r.shows(reporttest.Working())
	driver := fyne.CurrentApp().Driver()
	before := float32(-1)
	for i := range 40 {
		focused, ok := r.win.Canvas().Focused().(fyne.CanvasObject)
		if !ok {
			t.Fatalf("after %d times Tab nothing has the keyboard", i)
		}
		top := driver.AbsolutePositionForObject(focused).Y
		if h := focused.Size().Height; h < 300 && (top < 0 || top+h > 400) {
			t.Errorf("after %d times Tab the keyboard is out of sight, from %g to %g", i, top, top+h)
		}
		before = top
		r.win.Canvas().(interface{ FocusNext() }).FocusNext()
	}
	if before < 0 {
		t.Error("the focus never moved")
	}
}
