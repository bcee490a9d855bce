package system

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"isitme/checks/evidence"
)

// gsettingsPath is GNOME's reader of its settings; it answers in tens of milliseconds.
const (
	gsettingsPath  = "/usr/bin/gsettings"
	gsettingsLimit = 3 * time.Second
)

// readProxy reads the environment's proxy and, where that says nothing about this address, the desktop's. In a sandbox,
// where desktop settings are out of sight, the portal decides as the desktop would.
func readProxy(ctx context.Context, r *reader) {
	if r.useEnvironment(os.Getenv) {
		return
	}
	if sandbox() != "" && r.usePortal(ctx) {
		return
	}
	if desktop() == "kde" {
		r.useKDE(ctx)
		return
	}
	r.useGNOME(ctx)
}

// useGNOME applies GNOME's settings, which other desktops than KDE keep too. Without a place for them there are none.
func (r *reader) useGNOME(ctx context.Context) {
	if firstFile(gsettingsPath) == "" || !hasSettings() {
		return
	}
	out, err := run(ctx, gsettingsLimit, gsettingsPath, "list-recursively", "org.gnome.system.proxy")
	if ctx.Err() == nil && err != nil && len(out) == 0 {
		return // the schema is not installed: nothing of this desktop reads it
	}
	if err != nil {
		r.unread(partProxy, err)
		return
	}
	r.useDesktop(ctx, gnomeSetting(out))
}

// hasSettings reports whether GNOME's settings can exist: asked without a session and without a database, gsettings
// would answer with defaults that nobody set.
func hasSettings() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" || os.Getenv("GSETTINGS_BACKEND") != "" {
		return true
	}
	config, err := os.UserConfigDir()
	return err == nil && firstFile(filepath.Join(config, "dconf/user")) != ""
}

// useKDE applies KDE's settings.
func (r *reader) useKDE(ctx context.Context) {
	config, err := os.UserConfigDir()
	if err != nil {
		return
	}
	file, err := os.Open(filepath.Join(config, "kioslaverc"))
	if os.IsNotExist(err) {
		return // never changed: no proxy
	}
	if err != nil {
		r.unread(partProxy, err)
		return
	}
	defer file.Close()
	values, err := kdeGroup(file, "Proxy Settings")
	if err != nil {
		r.unread(partProxy, err)
		return
	}
	if values["ProxyType"] == kdeEnvironment {
		r.useEnvironment(func(name string) string { return os.Getenv(values[kdeVariable(name)]) })
		return
	}
	r.useDesktop(ctx, kdeSetting(values))
}

// usePortal asks the desktop portal which proxy the address needs (org.freedesktop.portal.ProxyResolver). It reports
// false when there is no portal to ask.
func (r *reader) usePortal(ctx context.Context) bool {
	bus, err := sessionBus(ctx)
	if err != nil {
		return false
	}
	defer bus.Close()
	var choices []string
	portal := bus.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop")
	err = call(ctx, portal, "org.freedesktop.portal.ProxyResolver.Lookup", []any{scriptURL(r.Target).String()}, &choices)
	if err != nil {
		r.unread(partProxy, err)
		return true
	}
	for _, choice := range choices {
		if strings.HasPrefix(choice, "direct:") {
			break
		}
		r.configured("portal", "")
		if u, err := parseProxy(choice, "http"); err == nil {
			r.use(u)
			break
		}
	}
	return true
}

// sandbox names the sandbox that this program runs in, "" for none.
func sandbox() string {
	switch {
	case firstFile("/.flatpak-info") != "":
		return "flatpak"
	case os.Getenv("SNAP") != "" && os.Getenv("SNAP_NAME") != "":
		return "snap"
	default:
		return ""
	}
}

// desktop names the desktop of this session by XDG_CURRENT_DESKTOP, a list of names from the most particular on.
func desktop() string {
	for name := range strings.SplitSeq(strings.ToLower(os.Getenv("XDG_CURRENT_DESKTOP")), ":") {
		switch name {
		case "gnome", "kde":
			return name
		}
	}
	return ""
}

// readAbout reads which system this is.
func readAbout(_ context.Context, r *reader) {
	name := osRelease("/etc/os-release", "/usr/lib/os-release")
	managed := isManaged()
	r.set(func(s *evidence.System) {
		s.OSName, s.Desktop, s.Sandbox, s.Managed = name, desktop(), sandbox(), managed
	})
}
