package report

import (
	"slices"

	"isitme/checks/evidence"
)

// Compare makes of an earlier report about the same page what the newer one says of it: its answer, and what changed on
// the visitor's side in between. It needs the private reports of both runs; what either did not read counts as unchanged.
func Compare(old, now Report) Previous {
	p := Previous{
		ID: old.ID, Started: old.Started, Who: old.Verdict.Who, Cause: old.Verdict.Cause, Certainty: old.Verdict.Certainty,
	}
	a, b := old.Evidence.System, now.Evidence.System
	if a == nil || b == nil {
		return p
	}
	for _, c := range []struct {
		name string
		of   func(*evidence.System) []string
	}{
		{"gateway", gateways}, {"interface", interfaces}, {"resolver", resolvers}, {"vpn", tunnels}, {"proxy", proxies},
	} {
		if !slices.Equal(c.of(a), c.of(b)) {
			p.Changed = append(p.Changed, c.name)
		}
	}
	return p
}

func gateways(s *evidence.System) []string {
	return eachRoute(s, func(r *evidence.Route) string { return r.Gateway })
}

func interfaces(s *evidence.System) []string {
	return eachRoute(s, func(r *evidence.Route) string { return r.Interface })
}

func eachRoute(s *evidence.System, value func(*evidence.Route) string) []string {
	var all []string
	for _, r := range []*evidence.Route{s.DefaultV4, s.DefaultV6} {
		v := ""
		if r != nil {
			v = value(r)
		}
		all = append(all, v)
	}
	return all
}

func resolvers(s *evidence.System) []string {
	all := []string{s.EncryptedDNS}
	for _, n := range s.Nameservers {
		all = append(all, n.Address)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// tunnels are the VPNs that carry this visit: one that only exists changes nothing.
func tunnels(s *evidence.System) []string {
	var all []string
	for _, v := range s.VPNs {
		if v.CarriesSite || v.HoldsDefault {
			all = append(all, v.Name)
		}
	}
	slices.Sort(all)
	return all
}

func proxies(s *evidence.System) []string {
	if !s.Proxy.InUse {
		return nil
	}
	return []string{s.Proxy.URL, s.Proxy.PACURL}
}
