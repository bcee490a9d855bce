package checklist

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/verdict"
)

// smallSegment is a TCP segment size that passes every link of the internet: IPv4 hosts must take datagrams of 576
// bytes (RFC 1122, 3.3.2), less 40 of headers.
const smallSegment = 536

// packetSites is how many unrelated sites the packet test asks; two must agree.
const packetSites = 2

// askPackets repeats visits to unrelated sites with small and with ordinary packets: where only the small ones pass, the
// line loses large ones.
func (r *run) askPackets() {
	var group sync.WaitGroup
	for _, s := range r.env.Sites[:min(packetSites, len(r.env.Sites))] {
		group.Go(func() {
			u, err := url.Parse(s.URL)
			if err != nil {
				return
			}
			check := evidence.PacketCheck{Host: u.Hostname()}
			via := probe.Request{Way: r.way(), Proxy: r.proxy}
			small := via
			small.MaxSegment = smallSegment
			var both sync.WaitGroup
			both.Go(func() {
				f := r.probe.Site(r.ctx, s, small).Fetch
				check.Small, check.SmallDone = f.Fault, r.ctx.Err() == nil && !notSupported(f)
			})
			both.Go(func() {
				f := r.probe.Site(r.ctx, s, via).Fetch
				check.Full, check.FullDone = f.Fault, r.ctx.Err() == nil
			})
			both.Wait()
			r.learn(func(ev *evidence.Evidence) { ev.LargePackets = append(ev.LargePackets, check) })
		})
	}
	group.Wait()
}

// familySites is how many well-known sites are connected to over IPv4 alone.
const familySites = 3

// askFamily connects to well-known sites over IPv4: where IPv6 works, browsers and we have had no need to.
func (r *run) askFamily() {
	ev := r.snapshot()
	addresses := verdict.Families(&ev, false)
	var group sync.WaitGroup
	for _, address := range addresses[:min(familySites, len(addresses))] {
		group.Go(func() {
			d := r.probe.Connect(r.ctx, address, 443)
			r.learn(func(ev *evidence.Evidence) { ev.Reachable = append(ev.Reachable, d) })
		})
	}
	group.Wait()
}

// lateEnough reports whether no try is going on any more, or so little time is left that this is the moment to look whether
// the line still stands.
func (r *run) lateEnough() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for part := range r.pending {
		if part == partFirst || strings.HasPrefix(part, partTries) {
			return r.slowSaid
		}
	}
	return true
}

// askLine connects once more to places that answered at the beginning of the run.
func (r *run) askLine() {
	ev := r.snapshot()
	var group sync.WaitGroup
	for _, address := range verdict.Answered(&ev) {
		group.Go(func() {
			d := r.probe.Connect(r.ctx, address, 443)
			r.learn(func(ev *evidence.Evidence) { ev.Later = append(ev.Later, d) })
		})
	}
	group.Wait()
}

// notSupported reports whether this system cannot cap the segment size: nothing was connected at all.
func notSupported(f evidence.Fetch) bool {
	return f.Fault.Is(evidence.Connect, evidence.Unknown)
}

// askStatement asks the CDN once for its machine-readable account of the failure (RFC 9457), and keeps it beside the
// reply it is about.
func (r *run) askStatement() {
	ev := r.snapshot()
	if len(ev.Tries) == 0 {
		return
	}
	f := r.probe.Fetch(r.ctx, probe.Request{
		URL: ev.Tries[len(ev.Tries)-1].URL, Way: r.way(), Proxy: r.proxy, Accept: "application/problem+json", Counted: true,
	})
	hop := f.Last()
	if hop == nil || hop.Response == nil || hop.Response.Statement == nil {
		return
	}
	r.learn(func(ev *evidence.Evidence) {
		tries := slices.Clone(ev.Tries)
		for i := range tries {
			last := tries[i].Last()
			if last == nil || last.Response == nil || last.Response.Status != hop.Response.Status {
				continue
			}
			hops := slices.Clone(tries[i].Hops)
			reply := *last.Response
			reply.Statement = hop.Response.Statement
			hops[len(hops)-1].Response = &reply
			tries[i].Hops = hops
		}
		ev.Tries = tries
	})
}

