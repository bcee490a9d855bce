package system

import (
	"context"
	"net"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"isitme/checks/evidence"
)

// readRoutes is the network part of a Read for a site at the addresses.
func readRoutes(addresses ...string) evidence.System {
	r := &reader{Request: Request{Addresses: addresses}}
	readNetwork(context.Background(), r)
	sys, _ := r.result()
	return sys
}

// addRoute adds a route; gateway may be empty.
func addRoute(t *testing.T, route netlink.Route, destination, gateway string) {
	t.Helper()
	_, network, err := net.ParseCIDR(destination)
	must(t, err)
	route.Dst = network
	if gateway != "" {
		route.Gw = net.ParseIP(gateway)
	}
	must(t, netlink.RouteAdd(&route))
}

// ethernet is a cable's two ends; the near one is returned.
func ethernet(t *testing.T, name string, addresses ...string) netlink.Link {
	t.Helper()
	near := ipLink(t, &netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: name}, PeerName: name + "-far"}, addresses...)
	far, err := netlink.LinkByName(name + "-far")
	must(t, err)
	must(t, netlink.LinkSetUp(far))
	return near
}

// needTunnels skips a test where this user may not make TUN devices.
func needTunnels(t *testing.T) {
	t.Helper()
	file, err := os.OpenFile("/dev/net/tun", os.O_RDWR, 0)
	if err != nil {
		cannot(t, "%v", err)
	}
	file.Close()
}

// tunnel is a TUN device with a program at its other end, which is this test.
func tunnel(t *testing.T, name string, addresses ...string) netlink.Link {
	t.Helper()
	needTunnels(t)
	tun := &netlink.Tuntap{LinkAttrs: netlink.LinkAttrs{Name: name}, Mode: netlink.TUNTAP_MODE_TUN, NonPersist: true, Queues: 1}
	link := ipLink(t, tun, addresses...)
	t.Cleanup(func() {
		for _, file := range tun.Fds {
			file.Close()
		}
	})
	return link
}

func TestNoNetwork(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	sys := readRoutes("203.0.113.7", "2001:db8::7", "127.0.0.1", "not an address")
	if sys.DefaultV4 != nil || sys.DefaultV6 != nil || len(sys.Unread) > 0 {
		t.Errorf("%+v", sys)
	}
	want := []evidence.Route{
		{Destination: "203.0.113.7", Failure: evidence.NetworkUnreachable},
		{Destination: "2001:db8::7", Failure: evidence.NetworkUnreachable},
		{Destination: "127.0.0.1", Interface: "lo", Source: "127.0.0.1"},
	}
	if diff := cmp.Diff(want, sys.SiteRoutes); diff != "" {
		t.Error(diff)
	}
	for _, i := range sys.Interfaces {
		if i.Kind != "loopback" && i.Up {
			t.Errorf("%+v", i)
		}
	}
}

func TestRoutes(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	lan := ethernet(t, "lan", "192.0.2.10/24", "2001:db8:1::10/64")
	addRoute(t, netlink.Route{LinkIndex: lan.Attrs().Index}, "0.0.0.0/0", "192.0.2.1")
	addRoute(t, netlink.Route{Type: unix.RTN_UNREACHABLE}, "198.51.100.1/32", "")
	addRoute(t, netlink.Route{Type: unix.RTN_PROHIBIT}, "198.51.100.2/32", "")
	addRoute(t, netlink.Route{Type: unix.RTN_BLACKHOLE}, "198.51.100.3/32", "")

	sys := readRoutes("198.51.100.9", "198.51.100.1", "198.51.100.2", "198.51.100.3", "192.0.2.77", "2001:db8:1::7", "2001:db8:2::7")
	by := evidence.Route{Interface: "lan", Gateway: "192.0.2.1", Source: "192.0.2.10"}
	to := func(destination string, route evidence.Route) evidence.Route {
		route.Destination = destination
		return route
	}
	unreachable := evidence.Route{Failure: evidence.HostUnreachable}
	want := []evidence.Route{
		to("198.51.100.9", by),
		to("198.51.100.1", unreachable), to("198.51.100.2", unreachable), to("198.51.100.3", unreachable),
		to("192.0.2.77", evidence.Route{Interface: "lan", Source: "192.0.2.10"}),
		to("2001:db8:1::7", evidence.Route{Interface: "lan", Source: "2001:db8:1::10"}),
		to("2001:db8:2::7", evidence.Route{Failure: evidence.NetworkUnreachable}),
	}
	if diff := cmp.Diff(want, sys.SiteRoutes); diff != "" {
		t.Error(diff)
	}
	def := to("default", by)
	if diff := cmp.Diff(&def, sys.DefaultV4); diff != "" {
		t.Error(diff)
	}
	if sys.DefaultV6 != nil || len(sys.VPNs) > 0 || len(sys.Unread) > 0 {
		t.Errorf("%+v", sys)
	}
	i := slices.IndexFunc(sys.Interfaces, func(i evidence.Interface) bool { return i.Name == "lan" })
	if i < 0 || !sys.Interfaces[i].Up || !sys.Interfaces[i].HasIPv4 || !sys.Interfaces[i].HasIPv6 {
		t.Errorf("%+v", sys.Interfaces)
	}
}

