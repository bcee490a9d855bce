package system

import (
	"context"
	"slices"

	"github.com/godbus/dbus/v5"

	"isitme/checks/evidence"
)

// NetworkManager's names on the bus (its D-Bus API, 1.0 and later).
const (
	nmName   = "org.freedesktop.NetworkManager"
	nmPath   = "/org/freedesktop/NetworkManager"
	nmActive = nmName + ".Connection.Active"
	nmDevice = nmName + ".Device"
	nmIP4    = nmName + ".IP4Config"
)

// Connection types that are the internet line itself, though their interface looks like a tunnel.
var nmLines = []string{"pppoe", "gsm", "cdma", "adsl", "bluetooth"}

// nameConnections gives the links the names and kinds that NetworkManager has for them. It reports whether it knew any.
func nameConnections(ctx context.Context, bus *dbus.Conn, links []link) bool {
	if !running(ctx, bus, nmName) {
		return false
	}
	manager, err := properties(ctx, bus.Object(nmName, nmPath), nmName)
	if err != nil {
		return false
	}
	any := false
	for _, path := range property[[]dbus.ObjectPath](manager, "ActiveConnections") {
		active, err := properties(ctx, bus.Object(nmName, path), nmActive)
		if err != nil {
			continue
		}
		id, kind := property[string](active, "Id"), property[string](active, "Type")
		for i := range links {
			if !connectionUses(ctx, bus, active, &links[i]) {
				continue
			}
			links[i].Title = id
			if slices.Contains(nmLines, kind) {
				links[i].Tunnel = ""
			}
			any = true
		}
	}
	return any
}

// connectionUses reports whether an active connection is the one on a link. A VPN connection lists the device that it
// travels over, not its own; its tunnel is the one that has its address.
func connectionUses(ctx context.Context, bus *dbus.Conn, active map[string]dbus.Variant, l *link) bool {
	if property[bool](active, "Vpn") {
		config, err := properties(ctx, bus.Object(nmName, property[dbus.ObjectPath](active, "Ip4Config")), nmIP4)
		if err != nil || l.Tunnel == "" {
			return false
		}
		for _, entry := range property[[]map[string]dbus.Variant](config, "AddressData") {
			if slices.Contains(l.Addresses, property[string](entry, "address")) {
				return true
			}
		}
		return false
	}
	if l.Title != "" {
		return false // the tunnel of a VPN connection appears once more, under the interface's name
	}
	for _, path := range property[[]dbus.ObjectPath](active, "Devices") {
		device, err := properties(ctx, bus.Object(nmName, path), nmDevice)
		if err == nil && (property[string](device, "Interface") == l.Name || property[string](device, "IpInterface") == l.Name) {
			return true
		}
	}
	return false
}

// managerServers are the name servers that NetworkManager has set, by its DNS manager.
func managerServers(ctx context.Context, bus *dbus.Conn) []evidence.Nameserver {
	if !running(ctx, bus, nmName) {
		return nil
	}
	manager, err := properties(ctx, bus.Object(nmName, nmPath+"/DnsManager"), nmName+".DnsManager")
	if err != nil {
		return nil
	}
	var servers []evidence.Nameserver
	for _, entry := range property[[]map[string]dbus.Variant](manager, "Configuration") {
		for _, address := range property[[]string](entry, "nameservers") {
			servers = append(servers, evidence.Nameserver{
				Address: address, Interface: property[string](entry, "interface"), Source: "NetworkManager",
			})
		}
	}
	return servers
}
