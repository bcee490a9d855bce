package browsers

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFind(t *testing.T) {
	const chrome, edge = `C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Edge\MSEDGE.EXE`
	tests := []struct {
		name       string
		os         string
		registered []string
		files      []string
		want       []string
	}{
		{"nothing", "linux", nil, nil, nil},
		{
			"Linux: package, snap and flatpak, each once", "linux", nil,
			[]string{
				"/usr/bin/firefox-esr", "/snap/bin/firefox", "/var/lib/flatpak/exports/bin/org.chromium.Chromium",
				"/home/a/.local/share/flatpak/exports/bin/com.brave.Browser", "/home/a/bin/google-chrome",
			},
			[]string{
				"Firefox /snap/bin/firefox --private-window",
				"Chromium /var/lib/flatpak/exports/bin/org.chromium.Chromium --incognito",
				"Brave /home/a/.local/share/flatpak/exports/bin/com.brave.Browser --incognito",
			},
		},
		{
			"Windows: registered and still there", "windows",
			[]string{edge, chrome, chrome, `C:\gone\firefox.exe`, `C:\odd\iexplore.exe`, ""},
			[]string{chrome, edge, `C:\odd\iexplore.exe`},
			[]string{"Google Chrome " + chrome + " --incognito", "Microsoft Edge " + edge + " --inprivate"},
		},
		{
			"Mac: of everybody and of one's own", "darwin", nil,
			[]string{"/Applications/Firefox.app/Contents/Info.plist", "/home/a/Applications/Opera.app/Contents/Info.plist"},
			[]string{
				"Firefox /usr/bin/open -na /Applications/Firefox.app --args --private-window",
				"Opera /usr/bin/open -na /home/a/Applications/Opera.app --args --private",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			exists := func(path string) bool { return slices.Contains(tt.files, path) }
			var got []string
			for _, b := range find(place{os: tt.os, home: "/home/a", registered: tt.registered, exists: exists}) {
				got = append(got, fmt.Sprintf("%s %s %s", b.Name, b.program, strings.Join(b.arguments, " ")))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("found\n%q, want\n%q", got, tt.want)
			}
		})
	}
}

func TestProgramOf(t *testing.T) {
	for command, want := range map[string]string{
		`"C:\Program Files\Mozilla Firefox\firefox.exe"`:                        `C:\Program Files\Mozilla Firefox\firefox.exe`,
		`"C:\Program Files\Opera\Launcher.exe" -noautoupdate`:                   `C:\Program Files\Opera\Launcher.exe`,
		`C:\Program Files\Internet Explorer\iexplore.exe`:                       `C:\Program Files\Internet Explorer\iexplore.exe`,
		`C:\Users\a b\AppData\Local\Vivaldi\Application\vivaldi.EXE --new "%1"`: `C:\Users\a b\AppData\Local\Vivaldi\Application\vivaldi.EXE`,
		`rundll32`: ``,
		``:         ``,
		`"`:        ``,
	} {
		if got := programOf(command); got != want {
			t.Errorf("programOf(%q) = %q, want %q", command, got, want)
		}
	}
}

// TestOpenPrivately starts a program that writes its arguments down: the address must arrive as one argument, however
// much it looks like something else.
func TestOpenPrivately(t *testing.T) {
	if runtime.GOOS == "windows" {
		if os.Getenv("CI") == "true" {
			t.Fatal("needs a script as a stand-in for a browser")
		}
		t.Skip("needs a script as a stand-in for a browser")
	}
	dir := t.TempDir()
	program, record := filepath.Join(dir, "browser"), filepath.Join(dir, "arguments")
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + record + ".part' && mv '" + record + ".part' '" + record + "'\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	b := Browser{Name: "Test", program: program, arguments: []string{"--private"}}
	if err := b.OpenPrivately("https://www.example.com/a?b=$(touch x)&c=1;d#e"); err != nil {
		t.Fatal(err)
	}
	var got []byte
	for deadline := time.Now().Add(2 * time.Minute); len(got) == 0 && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		got, _ = os.ReadFile(record)
	}
	if want := "--private\nhttps://www.example.com/a?b=$(touch x)&c=1;d#e\n"; string(got) != want {
		t.Errorf("the browser was given %q, want %q", got, want)
	}
	for _, bad := range []string{"", "--remote-debugging-port=1", "file:///etc/passwd", "javascript:alert(1)", "https://", "http://[::1"} {
		if err := b.OpenPrivately(bad); err == nil {
			t.Errorf("%q was opened", bad)
		}
	}
}