func TestLinkLocalOnly(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	lan := ethernet(t, "lan", "fe80::10/64", "169.254.7.7/16")
	addRoute(t, netlink.Route{LinkIndex: lan.Attrs().Index}, "::/0", "fe80::1")
	sys := readRoutes("2001:db8::7")
	if sys.DefaultV6 != nil || sys.SiteRoutes[0].Failure != evidence.NetworkUnreachable {
		t.Errorf("a link-local address reaches %+v", sys.SiteRoutes)
	}
	for _, i := range sys.Interfaces {
		if i.HasIPv4 || i.HasIPv6 {
			t.Errorf("%+v", i)
		}
	}
}

func TestNoCarrier(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	lan := ethernet(t, "lan", "192.0.2.10/24")
	far, err := netlink.LinkByName("lan-far")
	must(t, err)
	must(t, netlink.LinkSetDown(far)) // the cable is out
	sys := readRoutes()
	for _, i := range sys.Interfaces {
		if i.Name == lan.Attrs().Name && i.Up {
			t.Errorf("%+v", i)
		}
	}
}

func TestVPNs(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	lan := ethernet(t, "lan", "192.0.2.10/24")
	addRoute(t, netlink.Route{LinkIndex: lan.Attrs().Index}, "0.0.0.0/0", "192.0.2.1")
	vpn := tunnel(t, "tun7", "10.8.0.2/24")
	expect := func(when string, want ...evidence.VPN) {
		t.Helper()
		if diff := cmp.Diff(want, readRoutes("198.51.100.7").VPNs); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	idle := evidence.VPN{Name: "tun7", Interface: "tun7", Kind: "tun"}
	expect("installed, not used", idle)

	site := idle
	site.CarriesSite = true
	addRoute(t, netlink.Route{LinkIndex: vpn.Attrs().Index}, "198.51.100.7/32", "")
	expect("split tunnel", site)
	_, one, err := net.ParseCIDR("198.51.100.7/32")
	must(t, err)
	must(t, netlink.RouteDel(&netlink.Route{LinkIndex: vpn.Attrs().Index, Dst: one}))

	all := site
	all.HoldsDefault = true
	addRoute(t, netlink.Route{LinkIndex: vpn.Attrs().Index}, "0.0.0.0/1", "")
	half := idle
	expect("one half", half) // 198.51.100.7 and 203.0.113.1 are in the other half
	addRoute(t, netlink.Route{LinkIndex: vpn.Attrs().Index}, "128.0.0.0/1", "")
	expect("both halves, as OpenVPN does", all)
	for _, network := range []string{"0.0.0.0/1", "128.0.0.0/1"} {
		_, dst, err := net.ParseCIDR(network)
		must(t, err)
		must(t, netlink.RouteDel(&netlink.Route{LinkIndex: vpn.Attrs().Index, Dst: dst}))
	}

	rule := netlink.NewRule()
	rule.Mark, rule.Invert, rule.Table, rule.Priority, rule.Family = 51820, true, 51820, 100, netlink.FAMILY_V4
	must(t, netlink.RuleAdd(rule))
	addRoute(t, netlink.Route{LinkIndex: vpn.Attrs().Index, Table: 51820}, "0.0.0.0/0", "")
	expect("policy rule, as wg-quick does", all)

	must(t, netlink.LinkSetDown(vpn))
	expect("switched off")
}

func TestTunnelsThatAreNoVPN(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	bridge := ipLink(t, &netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Name: "virbr0"}}, "192.0.2.1/24")
	needTunnels(t)
	tap := &netlink.Tuntap{LinkAttrs: netlink.LinkAttrs{Name: "vnet0"}, Mode: netlink.TUNTAP_MODE_TAP, NonPersist: true, Queues: 1}
	port := ipLink(t, tap)
	must(t, netlink.LinkSetMaster(port, bridge))
	sys := readRoutes("192.0.2.7")
	if len(sys.VPNs) > 0 {
		t.Errorf("%+v", sys.VPNs)
	}
	kinds := map[string]string{}
	for _, i := range sys.Interfaces {
		kinds[i.Name] = i.Kind
	}
	if kinds["virbr0"] != "bridge" || kinds["vnet0"] != "virtual" || kinds["lo"] != "loopback" {
		t.Errorf("%v", kinds)
	}
	for _, file := range tap.Fds {
		file.Close()
	}
}
