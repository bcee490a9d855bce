package window

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// picturesFolder is where a visitor looks for a picture: the system's folder for them, else for downloads, else home.
func picturesFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	candidates := append(userFolders(home), filepath.Join(home, "Pictures"), filepath.Join(home, "Downloads"))
	for _, folder := range candidates {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
	}
	return home
}

// userFolders are the folders for pictures and downloads as the desktop has named them (xdg-user-dirs), which depends on
// its language.
func userFolders(home string) []string {
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
		if name, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), "="); ok {
			named[name] = strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		}
	}
	var folders []string
	for _, name := range []string{"XDG_PICTURES_DIR", "XDG_DOWNLOAD_DIR"} {
		if folder := named[name]; filepath.IsAbs(folder) && filepath.Clean(folder) != filepath.Clean(home) {
			folders = append(folders, folder)
		}
	}
	return folders
}
