package system

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

func TestAdapterKinds(t *testing.T) {
	tests := []struct {
		description    string
		ifType, tunnel uint32
		kind, vpn      string
		line           bool
	}{
		{"Intel(R) Ethernet Connection I219-V", ifEthernet, 0, "ethernet", "", false},
		{"Realtek USB GbE Family Controller", ifEthernet, 0, "ethernet", "", false},
		{"Intel(R) Wi-Fi 6 AX201 160MHz", ifWiFi, 0, "wifi", "", false},
		{"Microsoft Wi-Fi Direct Virtual Adapter", ifWiFi, 0, "virtual", "", false},
		{"Software Loopback Interface 1", ifLoopback, 0, "loopback", "", false},
		{"Hyper-V Virtual Ethernet Adapter", ifEthernet, 0, "virtual", "", false},
		{"VMware Virtual Ethernet Adapter for VMnet8", ifEthernet, 0, "virtual", "", false},
		{"Bluetooth Device (Personal Area Network)", ifEthernet, 0, "virtual", "", false},
		{"TAP-Windows Adapter V9", ifEthernet, 0, "tun", "tun", false},
		{"OpenVPN Data Channel Offload", ifVirtual, 0, "tun", "tun", false},
		{"Wintun Userspace Tunnel", ifVirtual, 0, "tun", "tun", false},
		{"WireGuard Tunnel", ifVirtual, 0, "wireguard", "wireguard", false},
		{"Tailscale Tunnel", ifVirtual, 0, "tun", "tun", false},
		{"Cisco AnyConnect Virtual Miniport Adapter for Windows x64", ifEthernet, 0, "tun", "tun", false},
		{"PANGP Virtual Ethernet Adapter Secure", ifEthernet, 0, "tun", "tun", false},
		{"Fortinet SSL VPN Virtual Ethernet Adapter", ifEthernet, 0, "tun", "tun", false},
		{"Office", ifPPP, 0, "ppp", "ppp", true},
		{"Microsoft IP-HTTPS Platform Adapter", ifTunnel, tunnelIPHTTPS, "tun", "ipsec", false},
		{"Teredo Tunneling Pseudo-Interface", ifTunnel, 14, "virtual", "", false},
		{"Generic Mobile Broadband Adapter", ifCellular, 0, "cellular", "", false},
	}
	for _, test := range tests {
		a := adapter{Name: "Ethernet 3", Description: test.description, Type: test.ifType, Tunnel: test.tunnel, Up: true}
		l := a.link()
		if l.Kind != test.kind || l.Tunnel != test.vpn || l.Line != test.line || l.Name != "Ethernet 3" || !l.Up {
			t.Errorf("%s: %+v", test.description, l)
		}
	}
}

func TestAdapterServers(t *testing.T) {
	adapters := []adapter{
		{Name: "Wi-Fi", Up: true, Servers: []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("fe80::1%5")}},
		{Name: "Ethernet", Up: false, Servers: []netip.Addr{netip.MustParseAddr("192.0.2.2")}},
		{Name: "Local", Up: true, Servers: []netip.Addr{netip.MustParseAddr("fec0:0:0:ffff::1")}},
	}
	want := []evidence.Nameserver{
		{Address: "192.0.2.1", Interface: "Wi-Fi", Source: "windows"},
		{Address: "fe80::1", Interface: "Wi-Fi", Source: "windows"},
	}
	if diff := cmp.Diff(want, adapterServers(adapters)); diff != "" {
		t.Error(diff)
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		address, recorded string
		ipv4, ipv6        bool
	}{
		{"192.0.2.7", "192.0.2.7", true, false},
		{"10.0.0.1", "10.0.0.1", true, false},
		{"::ffff:192.0.2.7", "192.0.2.7", true, false},
		{"2001:db8::7", "2001:db8::7", false, true},
		{"fd00::7", "fd00::7", false, true},
		{"169.254.7.7", "169.254.7.7", false, false},
		{"fe80::7%eth0", "fe80::7", false, false},
		{"127.0.0.1", "127.0.0.1", false, false},
		{"::1", "::1", false, false},
	}
	for _, test := range tests {
		var l link
		l.addAddress(netip.MustParseAddr(test.address))
		if l.HasIPv4 != test.ipv4 || l.HasIPv6 != test.ipv6 || !slices.Equal(l.Addresses, []string{test.recorded}) {
			t.Errorf("%s: %+v", test.address, l)
		}
	}
}

func TestPolicyRules(t *testing.T) {
	rule := policyRule{Names: []string{".Corp.example", "host.example"}, Servers: "10.20.0.53; 2001:db8::53;x"}
	for host, want := range map[string]bool{
		"www.corp.example": true, "corp.example.": true, "xcorp.example": false, "host.example": true, "www.host.example": false, "": false,
	} {
		if got := rule.covers(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
	if !(policyRule{Names: []string{"."}}).covers("any.example") {
		t.Error("the rule for all names covers none")
	}
	domains := []string{"Corp.example", "host.example"}
	want := []evidence.Nameserver{
		{Address: "10.20.0.53", Source: "nrpt", Domains: domains},
		{Address: "2001:db8::53", Source: "nrpt", Domains: domains},
	}
	if diff := cmp.Diff(want, rule.nameservers()); diff != "" {
		t.Error(diff)
	}
}

func TestBestRow(t *testing.T) {
	rows := []forwardRow{
		{Destination: netip.MustParsePrefix("0.0.0.0/0"), Interface: 1, Metric: 25},
		{Destination: netip.MustParsePrefix("0.0.0.0/0"), Interface: 2, Metric: 50},
		{Destination: netip.MustParsePrefix("192.0.2.0/24"), Interface: 2, Metric: 300},
		{Destination: netip.MustParsePrefix("192.0.2.7/32"), Interface: 3, Metric: 300},
		{Destination: netip.MustParsePrefix("2001:db8::/32"), Interface: 4},
		{},
	}
	for destination, want := range map[string]uint32{
		"198.51.100.1": 1, "192.0.2.9": 2, "192.0.2.7": 3, "2001:db8::1": 4, "2001:db9::1": 0,
	} {
		row, ok := bestRow(rows, netip.MustParseAddr(destination))
		if row.Interface != want || ok != (want != 0) {
			t.Errorf("%s: %+v", destination, row)
		}
	}
}

func TestWindowsNames(t *testing.T) {
	tests := []struct {
		product, version string
		build            uint32
		want             string
	}{
		{"Windows 10 Pro", "22H2", 19045, "Windows 10 Pro 22H2"},
		{"Windows 10 Home", "23H2", 22631, "Windows 11 Home 23H2"},
		{"Windows Server 2022 Standard", "21H2", 20348, "Windows Server 2022 Standard 21H2"},
		{"", "", 0, "Windows"},
	}
	for _, test := range tests {
		if got := windowsName(test.product, test.version, test.build); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestWindowsProxies(t *testing.T) {
	addresses := func(text string) []string {
		var list []string
		for scheme, fixed := range windowsProxies(text) {
			list = append(list, scheme+" "+fixed.Address)
		}
		slices.Sort(list)
		return list
	}
	for text, want := range map[string][]string{
		"":                                nil,
		"p.example:8080":                  {"http p.example:8080", "https p.example:8080"},
		"http=a:1;https=b:2;ftp=c:3":      {"ftp c:3", "http a:1", "https b:2"},
		"HTTP=a:1 socks=d:4":              {"http a:1", "socks d:4"},
		"https=b:2;p.example:8080":        {"http p.example:8080", "https b:2"},
		"http=;https=http://b.example:2;": {"https http://b.example:2"},
	} {
		if got := addresses(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}
