package system

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"syscall"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"isitme/checks/evidence"
)

// readNetwork asks the kernel over netlink for interfaces and routes. sysfs is not asked: it can show another network
// namespace than the one that this process is in.
func readNetwork(ctx context.Context, r *reader) {
	links, names, err := readLinks()
	if err != nil {
		r.unread(partNetwork, err)
		return
	}
	n := network{Links: links}
	n.Site = routesTo(r, r.Addresses, names)
	n.Anywhere = routesTo(r, anywhere, names)
	n.Underlay = hasUnderlay(links, names)
	r.set(n.store)

	if bus, err := systemBus(ctx); err == nil { // without NetworkManager the interface is the VPN's name
		defer bus.Close()
		if nameConnections(ctx, bus, n.Links) {
			r.set(func(s *evidence.System) { s.VPNs = n.vpns() })
		}
	}
}

// readLinks lists the interfaces, and their names by index.
func readLinks() ([]link, map[int]string, error) {
	found, err := netlink.LinkList()
	if err != nil && !errors.Is(err, netlink.ErrDumpInterrupted) {
		return nil, nil, err
	}
	addresses, err := netlink.AddrList(nil, netlink.FAMILY_ALL)
	if err != nil && !errors.Is(err, netlink.ErrDumpInterrupted) {
		return nil, nil, err
	}
	wireless := wirelessLinks()
	names := map[int]string{}
	links := make([]link, 0, len(found))
	for _, f := range found {
		attrs := f.Attrs()
		names[attrs.Index] = attrs.Name
		l := kindOf(f, wireless[attrs.Index])
		l.Name, l.Up = attrs.Name, isUp(attrs)
		for _, a := range addresses {
			if a.LinkIndex != attrs.Index || a.Flags&(unix.IFA_F_TENTATIVE|unix.IFA_F_DADFAILED) != 0 {
				continue
			}
			if address, ok := netip.AddrFromSlice(a.IP); ok {
				l.addAddress(address)
			}
		}
		links = append(links, l)
	}
	return links, names, nil
}

// isUp reports whether a link is switched on, has carrier (a tunnel's is the program at its other end) and does not wait
// to be let in. The rest of the operational state lags behind by up to a second.
func isUp(attrs *netlink.LinkAttrs) bool {
	return attrs.Flags&net.FlagUp != 0 && attrs.RawFlags&unix.IFF_LOWER_UP != 0 && attrs.OperState != netlink.OperDormant
}

// kindOf tells what a link is from its driver's kind (IFLA_INFO_KIND), which names do not hide.
func kindOf(f netlink.Link, wireless bool) link {
	attrs := f.Attrs()
	kind := func(kind, tunnel string, line bool) link {
		return link{Interface: evidence.Interface{Kind: kind}, Tunnel: tunnel, Line: line}
	}
	switch {
	case attrs.Flags&net.FlagLoopback != 0:
		return kind("loopback", "", false)
	case wireless:
		return kind("wifi", "", false)
	}
	switch f.Type() {
	case "wireguard":
		return kind("wireguard", "wireguard", false)
	case "tuntap", "tun":
		if attrs.EncapType != "ether" {
			return kind("tun", "tun", false)
		}
		if attrs.MasterIndex != 0 {
			return kind("virtual", "", false) // a virtual machine's port of a bridge
		}
		return kind("tun", "tun", true) // OpenVPN's Ethernet mode, or a container's whole network
	case "ppp":
		return kind("ppp", "ppp", true) // PPTP, L2TP or SSTP, but a DSL line or a modem too
	case "xfrm", "vti", "vti6":
		return kind("tun", "ipsec", false)
	case "wwan", "rmnet":
		return kind("cellular", "", false)
	case "bridge":
		return kind("bridge", "", false)
	case "bond", "team", "vlan", "macvlan", "ipvlan":
		return kind("ethernet", "", false)
	case "device":
		if attrs.EncapType == "ether" {
			return kind("ethernet", "", false)
		}
	}
	return kind("virtual", "", false)
}

// routesTo asks the kernel which way packets to each address take, policy rules included, for this user.
func routesTo(r *reader, addresses []string, names map[int]string) []evidence.Route {
	uid := uint32(os.Getuid())
	var routes []evidence.Route
	for _, text := range addresses {
		destination, err := netip.ParseAddr(text)
		if err != nil {
			continue
		}
		destination = destination.Unmap().WithZone("")
		route := evidence.Route{Destination: destination.String()}
		found, err := netlink.RouteGetWithOptions(net.IP(destination.AsSlice()), &netlink.RouteGetOptions{UID: &uid})
		switch {
		case err != nil:
			if route.Failure = routeFailure(err); route.Failure == evidence.Unknown {
				r.unread(partRoutes, err)
				continue
			}
		case len(found) == 0:
			route.Failure = evidence.NetworkUnreachable
		default:
			fillRoute(&route, found[0], destination, names)
		}
		routes = append(routes, route)
	}
	return routes
}

// fillRoute translates the kernel's answer.
func fillRoute(route *evidence.Route, found netlink.Route, destination netip.Addr, names map[int]string) {
	route.Interface = names[found.LinkIndex]
	if gateway, ok := netip.AddrFromSlice(found.Gw); ok {
		route.Gateway = gateway.Unmap().String()
	} else if via, ok := found.Via.(*netlink.Via); ok && via != nil { // IPv4 by an IPv6 gateway, RFC 5549
		if gateway, ok := netip.AddrFromSlice(via.Addr); ok {
			route.Gateway = gateway.String()
		}
	}
	if source, ok := netip.AddrFromSlice(found.Src); ok {
		route.Source = source.Unmap().String()
		if !usable(source.Unmap(), destination) {
			route.Failure = evidence.NetworkUnreachable
		}
	}
}

// routeFailure names why the kernel has no way: unreachable, prohibit and blackhole routes (ip-route(8)) are an
// administrator's, no route at all is the network's.
func routeFailure(err error) evidence.Failure {
	switch {
	case errors.Is(err, syscall.ENETUNREACH),
		errors.Is(err, syscall.EAFNOSUPPORT), errors.Is(err, syscall.EOPNOTSUPP): // a kernel without IPv6
		return evidence.NetworkUnreachable
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EINVAL):
		return evidence.HostUnreachable
	case errors.Is(err, syscall.ENETDOWN):
		return evidence.NetworkDown
	default:
		return evidence.Unknown
	}
}

// hasUnderlay reports whether the main table reaches a gateway over a link that is no tunnel.
func hasUnderlay(links []link, names map[int]string) bool {
	routes, err := netlink.RouteList(nil, netlink.FAMILY_ALL)
	if err != nil {
		return true // then a line is taken for a VPN rather than the reverse
	}
	plain := map[string]bool{}
	for _, l := range links {
		plain[l.Name] = l.Tunnel == ""
	}
	for _, route := range routes {
		if route.Gw != nil && plain[names[route.LinkIndex]] {
			return true
		}
	}
	return false
}
