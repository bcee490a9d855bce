package window

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A place is a folder of the visitor that every desktop has: its name in the word list, and its path.
type place struct{ name, path string }

// The places by the names of their paths below home, and by the names that a desktop's list of them has (xdg-user-dirs).
var placeNames = []struct{ name, folder, listed string }{
	{"pictures", "Pictures", "XDG_PICTURES_DIR"},
	{"downloads", "Downloads", "XDG_DOWNLOAD_DIR"},
	{"documents", "Documents", "XDG_DOCUMENTS_DIR"},
	{"desktop", "Desktop", "XDG_DESKTOP_DIR"},
}

// places are the visitor's folders that are there, home last.
func places() []place {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	var there []place
	listed := userFolders(home)
	for _, p := range placeNames {
		for _, path := range []string{listed[p.listed], filepath.Join(home, p.folder)} {
			if info, err := os.Stat(path); path != "" && err == nil && info.IsDir() {
				there = append(there, place{p.name, path})
				break
			}
		}
	}
	return append(there, place{"home", home})
}

// picturesFolder is where a visitor looks for a picture: the system's folder for them, else for downloads, else home.
func picturesFolder() string { return firstPlace("pictures", "downloads", "home") }

// DownloadsFolder is where a visitor looks for what a browser has saved, and where every browser may read: one that is
// kept apart from the system (a snap) sees no hidden folders, in which Linux keeps programs' own files.
func DownloadsFolder() string { return firstPlace("downloads", "home") }

// firstPlace is the first place of those names that there is.
func firstPlace(names ...string) string {
	for _, p := range places() {
		if slices.Contains(names, p.name) {
			return p.path
		}
	}
	return os.TempDir()
}

// userFolders are the places as the desktop has named them, which depends on its language.
func userFolders(home string) map[string]string {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return nil
	}
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = filepath.Join(home, ".config")
	}
	file, err := os.Open(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return nil
	}
	defer file.Close()
	named := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		name, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), "=")
		folder := strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		if ok && filepath.IsAbs(folder) && filepath.Clean(folder) != filepath.Clean(home) {
			named[name] = folder
		}
	}
	return named
}
