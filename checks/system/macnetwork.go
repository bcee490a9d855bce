package system

import (
	"errors"
	"net/netip"
	"strings"

	"isitme/checks/evidence"
)

// errNoRoute is what /sbin/route reports as "not in table".
var errNoRoute = errors.New("not in the routing table")

// macRoute reads what `route -n get ADDRESS` prints about one destination.
func macRoute(out []byte, destination netip.Addr) (evidence.Route, error) {
	route := evidence.Route{Destination: destination.String()}
	for line := range strings.Lines(string(out)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "gateway":
			if gateway, err := netip.ParseAddr(value); err == nil {
				route.Gateway = gateway.WithZone("").String()
			}
		case "interface":
			route.Interface = value
		case "flags":
			if strings.Contains(value, "REJECT") || strings.Contains(value, "BLACKHOLE") {
				route.Failure = evidence.HostUnreachable
			}
		}
	}
	if route.Interface == "" {
		return route, errNoRoute
	}
	return route, nil
}

// macPorts reads what `networksetup -listallhardwareports` prints: what each device is.
func macPorts(out []byte) map[string]string {
	ports := map[string]string{}
	port := ""
	for line := range strings.Lines(string(out)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "Hardware Port":
			port = value
		case "Device":
			ports[value] = port
		}
	}
	return ports
}

// macInactive reads which interfaces `ifconfig -a` calls inactive: the kernel's own flags stay up without a cable.
func macInactive(out []byte) map[string]bool {
	inactive := map[string]bool{}
	name := ""
	for line := range strings.Lines(string(out)) {
		if head, _, ok := strings.Cut(line, ": flags="); ok {
			name = head
		}
		if strings.TrimSpace(line) == "status: inactive" {
			inactive[name] = true
		}
	}
	return inactive
}

// macKind tells what an interface is by its driver's name, which macOS fixes, and by the hardware port it stands for.
func macKind(name, port string) link {
	kind := func(kind, tunnel string, line bool) link {
		return link{Interface: evidence.Interface{Name: name, Kind: kind}, Tunnel: tunnel, Line: line}
	}
	switch driver := strings.TrimRight(name, "0123456789"); driver {
	case "lo":
		return kind("loopback", "", false)
	case "utun", "tun", "tap":
		return kind("tun", "tun", false)
	case "ipsec":
		return kind("tun", "ipsec", false)
	case "ppp":
		return kind("ppp", "ppp", true)
	case "bridge":
		return kind("bridge", "", false)
	case "pdp_ip":
		return kind("cellular", "", false)
	case "en":
		switch {
		case port == "Wi-Fi", port == "AirPort":
			return kind("wifi", "", false)
		case strings.Contains(port, "iPhone"), strings.Contains(port, "iPad"):
			return kind("cellular", "", false)
		}
		return kind("ethernet", "", false)
	case "bond", "vlan":
		return kind("ethernet", "", false)
	default:
		return kind("virtual", "", false)
	}
}
