package system

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

func TestPrettyName(t *testing.T) {
	for text, want := range map[string]string{
		"NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n": "Debian GNU/Linux 12 (bookworm)",
		"PRETTY_NAME='Arch Linux'": "Arch Linux",
		"PRETTY_NAME=Void":         "Void",
		"":                         "Linux",
	} {
		if got := prettyName(strings.NewReader(text)); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	if got := osRelease(filepath.Join(t.TempDir(), "none")); got != "Linux" {
		t.Errorf("without a file: %q", got)
	}
}

func TestNetworkd(t *testing.T) {
	dir := t.TempDir()
	state := "# This is private data. Do not parse.\nADMIN_STATE=configured\nDNS=192.0.2.53 2001:db8::53%2 9.9.9.9#dns.quad9.net\nNTP=\n"
	must(t, os.WriteFile(filepath.Join(dir, "1"), []byte(state), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "lease"), []byte("DNS=198.51.100.1\n"), 0o600))
	want := []evidence.Nameserver{
		{Address: "192.0.2.53", Interface: "lo", Source: "systemd-networkd"},
		{Address: "2001:db8::53", Interface: "lo", Source: "systemd-networkd"},
		{Address: "9.9.9.9", Interface: "lo", Source: "systemd-networkd"},
	}
	if diff := cmp.Diff(want, networkdServers(dir)); diff != "" {
		t.Error(diff)
	}
	if got := networkdServers(filepath.Join(dir, "none")); len(got) > 0 {
		t.Error(got)
	}
}

func TestHostSources(t *testing.T) {
	for text, want := range map[string][]string{
		"hosts: files dns\n":                               {"files", "dns"},
		"  hosts:\tfiles resolve [!UNAVAIL=return] # x\n":  {"files", "resolve", "[!UNAVAIL=return]"},
		"# hosts: resolve\npasswd: files\n":                nil,
		"networks: files\nhosts: mdns4_minimal files dns ": {"mdns4_minimal", "files", "dns"},
	} {
		if got := hostSources([]byte(text)); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}
