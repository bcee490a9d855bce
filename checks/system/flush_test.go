package system

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"isitme/checks/evidence"
)

func TestFlushSaysWhatItDid(t *testing.T) {
	ending := func(name string, err error) cache {
		return cache{name, func(context.Context, bool) error { return err }}
	}
	locked := cache{"locked", func(_ context.Context, ask bool) error {
		if ask {
			return nil
		}
		return errPassword
	}}
	tests := []struct {
		name   string
		caches []cache
		ask    bool
		want   evidence.Flush
	}{
		{"none", nil, false, evidence.Flush{NoCache: true}},
		{"one", []cache{ending("a", nil)}, false, evidence.Flush{Done: true, Method: "a"}},
		{"two", []cache{ending("a", nil), ending("b", nil)}, false, evidence.Flush{Done: true, Method: "a, b"}},
		{"password", []cache{ending("a", nil), locked}, false, evidence.Flush{NeedsPassword: true, Method: "a, locked", Detail: "locked: the system asks for a password"}},
		{"password given", []cache{locked}, true, evidence.Flush{Done: true, Method: "locked"}},
		{"failed", []cache{ending("a", errors.New("no"))}, false, evidence.Flush{Method: "a", Detail: "a: no"}},
		{"stopped", []cache{ending("a", context.Canceled)}, false, evidence.Flush{Method: "a", Detail: "a: interrupted"}},
	}
	for _, test := range tests {
		if got := flush(context.Background(), test.caches, test.ask); got != test.want {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

func TestSettings(t *testing.T) {
	for _, kind := range []string{"network", "proxy", "dns", "clock", "vpn"} {
		uri := SettingsURI(kind)
		if hasURI := runtime.GOOS != "linux"; hasURI != strings.Contains(uri, ":") {
			t.Errorf("%s: %q", kind, uri)
		}
		for desktop, panels := range settingsPanels {
			if program := panels[kind]; len(program) < 2 || !strings.HasPrefix(program[0], "/") {
				t.Errorf("%s on %s: %q", kind, desktop, program)
			}
			if program := SettingsProgram(desktop, kind); program != nil {
				if _, err := os.Stat(program[0]); err != nil {
					t.Errorf("%s on %s: %v", kind, desktop, err)
				}
			}
		}
	}
	if SettingsURI("other") != "" || SettingsProgram("gnome", "other") != nil || SettingsProgram("", "network") != nil {
		t.Error("there are settings for what there are none")
	}
}
