package system

import (
	"net/netip"

	"isitme/checks/evidence"
)

// Addresses whose routes tell where traffic to anywhere goes: a public resolver and an address of the documentation
// ranges (RFC 5737, RFC 3849), which nobody routes specially. A VPN that takes all traffic often leaves the default
// route alone and adds two halves of the address space, or a policy rule; both show here.
var anywhere = []string{"8.8.8.8", "203.0.113.1", "2001:4860:4860::8888", "2001:db8::1"}

// link is one interface with what tells a VPN from it.
type link struct {
	evidence.Interface
	// Tunnel is the kind of VPN that the interface can be, "" for none.
	Tunnel string
	// Line is set for a tunnel that may as well be the internet line itself, such as PPP to a provider.
	Line bool
	// Title is the connection's name in the system's settings, if known.
	Title string
}

// network is what the routing tables say for one visit.
type network struct {
	Links []link
	// Site are the routes to the site's addresses, Anywhere those to the addresses of that name.
	Site, Anywhere []evidence.Route
	// Underlay is true when a gateway is reached over an interface that is no tunnel.
	Underlay bool
}

// vpns lists the tunnels that are up and have an address or carry something. A line to the provider is none: a VPN
// travels over another network.
func (n network) vpns() []evidence.VPN {
	var list []evidence.VPN
	for _, l := range n.Links {
		if l.Tunnel == "" || l.Line && !n.Underlay {
			continue
		}
		vpn := evidence.VPN{
			Name: l.Name, Interface: l.Name, Kind: l.Tunnel,
			CarriesSite: carries(n.Site, l.Name), HoldsDefault: n.holdsDefault(l.Name),
		}
		if l.Title != "" {
			vpn.Name = l.Title
		}
		if l.Up && (l.HasIPv4 || l.HasIPv6) || vpn.CarriesSite || vpn.HoldsDefault {
			list = append(list, vpn)
		}
	}
	return list
}

// carries reports whether a route uses the interface.
func carries(routes []evidence.Route, name string) bool {
	for _, route := range routes {
		if route.Failure == evidence.None && route.Interface == name {
			return true
		}
	}
	return false
}

// holdsDefault reports whether, in a family that has a way out, all of it uses the interface.
func (n network) holdsDefault(name string) bool {
	for _, six := range []bool{false, true} {
		all, uses := 0, 0
		for _, route := range n.Anywhere {
			if isIPv6(route.Destination) != six || route.Failure != evidence.None {
				continue
			}
			all++
			if route.Interface == name {
				uses++
			}
		}
		if all > 0 && all == uses {
			return true
		}
	}
	return false
}

// defaultRoute is the way to anywhere in one family, nil when there is none.
func (n network) defaultRoute(six bool) *evidence.Route {
	for _, route := range n.Anywhere {
		if isIPv6(route.Destination) == six && route.Failure == evidence.None {
			route.Destination = "default"
			return &route
		}
	}
	return nil
}

// store puts the network into the facts.
func (n network) store(s *evidence.System) {
	for _, l := range n.Links {
		s.Interfaces = append(s.Interfaces, l.Interface)
	}
	s.DefaultV4, s.DefaultV6 = n.defaultRoute(false), n.defaultRoute(true)
	s.SiteRoutes = n.Site
	s.VPNs = n.vpns()
}

// addAddress gives an interface an address. A link-local one (RFC 3927, RFC 4291) leads nowhere, so it does not count
// as having the family.
func (l *link) addAddress(address netip.Addr) {
	address = address.Unmap().WithZone("")
	l.Addresses = append(l.Addresses, address.String())
	if address.IsLinkLocalUnicast() || !address.IsGlobalUnicast() {
		return
	}
	if address.Is4() {
		l.HasIPv4 = true
	} else {
		l.HasIPv6 = true
	}
}

// isIPv6 reports whether a textual address is of that family.
func isIPv6(address string) bool {
	parsed, err := netip.ParseAddr(address)
	return err == nil && parsed.Is6() && !parsed.Is4In6()
}

// usable reports whether a route's source address can be used for its destination: from a link-local address nothing
// beyond the link can be reached.
func usable(source, destination netip.Addr) bool {
	return !source.IsLinkLocalUnicast() || destination.IsLinkLocalUnicast()
}