// flushSettles is how long a resolver may take that is told by a signal, and clears its cache when it gets round to it.
const flushSettles = 250 * time.Millisecond

// askFlush clears this computer's DNS cache, looks the name up again, and visits the page once more if that gave
// another answer.
func (r *run) askFlush() {
	r.setStep(evidence.StepFlush, Running, verdict.StepFlushRunning)
	ev := r.snapshot()
	before := ownAddresses(&ev, r.target.Host)
	flush := r.env.Flush(r.ctx)
	var again evidence.Answer
	for try := 0; flush.Done && !flush.Changed && try < 2 && (try == 0 || sleep(r.ctx, flushSettles)); try++ {
		again = r.env.LookupHost(r.ctx, r.target.Host)
		again.AfterFlush = true
		after := slices.Sorted(slices.Values(again.Addresses))
		flush.Changed = len(after) > 0 && !slices.Equal(before, after)
	}
	// Known before the page is visited once more: a try that goes on meanwhile profits from the clearing as well.
	r.learn(func(ev *evidence.Evidence) {
		ev.Flush = &flush
		if flush.Done {
			addView(ev, evidence.ResolverView{Name: "os", Address: "os", Role: evidence.RoleSystem, Answers: []evidence.Answer{again}})
		}
	})
	if flush.Changed && !r.target.OneTime {
		f := r.probe.Fetch(r.ctx, probe.Request{URL: r.target.URL, Way: r.way(), Counted: true, Private: r.target.Private})
		f.AfterFlush = true
		r.learn(func(ev *evidence.Evidence) { ev.AfterFlush = &f })
	}
}

// ownAddresses are the addresses that the OS's lookup gave for the name, sorted.
func ownAddresses(ev *evidence.Evidence, name string) []string {
	var out []string
	for _, v := range ev.Resolvers {
		if v.Role != evidence.RoleSystem {
			continue
		}
		for _, a := range v.Answers {
			if a.Name == name && !a.AfterFlush {
				out = append(out, a.Addresses...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// slips are the endings that fingers type for others. Only slips whose right form is beyond doubt are here: a
// suggestion that leads to a squatter would be worse than none.
var slips = map[string]string{
	".con": ".com", ".cmo": ".com", ".ocm": ".com", ".vom": ".com", ".xom": ".com", ".comm": ".com", ".coom": ".com",
	".ogr": ".org", ".orgg": ".org", ".rog": ".org", ".nte": ".net", ".ent": ".net", ".nett": ".net",
	".co,": ".com", ".c0m": ".com", ".dee": ".de", ".ed": ".de",
}

// typos are names that the visitor may have meant.
func typos(host string) []string {
	var out []string
	for wrong, right := range slips {
		if strings.HasSuffix(host, wrong) {
			out = append(out, strings.TrimSuffix(host, wrong)+right)
		}
	}
	for _, wrong := range []string{"wwww.", "ww.", "wwww", "www-"} {
		if rest, ok := strings.CutPrefix(host, wrong); ok && strings.Contains(rest, ".") {
			out = append(out, "www."+rest)
		}
	}
	if rest, ok := strings.CutPrefix(host, "www."); ok {
		out = append(out, rest)
	} else {
		out = append(out, "www."+host)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// askTypo asks public name services whether one of the names exists that the visitor may have meant.
func (r *run) askTypo() {
	found := []string{}
	for _, name := range typos(r.target.Host) {
		res := r.env.Resolvers[0]
		a := r.probe.Ask(r.ctx, probe.Question{Address: res.Address, Role: evidence.RolePublic, Transport: evidence.OverUDP, Name: name, Type: dns.TypeA})
		if len(a.Addresses) > 0 {
			found = append(found, name)
		}
	}
	r.learn(func(ev *evidence.Evidence) { ev.Suggestions = found })
}
