package checklist

import (
	"context"
	"net/url"
	"sync"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// compare asks the sign-in-page detectors, the well-known sites, and public addresses by number, all at once.
func (r *run) compare() {
	all := len(r.env.Portals) + len(r.env.Sites)
	r.setStep(evidence.StepCompare, Running, verdict.StepCompareRunning, "Done", 0, "All", all)
	var group sync.WaitGroup
	done := 0
	count := func(answered bool) { // under learn's lock
		if !answered {
			return
		}
		done++
		r.setStepLocked(evidence.StepCompare, Running, verdict.StepCompareRunning, "Done", done, "All", all)
	}
	via := probe.Request{Way: r.way(), Proxy: r.proxy}
	for _, p := range r.env.Portals {
		group.Go(func() {
			check := r.probe.Portal(r.ctx, p, via)
			if r.proxy == nil && check.Fetch.Fault.Is(evidence.Resolve) && r.ctx.Err() == nil {
				check = r.probe.Portal(r.ctx, p, r.byAddress(p.URL, via))
			}
			r.learn(func(ev *evidence.Evidence) {
				ev.Portals = append(ev.Portals, check)
				count(check.Genuine || check.Foreign)
			})
		})
	}
	for _, s := range r.env.Sites {
		group.Go(func() {
			check := r.site(s, via)
			r.learn(func(ev *evidence.Evidence) {
				ev.WellKnown = append(ev.WellKnown, check)
				count(check.Fetch.Status() != 0)
			})
		})
	}
	for _, address := range r.landmarks() {
		group.Go(func() {
			d := r.probe.Connect(r.ctx, address, 443)
			r.learn(func(ev *evidence.Evidence) { ev.Reachable = append(ev.Reachable, d) })
		})
	}
	group.Wait()
}

// site visits a well-known site. Where this computer's own name service has no address for it, a public one is asked, so
// that a dead name service is not taken for a dead line.
func (r *run) site(s environment.Site, via probe.Request) evidence.SiteCheck {
	check := r.probe.Site(r.ctx, s, via)
	if r.proxy != nil || !check.Fetch.Fault.Is(evidence.Resolve) || r.ctx.Err() != nil {
		return check
	}
	check = r.probe.Site(r.ctx, s, r.byAddress(s.URL, via))
	check.ByAddress = true
	return check
}

// byAddress is via with the lookup done by public name services.
func (r *run) byAddress(address string, via probe.Request) probe.Request {
	u, err := url.Parse(address)
	if err != nil {
		return via
	}
	host := u.Hostname()
	via.Lookup = func(name string) []string {
		if name != host {
			return nil
		}
		return r.publicLookup(r.ctx, host)
	}
	return via
}

// publicLookup is the first answer of any public name service, plain or authenticated, for a well-known name.
func (r *run) publicLookup(ctx context.Context, host string) []string {
	if r.opt.NoResolvers {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan []string, 2*len(r.env.Resolvers))
	var group sync.WaitGroup
	for _, res := range r.env.Resolvers {
		ask := func(transport evidence.Transport, endpoint string) {
			group.Go(func() {
				a := r.probe.Ask(ctx, probe.Question{
					Address: res.Address, Role: evidence.RolePublic, Transport: transport, Name: host, Type: dns.TypeA, DoHURL: endpoint,
				})
				answers <- a.Addresses
			})
		}
		ask(evidence.OverUDP, "")
		if len(res.DoH) > 0 {
			ask(evidence.OverHTTPS, res.DoH[0])
		}
	}
	go func() { group.Wait(); close(answers) }()
	var found []string
	for a := range answers {
		if len(a) > 0 && found == nil {
			found = a
			cancel()
		}
	}
	return found
}

// landmarks are public addresses that everybody can connect to by number: the public name services' secure ports.
// IPv6 ones are tried where an IPv6 route is announced.
func (r *run) landmarks() []string {
	var all []string
	ev := r.snapshot()
	for _, res := range r.env.Resolvers {
		all = append(all, res.Address)
		if res.Address6 != "" && ev.System != nil && ev.System.DefaultV6 != nil {
			all = append(all, res.Address6)
		}
	}
	return all
}
