// Package browsers finds the web browsers of this computer and opens one address in a private window of one of them.
// It never goes through a shell and never passes anything but that address.
package browsers

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Browser is one installed browser with a private window.
type Browser struct {
	Name string
	// Program is an absolute path, arguments come before the address.
	program   string
	arguments []string
}

// Installed lists the browsers of this computer, each once, in the order of the list of kinds. It reads the disk (and
// on Windows the registry), so it does not belong on the screen's own goroutine.
func Installed() []Browser {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // only the folders of the system are searched then
	}
	return find(place{os: runtime.GOOS, home: home, registered: registered(), exists: isFile})
}

// OpenPrivately opens address, an http or https URL, in a private window. It does not wait for the browser to end.
func (b Browser) OpenPrivately(address string) error {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return fmt.Errorf("open in %s: not a web address", b.Name)
	}
	// A URL that starts with its scheme can never be taken for an option.
	cmd := exec.Command(b.program, append(b.arguments[:len(b.arguments):len(b.arguments)], u.String())...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open in %s: %w", b.Name, err)
	}
	go func() { _ = cmd.Wait() }() // its exit status is the browser's own affair; waiting leaves no zombie
	return nil
}

// place is a computer as far as the search needs it, so that every system's branch is tested everywhere.
type place struct {
	os, home string
	// registered are the programs that Windows knows as browsers.
	registered []string
	exists     func(path string) bool
}

// kind is one browser and how it is told to open a private window: the options are those of its own documentation.
type kind struct {
	name string
	// programs are its names on Linux, windows its file name there, bundle its folder under Applications on a Mac.
	programs []string
	windows  string
	bundle   string
	private  string
}

// kinds are ordered by how many people have them. Safari is missing on purpose: it has no option for a private window.
var kinds = []kind{
	{"Google Chrome", []string{"google-chrome-stable", "google-chrome", "com.google.Chrome"}, "chrome.exe", "Google Chrome.app", "--incognito"},
	{"Microsoft Edge", []string{"microsoft-edge-stable", "microsoft-edge", "com.microsoft.Edge"}, "msedge.exe", "Microsoft Edge.app", "--inprivate"},
	{"Firefox", []string{"firefox", "firefox-esr", "org.mozilla.firefox"}, "firefox.exe", "Firefox.app", "--private-window"},
	{"Chromium", []string{"chromium", "chromium-browser", "org.chromium.Chromium"}, "chromium.exe", "Chromium.app", "--incognito"},
	{"Brave", []string{"brave-browser", "brave", "com.brave.Browser"}, "brave.exe", "Brave Browser.app", "--incognito"},
	{"Opera", []string{"opera", "com.opera.Opera"}, "opera.exe", "Opera.app", "--private"},
	{"Vivaldi", []string{"vivaldi-stable", "vivaldi", "com.vivaldi.Vivaldi"}, "vivaldi.exe", "Vivaldi.app", "--incognito"},
	{"LibreWolf", []string{"librewolf", "io.gitlab.librewolf-community"}, "librewolf.exe", "LibreWolf.app", "--private-window"},
	{"Web", []string{"epiphany", "epiphany-browser", "org.gnome.Epiphany"}, "", "", "--incognito-mode"},
	{"Falkon", []string{"falkon", "org.kde.falkon"}, "falkon.exe", "", "--private-browsing"},
}

func find(p place) []Browser {
	var found []Browser
	for _, k := range kinds {
		switch p.os {
		case "windows":
			for _, program := range p.registered {
				if k.windows != "" && strings.EqualFold(baseOnWindows(program), k.windows) && p.exists(program) {
					found = append(found, Browser{k.name, program, []string{k.private}})
					break
				}
			}
		case "darwin":
			for _, folder := range []string{"/Applications", p.home + "/Applications"} {
				app := folder + "/" + k.bundle
				if k.bundle != "" && p.exists(app+"/Contents/Info.plist") {
					// Started by its own path, a browser that is already running would start a second time.
					found = append(found, Browser{k.name, "/usr/bin/open", []string{"-na", app, "--args", k.private}})
					break
				}
			}
		default:
			if program := p.first(k.programs); program != "" {
				found = append(found, Browser{k.name, program, []string{k.private}})
			}
		}
	}
	return found
}

// first is the first of the programs in the folders that packages, snaps and flatpaks put theirs into. PATH is not
// searched: it may hold anything.
func (p place) first(programs []string) string {
	folders := []string{
		"/usr/bin", "/usr/local/bin", "/snap/bin", "/var/lib/flatpak/exports/bin",
		p.home + "/.local/share/flatpak/exports/bin",
	}
	for _, program := range programs {
		for _, folder := range folders {
			if path := folder + "/" + program; p.exists(path) {
				return path
			}
		}
	}
	return ""
}

// baseOnWindows is filepath.Base of a Windows path on every system.
func baseOnWindows(path string) string {
	return path[strings.LastIndexAny(path, `\/`)+1:]
}

// programOf is the program of a command line as the Windows registry holds it, empty when there is none.
func programOf(command string) string {
	command = strings.TrimSpace(command)
	if quoted, ok := strings.CutPrefix(command, `"`); ok {
		program, _, _ := strings.Cut(quoted, `"`)
		return program
	}
	if end := strings.Index(strings.ToLower(command), ".exe"); end >= 0 {
		return command[:end+len(".exe")]
	}
	return ""
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && filepath.IsAbs(path)
}
