package window

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"isitme/checks/checklist"
	"isitme/checks/contact"
	"isitme/checks/elsewhere"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
	"isitme/ui/browsers"
	"isitme/ui/look"
	"isitme/ui/window/settings"
)

// rig is the window in the test driver. What is posted waits in a queue until the test takes it, so that all of the
// screen's work happens on the test's own goroutine, as it does on the screen's in the real program.
type rig struct {
	t     *testing.T
	ui    *ui
	win   fyne.Window
	queue chan func()
	now   time.Time

	// check is what a run does; opened, notified and launched are what went out of the doors.
	check    func(ctx context.Context, to evidence.Target, o checklist.Options, observe func(checklist.Event)) checklist.Result
	checked  []evidence.Target
	options  []checklist.Options
	opened   []string
	found    contact.Result // what a search for the owner's address finds
	searches atomic.Int32   // how many there were
	notified []string
	launched []string
	pictures string
	closed   bool
}

// newRig opens the window on its first page, with English words whatever the computer speaks.
func newRig(t *testing.T) *rig { return newRigIn(t, t.TempDir()) }

// newRigIn does so over a data folder.
func newRigIn(t *testing.T, folder string) *rig {
	t.Helper()
	a := test.NewTempApp(t)
	w := a.NewWindow("test")
	closed := false
	t.Cleanup(func() {
		if !closed {
			w.Close()
		}
	})
	w.Resize(windowSize)
	r := &rig{t: t, win: w, queue: make(chan func(), 1000), now: reporttest.Started.Add(time.Minute), pictures: t.TempDir()}
	r.check = func(context.Context, evidence.Target, checklist.Options, func(checklist.Event)) checklist.Result {
		return resultOf(reporttest.Site())
	}
	if s, err := settings.Load(folder); err != nil {
		t.Fatal(err)
	} else if s.Language == "" {
		s.Language = "en"
		if err := settings.Save(folder, s); err != nil {
			t.Fatal(err)
		}
	}
	deps := Deps{
		Version: "1.0.0", Folder: folder, Reports: filepath.Join(folder, "reports"),
		Now: func() time.Time { return r.now }, Licences: "Licence texts stand here.",
		Check: func(ctx context.Context, _ environment.Environment, to evidence.Target, o checklist.Options, observe func(checklist.Event)) checklist.Result {
			done := make(chan struct{})
			r.queue <- func() { r.checked, r.options = append(r.checked, to), append(r.options, o); close(done) }
			<-done
			return r.check(ctx, to, o, observe)
		},
	}
	r.ui = newUI(context.Background(), a, w, deps, r.doors(), func(f func()) { r.queue <- f })
	t.Cleanup(func() {
		r.ui.cancel()
		ended := make(chan struct{})
		go func() { r.ui.tasks.Wait(); close(ended) }()
		r.until("the window's goroutines to end", func() bool {
			select {
			case <-ended:
				return true
			default:
				return false
			}
		})
	})
	w.SetOnClosed(func() { closed, r.closed = true, true })
	r.ui.start("")
	r.drain()
	return r
}

func (r *rig) doors() doors {
	return doors{
		browsers: func() []browsers.Browser { return []browsers.Browser{{Name: "Firefox"}, {Name: "Chromium"}} },
		private: func(b browsers.Browser, address string) error {
			r.queue <- func() { r.launched = append(r.launched, b.Name+" "+address) }
			return nil
		},
		open: func(u *url.URL) error {
			if u.Host == "unopenable.example" {
				return errors.New("no browser")
			}
			r.queue <- func() { r.opened = append(r.opened, u.String()) }
			return nil
		},
		settings: func(desktop, kind string) error {
			r.queue <- func() { r.opened = append(r.opened, "settings:"+kind) }
			return nil
		},
		flush: func(context.Context) evidence.Flush { return evidence.Flush{Done: true} },
		picture: func(context.Context, report.Report, *words.Catalog) ([]byte, error) {
			return []byte("a picture"), nil
		},
		notify:   func(title, text string) { r.notified = append(r.notified, text) },
		pictures: func() string { return r.pictures },
		places: func() []place {
			return []place{{"pictures", r.pictures}, {"downloads", r.pictures}, {"home", filepath.Dir(r.pictures)}}
		},
		elsewhere: func(context.Context, elsewhere.Client, evidence.Target) evidence.Elsewhere {
			return evidence.Elsewhere{Service: "Globalping", Views: []evidence.ElseView{
				{Country: "FR", City: "Paris", Status: 200, Up: true}, {Country: "US", Status: 200, Up: true}, {Country: "JP", Up: true, Status: 200},
			}}
		},
		contacts: func(context.Context, environment.Environment, evidence.Target, string) contact.Result {
			r.searches.Add(1)
			return r.found
		},
	}
}

// resultOf is the run that a sample report was made of.
func resultOf(r report.Report) checklist.Result {
	return checklist.Result{Evidence: r.Evidence, Verdict: r.Verdict, Steps: r.Steps}
}

// patience is how long anything that goes on in the background may take.
const patience = 2 * time.Minute

// until does the screen's work until something is so.
func (r *rig) until(what string, is func() bool) {
	r.t.Helper()
	deadline := time.After(patience)
	for !is() {
		select {
		case f := <-r.queue:
			f()
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			r.t.Fatalf("waited %v for %s; the page says:\n%s", patience, what, r.text())
		}
	}
}

// drain does the work that is waiting and a moment's more.
func (r *rig) drain() {
	for {
		select {
		case f := <-r.queue:
			f()
		case <-time.After(30 * time.Millisecond):
			return
		}
	}
}

// layer is what takes the input: the question over the page, else the page.
func (r *rig) layer() fyne.CanvasObject {
	if top := r.win.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return r.win.Content()
}

// all are the visible objects of one kind, in reading order.
func all[T fyne.CanvasObject](r *rig) []T {
	var found []T
	walk(r.layer(), func(o fyne.CanvasObject) {
		if w, ok := o.(T); ok {
			found = append(found, w)
		}
	})
	return found
}

// walk visits an object and what is inside it, in reading order, and leaves out what is hidden.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	for _, inner := range children(o) {
		walk(inner, visit)
	}
}

// children are the objects directly inside one.
func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	default:
		return nil
	}
}

// button is the button with a label.
func (r *rig) button(label string) *look.Button {
	r.t.Helper()
	for _, b := range all[*look.Button](r) {
		if b.Label() == label {
			return b
		}
	}
	r.t.Fatalf("no button %q; the page says:\n%s", label, r.text())
	return nil
}

// press presses the button with a label.
func (r *rig) press(label string) {
	r.t.Helper()
	b := r.button(label)
	if b.Disabled() {
		r.t.Fatalf("the button %q is disabled", label)
	}
	test.Tap(b)
	r.drain()
}

// has reports whether a button is there.
func (r *rig) has(label string) bool {
	for _, b := range all[*look.Button](r) {
		if b.Label() == label {
			return true
		}
	}
	return false
}

// text is all that is written on the page, a line for each text.
func (r *rig) text() string {
	s := ""
	walk(r.layer(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *look.Text:
			s += o.Text() + "\n"
		case *look.Button:
			s += "[" + o.Label() + "]\n"
		}
	})
	return s
}

// key presses a key as the driver would hand it out.
func (r *rig) key(name fyne.KeyName) {
	c := r.win.Canvas()
	switch f := c.Focused(); {
	case f != nil:
		f.TypedKey(&fyne.KeyEvent{Name: name})
	case c.OnTypedKey() != nil:
		c.OnTypedKey()(&fyne.KeyEvent{Name: name})
	}
	r.drain()
}
