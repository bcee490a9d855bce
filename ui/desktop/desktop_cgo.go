//go:build cgo

package desktop

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"isitme/assets"
	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/report/store"
	"isitme/ui/headless"
	"isitme/ui/window"
)

// Available reports whether this build has a window and there is a screen to show it on.
func Available() bool { return window.Available() }

// Run shows the window until it is closed, with the check of an address at once where one is given. Where no window can be
// drawn it checks the address without one and opens the report in the browser.
func Run(ctx context.Context, env environment.Environment, address string) error {
	reports, err := store.DefaultDir()
	if err != nil {
		return err
	}
	pages := reports
	if runtime.GOOS == "linux" {
		pages = window.DownloadsFolder()
	}
	deps := window.Deps{
		Environment: env, Version: env.Version, Check: checklist.Run,
		Folder: filepath.Dir(reports), Reports: reports, Now: time.Now, Licences: assets.Licences,
		Headless: func(address string) {
			if _, err := headless.Check(ctx, env, address, pages); err != nil {
				fmt.Fprintln(os.Stderr, "isitme:", err)
			}
		},
		Ask: func() string {
			address, err := headless.Ask(ctx)
			if err != nil {
				fmt.Fprintln(os.Stderr, "isitme:", err)
			}
			return address
		},
	}
	return window.Run(ctx, deps, address)
}
