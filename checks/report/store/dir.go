package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultDir is the folder for this user's reports: under XDG_DATA_HOME or ~/.local/share (XDG Base Directory
// Specification), %LocalAppData% on Windows, ~/Library/Application Support on macOS.
func DefaultDir() (string, error) { return defaultDir(runtime.GOOS, os.Getenv, os.UserHomeDir) }

func defaultDir(system string, getenv func(string) string, home func() (string, error)) (string, error) {
	if system == "windows" {
		if dir := getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "IsItMe", "Reports"), nil
		}
		return "", errors.New("LocalAppData is not set")
	}
	// The specification tells programs to ignore a relative path.
	if dir := getenv("XDG_DATA_HOME"); system != "darwin" && filepath.IsAbs(dir) {
		return filepath.Join(dir, "isitme", "reports"), nil
	}
	dir, err := home()
	if err != nil {
		return "", err
	}
	if system == "darwin" {
		return filepath.Join(dir, "Library", "Application Support", "IsItMe", "Reports"), nil
	}
	return filepath.Join(dir, ".local", "share", "isitme", "reports"), nil
}
