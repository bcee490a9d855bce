package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// Changes names what is different on the visitor's side, in a fixed order; read is false when one of the two was not
// read. What only one of them has over IPv4 or IPv6 is no change where the other family can be compared: IPv6 comes and
// goes with router advertisements.
func Changes(then, now *evidence.System) (changed []evidence.Change, read bool) {
	if then == nil || now == nil {
		return nil, false
	}
	add := func(is bool, c evidence.Change) {
		if is {
			changed = append(changed, c)
		}
	}
	a, b := tunnels(then), tunnels(now)
	vpn := !slices.Equal(a, b)
	// A VPN that holds the way out hides the router and the connection under it.
	hidden := holdsDefault(then) || holdsDefault(now)
	add(!hidden && differ(gateways(then), gateways(now)), evidence.ChangedGateway)
	add(!hidden && differ(interfaces(then), interfaces(now)), evidence.ChangedInterface)
	add(differ(resolvers(then), resolvers(now)) || then.EncryptedDNS != now.EncryptedDNS, evidence.ChangedResolver)
	add(vpn, onOff(len(a) > 0, len(b) > 0, evidence.VPNOn, evidence.VPNOff, evidence.ChangedVPN))
	p, q := proxies(then), proxies(now)
	add(p != q, onOff(p != "", q != "", evidence.ProxyOn, evidence.ProxyOff, evidence.ChangedProxy))
	return changed, true
}

func onOff(then, now bool, on, off, other evidence.Change) evidence.Change {
	switch {
	case !then:
		return on
	case !now:
		return off
	default:
		return other
	}
}

// byFamily is something that IPv4 and IPv6 may each have.
type byFamily struct{ v4, v6 []string }

// differ reports whether a family that both have is not the same in both, or whether they have none in common.
func differ(a, b byFamily) bool {
	common := false
	for _, f := range [][2][]string{{a.v4, b.v4}, {a.v6, b.v6}} {
		if len(f[0]) > 0 && len(f[1]) > 0 {
			common = true
			if !slices.Equal(f[0], f[1]) {
				return true
			}
		}
	}
	return !common && len(a.v4)+len(a.v6)+len(b.v4)+len(b.v6) > 0
}

func gateways(s *evidence.System) byFamily {
	return ofRoutes(s, func(r *evidence.Route) string { return r.Gateway })
}

func interfaces(s *evidence.System) byFamily {
	return ofRoutes(s, func(r *evidence.Route) string { return r.Interface })
}

func ofRoutes(s *evidence.System, value func(*evidence.Route) string) byFamily {
	of := func(r *evidence.Route) []string {
		if r == nil || value(r) == "" {
			return nil
		}
		return []string{value(r)}
	}
	return byFamily{of(s.DefaultV4), of(s.DefaultV6)}
}

func resolvers(s *evidence.System) byFamily {
	var f byFamily
	for _, n := range s.Nameservers {
		if len(n.Domains) > 0 {
			continue // asked for some names only
		}
		if isIPv6(n.Address) {
			f.v6 = append(f.v6, n.Address)
		} else {
			f.v4 = append(f.v4, n.Address)
		}
	}
	slices.Sort(f.v4)
	slices.Sort(f.v6)
	return f
}

// tunnels are the VPNs that carry this visit: one that only exists changes nothing.
func tunnels(s *evidence.System) []string {
	var all []string
	for _, v := range s.VPNs {
		if v.CarriesSite || v.HoldsDefault {
			name := v.Name
			if name == v.Interface {
				name = v.Kind // systems number such interfaces anew each time
			}
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func holdsDefault(s *evidence.System) bool {
	return slices.ContainsFunc(s.VPNs, func(v evidence.VPN) bool { return v.HoldsDefault })
}

// proxies is what applies to the page, empty for none.
func proxies(s *evidence.System) string {
	if !s.Proxy.InUse {
		return ""
	}
	return s.Proxy.URL + " " + s.Proxy.PACURL
}
