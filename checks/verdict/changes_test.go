package verdict_test

import (
	"slices"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// atHome is a computer with both families, as most homes have them.
func atHome() *evidence.System {
	return &evidence.System{
		DefaultV4:   &evidence.Route{Interface: "wlan0", Gateway: "192.168.1.1"},
		DefaultV6:   &evidence.Route{Interface: "wlan0", Gateway: "fe80::1"},
		Nameservers: []evidence.Nameserver{{Address: "192.168.1.1"}, {Address: "fd00::1"}, {Address: "10.8.0.1", Domains: []string{"corp.example"}}},
	}
}

func TestChanges(t *testing.T) {
	type edit = func(s *evidence.System)
	tunnel := func(s *evidence.System) {
		s.VPNs = []evidence.VPN{{Name: "utun4", Interface: "utun4", Kind: "tun", CarriesSite: true, HoldsDefault: true}}
		s.DefaultV4 = &evidence.Route{Interface: "utun4"}
	}
	for _, c := range []struct {
		name      string
		then, now edit
		want      []evidence.Change
	}{
		{name: "nothing"},
		{"IPv6 comes late", func(s *evidence.System) { s.DefaultV6, s.Nameservers = nil, s.Nameservers[:1] }, nil, nil},
		{"another home", nil, func(s *evidence.System) { s.DefaultV4.Gateway, s.DefaultV6.Gateway = "10.0.0.1", "fe80::2" }, []evidence.Change{evidence.ChangedGateway}},
		{"the cable", nil, func(s *evidence.System) { s.DefaultV4.Interface, s.DefaultV6.Interface = "eth0", "eth0" }, []evidence.Change{evidence.ChangedInterface}},
		{
			"offline", nil, func(s *evidence.System) { s.DefaultV4, s.DefaultV6, s.Nameservers = nil, nil, nil },
			[]evidence.Change{evidence.ChangedGateway, evidence.ChangedInterface, evidence.ChangedResolver},
		},
		{"another name service", nil, func(s *evidence.System) { s.Nameservers[0].Address = "9.9.9.9" }, []evidence.Change{evidence.ChangedResolver}},
		{"the same ones in another order", nil, func(s *evidence.System) { slices.Reverse(s.Nameservers) }, nil},
		{"one for some names only", nil, func(s *evidence.System) { s.Nameservers = s.Nameservers[:2] }, nil},
		{"encrypted lookups", nil, func(s *evidence.System) { s.EncryptedDNS = "dot" }, []evidence.Change{evidence.ChangedResolver}},
		{"a VPN that holds the way out hides the router", nil, tunnel, []evidence.Change{evidence.VPNOn}},
		{"VPN off", tunnel, nil, []evidence.Change{evidence.VPNOff}},
		{"the same VPN, numbered anew", tunnel, func(s *evidence.System) {
			tunnel(s)
			s.VPNs[0].Name, s.VPNs[0].Interface, s.DefaultV4.Interface = "utun5", "utun5", "utun5"
		}, nil},
		{"another VPN", tunnel, func(s *evidence.System) { tunnel(s); s.VPNs[0].Name = "Office" }, []evidence.Change{evidence.ChangedVPN}},
		{"a VPN for other places", nil, func(s *evidence.System) { s.VPNs = []evidence.VPN{{Name: "Office", Interface: "tun0"}} }, nil},
		{"a proxy", nil, func(s *evidence.System) { s.Proxy = evidence.Proxy{InUse: true, URL: "http://p:3128"} }, []evidence.Change{evidence.ProxyOn}},
		{"no proxy for this page", func(s *evidence.System) { s.Proxy = evidence.Proxy{InUse: true, PACURL: "http://p/x.pac"} }, nil, []evidence.Change{evidence.ProxyOff}},
	} {
		then, now := atHome(), atHome()
		if c.then != nil {
			c.then(then)
		}
		if c.now != nil {
			c.now(now)
		}
		if got, read := verdict.Changes(then, now); !read || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got, read := verdict.Changes(nil, atHome()); read || got != nil {
		t.Errorf("what was not read: %v", got)
	}
}
