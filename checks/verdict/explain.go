package verdict

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"isitme/checks/evidence"
)

// NewFinding makes a Finding from a code and its particulars, in pairs of a name and a value.
func NewFinding(code string, pairs ...any) Finding { return finding(code, pairs...) }

func finding(code string, pairs ...any) Finding {
	f := Finding{Code: code}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[pairs[i].(string)] = pairs[i+1]
	}
	return f
}

// statusLine is the status line of a fetch's last reply, empty without one.
func statusLine(f *evidence.Fetch) string {
	if hop := f.Last(); hop != nil {
		return hop.Response.Line()
	}
	return ""
}

func schemeOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme
}

// seconds is how long the deciding visit took, without the body where we stopped reading it: a stream never ends.
func seconds(r *reading) float64 {
	if r.page == nil {
		return 0
	}
	ms := r.page.MS
	if r.hop.Response != nil && r.hop.Response.Capped {
		ms -= r.hop.Timings.BodyMS
	}
	return ms / 1000
}

// tries is the ordinal of the deciding visit, counting an https attempt and its http fallback as one.
func tries(r *reading) int {
	n := 0
	for i := range r.ev.Tries {
		f := &r.ev.Tries[i]
		if !r.t.SchemeGuessed || schemeOf(f.URL) == r.t.Scheme || i == 0 {
			n++
		}
		if f == r.page {
			break
		}
	}
	return max(n, 1)
}

// sameReplies counts the tries that got the same status as the deciding one.
func sameReplies(r *reading) int {
	n := 0
	for i := range r.ev.Tries {
		if r.status != 0 && r.ev.Tries[i].Status() == r.status {
			n++
		}
	}
	return n
}

// facts gathers the particulars that any sentence may mention.
func facts(r *reading) Facts {
	f := Facts{Host: r.t.DisplayHost, Port: r.t.Port, Tries: len(r.ev.Tries), Status: r.status}
	if r.subject != r.t.Host {
		f.Hop = r.subject
	}
	if r.page != nil && len(r.ev.Tries) > 0 {
		end := r.page.Started.Add(time.Duration(r.page.MS * float64(time.Millisecond)))
		f.Seconds = max(0, end.Sub(r.ev.Tries[0].Started).Seconds())
	}
	replyFacts(r, &f)
	certificateFacts(r, &f)
	nameFacts(r, &f)
	for _, a := range r.ev.Addresses {
		if a.Hop.Host == r.subject {
			f.Addresses = append(f.Addresses, a.Address)
		}
	}
	if len(f.Addresses) == 0 && r.hop.Address != "" && !r.viaProxy() {
		f.Addresses = []string{r.hop.Address}
	}
	if s := r.ev.System; s != nil {
		f.Proxy = hostOf(s.Proxy.URL)
		if v := r.vpn(false); v != nil {
			f.VPN = v.Name
		}
	}
	return f
}

func replyFacts(r *reading, f *Facts) {
	if r.hop.Response == nil {
		return
	}
	resp := r.hop.Response
	f.StatusLine = resp.Line()
	for _, s := range resp.Signatures {
		if s.Layer == evidence.LayerPortal || s.Layer == evidence.LayerVisitorFilter || s.Layer == evidence.LayerVisitorProxy {
			continue
		}
		f.Gateway = cmp.Or(f.Gateway, s.Name)
		f.GatewayCDN = f.GatewayCDN || s.Layer == evidence.LayerCDN
		f.Meaning = cmp.Or(f.Meaning, s.Meaning)
	}
	if len(resp.RequestIDs) > 0 {
		f.RequestName, f.RequestID = resp.RequestIDs[0].Header, resp.RequestIDs[0].Value
	}
}

func certificateFacts(r *reading, f *Facts) {
	leaf := r.leaf()
	if leaf == nil {
		return
	}
	f.Issuer, f.Names, f.Program = leaf.Issuer, leaf.Names, r.program()
	switch r.problem() {
	case evidence.CertificateExpired:
		f.Date = leaf.NotAfter.Format(time.RFC3339)
	case evidence.CertificateNotYetValid:
		f.Date = leaf.NotBefore.Format(time.RFC3339)
	}
}

