//go:build !windows

package window

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"isitme/checks/words"
)

// notify tells the visitor through the desktop's own notifications: D-Bus on Linux, the notification centre on a Mac.
// On a Mac outside an app bundle Fyne would start a script interpreter for it; the window's own banner must do there.
func notify(a fyne.App, w fyne.Window, title, text string) {
	if runtime.GOOS == "darwin" {
		if path, err := os.Executable(); err != nil || !strings.Contains(path, ".app/Contents/MacOS/") {
			w.RequestFocus()
			return
		}
	}
	if runtime.GOOS == "darwin" {
		a.SendNotification(fyne.NewNotification(title, text))
		return
	}
	go a.SendNotification(fyne.NewNotification(title, text)) // the call waits for whoever shows it, which may be nobody
}

// askWithoutWindow says that there is no window and asks for an address in the browser, which every desktop has.
func askWithoutWindow(deps Deps, c *words.Catalog) string {
	sayWithoutWindow(appName, c.T("app.no_window"))
	if deps.Ask == nil {
		return ""
	}
	return deps.Ask()
}

// sayWithoutWindow says something where no window can be drawn.
func sayWithoutWindow(title, message string) {
	fmt.Fprintf(os.Stderr, "%s: %s\n", title, message)
}
