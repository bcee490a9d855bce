package checklist

import (
	"crypto/rand"
	"encoding/hex"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// sweepLimit is how many addresses of a site are visited beside the tries: the big ones hand out eight, and the budget
// of requests must last for the other questions.
const sweepLimit = 4

// otherName is the name under which the site's own address is asked for comparison. It is reserved (RFC 2606), so
// nobody blocks it and no site is bothered.
const otherName = "example.com"

// questions starts whatever the evidence leaves open and was not asked yet, and reports whether anything was started or
// must be waited for.
func (r *run) questions(ev *evidence.Evidence) bool {
	if len(ev.Tries) == 0 || r.ctx.Err() != nil {
		return false
	}
	open := false
	subject := verdict.Subject(ev)
	for _, q := range verdict.Open(ev) {
		ask, ready := r.asker(q, subject, ev)
		if ask == nil {
			continue
		}
		key := string(q) + " " + subject
		if q == verdict.SweepAddresses {
			key += " " + verdict.Unswept(ev)[0] // a new address is a new question
		}
		if r.wasAsked(key, ready) {
			continue
		}
		open = true
		if ready {
			r.start(key, ask)
		}
	}
	return open
}

// wasAsked marks a question as asked when it is about to be, and reports whether it had been before.
func (r *run) wasAsked(key string, now bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked[key] {
		return true
	}
	if now {
		r.asked[key] = true
	}
	return false
}

// asker is the measurement that answers a question, nil where the visitor's choices forbid it; ready is false while
// something that it depends on is still under way.
func (r *run) asker(q verdict.Question, subject string, ev *evidence.Evidence) (ask func(), ready bool) {
	looked := !r.under("names") && !r.under(string(verdict.AskNames)+" "+subject)
	compared := !r.under("compare")
	switch q {
	case verdict.AskNames:
		return func() { r.askNames(subject) }, true
	case verdict.AskAuthenticated:
		return func() { r.askAuthenticated(subject) }, looked
	case verdict.AskNonsense:
		return r.askNonsense, looked
	case verdict.SweepAddresses:
		if swept(ev, subject) >= sweepLimit {
			return nil, false
		}
		return func() { r.sweep(subject) }, looked
	case verdict.AskOtherName:
		return func() { r.askOtherName(subject) }, looked
	case verdict.AskOtherScheme:
		return func() { r.askOtherScheme(subject) }, looked
	case verdict.AskElsewhereName:
		return func() { r.askUnrelated(subject) }, compared
	case verdict.AskShared:
		return func() { r.askShared(subject) }, true
	case verdict.AskAround:
		if localSOCKS(r.proxy) && !r.opt.BesideVPN {
			r.gap(evidence.StepProxyVPN, evidence.NoConsent)
			return nil, false
		}
		return r.askAround, true
	case verdict.AskThrough:
		return r.askThrough, true
	case verdict.AskBesideVPN:
		if !r.opt.BesideVPN {
			r.gap(evidence.StepProxyVPN, evidence.NoConsent)
			return nil, false
		}
		return r.askBesideVPN, true
	case verdict.AskPackets:
		return r.askPackets, compared
	case verdict.AskAgain:
		return func() { r.record(r.visit(0)) }, !r.under("tries")
	case verdict.AskFamily:
		return r.askFamily, compared
	case verdict.AskStatement:
		return r.askStatement, true
	case verdict.AskFlush:
		if r.opt.NoFlush {
			return nil, false
		}
		return r.askFlush, looked
	case verdict.AskTypo:
		return r.askTypo, looked
	case verdict.AskVouch:
		return func() { r.askVouch(subject) }, looked
	default:
		return nil, false
	}
}

// gap notes once that a check could not run.
func (r *run) gap(step evidence.Step, reason evidence.Reason) {
	g := evidence.Gap{Step: step, Reason: reason}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed && !slices.Contains(r.ev.Gaps, g) {
		r.ev.Gaps = append(r.ev.Gaps, g)
	}
}

// askAuthenticated asks the public name services over DNS over HTTPS, which nobody on the way can answer for them.
func (r *run) askAuthenticated(name string) {
	var group sync.WaitGroup
	for _, res := range r.env.Resolvers {
		if len(res.DoH) == 0 {
			continue
		}
		group.Go(func() {
			view := evidence.ResolverView{Name: res.Name, Address: res.Address, Role: evidence.RolePublic}
			var mu sync.Mutex
			var types sync.WaitGroup
			for _, t := range bothTypes {
				types.Go(func() {
					a := r.probe.Ask(r.ctx, probe.Question{
						Address: res.Address, Role: evidence.RolePublic, Transport: evidence.OverHTTPS, Name: name, Type: t, DoHURL: res.DoH[0],
					})
					mu.Lock()
					defer mu.Unlock()
					view.Answers = append(view.Answers, a)
				})
			}
			types.Wait()
			r.learn(func(ev *evidence.Evidence) { addView(ev, view) })
		})
	}
	group.Wait()
}

// askNonsense asks this computer's name services for a name that cannot exist: an address for it was made up.
func (r *run) askNonsense() {
	random := make([]byte, 6)
	_, _ = rand.Read(random) // crypto/rand never fails (documentation of crypto/rand.Read)
	name := verdict.NonsensePrefix + hex.EncodeToString(random) + ".com"
	for _, v := range r.resolvers() {
		if v.role != evidence.RoleConfigured {
			continue
		}
		a := r.probe.Ask(r.ctx, probe.Question{Address: v.Address, Role: v.role, Transport: evidence.OverUDP, Name: name, Type: dns.TypeA})
		r.learn(func(ev *evidence.Evidence) {
			addView(ev, evidence.ResolverView{Name: v.Name, Address: v.Address, Role: v.role, Control: []evidence.Answer{a}})
		})
	}
}

// swept counts the addresses of a name that were visited.
func swept(ev *evidence.Evidence, subject string) int {
	n := 0
	for _, a := range ev.Addresses {
		if a.Hop.Host == subject {
			n++
		}
	}
	return n
}

// sweep visits every address that anybody gave for the name, under that name.
func (r *run) sweep(subject string) {
	ev := r.snapshot()
	address := r.frontOf(&ev, subject)
	todo := verdict.Unswept(&ev)
	todo = spread(todo, sweepLimit-swept(&ev, subject), func(a string) bool { return named(&ev, a, evidence.RoleSystem) })
	var group sync.WaitGroup
	for _, a := range todo {
		group.Go(func() {
			f := r.probe.Fetch(r.ctx, probe.Request{
				URL: address, Way: evidence.ViaDirect, Address: a, NoRedirects: true, Counted: true, Private: r.target.Private,
			})
			check := evidence.AddressCheck{Address: a, From: namers(&ev, a)}
			if hop := f.Last(); hop != nil {
				check.Hop = *hop
			}
			check.Hop.Host = subject
			r.learn(func(ev *evidence.Evidence) { ev.Addresses = append(ev.Addresses, check) })
		})
	}
	group.Wait()
}

// askVouch asks the address that answered in plain text over https for the same name: only the site's own can show a valid
// certificate for it.
func (r *run) askVouch(subject string) {
	ev := r.snapshot()
	hop := lastHop(&ev)
	if hop == nil {
		return
	}
	f := r.probe.Fetch(r.ctx, probe.Request{
		URL: "https://" + subject + "/", Way: evidence.ViaDirect, Address: hop.Address, NoRedirects: true, Counted: true,
	})
	check := evidence.AddressCheck{Address: hop.Address, From: namers(&ev, hop.Address), Hop: evidence.Hop{Host: subject}}
	if last := f.Last(); last != nil {
		check.Hop = *last
	}
	r.learn(func(ev *evidence.Evidence) { ev.Vouched = append(ev.Vouched, check) })
}

// spread takes up to n addresses, taking turns between those that this computer's own lookup gave and the others, so
// that both sides are heard.
func spread(all []string, n int, own func(string) bool) []string {
	var ours, theirs, out []string
	for _, a := range all {
		if own(a) {
			ours = append(ours, a)
		} else {
			theirs = append(theirs, a)
		}
	}
	for len(out) < n && len(ours)+len(theirs) > 0 {
		for _, side := range []*[]string{&theirs, &ours} {
			if len(*side) > 0 && len(out) < n {
				out, *side = append(out, (*side)[0]), (*side)[1:]
			}
		}
	}
	return out
}

// named reports whether a name service of the role gave the address.
func named(ev *evidence.Evidence, address string, role evidence.Role) bool {
	for _, v := range ev.Resolvers {
		if v.Role != role {
			continue
		}
		for _, a := range v.Answers {
			if slices.Contains(a.Addresses, address) {
				return true
			}
		}
	}
	return false
}

// namers are the name services that gave the address.
func namers(ev *evidence.Evidence, address string) []string {
	var out []string
	for _, v := range ev.Resolvers {
		for _, a := range v.Answers {
			if slices.Contains(a.Addresses, address) && !slices.Contains(out, v.Address) {
				out = append(out, v.Address)
			}
		}
	}
	return out
}

// frontOf is "/" of the subject, by the scheme and port with which the deciding visit asked for it.
func (r *run) frontOf(ev *evidence.Evidence, subject string) string {
	for i := len(ev.Tries) - 1; i >= 0; i-- {
		for j := len(ev.Tries[i].Hops) - 1; j >= 0; j-- {
			if f := front(ev.Tries[i].Hops[j].URL, subject); f != "" {
				return f
			}
		}
	}
	return front(r.target.URL, r.target.Host)
}

// askOtherName asks the address that cut the visit off, or fell silent, under another name.
func (r *run) askOtherName(subject string) {
	ev := r.snapshot()
	hop := lastHop(&ev)
	if hop == nil {
		return
	}
	address := hop.Address
	for _, d := range hop.Connects {
		if address == "" && d.Failure == evidence.None {
			address = d.Address
		}
	}
	if address == "" {
		return
	}
	f := r.probe.Fetch(r.ctx, probe.Request{
		URL: r.frontOf(&ev, subject), Way: evidence.ViaDirect, Address: address, Host: otherName, ServerName: otherName,
		NoRedirects: true, Counted: true,
	})
	r.learnName(evidence.NameCheck{Address: address, Name: otherName}, f)
}

// askOtherScheme asks the same address for the same name over the other scheme: what passes there tells a cut connection
// from a dead server.
func (r *run) askOtherScheme(subject string) {
	ev := r.snapshot()
	hop := lastHop(&ev)
	if hop == nil {
		return
	}
	scheme := "http"
	if strings.HasPrefix(hop.URL, "http:") {
		scheme = "https"
	}
	f := r.probe.Fetch(r.ctx, probe.Request{
		URL: scheme + "://" + bracketed(subject) + "/", Way: evidence.ViaDirect, Address: hop.Connects[0].Address,
		NoRedirects: true, Counted: true, Private: r.target.Private,
	})
	r.learn(func(ev *evidence.Evidence) { ev.OtherScheme = &f })
}

// bracketed is a host as it stands in a URL: IPv6 addresses in brackets (RFC 3986, 3.2.2).
func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// lastHop is the hop where the latest try that got anywhere ended.
func lastHop(ev *evidence.Evidence) *evidence.Hop {
	for i := len(ev.Tries) - 1; i >= 0; i-- {
		if hop := ev.Tries[i].Last(); hop != nil && len(hop.Connects) > 0 {
			return hop
		}
	}
	return nil
}

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
