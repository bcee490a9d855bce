// Package settings keeps the visitor's choices in one small file beside the reports. It knows nothing of windows, so
// that the command line can read the same file.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"isitme/checks/checklist"
	"isitme/checks/elsewhere"
	"isitme/checks/environment"
)

// Theme is the visitor's choice of colours.
type Theme string

// The themes; AsSystem follows the desktop's own setting.
const (
	AsSystem Theme = "system"
	Light    Theme = "light"
	Dark     Theme = "dark"
)

// The text sizes in per cent. Below 100 nothing is gained, above 200 a 760-unit window holds no two words in a row.
const (
	SmallestText = 100
	LargestText  = 200
	TextStep     = 25
)

// Settings are the visitor's choices. Missing fields of an older file keep their Default.
type Settings struct {
	// Language is the window's, ReportLanguage that of pictures, texts and messages; empty follows the system and the
	// window.
	Language       string `json:"language"`
	ReportLanguage string `json:"report_language"`
	Theme          Theme  `json:"theme"`
	TextSize       int    `json:"text_size_percent"`
	// WellKnownSites, NameServices and ForgetNames switch the steps that reach beyond the page itself.
	WellKnownSites bool `json:"well_known_sites"`
	NameServices   bool `json:"name_services"`
	ForgetNames    bool `json:"forget_names"`
	// AskElsewhere is consent, once for all, to ask computers elsewhere. ElsewhereEndpoint and ElsewhereToken are for those
	// who have a service or an account of their own; the window has no field for them, only the file.
	AskElsewhere      bool   `json:"ask_elsewhere"`
	ElsewhereEndpoint string `json:"elsewhere_endpoint,omitempty"`
	ElsewhereToken    string `json:"elsewhere_token,omitempty"`

	NetworkDetails bool `json:"network_details"`
	KeepHistory    bool `json:"keep_history"`
}

// Default are the choices of a visitor who never opened the settings.
func Default() Settings {
	return Settings{
		Theme: AsSystem, TextSize: SmallestText,
		WellKnownSites: true, NameServices: true, ForgetNames: true, KeepHistory: true,
	}
}

// Options are the choices as the checklist reads them.
func (s Settings) Options() checklist.Options {
	return checklist.Options{NoCompare: !s.WellKnownSites, NoResolvers: !s.NameServices, NoFlush: !s.ForgetNames}
}

// Service is the client of the service that asks computers elsewhere.
func (s Settings) Service(env *environment.Environment) elsewhere.Client {
	return elsewhere.Client{Env: env, Endpoint: s.ElsewhereEndpoint, Token: s.ElsewhereToken}
}

// ReportIn is the language of everything that leaves the window, in a window that speaks window.
func (s Settings) ReportIn(window string) string {
	if s.ReportLanguage != "" {
		return s.ReportLanguage
	}
	return window
}

// fileName stands beside the reports and cannot be mistaken for one: their names are their IDs.
const fileName = "settings.json"

// Load reads the settings in dir. Without a file, or with one that cannot be read, it returns Default; only the second
// is an error.
func Load(dir string) (Settings, error) {
	s := Default()
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read settings: %w", err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return Default(), fmt.Errorf("read settings: %w", err)
	}
	return s.sound(), nil
}

// Save writes the settings to dir, whole or not at all, readable by this user only.
func Save(dir string, s Settings) error {
	data, err := json.MarshalIndent(s.sound(), "", "  ")
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	tmp, err := os.CreateTemp(dir, fileName+".*") // created with mode 0600
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	_, err = tmp.Write(append(data, '\n'))
	if err := errors.Join(err, tmp.Close()); err != nil {
		return errors.Join(fmt.Errorf("write settings: %w", err), os.Remove(tmp.Name()))
	}
	if err := os.Rename(tmp.Name(), filepath.Join(dir, fileName)); err != nil {
		return errors.Join(fmt.Errorf("write settings: %w", err), os.Remove(tmp.Name()))
	}
	return nil
}

// sound brings values that a hand-written file may hold back into their range.
func (s Settings) sound() Settings {
	if s.Theme != Light && s.Theme != Dark {
		s.Theme = AsSystem
	}
	s.TextSize = min(max(s.TextSize, SmallestText), LargestText)
	return s
}
