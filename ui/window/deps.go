package window

import (
	"context"
	"net/url"
	"os/exec"
	"time"

	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/contact"
	"isitme/checks/elsewhere"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/system"
	"isitme/checks/words"
	"isitme/ui/browsers"
)

// Deps are what the window needs of the program around it.
type Deps struct {
	Environment environment.Environment
	// Version is the program's.
	Version string
	// Check is checklist.Run.
	Check func(context.Context, environment.Environment, evidence.Target, checklist.Options, func(checklist.Event)) checklist.Result
	// Folder holds the settings; Reports, below it, the reports where the visitor keeps a history.
	Folder, Reports string
	Now             func() time.Time
	// Licences is the text of the licences of what the program is built from.
	Licences string
	// Headless checks an address where no window can be drawn and shows the report in the browser.
	Headless func(address string)
	// Ask asks for an address in the browser, where no window can be drawn and the system has no message box. It is empty
	// when nobody gives one.
	Ask func() string
}

// doors are the ways from the window into the computer, each of which a test replaces.
type doors struct {
	browsers func() []browsers.Browser
	private  func(browsers.Browser, string) error
	open     func(*url.URL) error
	settings func(desktop, kind string) error
	flush    func(context.Context) evidence.Flush
	// picture draws a redacted report as PNG.
	picture  func(context.Context, report.Report, *words.Catalog) ([]byte, error)
	notify   func(title, text string)
	pictures func() string
	// places are the visitor's own folders.
	places func() []place
	// elsewhere asks computers elsewhere about a site.
	elsewhere func(context.Context, elsewhere.Client, evidence.Target) evidence.Elsewhere
	// contacts looks for the addresses of a site's owner; platform is who wrote the page that was seen.
	contacts func(ctx context.Context, env environment.Environment, to evidence.Target, platform string) contact.Result
}

// realDoors are those of this computer.
func realDoors(a fyne.App, w fyne.Window) doors {
	return doors{
		browsers: browsers.Installed,
		private:  browsers.Browser.OpenPrivately,
		open:     a.OpenURL,
		settings: func(desktop, kind string) error { return openSettings(a, desktop, kind) },
		flush:    system.FlushWithPassword,
		notify:   func(title, text string) { notify(a, w, title, text) },
		picture:  drawApart,
		pictures: picturesFolder,
		places:   places,
		elsewhere: func(ctx context.Context, service elsewhere.Client, to evidence.Target) evidence.Elsewhere {
			return service.Ask(ctx, to, elsewhere.Country(words.Locale(), system.TimeZone()))
		},
		contacts: func(ctx context.Context, env environment.Environment, to evidence.Target, platform string) contact.Result {
			return contact.Find(ctx, &env, to, platform)
		},
	}
}

// openSettings shows the system's own settings: by their address, else by their program.
func openSettings(a fyne.App, desktop, kind string) error {
	if address := system.SettingsURI(kind); address != "" {
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		return a.OpenURL(u)
	}
	program := system.SettingsProgram(desktop, kind)
	if program == nil {
		return exec.ErrNotFound
	}
	cmd := exec.Command(program[0], program[1:]...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // waiting leaves no zombie; what the settings program returns means nothing to us
	return nil
}
