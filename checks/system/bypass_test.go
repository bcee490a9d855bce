package system

import (
	"strings"
	"testing"
)

func TestBypassed(t *testing.T) {
	windows, gnome, mac := bypassRules{}, bypassRules{Subdomains: true}, bypassRules{Local: true}
	tests := []struct {
		host    string
		port    int
		entries string
		rules   bypassRules
		want    bool
	}{
		{"localhost", 80, "", windows, true},
		{"127.0.0.9", 80, "", windows, true},
		{"::1", 80, "", windows, true},
		{"localhost", 80, "<-loopback>", windows, false},
		{"a.example", 443, "", windows, false},
		{"a.example", 443, "a.example", windows, true},
		{"www.a.example", 443, "a.example", windows, false},
		{"www.a.example", 443, "a.example", gnome, true},
		{"www.a.example", 443, "*.a.example", windows, true},
		{"a.example", 443, "*.a.example", windows, false},
		{"a.example", 443, "*.a.example", gnome, true},
		{"a.example", 443, ".a.example", gnome, true},
		{"a.example", 443, ".a.example", windows, false},
		{"www.a.example", 443, ".a.example", windows, true},
		{"xa.example", 443, "a.example", gnome, false},
		{"a.example", 443, "a.example:443", windows, true},
		{"a.example", 443, "a.example:8443", windows, false},
		{"a.example", 443, "https://a.example", windows, true},
		{"intranet", 80, "<local>", windows, true},
		{"intranet", 80, "", windows, false},
		{"intranet", 80, "", mac, true},
		{"in.example", 80, "<local>", windows, false},
		{"10.1.2.3", 80, "10.*", windows, true},
		{"10.1.2.3", 80, "10.0.0.0/8", gnome, true},
		{"169.254.3.4", 80, "169.254/16", mac, true},
		{"192.0.2.1", 80, "192.0.2.1", windows, true},
		{"192.0.2.1", 80, "*", windows, true},
		{"2001:db8::7", 443, "2001:db8::/32", gnome, true},
		{"2001:db8::7", 443, "[2001:db8::7]:443", gnome, true},
		{"2001:db8::7", 443, "2001:db8::8", gnome, false},
		{"fd00.example", 443, "fd00::/8", gnome, false},
	}
	for _, test := range tests {
		if got := bypassed(test.host, test.port, strings.Fields(test.entries), test.rules); got != test.want {
			t.Errorf("%s:%d with %q %+v: %v", test.host, test.port, test.entries, test.rules, got)
		}
	}
}
