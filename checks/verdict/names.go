package verdict

import (
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// outcome is what one name service said about one name, all questions together.
type outcome string

const (
	notAsked     outcome = ""
	addresses    outcome = "addresses"
	nxdomain     outcome = "nxdomain"
	noData       outcome = "no_data"
	servfail     outcome = "servfail"
	refusedQuery outcome = "refused"
	silent       outcome = "silent"
	misbehaving  outcome = "misbehaving"
)

// said reports whether the outcome is a statement about the name, not a failure of the name service.
func (o outcome) said() bool { return o == addresses || o == nxdomain || o == noData }

// view is one name service's outcome.
type view struct {
	name, address string
	outcome       outcome
	addrs         []string
	blocked       bool // it says that it withholds the name on purpose (RFC 8914, codes 15 to 18)
	unchecked     bool // it gave addresses only with DNSSEC checking disabled
	authenticated bool // the answer came over an authenticated transport
	ms            float64
}

// names is what is known about the subject's name.
type names struct {
	literal bool
	own     view   // as the operating system resolves
	servers []view // each configured server, asked directly
	public  []view // public name services that count as independent witnesses
	// ownControl says how the configured servers do with well-known names: asked, and how many of them answered any.
	controlAsked, controlGood int
	intercepted               bool
	translates                bool // the network's name server makes up IPv6 addresses for IPv4 ones (NAT64)
	// vouched is true when an address that only this computer's lookup gives shows a valid certificate for the name.
	vouched bool
	// wildcard is true when the visitor's name service gives an address for a name that cannot exist.
	wildcard                 bool
	publicAsked, publicReply int // public services asked, and those that replied anything authentic
	hosts                    []evidence.HostsEntry
	ownFromHosts             bool
}

// NonsensePrefix begins the names that are asked because they cannot exist: an address for one of them was made up.
const NonsensePrefix = "isitme-no-such-name-"

// controlWorks reports whether a name service finds a well-known name.
func controlWorks(rv evidence.ResolverView) bool {
	return slices.ContainsFunc(rv.Control, func(a evidence.Answer) bool {
		return len(a.Addresses) > 0 && !strings.HasPrefix(a.Name, NonsensePrefix)
	})
}

func readNames(ev *evidence.Evidence, subject string) names {
	n := names{literal: ev.Target.Literal && subject == ev.Target.Host, intercepted: intercepted(ev), translates: ev.NAT64}
	configured := map[string]bool{}
	for _, rv := range ev.Resolvers {
		switch rv.Role {
		case evidence.RoleSystem:
			n.own = summarise(rv, subject, false)
		case evidence.RoleConfigured:
			configured[rv.Address] = true
			n.servers = append(n.servers, summarise(rv, subject, false))
			if len(rv.Control) > 0 {
				n.controlAsked++
				if controlWorks(rv) {
					n.controlGood++
				}
			}
			n.wildcard = n.wildcard || slices.ContainsFunc(rv.Control, func(a evidence.Answer) bool {
				return strings.HasPrefix(a.Name, NonsensePrefix) && len(a.Addresses) > 0
			})
		}
	}
	for _, rv := range ev.Resolvers {
		if rv.Role != evidence.RolePublic {
			continue
		}
		// Plain questions to a service that this computer uses anyway, or that somebody answers for, are not a second
		// opinion; an authenticated answer always is.
		v := summarise(rv, subject, n.intercepted || configured[rv.Address])
		n.publicAsked++
		if v.outcome == notAsked {
			continue
		}
		if v.outcome != silent {
			n.publicReply++
		}
		n.public = append(n.public, v)
	}
	if n.own.outcome != addresses {
		n.own = ownFromTries(ev, subject, n.own)
	}
	n.vouched = slices.ContainsFunc(ev.Vouched, func(c evidence.AddressCheck) bool {
		return c.Hop.Host == subject && c.Hop.TLS != nil && c.Hop.TLS.Verified && slices.Contains(n.own.addrs, c.Address)
	})
	if ev.System == nil {
		return n
	}
	for _, h := range ev.System.Hosts {
		if strings.EqualFold(h.Name, subject) {
			n.hosts = append(n.hosts, h)
			n.ownFromHosts = n.ownFromHosts || slices.Contains(n.own.addrs, h.Address)
		}
	}
	return n
}

// ownFromTries falls back on the lookups that the tries made, when the separate one was not made or failed: a lookup that
// failed once and then did not was a hiccup.
func ownFromTries(ev *evidence.Evidence, subject string, own view) view {
	for i := range ev.Tries {
		for _, hop := range ev.Tries[i].Hops {
			if hop.Host != subject || hop.Resolution == nil {
				continue
			}
			v := summarise(evidence.ResolverView{
				Name: "os", Address: "os",
				Answers: []evidence.Answer{*hop.Resolution},
			}, subject, false)
			if own.outcome == notAsked || v.outcome == addresses {
				own = v
			}
		}
	}
	return own
}

// intercepted reports whether somebody answers in the name of addresses that run no name service.
func intercepted(ev *evidence.Evidence) bool {
	answered, asked := 0, 0
	for _, a := range ev.Interception {
		asked++
		if a.Replied() {
			answered++
		}
	}
	return asked > 0 && answered == asked
}

// summarise reduces all answers of one service about a name to one view. With onlyAuthenticated the plain ones are
// left out; otherwise an authenticated answer goes before plain ones.
func summarise(rv evidence.ResolverView, subject string, onlyAuthenticated bool) view {
	v := view{name: rv.Name, address: rv.Address}
	var plain, auth, checked []evidence.Answer
	for _, a := range rv.Answers {
		switch {
		case a.Name != subject || a.AfterFlush:
		case a.CheckingDisabled:
			checked = append(checked, a)
		case a.Transport == evidence.OverHTTPS:
			auth = append(auth, a)
		default:
			plain = append(plain, a)
		}
	}
	use := plain
	if onlyAuthenticated {
		use = nil
	}
	if slices.ContainsFunc(auth, evidence.Answer.Replied) {
		use, v.authenticated = auth, true
	} else if len(use) == 0 {
		use = auth
	}
	byType := map[string]outcome{}
	for _, a := range use {
		byType[a.Type] = worse(byType[a.Type], outcomeOf(a))
		v.addrs = append(v.addrs, a.Addresses...)
		v.ms = max(v.ms, a.MS)
		for _, e := range a.ExtendedErrors {
			v.blocked = v.blocked || e.Code >= 15 && e.Code <= 18
		}
	}
	slices.Sort(v.addrs)
	v.addrs = slices.Compact(v.addrs)
	v.outcome = together(byType)
	if v.outcome == silent && controlWorks(rv) && !onlyAuthenticated && !v.authenticated {
		v.outcome = servfail // it is there and has no answer for this one name
	}
	v.unchecked = v.outcome == servfail && slices.ContainsFunc(checked, func(a evidence.Answer) bool {
		return len(a.Addresses) > 0
	})
	return v
}

// together combines the outcomes of the questions for each type of address. That there is no address is known only when
// every question said so: one that was lost may have had it.
func together(byType map[string]outcome) outcome {
	all, failed := notAsked, notAsked
	for _, o := range byType {
		all = worse(all, o)
		if o != noData && o != notAsked {
			failed = worse(failed, o)
		}
	}
	if all == noData && failed != notAsked {
		return failed
	}
	return all
}

// worse combines the outcomes of several tries of one question: addresses win, then the statement that says most.
func worse(a, b outcome) outcome {
	order := []outcome{addresses, nxdomain, noData, servfail, refusedQuery, misbehaving, silent, notAsked}
	if slices.Index(order, b) < slices.Index(order, a) {
		return b
	}
	return a
}

func outcomeOf(a evidence.Answer) outcome {
	switch {
	case len(a.Addresses) > 0:
		return addresses
	case a.Failure == evidence.DNSNXDomain && len(a.CNAMEs) > 0:
		return noData // the name exists and is another's alias; that other one does not (RFC 6604, 3)
	case a.Failure == evidence.DNSNXDomain:
		return nxdomain
	case a.Failure == evidence.DNSNoAnswer, a.Failure == evidence.None && a.RCode == "NOERROR":
		return noData
	case a.Failure == evidence.DNSServfail, a.Failure == evidence.DNSTemporary:
		return servfail
	case a.Failure == evidence.DNSRefused:
		return refusedQuery
	case a.Failure == evidence.DNSNotFound:
		return nxdomain // the OS does not tell "no such name" from "no address"; the direct questions do
	case a.Failure == evidence.DNSMisbehaving:
		return misbehaving
	case a.Failure == evidence.Interrupted:
		return notAsked
	default:
		return silent
	}
}

// home is what the visitor's own name service says about the name: what the OS's lookup gave, or, since the OS does not
// say why a lookup failed, the configured servers' own words.
func (n names) home() view {
	if n.own.outcome == addresses {
		return n.own
	}
	// The OS asks the servers in order and takes the first statement.
	for _, s := range n.servers {
		if s.outcome.said() || s.outcome == servfail || s.outcome == refusedQuery {
			if s.outcome == addresses && n.own.outcome != notAsked {
				continue // a server that answers us but not the OS does not help the visitor
			}
			return s
		}
	}
	return n.own
}

// blockedAtHome reports whether the visitor's name service says that it withholds the name.
func (n names) blockedAtHome() bool {
	return slices.ContainsFunc(append([]view{n.own}, n.servers...), func(v view) bool { return v.blocked })
}

// count is how many independent services have the outcome.
func (n names) count(o outcome) int {
	c := 0
	for _, v := range n.public {
		if v.outcome == o {
			c++
		}
	}
	return c
}

// witnesses is how many independent services made any statement about the name, or failed at it in words.
func (n names) witnesses() int {
	c := 0
	for _, v := range n.public {
		if v.outcome != silent {
			c++
		}
	}
	return c
}

// agreed reports whether at least one independent service was heard and all that were heard say o.
func (n names) agreed(o outcome) bool {
	return n.witnesses() > 0 && n.count(o) == n.witnesses()
}

// others are the addresses that independent services give.
func (n names) others() []string {
	var all []string
	for _, v := range n.public {
		all = append(all, v.addrs...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// shared reports whether the visitor's answer has an address in common with the others', or one in the same network, or,
// asked for a visit in plain text, one that vouches for itself: the links of the chain in VERDICTS.md, "Order of
// judgement" 4.
func (n names) shared() bool {
	if n.vouched {
		return true
	}
	for _, a := range n.own.addrs {
		for _, b := range n.others() {
			if a == b || sameNetwork(a, b) || n.translates && lastFour(a) == lastFour(b) {
				return true
			}
		}
	}
	return false
}
