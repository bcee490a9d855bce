package checklist

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

var bothTypes = []uint16{dns.TypeA, dns.TypeAAAA}

// controlNames is how many well-known names a name service is asked for, to tell "broken" from "does not know this
// one". Two, since one may be blocked somewhere.
const controlNames = 2

// names asks every name service about the site's name.
func (r *run) names() {
	if r.target.Literal {
		r.skipStep(evidence.StepResolvers, verdict.StepNamesLiteral)
		return
	}
	r.start(partSilent, r.askSilent)
	r.askNames(r.target.Host)
}

// askNames asks this computer's lookup, each configured server and, where allowed, the public services about name.
func (r *run) askNames(name string) {
	views := r.resolvers()
	all := len(views) + 1
	var group sync.WaitGroup
	done := 0
	count := func(answers ...evidence.Answer) { // under learn's lock
		if !slices.ContainsFunc(answers, evidence.Answer.Replied) {
			return
		}
		done++
		r.setStepLocked(evidence.StepResolvers, Running, verdict.StepNamesRunning, "Done", done, "All", all)
	}
	r.setStep(evidence.StepResolvers, Running, verdict.StepNamesRunning, "Done", 0, "All", all)
	group.Go(func() {
		own := r.env.LookupHost(r.ctx, name)
		r.learn(func(ev *evidence.Evidence) {
			addView(ev, evidence.ResolverView{Name: "os", Address: "os", Role: evidence.RoleSystem, Answers: []evidence.Answer{own}})
			count(own)
		})
		r.readWay(name, own.Addresses)
	})
	for _, v := range views {
		group.Go(func() {
			view := evidence.ResolverView{Name: v.Name, Address: v.Address, Role: v.role}
			var controls sync.WaitGroup
			controls.Go(func() { view.Control = r.control(v) })
			view.Answers = r.probe.View(r.ctx, v.Resolver, v.role, name, bothTypes)
			controls.Wait()
			r.learn(func(ev *evidence.Evidence) { addView(ev, view); count(view.Answers...) })
		})
	}
	if name == r.target.Host {
		r.askTranslation(&group)
	}
	group.Wait()
}

// resolver is one name service with the reason it is asked.
type resolver struct {
	environment.Resolver
	role evidence.Role
}

// resolvers are the name services to ask: those this computer is set to use, then the public ones.
func (r *run) resolvers() []resolver {
	ev := r.snapshot()
	var all []resolver
	if ev.System != nil {
		seen := map[string]bool{}
		for _, n := range ev.System.Nameservers {
			if !seen[n.Address] && len(n.Domains) == 0 {
				seen[n.Address] = true
				all = append(all, resolver{environment.Resolver{Name: n.Address, Address: n.Address}, evidence.RoleConfigured})
			}
		}
	}
	if ev.PublicAllowed {
		for _, p := range r.env.Resolvers {
			all = append(all, resolver{p, evidence.RolePublic})
		}
	}
	return all
}

// control asks a name service for well-known names, over the transports that it is asked over for the site's.
func (r *run) control(v resolver) []evidence.Answer {
	sites := r.env.Sites[:min(controlNames, len(r.env.Sites))]
	answers := make([][]evidence.Answer, len(sites))
	var group sync.WaitGroup
	for i, s := range sites {
		group.Go(func() {
			if u, err := url.Parse(s.URL); err == nil {
				answers[i] = r.probe.View(r.ctx, v.Resolver, v.role, u.Hostname(), []uint16{dns.TypeA})
			}
		})
	}
	group.Wait()
	return slices.Concat(answers...)
}

// partSilent is the part of the run that asks where nobody answers. Only silence takes long there, and nothing waits for that
// but a verdict that it could turn round.
const partSilent = "silent"

// askSilent sends a question to addresses that run no name service: an answer was made on the way.
func (r *run) askSilent() {
	ev := r.snapshot()
	if !ev.PublicAllowed || len(r.env.Sites) == 0 {
		return
	}
	u, err := url.Parse(r.env.Sites[0].URL)
	if err != nil {
		return
	}
	var group sync.WaitGroup
	for _, address := range r.env.SilentAddresses {
		group.Go(func() {
			a := r.probe.Ask(r.ctx, probe.Question{
				Address: address, Role: evidence.RolePublic, Transport: evidence.OverUDP, Name: u.Hostname(), Type: dns.TypeA,
			})
			r.learn(func(ev *evidence.Evidence) { ev.Interception = append(ev.Interception, a) })
		})
	}
	group.Wait()
}

// translatedName is the name whose IPv6 address only a translating network makes up (RFC 7050, 3).
const translatedName = "ipv4only.arpa"

// askTranslation finds out whether a network without IPv4 translates to it (NAT64, RFC 6146).
func (r *run) askTranslation(group *sync.WaitGroup) {
	ev := r.snapshot()
	if ev.System == nil || ev.System.DefaultV4 != nil || ev.System.DefaultV6 == nil {
		return
	}
	group.Go(func() {
		a := r.env.LookupHost(r.ctx, translatedName)
		i := slices.IndexFunc(a.Addresses, func(s string) bool { return strings.Contains(s, ":") })
		r.learn(func(ev *evidence.Evidence) { ev.NAT64 = i >= 0 })
		if i >= 0 {
			r.tryTranslation(a.Addresses[i])
		}
	})
}

// tryTranslation connects to public addresses through the translator: made is its address for translatedName, of which the
// last four bytes are the IPv4 address (RFC 6052, 2.2, for the prefix length that networks use, 96).
func (r *run) tryTranslation(made string) {
	prefix, err := netip.ParseAddr(made)
	if err != nil {
		return
	}
	var group sync.WaitGroup
	for _, res := range r.env.Resolvers {
		four, err := netip.ParseAddr(res.Address)
		if err != nil || !four.Is4() {
			continue
		}
		through, last := prefix.As16(), four.As4()
		copy(through[12:], last[:])
		group.Go(func() {
			d := r.probe.Connect(r.ctx, netip.AddrFrom16(through).String(), 443)
			r.learn(func(ev *evidence.Evidence) { ev.Reachable = append(ev.Reachable, d) })
		})
	}
	group.Wait()
}

// readWay completes the settings with the routes that carry traffic to a host's own addresses, and, for a host that the
// site sends the visitor on to, with its lines in the hosts file.
func (r *run) readWay(host string, addresses []string) {
	if len(addresses) == 0 || r.ctx.Err() != nil {
		return
	}
	goal := r.target
	goal.Host = host
	facts, _ := r.env.System(r.ctx, goal, addresses)
	r.learn(func(ev *evidence.Evidence) {
		if ev.System == nil {
			return
		}
		known := *ev.System
		known.SiteRoutes = append(slices.Clone(known.SiteRoutes), facts.SiteRoutes...)
		known.VPNs = facts.VPNs
		if host != r.target.Host {
			known.Hosts = append(slices.Clone(known.Hosts), facts.Hosts...)
		}
		ev.System = &known
	})
}

// addView merges a view into those of the same name service.
func addView(ev *evidence.Evidence, v evidence.ResolverView) {
	views := slices.Clone(ev.Resolvers)
	for i := range views {
		if views[i].Address == v.Address && views[i].Role == v.Role {
			views[i].Answers = append(slices.Clone(views[i].Answers), v.Answers...)
			views[i].Control = append(slices.Clone(views[i].Control), v.Control...)
			ev.Resolvers = views
			return
		}
	}
	ev.Resolvers = append(views, v)
}
