package window

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"isitme/checks/evidence"
	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/crash"
	"isitme/ui/window/page"
	"isitme/ui/window/running"
	"isitme/ui/window/settings"
)

// ui is the window at work: which page is shown, which run goes on, what the visitor chose. Its fields belong to the
// screen's goroutine; work done elsewhere comes back through post.
type ui struct {
	deps  Deps
	doors doors
	app   fyne.App
	shell *shell
	// post runs something on the screen's goroutine, later. It is the one seam between the two.
	post func(func())
	// tasks are the goroutines that the window started; ctx ends them.
	tasks  sync.WaitGroup
	ctx    context.Context
	cancel context.CancelFunc

	settings settings.Settings
	// choices are the settings to be written down, saving lets one writer in at a time.
	choices atomic.Pointer[settings.Settings]
	saving  sync.Mutex
	words   *words.Catalog
	keep    *keep
	crash   *crash.File

	// again builds the page that is shown once more: after a change of language, theme or text size.
	again func()
	run   *running.Run
	// answer is the result that is shown, nil on other pages.
	answer *answered
	watch  *watching
	// listing is true while a page with the list of reports is shown, writing the message that is shown.
	listing bool
	writing *message
	// picking is the folder or the report that is being picked, nil on other pages.
	picking *picking
	// damaged counts the reports on disk that could not be read.
	damaged int
	// closing is set once the window is on its way out.
	closing bool
}

// newUI makes the contents of the window and shows nothing yet.
func newUI(ctx context.Context, a fyne.App, w fyne.Window, deps Deps, d doors, post func(func())) *ui {
	ctx, cancel := context.WithCancel(ctx)
	u := &ui{deps: deps, doors: d, app: a, post: post, ctx: ctx, cancel: cancel, shell: newShell(w)}
	u.again = func() {}
	s, err := settings.Load(deps.Folder)
	if err != nil {
		logError("settings", err) // the defaults hold
	}
	u.keep = newKeep(deps.Reports)
	u.apply(s)
	u.shortcuts()
	w.SetCloseIntercept(u.close)
	w.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) { u.dropped(dropped) })
	return u
}

// apply takes new settings: the theme and the words at once, in whatever page is shown.
func (u *ui) apply(s settings.Settings) {
	u.settings = s
	mode := map[settings.Theme]look.Mode{settings.Light: look.Light, settings.Dark: look.Dark}[s.Theme]
	u.app.Settings().SetTheme(look.NewTheme(mode, float32(s.TextSize)/100))
	lang := s.Language
	if lang == "" {
		lang = words.Detect()
	}
	if now := words.For(lang); u.words == nil || now.Lang() != u.words.Lang() {
		u.words = now
		teachToolkit(now)
	}
	u.shell.window.SetTitle(u.words.T("app.name"))
	u.keep.setHistory(s.KeepHistory)
	u.again()
}

// change changes the settings, applies and saves them.
func (u *ui) change(change func(*settings.Settings)) {
	s := u.settings
	change(&s)
	u.apply(s)
	u.saveSettings()
}

// background does work away from the screen.
func (u *ui) background(work func()) { u.tasks.Go(work) }

// show shows a page that build makes, now and whenever the look or the language or what it tells of changes.
func (u *ui) show(build func() page.View) {
	u.answer, u.writing, u.picking, u.listing = nil, nil, nil, false
	u.again = func() { u.shell.renew(build()) }
	u.shell.show(build())
}

// reportWords is the word list of everything that leaves the window.
func (u *ui) reportWords() *words.Catalog { return words.For(u.settings.ReportIn(u.words.Lang())) }

// nav are the commands of a header, without those that lead where the visitor is.
func (u *ui) nav() page.Nav {
	return page.Nav{
		NewCheck: u.showStart, History: u.showHistory, Settings: u.showSettings, Home: u.showStart,
	}
}

// guideSystem is the system whose clicks the guides show first: that of the computer the report is from, else this one's.
// Of the desktops for Linux that have no clicks of their own, most look more like GNOME than like anything else here.
func guideSystem(ev *evidence.System) string {
	system, desktop := runtime.GOOS, ""
	if ev != nil {
		system, desktop = ev.OS, ev.Desktop
	}
	switch {
	case system == "windows":
		return "windows"
	case system == "darwin":
		return "macos"
	case desktop == "kde":
		return "kde"
	}
	return "gnome"
}

// end stops everything that goes on and waits for it, for at most the time a stopped run needs.
func (u *ui) end() {
	u.cancel()
	done := make(chan struct{})
	go func() { u.tasks.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
	}
}

// logError writes down what no visitor can act on.
func logError(about string, err error) { fyne.LogError(about, err) }
