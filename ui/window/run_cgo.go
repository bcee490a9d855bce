//go:build cgo

package window

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

// Available reports whether this build has a window and there is a screen to show it on.
func Available() bool { return hasScreen() }

// Run opens the window and returns when it is closed. start is the address to check at once, empty for none; one that
// another window has taken over ends this one. This is the only file of the program that reaches the toolkit's app
// package, which is what needs a C compiler.
func Run(ctx context.Context, deps Deps, start string) error {
	return open(ctx, deps, start, func() fyne.App {
		// In code, because a tag or a file would have to be remembered at every build.
		app.SetMetadata(fyne.AppMetadata{
			ID: appID, Name: appName, Version: deps.Version, Migrations: map[string]bool{"fyneDo": true},
		})
		return app.NewWithID(appID)
	})
}
