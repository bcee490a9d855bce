package system

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

func TestHosts(t *testing.T) {
	entry := func(line int, address, name string) evidence.HostsEntry {
		return evidence.HostsEntry{File: "hosts", Line: line, Address: address, Name: name}
	}
	tests := []struct {
		name, file, host string
		want             []evidence.HostsEntry
	}{
		{"one", "127.0.0.1 localhost\n192.0.2.7 shop.example\n", "shop.example", []evidence.HostsEntry{entry(2, "192.0.2.7", "shop.example")}},
		{"none", "127.0.0.1 localhost\n", "shop.example", nil},
		{"other case", "192.0.2.7 Shop.Example", "shop.EXAMPLE", []evidence.HostsEntry{entry(1, "192.0.2.7", "Shop.Example")}},
		{"alias", "192.0.2.7\twww.shop.example   shop.example # mine", "shop.example", []evidence.HostsEntry{entry(1, "192.0.2.7", "shop.example")}},
		{"several lines", "0.0.0.0 a.example\n::1 a.example\n", "a.example", []evidence.HostsEntry{entry(1, "0.0.0.0", "a.example"), entry(2, "::1", "a.example")}},
		{"windows", "\ufeff127.0.0.1 a.example\r\n192.0.2.1 a.example\r\n", "a.example", []evidence.HostsEntry{entry(1, "127.0.0.1", "a.example"), entry(2, "192.0.2.1", "a.example")}},
		{"comment", "# 192.0.2.7 a.example\n192.0.2.8 #a.example\n", "a.example", nil},
		{"not a subdomain", "192.0.2.7 example\n192.0.2.8 xa.example a.example.net\n", "a.example", nil},
		{"bad address", "999.0.2.7 a.example\nx a.example\n", "a.example", nil},
		{"trailing dots", "192.0.2.7 a.example.\n", "a.example.", []evidence.HostsEntry{entry(1, "192.0.2.7", "a.example.")}},
		{"zone", "fe80::1%eth0 a.example\n", "a.example", []evidence.HostsEntry{entry(1, "fe80::1", "a.example")}},
		{"long line before", "#" + strings.Repeat("x", 3*maxHostsLine) + "\n192.0.2.7 a.example\n", "a.example", []evidence.HostsEntry{entry(2, "192.0.2.7", "a.example")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Hosts("hosts", strings.NewReader(test.file), test.host)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzHosts(f *testing.F) {
	f.Add("127.0.0.1 localhost\n192.0.2.7 a.example b.example # c\r\n", "a.example")
	f.Add("\ufeff::1 A.Example.\n", "a.example")
	f.Fuzz(func(t *testing.T, file, host string) {
		entries, err := Hosts("hosts", strings.NewReader(file), host)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(file, "\n")
		for _, e := range entries {
			if !strings.EqualFold(strings.TrimSuffix(e.Name, "."), strings.TrimSuffix(host, ".")) {
				t.Errorf("%q is not %q", e.Name, host)
			}
			if e.Line < 1 || e.Line > len(lines) || !strings.Contains(lines[e.Line-1], e.Name) {
				t.Errorf("line %d of %q does not name %q", e.Line, file, e.Name)
			}
		}
	})
}
