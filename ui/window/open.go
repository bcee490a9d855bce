package window

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"isitme/checks/words"
	"isitme/ui/look"
	"isitme/ui/window/crash"
	"isitme/ui/window/instance"
)

const (
	// appID names the program to the desktop. It never changes: notifications and windows hang on it.
	appID   = "io.github.isitme.app"
	appName = "Is It Me?"
)

// windowSize is that of the designs: every page fits, and so does a small laptop's screen.
var windowSize = fyne.NewSize(760, 720)

// errNoWindow says that the toolkit has no window to show, though it does not say so itself.
var errNoWindow = errors.New("no window can be drawn here")

// hasScreen reports whether there is a screen at all. On Windows and macOS there always is one.
func hasScreen() bool {
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// open shows the window and runs it to its end, or checks without one where none can be drawn. Then no folder is claimed:
// a later start, made because nothing was to be seen, shows something of its own.
func open(ctx context.Context, deps Deps, start string, newApp func() fyne.App) error {
	err := openWindow(ctx, deps, start, newApp)
	if errors.Is(err, errNoWindow) {
		return withoutWindow(deps, start)
	}
	return err
}

// openWindow claims the data folder, shows the window and runs it to its end.
func openWindow(ctx context.Context, deps Deps, start string, newApp func() fyne.App) (err error) {
	handed := make(chan string, 8)
	var crashes *crash.File // stays nil beside another window, whose crash file it is
	claim, err := instance.Claim(deps.Folder, start, func(address string) { handed <- address })
	switch {
	case errors.Is(err, instance.ErrHandedOver):
		return nil
	case err != nil:
		logError("single instance", err) // the window is worth more than its being the only one
	default:
		defer func() { err = errors.Join(err, claim.Close()) }()
		if crashes, err = crash.Arm(deps.Folder); err != nil {
			logError("crash file", err)
		}
	}
	err = runWindow(ctx, deps, start, newApp, crashes, handed)
	if crashes != nil {
		err = errors.Join(err, crashes.Disarm())
	}
	return err
}

// runWindow shows the window until it is closed.
func runWindow(ctx context.Context, deps Deps, start string, newApp func() fyne.App, crashes *crash.File, handed <-chan string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if !strings.Contains(fmt.Sprint(r), "NotInitialized") {
				panic(r) // a fault of our own: its report goes to the crash file
			}
			err = errNoWindow // the toolkit panics where the screen it was told of is not there
		}
	}()
	a := newApp()
	a.SetIcon(look.Icon("mark"))
	w := a.NewWindow(appName)
	u := newUI(ctx, a, w, deps, realDoors(a, w), fyne.Do)
	u.crash = crashes
	defer u.end()
	w.Resize(windowSize)
	w.SetMaster()
	a.Lifecycle().SetOnStarted(func() { u.start(start) })
	w.Show()
	// Decided before the toolkit runs: ending it would unload libraries whose threads still start, which has crashed Wine.
	if !drawn(w) {
		return errNoWindow
	}
	u.tasks.Go(func() { u.receive(handed) })
	a.Run()
	return nil
}

// start shows the first page, or the check of the address that the program was started with.
func (u *ui) start(address string) {
	u.showStart()
	u.readHistory()
	u.background(func() { words.Languages() }) // reads their files, which the settings page would wait for
	if address != "" {
		u.check(address)
	}
}

// receive takes the addresses of later starts, and the end of the program by a signal.
func (u *ui) receive(handed <-chan string) {
	for {
		select {
		case <-u.ctx.Done():
			u.post(u.leave)
			return
		case address := <-handed:
			u.post(func() {
				u.shell.window.RequestFocus()
				if address != "" {
					u.check(address)
				}
			})
		}
	}
}

// drawn reports whether the window exists. Without OpenGL the toolkit neither shows one nor ends; only the missing
// native handle tells.
func drawn(w fyne.Window) (is bool) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return true
	}
	defer func() {
		if recover() != nil {
			is = false // asking a window that was never made for its handle fails on some systems
		}
	}()
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			is = c.WindowHandle != 0
		case driver.WindowsWindowContext:
			is = c.HWND != 0
		case driver.MacWindowContext:
			is = c.NSWindow != 0
		default:
			is = true
		}
	})
	return is
}

// withoutWindow says so, by the system's own means, and runs the check without a window.
func withoutWindow(deps Deps, start string) error {
	c := words.For(words.Detect())
	if start == "" {
		start = askWithoutWindow(deps, c)
	} else {
		sayWithoutWindow(appName, c.T("app.no_window"))
	}
	if start == "" || deps.Headless == nil {
		return errNoWindow
	}
	deps.Headless(start)
	return nil
}
