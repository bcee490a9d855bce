package settings

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettingsSurviveARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	want := Default()
	want.Language, want.ReportLanguage, want.Theme, want.TextSize = "de", "en", Dark, 150
	want.WellKnownSites, want.KeepHistory, want.AskElsewhere = false, false, true
	want.ElsewhereEndpoint, want.ElsewhereToken = "https://api.example.com/v1", "abc"
	if err := Save(dir, want); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings changed on the way (-want +got):\n%s", diff)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v (%v), want the settings alone", left, err)
	}
	if info, err := os.Stat(filepath.Join(dir, fileName)); err != nil {
		t.Error(err)
	} else if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode().Perm())
	}
}

func TestLoad(t *testing.T) {
	dark := Default()
	dark.Theme = Dark
	large := Default()
	large.TextSize = LargestText
	tests := []struct {
		name, file string
		want       Settings
		wantErr    bool
	}{
		{"no file", "", Default(), false},
		{"fields missing", `{"theme":"dark"}`, dark, false},
		{"out of range", `{"theme":"pink","text_size_percent":900}`, large, false},
		{"damaged", `{"theme":`, Default(), true},
		{"another kind", `[]`, Default(), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if tt.file != "" {
				if err := os.WriteFile(filepath.Join(dir, fileName), []byte(tt.file), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := Load(dir)
			if (err != nil) != tt.wantErr {
				t.Errorf("error %v, want one: %v", err, tt.wantErr)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOptionsFollowTheSwitches(t *testing.T) {
	s := Default()
	if o := s.Options(); o.NoCompare || o.NoResolvers || o.NoFlush {
		t.Errorf("default settings switch something off: %+v", o)
	}
	s.WellKnownSites, s.NameServices, s.ForgetNames = false, false, false
	if o := s.Options(); !o.NoCompare || !o.NoResolvers || !o.NoFlush {
		t.Errorf("the switches are not obeyed: %+v", o)
	}
	if got := s.ReportIn("de"); got != "de" {
		t.Errorf("report in %q, want the window's", got)
	}
	if s.ReportLanguage = "fr"; s.ReportIn("de") != "fr" {
		t.Error("the report's own language is not used")
	}
}