// said are the codes for what a name service said instead of an address.
var said = map[outcome]string{
	nxdomain: "no_such_name", noData: "no_address", refusedQuery: "refused", servfail: "no_answer", misbehaving: "no_answer",
	silent: "no_answer",
}

func nameFacts(r *reading, f *Facts) {
	n := r.names
	f.Good, f.All = n.count(addresses), len(n.public)
	if others := n.others(); len(others) > 0 {
		f.Other = others[0]
		if good := r.serving(others); len(good) > 0 {
			f.Other = good[0]
		}
	}
	home := n.home()
	f.Resolver = home.address
	if f.Resolver == "os" || f.Resolver == "" {
		f.Resolver = ""
		if len(n.servers) > 0 {
			f.Resolver = n.servers[0].address
		}
	}
	f.Answered = said[home.outcome]
	switch {
	case len(home.addrs) > 0:
		f.Answered = home.addrs[0]
		if allNot(home.addrs, func(a string) bool { return !sinkhole(a) }) {
			f.How = "sinkhole"
		}
	case home.outcome != notAsked:
		f.How = string(home.outcome)
	}
	if n.blockedAtHome() {
		f.How = "extended_error"
	}
}

// hostOf is host and port of a proxy's URL.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// nameIn is the host name in an address, empty in a relative one.
func nameIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// finish adds what every verdict has: the reasons' limit, what was ruled out, and the notes.
func finish(r *reading, v *Verdict) {
	if len(v.Reasons) > 3 {
		v.Reasons = v.Reasons[len(v.Reasons)-3:]
	}
	v.RuledOut = ruledOut(r, *v)
	v.Notes = append(v.Notes, notes(r, *v)...)
	v.Notes = slices.CompactFunc(v.Notes, func(a, b Finding) bool { return a.Code == b.Code })
}

// ruledOut lists the explanations that were checked and excluded; what was not checked is not on it.
func ruledOut(r *reading, v Verdict) []Finding {
	var out []Finding
	add := func(ok bool, f Finding) {
		if ok {
			out = append(out, f)
		}
	}
	side := v.Who != You && v.Who != Unknown
	add(r.world.othersWork() && !r.world.slow(), finding(OutConnection))
	agree := 0
	for _, p := range r.names.public {
		if p.outcome == addresses {
			agree++
		}
	}
	own := r.names.own.outcome == addresses && (r.names.shared() || r.secure())
	if own {
		agree++
	}
	add(side && own && agree >= 2, finding(OutLookup, "Good", agree, "All", len(r.names.public)+1))
	if s := r.ev.System; s != nil {
		unread := slices.ContainsFunc(s.Unread, func(u evidence.Unread) bool { return u.What == "proxy" || u.What == "network" })
		add(!unread && !s.Proxy.InUse && r.vpn(false) == nil, finding(OutNoProxyVPN))
		add(side && s.Proxy.InUse && r.ev.Around != nil && r.ev.Around.Status() == r.status && r.status != 0, finding(OutProxy))
		add(side && r.ev.BesideVPN != nil && r.ev.BesideVPN.Status() == r.status && r.status != 0, finding(OutVPN))
	}
	add(r.secure(), finding(OutCertificate))
	add(r.world.clockRight(), finding(OutClock))
	add(v.Cause != TLSIntercepted && r.world.secureOpened >= 2 && r.program() == "", finding(OutInterception))
	same, all := sameEverywhere(r)
	add(all > 1 && same == all && r.status != 0, finding(OutOneAddress, "Count", all, "Status", r.status))
	add(r.ev.Flush != nil && r.ev.Flush.Done && !r.ev.Flush.Changed && v.Cause != FixedByFlush, finding(OutOldAddress))
	add(r.world.plainOpened >= 2, finding(OutSignInPage))
	return out
}

// sameEverywhere counts the site's addresses that answered with the deciding status, of all that were tried.
func sameEverywhere(r *reading) (same, all int) {
	for _, a := range r.ev.Addresses {
		if a.Hop.Host != r.subject {
			continue
		}
		all++
		if a.Hop.Response != nil && a.Hop.Response.Status == r.status {
			same++
		}
	}
	return same, all
}
