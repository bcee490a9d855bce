package system

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

// TestSeenResolvers: what `scutil --dns` printed on real Macs, with and without a VPN.
func TestSeenResolvers(t *testing.T) {
	server := func(address, name string, domains ...string) evidence.Nameserver {
		return evidence.Nameserver{Address: address, Interface: name, Source: "scutil", Domains: domains}
	}
	tests := map[string][]evidence.Nameserver{
		"wifi":     {server("192.0.2.53", "en0"), server("192.0.2.54", "en0")},
		"fortinet": {server("10.20.0.53", "ppp0"), server("10.20.0.54", "ppp0"), server("10.0.2.1", "en0")},
		"eduvpn": {
			server("10.83.200.1", "utun2"), server("fdbf:5677:c5d:e515::1", "utun2"),
			server("192.0.2.53", "en0"), server("192.0.2.54", "en0"),
		},
		"tailscale": {
			server("100.100.100.100", "utun12"),
			server("192.0.2.53", "en0"), server("192.0.2.54", "en0"),
			server("100.100.100.100", "utun12", "tailnet.example"),
		},
		"tunnelblick": nil, // only for lookups bound to the tunnel
	}
	for name, want := range tests {
		if diff := cmp.Diff(want, macResolvers(recorded(t, "seen/scutil-dns-"+name+".txt"))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestSeenTunnels: which interfaces `scutil --nwi` calls a VPN's, and what `scutil --nc list` calls it.
func TestSeenTunnels(t *testing.T) {
	for name, want := range map[string][]string{"wifi": nil, "surge": {"utun4"}, "nordvpn": {"utun2"}} {
		if got := slices.Sorted(maps.Keys(macTunnels(recorded(t, "seen/scutil-nwi-"+name+".txt")))); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, want := range map[string]string{"tailscale": "Tailscale", "l2tp": "Office", "off": ""} {
		if got := macVPNName(recorded(t, "seen/scutil-nc-list-"+name+".txt")); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestSeenRoutes: half of the address space goes through a VPN while the default route stays.
func TestSeenRoutes(t *testing.T) {
	destination := netip.MustParseAddr("203.0.113.1")
	for name, want := range map[string]evidence.Route{
		"utun": {Destination: "203.0.113.1", Interface: "utun3", Gateway: "192.168.12.1"},
		"wifi": {Destination: "203.0.113.1", Interface: "en0", Gateway: "10.62.96.1"},
	} {
		got, err := macRoute(recorded(t, "seen/route-get-"+name+".txt"), destination)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestSeenProxies(t *testing.T) {
	script := macSetting(readScutil(recorded(t, "seen/scutil-proxy-pac.txt")))
	if script.Script != "http://wpad.example/wpad.dat" || len(script.Proxies) > 0 {
		t.Errorf("%+v", script)
	}
	client := macSetting(readScutil(recorded(t, "seen/scutil-proxy-client.txt")))
	want := map[string]fixedProxy{
		"http":  {Address: "http://localhost:9527", Key: "HTTPProxy"},
		"https": {Address: "http://localhost:9527", Key: "HTTPSProxy"},
		"socks": {Address: "socks5://localhost:9527", Key: "SOCKSProxy"},
	}
	if diff := cmp.Diff(want, client.Proxies); diff != "" || client.Script != "" {
		t.Error(client.Script, diff)
	}
	for host, bypassed := range map[string]bool{"localhost": true, "127.8.0.1": true, "a.example": false} {
		if client.Bypassed(host, 443) != bypassed {
			t.Errorf("%s: %v", host, !bypassed)
		}
	}
}

// TestSeenLinks: without a VPN there are utun interfaces all the same, with link-local addresses only.
func TestSeenLinks(t *testing.T) {
	mojave := recorded(t, "seen/ifconfig-mojave.txt")
	if got := slices.Sorted(maps.Keys(macInactive(mojave))); !slices.Equal(got, []string{"bridge0", "en1", "p2p0"}) {
		t.Errorf("mojave: %q", got)
	}
	if got := slices.Sorted(maps.Keys(macInactive(recorded(t, "seen/ifconfig-sonoma.txt")))); !slices.Equal(got, []string{"anpi1", "en1", "en4"}) {
		t.Errorf("sonoma: %q", got)
	}
	if got := seenNetwork(t, mojave).vpns(); len(got) > 0 {
		t.Errorf("mojave: %+v", got)
	}
	kinds := map[string]map[string]string{
		"monterey": {"en0": "wifi", "en4": "ethernet", "en8": "ethernet", "bridge0": "bridge"},
		"catalina": {"en0": "wifi", "en5": "cellular", "en3": "ethernet"},
	}
	for name, want := range kinds {
		ports := macPorts(recorded(t, "seen/hardwareports-"+name+".txt"))
		for device, kind := range want {
			if got := macKind(device, ports[device]).Kind; got != kind {
				t.Errorf("%s: %s is %s", name, device, got)
			}
		}
	}
}

// seenNetwork makes links of ifconfig's output, as Go's net package finds them on the Mac itself.
func seenNetwork(t *testing.T, out []byte) network {
	t.Helper()
	var n network
	for line := range strings.Lines(string(out)) {
		if name, _, ok := strings.Cut(line, ": flags="); ok {
			n.Links = append(n.Links, macKind(name, ""))
		}
		fields := strings.Fields(line)
		if len(fields) > 1 && strings.HasPrefix(fields[0], "inet") {
			l := &n.Links[len(n.Links)-1]
			l.Up = true
			l.addAddress(netip.MustParseAddr(fields[1]))
		}
	}
	return n
}
