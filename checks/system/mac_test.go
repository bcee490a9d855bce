package system

import (
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

// recorded is a file of testdata, whose README says what it is.
func recorded(t *testing.T, name string) []byte {
	t.Helper()
	out, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadScutil(t *testing.T) {
	tree := readScutil(recorded(t, "written/scutil-proxy.txt"))
	if got := tree.text("HTTPProxy"); got != "proxy.example" {
		t.Errorf("HTTPProxy: %q", got)
	}
	if got := tree.list("ExceptionsList"); !slices.Equal(got, []string{"*.local", "169.254/16", "intranet.example"}) {
		t.Errorf("ExceptionsList: %q", got)
	}
	if !tree.on("ExcludeSimpleHostnames") || tree.on("SOCKSEnable") || tree.on("missing") {
		t.Errorf("switches: %v", tree)
	}
	for _, odd := range []string{"", "}", "}\n}\n", "<dictionary> {", "a : b", "{{{", "<dictionary> {\n} }\n", " : \n", "No such key"} {
		if got := macSetting(readScutil([]byte(odd))); !got.empty() {
			t.Errorf("%q: %+v", odd, got)
		}
	}
}

func TestListIsInOrder(t *testing.T) {
	tree := scutilTree{"l": scutilTree{"10": "k", "2": "c", "0": "a", "1": "b"}}
	if got := tree.list("l"); !slices.Equal(got, []string{"a", "b", "c", "k"}) {
		t.Error(got)
	}
}

func TestMacResolvers(t *testing.T) {
	want := []evidence.Nameserver{
		{Address: "10.8.0.1", Interface: "utun4", Source: "scutil"},
		{Address: "fe80::1", Interface: "utun4", Source: "scutil"},
		{Address: "10.20.0.53", Source: "scutil", Domains: []string{"corp.example"}},
	}
	if diff := cmp.Diff(want, macResolvers(recorded(t, "written/scutil-dns.txt"))); diff != "" {
		t.Error(diff)
	}
	service := "DNS configuration\n\nDNS configuration (for service-specific queries)\n\nresolver #1\n  nameserver[0] : 192.0.2.1\n"
	if got := macResolvers([]byte(service)); len(got) > 0 {
		t.Error(got)
	}
	if got := macResolvers([]byte("No DNS configuration available\n")); len(got) > 0 {
		t.Error(got)
	}
}

func TestMacTunnels(t *testing.T) {
	if got := macTunnels(recorded(t, "written/scutil-nwi.txt")); len(got) != 1 || !got["utun4"] {
		t.Error(got)
	}
	if got := macVPNName(recorded(t, "written/scutil-nc-list.txt")); got != "Home" {
		t.Errorf("%q", got)
	}
	if got := macVPNName([]byte("* (Connected) A \"x\" [y]\n* (Connected) B \"z\" [y]\n")); got != "" {
		t.Errorf("two connections are called %q", got)
	}
}

func TestMacRoute(t *testing.T) {
	destination := netip.MustParseAddr("203.0.113.1")
	tests := []struct {
		file string
		want evidence.Route
	}{
		{"written/route-get.txt", evidence.Route{Destination: "203.0.113.1", Interface: "en0", Gateway: "192.168.1.1"}},
		{"written/route-get-utun.txt", evidence.Route{Destination: "203.0.113.1", Interface: "utun4"}},
		{"written/route-get-reject.txt", evidence.Route{Destination: "203.0.113.1", Interface: "lo0", Gateway: "127.0.0.1", Failure: evidence.HostUnreachable}},
	}
	for _, test := range tests {
		got, err := macRoute(recorded(t, test.file), destination)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", test.file, err, diff)
		}
	}
	if _, err := macRoute([]byte("route: writing to routing socket: not in table\n"), destination); err == nil {
		t.Error("no route is a route")
	}
}

func TestMacLinks(t *testing.T) {
	ports := macPorts(recorded(t, "written/hardwareports.txt"))
	inactive := macInactive(recorded(t, "written/ifconfig.txt"))
	if !inactive["en5"] || inactive["en0"] || inactive["utun4"] {
		t.Errorf("inactive: %v", inactive)
	}
	tests := []struct{ name, kind, tunnel string }{
		{"lo0", "loopback", ""},
		{"en0", "wifi", ""},
		{"en5", "ethernet", ""},
		{"en7", "cellular", ""},
		{"en9", "ethernet", ""},
		{"utun4", "tun", "tun"},
		{"ipsec0", "tun", "ipsec"},
		{"ppp0", "ppp", "ppp"},
		{"bridge100", "bridge", ""},
		{"awdl0", "virtual", ""},
		{"gif0", "virtual", ""},
		{"anpi1", "virtual", ""},
	}
	for _, test := range tests {
		l := macKind(test.name, ports[test.name])
		if l.Kind != test.kind || l.Tunnel != test.tunnel || l.Name != test.name {
			t.Errorf("%s: %+v", test.name, l)
		}
	}
}

// TestMacVPN puts the pieces together: the system's own utun interfaces are no VPNs.
func TestMacVPN(t *testing.T) {
	idle := macKind("utun0", "")
	idle.Up = true
	idle.addAddress(netip.MustParseAddr("fe80::1%utun0"))
	vpn := macKind("utun4", "")
	vpn.Up, vpn.Title = true, "Home"
	vpn.addAddress(netip.MustParseAddr("10.8.0.2"))
	n := network{
		Links:    []link{idle, vpn},
		Site:     []evidence.Route{{Destination: "198.51.100.7", Interface: "utun4"}},
		Anywhere: []evidence.Route{{Destination: "8.8.8.8", Interface: "en0"}, {Destination: "203.0.113.1", Interface: "en0"}},
	}
	want := []evidence.VPN{{Name: "Home", Interface: "utun4", Kind: "tun", CarriesSite: true}}
	if diff := cmp.Diff(want, n.vpns()); diff != "" {
		t.Error(diff)
	}
}
