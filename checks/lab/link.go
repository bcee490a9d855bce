//go:build linux

package lab

import (
	"fmt"
	"net"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// loopbackUp brings up the loopback interface of the namespace the lab itself is in.
func loopbackUp() error {
	lo, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	return netlink.LinkSetUp(lo)
}

func (n *namespace) up(name string) error {
	l, err := n.link.LinkByName(name)
	if err != nil {
		return fmt.Errorf("%s in %s: %w", name, n.name, err)
	}
	return n.link.LinkSetUp(l)
}

func (n *namespace) down(name string) error {
	l, err := n.link.LinkByName(name)
	if err != nil {
		return fmt.Errorf("%s in %s: %w", name, n.name, err)
	}
	return n.link.LinkSetDown(l)
}

// join lays a cable between two namespaces and brings both ends up.
func join(a *namespace, aName string, b *namespace, bName string, mtu int) error {
	veth := &netlink.Veth{
		LinkAttrs:     netlink.LinkAttrs{Name: aName, MTU: mtu},
		PeerName:      bName,
		PeerMTU:       uint32(mtu),
		PeerNamespace: netlink.NsFd(b.handle),
	}
	if err := a.link.LinkAdd(veth); err != nil {
		return fmt.Errorf("cable from %s to %s: %w", a.name, b.name, err)
	}
	if err := a.up(aName); err != nil {
		return err
	}
	return b.up(bName)
}

// address gives an interface addresses in CIDR notation, IPv6 ones without waiting for duplicate address detection.
func (n *namespace) address(name string, cidrs ...string) error {
	l, err := n.link.LinkByName(name)
	if err != nil {
		return fmt.Errorf("%s in %s: %w", name, n.name, err)
	}
	for _, cidr := range cidrs {
		addr, err := netlink.ParseAddr(cidr)
		if err != nil {
			return fmt.Errorf("address %s: %w", cidr, err)
		}
		if addr.IP.To4() == nil {
			addr.Flags = unix.IFA_F_NODAD
		}
		if err := n.link.AddrReplace(l, addr); err != nil {
			return fmt.Errorf("address %s in %s: %w", cidr, n.name, err)
		}
	}
	return nil
}

// route sends a destination ("default4", "default6" or a CIDR) to a gateway; without one it swallows what goes there.
func (n *namespace) route(destination, gateway string) error {
	switch destination {
	case "default4":
		destination = "0.0.0.0/0"
	case "default6":
		destination = "::/0"
	}
	_, dst, err := net.ParseCIDR(destination)
	if err != nil {
		return err
	}
	r := &netlink.Route{Dst: dst}
	if gateway == "" {
		r.Type = unix.RTN_BLACKHOLE
	} else {
		r.Gw = net.ParseIP(gateway)
	}
	if err := n.link.RouteReplace(r); err != nil {
		return fmt.Errorf("route %s via %q in %s: %w", destination, gateway, n.name, err)
	}
	return nil
}

// unroute removes the default routes.
func (n *namespace) unroute() error {
	for _, family := range []int{netlink.FAMILY_V4, netlink.FAMILY_V6} {
		routes, err := n.link.RouteList(nil, family)
		if err != nil {
			return err
		}
		for _, r := range routes {
			if r.Dst == nil || r.Dst.IP.IsUnspecified() {
				if err := n.link.RouteDel(&r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
