package system

import (
	"context"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"isitme/checks/evidence"
)

// macOS' own tools, and the patience for each; they answer in tens of milliseconds.
const (
	scutilPath       = "/usr/sbin/scutil"
	routePath        = "/sbin/route"
	ifconfigPath     = "/sbin/ifconfig"
	networksetupPath = "/usr/sbin/networksetup"
	toolLimit        = 3 * time.Second
)

// readAbout reads which system this is. A company's management leaves its settings in one folder.
func readAbout(_ context.Context, r *reader) {
	name := "macOS"
	if version, err := unix.Sysctl("kern.osproductversion"); err == nil {
		name += " " + version
	}
	settings, err := os.ReadDir("/Library/Managed Preferences")
	r.set(func(s *evidence.System) { s.OSName, s.Managed = name, err == nil && len(settings) > 0 })
}

// readProxy reads the proxies of the active network service. Without any the environment is read, which programs from
// the Unix world follow.
func readProxy(ctx context.Context, r *reader) {
	out, err := run(ctx, toolLimit, scutilPath, "--proxy")
	if err != nil {
		r.unread(partProxy, err)
		return
	}
	s := macSetting(readScutil(out))
	if s.empty() {
		r.useEnvironment(os.Getenv)
		return
	}
	r.useDesktop(ctx, s)
}

// readNameservers reads the resolvers of macOS' own lookup, which does not use resolv.conf.
func readNameservers(ctx context.Context, r *reader) {
	out, err := run(ctx, toolLimit, scutilPath, "--dns")
	if err != nil {
		r.unread(partNameservers, err)
		return
	}
	r.set(func(s *evidence.System) { s.Nameservers = macResolvers(out) })
}

// readNetwork reads interfaces and routes.
func readNetwork(ctx context.Context, r *reader) {
	found, err := net.Interfaces()
	if err != nil {
		r.unread(partNetwork, err)
		return
	}
	// What these tools add is a refinement; without it an interface counts as what its flags and name say.
	ports, _ := run(ctx, toolLimit, networksetupPath, "-listallhardwareports")
	states, _ := run(ctx, toolLimit, ifconfigPath, "-a")
	information, _ := run(ctx, toolLimit, scutilPath, "--nwi")
	connections, _ := run(ctx, toolLimit, scutilPath, "--nc", "list")

	hardware, inactive := macPorts(ports), macInactive(states)
	tunnels, title := macTunnels(information), macVPNName(connections)
	var n network
	for _, f := range found {
		l := macKind(f.Name, hardware[f.Name])
		l.Up = f.Flags&net.FlagUp != 0 && f.Flags&net.FlagRunning != 0 && !inactive[f.Name]
		addresses, err := f.Addrs()
		if err != nil {
			r.unread(partNetwork, err)
		}
		for _, a := range addresses {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				l.addAddress(prefix.Addr())
			}
		}
		if tunnels[f.Name] && len(tunnels) == 1 {
			l.Title = title
		}
		n.Links = append(n.Links, l)
		n.Underlay = n.Underlay || l.Tunnel == "" && l.Up && l.HasIPv4 && l.Kind != "loopback"
	}
	n.Site = routesTo(ctx, r, r.Addresses)
	n.Anywhere = routesTo(ctx, r, anywhere)
	r.set(n.store)
}

// routesTo asks the kernel, by way of route(8), which way packets to each address take.
func routesTo(ctx context.Context, r *reader, addresses []string) []evidence.Route {
	var routes []evidence.Route
	for _, text := range addresses {
		destination, err := netip.ParseAddr(text)
		if err != nil {
			continue
		}
		destination = destination.Unmap().WithZone("")
		family := "-inet"
		if destination.Is6() {
			family = "-inet6"
		}
		out, err := run(ctx, toolLimit, routePath, "-n", "get", family, destination.String())
		if _, exited := err.(*exec.ExitError); err != nil && !exited {
			r.unread(partRoutes, err)
			continue
		}
		route, err := macRoute(out, destination)
		switch {
		case err != nil:
			route.Failure = evidence.NetworkUnreachable
		case route.Failure == evidence.None:
			fillSource(&route, destination)
		}
		routes = append(routes, route)
	}
	return routes
}

// fillSource finds this computer's own address on a route: connecting a UDP socket picks it and sends nothing.
func fillSource(route *evidence.Route, destination netip.Addr) {
	const discard = 9 // the port is never reached
	conn, err := net.Dial("udp", net.JoinHostPort(destination.String(), strconv.Itoa(discard)))
	if err != nil {
		route.Failure = failureOf(err)
		return
	}
	defer conn.Close()
	local, ok := conn.LocalAddr().(*net.UDPAddr)
	if !ok {
		return
	}
	source := local.AddrPort().Addr().Unmap().WithZone("")
	route.Source = source.String()
	if !usable(source, destination) {
		route.Failure = evidence.NetworkUnreachable
	}
}
