package checklist

import (
	"net/url"
	"sync"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// unrelatedServers is how many operators' servers are asked for the site's name in plain text: one of them may really
// serve it, as large front doors do for all their customers at each of their addresses.
const unrelatedServers = 2

// askUnrelated asks unrelated operators' servers for the site's name: a reply that is the same as the site's was written
// on the way.
func (r *run) askUnrelated(subject string) {
	ev := r.snapshot()
	if plain := verdict.PlainHost(&ev); plain != "" {
		subject = plain
	}
	site, err := url.Parse(r.frontOf(&ev, subject))
	if err != nil {
		return
	}
	site.Host = bracketed(site.Hostname()) // the unrelated servers listen on the ordinary port
	var group sync.WaitGroup
	for _, there := range unrelated(&ev, site.Scheme, unrelatedServers) {
		group.Go(func() {
			f := r.probe.Fetch(r.ctx, probe.Request{URL: site.String(), Way: evidence.ViaDirect, Address: there.Address, NoRedirects: true})
			r.learnName(evidence.NameCheck{Address: there.Address, Name: subject, SiteName: true}, f)
		})
	}
	group.Wait()
}

// unrelated are where up to most well-known operators' servers replied, each in its own name: sign-in-page detectors in
// plain text, otherwise one well-known site.
func unrelated(ev *evidence.Evidence, scheme string, most int) []evidence.Hop {
	var out []evidence.Hop
	operators := map[string]bool{}
	add := func(operator string, hop *evidence.Hop, most int) {
		if hop != nil && hop.Address != "" && !evidence.Local(hop.Address) && !operators[operator] && len(out) < most {
			operators[operator] = true
			out = append(out, *hop)
		}
	}
	if scheme == "https" {
		for _, s := range ev.WellKnown {
			add(s.Operator, s.Fetch.Last(), min(most, 1))
		}
		return out
	}
	for _, p := range ev.Portals {
		if p.Genuine {
			add(p.Operator, p.Fetch.Last(), most)
		}
	}
	return out
}

// askShared finds out whether one server speaks for the site and for the unrelated operators: it asks the site's address
// for one of theirs, and an address where nobody should reply for the site.
func (r *run) askShared(subject string) {
	ev := r.snapshot()
	hop := lastHop(&ev)
	if plain := verdict.PlainHost(&ev); plain != "" {
		subject = plain
	}
	site, err := url.Parse(r.frontOf(&ev, subject))
	if err != nil {
		return
	}
	var group sync.WaitGroup
	for _, there := range unrelated(&ev, site.Scheme, 1) {
		if hop == nil {
			break // the visit ended where nothing was connected, after it was led away
		}
		group.Go(func() {
			f := r.probe.Fetch(r.ctx, probe.Request{
				URL: there.URL, Way: evidence.ViaDirect, Address: hop.Connects[0].Address, NoRedirects: true, Counted: true,
			})
			r.learnName(evidence.NameCheck{Address: hop.Connects[0].Address, Name: there.Host}, f)
		})
	}
	for _, silent := range r.env.SilentAddresses {
		group.Go(func() {
			f := r.probe.Fetch(r.ctx, probe.Request{URL: site.String(), Way: evidence.ViaDirect, Address: silent, NoRedirects: true})
			r.learnName(evidence.NameCheck{Address: silent, Name: subject, SiteName: true, Silent: true}, f)
		})
	}
	group.Wait()
}

// learnName keeps what a visit under another name, or at another's address, came to.
func (r *run) learnName(check evidence.NameCheck, f evidence.Fetch) {
	if hop := f.Last(); hop != nil {
		check.Hop = *hop
		if u, err := url.Parse(hop.URL); err == nil {
			check.Scheme = u.Scheme
		}
	}
	r.learn(func(ev *evidence.Evidence) { ev.OtherNames = append(ev.OtherNames, check) })
}
