package checklist

import (
	"slices"
	"strings"
	"sync"

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
