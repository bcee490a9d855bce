package system

import (
	"net/netip"
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// Interface types that Windows reports (IANA ifType; ipifcons.h).
const (
	ifEthernet     = 6
	ifPPP          = 23
	ifLoopback     = 24
	ifVirtual      = 53 // what Wintun and other tunnel drivers register as
	ifWiFi         = 71
	ifTunnel       = 131
	ifCellular     = 243
	ifCellularCDMA = 244
)

// Tunnel types of ifTunnel (TUNNEL_TYPE in ifdef.h). The others carry IPv6 over IPv4 and are no VPNs.
const tunnelIPHTTPS = 15 // DirectAccess

// Words in the driver descriptions of VPN adapters that register as Ethernet, in small letters.
var vpnDrivers = []string{
	"tap-windows", "tap-win32", "tap adapter", "wintun", "wireguard", "openvpn", "tunnel", "anyconnect", "cisco secure client",
	"fortinet", "fortissl", "pangp", "globalprotect", "juniper networks", "pulse secure", "ivanti", "check point",
	"checkpoint", "sonicwall", "zscaler", "netskope", "f5 networks", "citrix", "zerotier", "tailscale", "softether",
	"vpn", "sangfor", "array networks", "nordlynx", "warp", "hamachi",
}

// Words in those of virtual machines, containers and other adapters without a wire.
var virtualDrivers = []string{
	"hyper-v", "vmware", "virtualbox", "docker", "km-test", "npcap", "wi-fi direct", "kernel debug", "bluetooth",
}

// adapter is one network adapter as Windows describes it.
type adapter struct {
	ID          string // its identifier in the registry: "{5F1A2C3B-…}"
	Name        string // its name in the settings: "Ethernet", "Wi-Fi 2"
	Description string // its driver's: "TAP-Windows Adapter V9"
	Type        uint32
	Tunnel      uint32
	Indexes     [2]uint32 // by family: IPv4, IPv6
	Metrics     [2]uint32
	Up          bool
	HasGateway  bool
	Addresses   []netip.Addr
	Servers     []netip.Addr
}

// link tells what an adapter is by its type and driver. Its name is the visitor's to change and says nothing.
func (a adapter) link() link {
	l := link{Interface: evidence.Interface{Name: a.Name, Up: a.Up}}
	l.Kind, l.Tunnel, l.Line = a.kind()
	if l.Tunnel != "" && a.Type != ifPPP && a.Description != "" {
		l.Title = a.Name + " (" + a.Description + ")" // the driver says whose VPN "Ethernet 3" is
	}
	for _, address := range a.Addresses {
		l.addAddress(address)
	}
	return l
}

// kind is the interface's kind, the kind of VPN that it can be, and whether it may be the internet line itself.
func (a adapter) kind() (kind, tunnel string, line bool) {
	driver := strings.ToLower(a.Description)
	named := func(words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(driver, word) })
	}
	switch {
	case a.Type == ifLoopback:
		return "loopback", "", false
	case a.Type == ifPPP:
		return "ppp", "ppp", true // Windows' own VPNs, but a DSL line too
	case a.Type == ifTunnel && a.Tunnel == tunnelIPHTTPS:
		return "tun", "ipsec", false
	case a.Type == ifTunnel:
		return "virtual", "", false
	case a.Type == ifCellular, a.Type == ifCellularCDMA:
		return "cellular", "", false
	case named(virtualDrivers):
		return "virtual", "", false
	case a.Type == ifWiFi:
		return "wifi", "", false
	case strings.Contains(driver, "wireguard"):
		return "wireguard", "wireguard", false
	case a.Type == ifVirtual, named(vpnDrivers):
		return "tun", "tun", false
	default:
		return "ethernet", "", false
	}
}

// siteLocalServers are the addresses that Windows lists for IPv6 without name servers (RFC 3879 ended their use).
var siteLocalServers = netip.MustParsePrefix("fec0:0:0:ffff::/64")

// adapterServers are the name servers of the adapters that are up.
func adapterServers(adapters []adapter) []evidence.Nameserver {
	var servers []evidence.Nameserver
	for _, a := range adapters {
		if !a.Up {
			continue
		}
		for _, address := range a.Servers {
			address = address.Unmap().WithZone("")
			if !siteLocalServers.Contains(address) {
				servers = append(servers, evidence.Nameserver{Address: address.String(), Interface: a.Name, Source: "windows"})
			}
		}
	}
	return servers
}
