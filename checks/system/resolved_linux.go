package system

import (
	"context"
	"net"
	"net/netip"
	"os"
	"strings"

	"github.com/godbus/dbus/v5"

	"isitme/checks/evidence"
)

// systemd-resolved's names on the bus (org.freedesktop.resolve1(5)).
const (
	resolvedName    = "org.freedesktop.resolve1"
	resolvedPath    = "/org/freedesktop/resolve1"
	resolvedManager = resolvedName + ".Manager"
	resolvedLink    = resolvedName + ".Link"
)

// resolvedServer is one entry of Manager.DNS: interface index (0 for all), address family, address.
type resolvedServer struct {
	Index   int32
	Family  int32
	Address []byte
}

// resolvedDomain is one entry of Manager.Domains: interface index, domain, whether it only routes.
type resolvedDomain struct {
	Index     int32
	Domain    string
	RouteOnly bool
}

// resolvedServers are the servers that systemd-resolved asks, and "dot" when it is set to ask them over TLS. Where it
// does not answer on the bus, its file and systemd-networkd's state say which servers there are.
func resolvedServers(ctx context.Context, bus *dbus.Conn, running bool) ([]evidence.Nameserver, string) {
	if running {
		manager, err := properties(ctx, bus.Object(resolvedName, resolvedPath), resolvedManager)
		if err == nil {
			return resolvedState(ctx, bus, manager)
		}
	}
	if _, err := os.Stat(resolvedUplinks); err == nil {
		if conf, err := resolvConfOf(resolvedUplinks); err == nil {
			return nameservers(conf.Servers, "systemd-resolved"), ""
		}
	}
	return networkdServers(networkdLinks), ""
}

// resolvedState reads the manager's properties. A link's servers are asked for its domains only, unless the link is one
// for all names: by its DefaultRoute, or by the domain "~.".
func resolvedState(ctx context.Context, bus *dbus.Conn, manager map[string]dbus.Variant) ([]evidence.Nameserver, string) {
	domains := map[int32][]string{}
	all := map[int32]bool{0: true}
	for _, d := range property[[]resolvedDomain](manager, "Domains") {
		name := strings.TrimSuffix(d.Domain, ".")
		if name == "" {
			all[d.Index] = true
			continue
		}
		domains[d.Index] = append(domains[d.Index], name)
	}
	var servers []evidence.Nameserver
	limited := map[int32]bool{}
	for _, s := range property[[]resolvedServer](manager, "DNS") {
		address, ok := netip.AddrFromSlice(s.Address)
		if !ok {
			continue
		}
		server := evidence.Nameserver{Address: address.String(), Source: "systemd-resolved"}
		if s.Index > 0 {
			server.Interface = interfaceName(int(s.Index))
		}
		if _, asked := limited[s.Index]; !asked {
			limited[s.Index] = !all[s.Index] && !defaultForAll(ctx, bus, s.Index)
		}
		if limited[s.Index] {
			server.Domains = domains[s.Index]
		}
		servers = append(servers, server)
	}
	encrypted := ""
	if property[string](manager, "DNSOverTLS") == "yes" {
		encrypted = "dot"
	}
	return servers, encrypted
}

// defaultForAll reports whether names that belong to no domain go to a link's servers. A link that cannot be asked is
// taken for one.
func defaultForAll(ctx context.Context, bus *dbus.Conn, index int32) bool {
	var path dbus.ObjectPath
	if err := call(ctx, bus.Object(resolvedName, resolvedPath), resolvedManager+".GetLink", []any{index}, &path); err != nil {
		return true
	}
	state, err := properties(ctx, bus.Object(resolvedName, path), resolvedLink)
	if _, known := state["DefaultRoute"]; err != nil || !known {
		return true
	}
	return property[bool](state, "DefaultRoute")
}

// interfaceName is the name of an interface by its index, "" when there is none.
func interfaceName(index int) string {
	found, err := net.InterfaceByIndex(index)
	if err != nil {
		return ""
	}
	return found.Name
}
