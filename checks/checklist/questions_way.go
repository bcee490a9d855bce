package checklist

import (
	"net/netip"
	"net/url"
	"slices"
	"sync"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// localSOCKS reports whether the proxy is a SOCKS proxy on this computer, which mostly is the mouth of a tunnel.
func localSOCKS(proxy *url.URL) bool {
	if proxy == nil || proxy.Scheme != "socks5" && proxy.Scheme != "socks5h" {
		return false
	}
	a, err := netip.ParseAddr(proxy.Hostname())
	return proxy.Hostname() == "localhost" || err == nil && a.IsLoopback()
}

// askAround asks the site without the proxy, and once connects to the proxy itself.
func (r *run) askAround() {
	r.setStep(evidence.StepProxyVPN, Running, verdict.StepProxyAround)
	ev := r.snapshot()
	f := r.probe.Fetch(r.ctx, probe.Request{URL: r.frontOf(&ev, r.target.Host), Way: evidence.ViaDirect, Counted: true, Private: r.target.Private})
	if f.Status() == 0 {
		r.lookAround()
	}
	r.learn(func(ev *evidence.Evidence) {
		ev.Around = &f
		if hop := lastHop(ev); hop != nil && len(hop.Connects) > 0 && ev.ProxyDial == nil {
			d := hop.Connects[len(hop.Connects)-1]
			ev.ProxyDial = &d
		}
	})
}

// lookAround connects to two well-known sites without the proxy: whether there is a way around it at all decides what a
// failure there means.
func (r *run) lookAround() {
	var group sync.WaitGroup
	for _, s := range r.env.Sites[:min(2, len(r.env.Sites))] {
		group.Go(func() {
			u, err := url.Parse(s.URL)
			if err != nil {
				return
			}
			if found := r.publicLookup(r.ctx, u.Hostname()); len(found) > 0 {
				d := r.probe.Connect(r.ctx, found[0], 443)
				r.learn(func(ev *evidence.Evidence) { ev.Reachable = append(ev.Reachable, d) })
			}
		})
	}
	group.Wait()
}

// askThrough asks the site for the same page through the proxy as askAround does without it.
func (r *run) askThrough() {
	ev := r.snapshot()
	f := r.probe.Fetch(r.ctx, probe.Request{
		URL: r.frontOf(&ev, r.target.Host), Way: evidence.ViaProxy, Proxy: r.proxy, Counted: true, Private: r.target.Private,
	})
	r.learn(func(ev *evidence.Evidence) { ev.ThroughProxy = &f })
}

// askBesideVPN asks the site, and one well-known site, over the physical interface.
func (r *run) askBesideVPN() {
	ev := r.snapshot()
	name := physical(ev.System)
	if name == "" {
		r.gap(evidence.StepProxyVPN, evidence.NotPossible)
		return
	}
	r.setStep(evidence.StepProxyVPN, Running, verdict.StepProxyAround)
	var group sync.WaitGroup
	group.Go(func() {
		f := r.probe.Fetch(r.ctx, probe.Request{
			URL: r.frontOf(&ev, r.target.Host), Way: evidence.BesideVPN, Interface: name, Counted: true,
			Lookup: func(host string) []string { return r.besideLookup(&ev, host) },
		})
		r.learn(func(ev *evidence.Evidence) { ev.BesideVPN = &f })
	})
	if len(r.env.Sites) > 0 {
		group.Go(func() {
			s := r.probe.Site(r.ctx, r.env.Sites[0], probe.Request{Way: evidence.BesideVPN, Interface: name})
			r.learn(func(ev *evidence.Evidence) { ev.BesideVPNWellKnown = &s })
		})
	}
	group.Wait()
}

// besideLookup is the OS's lookup, or what name services said before: through a dead VPN no lookup may be possible.
func (r *run) besideLookup(ev *evidence.Evidence, host string) []string {
	if a := r.env.LookupHost(r.ctx, host); len(a.Addresses) > 0 {
		return a.Addresses
	}
	var out []string
	for _, v := range ev.Resolvers {
		for _, a := range v.Answers {
			if a.Name == host {
				out = append(out, a.Addresses...)
			}
		}
	}
	return out
}

// physical is the first interface that is up and is no tunnel.
func physical(s *evidence.System) string {
	if s == nil {
		return ""
	}
	for _, i := range s.Interfaces {
		tunnel := slices.ContainsFunc(s.VPNs, func(v evidence.VPN) bool { return v.Interface == i.Name })
		if i.Up && (i.HasIPv4 || i.HasIPv6) && i.Kind != "loopback" && !tunnel {
			return i.Name
		}
	}
	return ""
}
