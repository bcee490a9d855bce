package render

import (
	"fmt"
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// computer is what the visitor's computer says of itself, as far as it was read.
func (b *builder) computer() table {
	t := table{Title: b.c.T("report.computer")}
	sys := b.r.Evidence.System
	if sys == nil {
		return t
	}
	add := func(label string, values ...string) {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		if len(values) > 0 {
			t.Rows = append(t.Rows, []string{b.c.T("report." + label), strings.Join(values, "; ")})
		}
	}
	add("system", strings.TrimSpace(sys.OSName))
	add("interfaces", b.interfaces(sys)...)
	add("routes", b.routes(sys)...)
	var servers []string
	for _, n := range sys.Nameservers {
		server := b.c.Address(n.Address)
		if b.r.NetworkDetails && len(n.Domains) > 0 {
			server += " (" + strings.Join(n.Domains, ", ") + ")"
		}
		servers = append(servers, server)
	}
	add("name_services", append(servers, sys.EncryptedDNS, sys.StubResolver)...)
	add("proxy", b.proxy(sys.Proxy))
	var vpns []string
	for _, v := range sys.VPNs {
		use := "report.not_in_use"
		if v.CarriesSite || v.HoldsDefault {
			use = "report.in_use"
		}
		vpns = append(vpns, v.Name+" ("+b.c.T(use)+")")
	}
	if len(vpns) == 0 {
		vpns = []string{b.c.T("report.none")}
	}
	add("vpn", vpns...)
	var hosts []string
	for _, h := range sys.Hosts {
		hosts = append(hosts, fmt.Sprintf("%s:%d: %s %s", h.File, h.Line, b.c.Address(h.Address), h.Name))
	}
	add("hosts_file", hosts...)
	var unread []string
	for _, u := range sys.Unread {
		unread = append(unread, strings.TrimSpace(u.What+": "+string(u.Failure)))
	}
	add("unread", unread...)
	return t
}

func (b *builder) interfaces(sys *evidence.System) []string {
	var all []string
	for _, i := range sys.Interfaces {
		if i.Kind == "loopback" {
			continue
		}
		state := "report.down"
		if i.Up {
			state = "report.up"
		}
		text := i.Name + " (" + b.c.T(state)
		if i.HasIPv4 {
			text += ", IPv4"
		}
		if i.HasIPv6 {
			text += ", IPv6"
		}
		all = append(all, strings.TrimSpace(text+") "+strings.Join(i.Addresses, " ")))
	}
	return all
}

func (b *builder) routes(sys *evidence.System) []string {
	var all []string
	add := func(r *evidence.Route, destination string) {
		if r == nil {
			return
		}
		text := destination + ": " + r.Interface
		if r.Gateway != "" {
			text += ", " + b.c.Address(r.Gateway)
		}
		if r.Failure != "" {
			text = destination + ": " + string(r.Failure)
		}
		all = append(all, text)
	}
	add(sys.DefaultV4, "IPv4")
	add(sys.DefaultV6, "IPv6")
	for i := range sys.SiteRoutes {
		add(&sys.SiteRoutes[i], b.c.Address(sys.SiteRoutes[i].Destination))
	}
	return all
}

func (b *builder) proxy(p evidence.Proxy) string {
	if !p.Configured {
		return b.c.T("report.none")
	}
	use := "report.not_in_use"
	if p.InUse {
		use = "report.in_use"
	}
	named := slices.DeleteFunc([]string{p.URL, p.PACURL, p.Source, p.Variable}, func(s string) bool { return s == "" })
	return strings.TrimSpace(strings.Join(named, ", ") + " (" + b.c.T(use) + ")")
}
