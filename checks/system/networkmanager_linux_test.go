package system

import (
	"context"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/vishvananda/netlink"

	"isitme/checks/evidence"
)

func TestNetworkManager(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	bus := startBus(t)
	lan := ethernet(t, "lan", "192.0.2.10/24")
	addRoute(t, netlink.Route{LinkIndex: lan.Attrs().Index}, "0.0.0.0/0", "192.0.2.1")
	tunnel(t, "tun7", "10.8.0.2/24")
	active := func(n string) dbus.ObjectPath { return dbus.ObjectPath(nmPath + "/ActiveConnection/" + n) }
	object(t, bus, nmPath, nmName, map[string]any{"ActiveConnections": []dbus.ObjectPath{active("1"), active("2"), active("3"), active("4")}})
	object(t, bus, active("1"), nmActive, map[string]any{
		"Id": "Wired", "Type": "802-3-ethernet", "Vpn": false, "Devices": []dbus.ObjectPath{nmPath + "/Devices/1"},
	})
	object(t, bus, active("2"), nmActive, map[string]any{
		"Id": "tun7", "Type": "tun", "Vpn": false, "Devices": []dbus.ObjectPath{nmPath + "/Devices/2"},
	})
	object(t, bus, active("3"), nmActive, map[string]any{
		"Id": "Work", "Type": "vpn", "Vpn": true, "Devices": []dbus.ObjectPath{nmPath + "/Devices/1"}, "Ip4Config": dbus.ObjectPath(nmPath + "/IP4Config/1"),
	})
	object(t, bus, nmPath+"/Devices/1", nmDevice, map[string]any{"Interface": "lan", "IpInterface": "lan"})
	object(t, bus, nmPath+"/Devices/2", nmDevice, map[string]any{"Interface": "tun7", "IpInterface": "tun7"})
	object(t, bus, nmPath+"/IP4Config/1", nmIP4, map[string]any{
		"AddressData": []map[string]dbus.Variant{{"address": dbus.MakeVariant("10.8.0.2"), "prefix": dbus.MakeVariant(uint32(24))}},
	})
	object(t, bus, nmPath+"/DnsManager", nmName+".DnsManager", map[string]any{
		"Configuration": []map[string]dbus.Variant{{
			"nameservers": dbus.MakeVariant([]string{"192.0.2.1", "dns+tls://198.51.100.1"}), "interface": dbus.MakeVariant("lan"),
		}},
	})
	own(t, bus, nmName)

	sys := readRoutes("203.0.113.9")
	want := []evidence.VPN{{Name: "Work", Interface: "tun7", Kind: "tun"}}
	if diff := cmp.Diff(want, sys.VPNs); diff != "" {
		t.Error(diff)
	}

	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\n")
	r := &reader{}
	readNameservers(context.Background(), r)
	dns, _ := r.result()
	servers := []evidence.Nameserver{
		{Address: "127.0.0.1", Source: "resolv.conf"},
		{Address: "192.0.2.1", Interface: "lan", Source: "NetworkManager"},
	}
	if diff := cmp.Diff(servers, dns.Nameservers); diff != "" {
		t.Error(diff)
	}
}
