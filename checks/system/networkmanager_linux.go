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
		uses := connectionUses(ctx, bus, active)
		for i := range links {
			if !uses(&links[i]) {
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

// connectionUses returns a test for the links that an active connection is on. A VPN connection lists the device that it
// travels over, not its own; its tunnel is the one that has its address.
func connectionUses(ctx context.Context, bus *dbus.Conn, active map[string]dbus.Variant) func(*link) bool {
	var names []string
	if property[bool](active, "Vpn") {
		config, err := properties(ctx, bus.Object(nmName, property[dbus.ObjectPath](active, "Ip4Config")), nmIP4)
		if err != nil {
			return func(*link) bool { return false }
		}
		for _, entry := range property[[]map[string]dbus.Variant](config, "AddressData") {
			names = append(names, property[string](entry, "address"))
		}
		return func(l *link) bool {
			return l.Tunnel != "" && slices.ContainsFunc(l.Addresses, func(a string) bool { return slices.Contains(names, a) })
		}
	}
	for _, path := range property[[]dbus.ObjectPath](active, "Devices") {
		if device, err := properties(ctx, bus.Object(nmName, path), nmDevice); err == nil {
			names = append(names, property[string](device, "Interface"), property[string](device, "IpInterface"))
		}
	}
	return func(l *link) bool {
		return l.Title == "" && slices.Contains(names, l.Name) // a VPN's tunnel appears once more, under its own name
	}
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
