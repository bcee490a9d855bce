package winetest

import (
	"strings"
	"testing"
)

// Keys that the settings stand under.
const (
	internetOptions = `HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`
	winHTTPOptions  = `HKLM\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections`
	internetPolicy  = `HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`
	dnsClient       = `HKLM\SYSTEM\CurrentControlSet\Services\Dnscache\Parameters`
)

// set writes a value into the prefix's registry until the test ends. Kind is REG_SZ, REG_DWORD, …
func (b bench) set(t *testing.T, key, name, kind, value string) {
	t.Helper()
	if out, status := b.run(t, "reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f"); status != 0 {
		t.Fatalf("reg add %s %s: status %d: %s", key, name, status, out)
	}
	t.Cleanup(func() { b.remove(key, "/v", name) })
}

// addKey makes an empty key until the test ends.
func (b bench) addKey(t *testing.T, key string) {
	t.Helper()
	if out, status := b.run(t, "reg", "add", key, "/f"); status != 0 {
		t.Fatalf("reg add %s: status %d: %s", key, status, out)
	}
	t.Cleanup(func() { b.remove(key) })
}

// remove deletes a key or value. It runs when the test's context is over; what cannot be deleted shows in later tests.
func (b bench) remove(key string, more ...string) {
	ctx, cancel := background()
	defer cancel()
	args := append([]string{"reg", "delete", key}, more...)
	_ = b.wine(ctx, append(args, "/f")...).Run()
}

// registry is the text of a part of the registry, as `reg query` prints it with all below.
func (b bench) registry(t *testing.T, key string) []string {
	t.Helper()
	out, _ := b.run(t, "reg", "query", key, "/s")
	return strings.Split(strings.ReplaceAll(out, "\r", ""), "\n")
}
