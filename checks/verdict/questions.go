package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// Question is a measurement that could still change the answer.
type Question string

// The open questions. Each is asked once per run and subject.
const (
	AskNames         Question = "ask_names"         // every name service about the subject's name
	AskAuthenticated Question = "ask_authenticated" // the public ones over DNS over HTTPS
	AskNonsense      Question = "ask_nonsense"      // this computer's about a name that cannot exist
	SweepAddresses   Question = "sweep_addresses"   // every address anybody gave, for this name
	AskOtherName     Question = "ask_other_name"    // the site's address under another name
	AskOtherScheme   Question = "ask_other_scheme"  // the site's address over http instead of https, or the reverse
	AskElsewhereName Question = "ask_unrelated"     // unrelated operators' servers for the site's name
	AskShared        Question = "ask_shared"        // whether one server speaks for the site and for unrelated operators
	AskAround        Question = "ask_around_proxy"  // the site without the proxy
	AskThrough       Question = "ask_through_proxy" // the site's "/" through the proxy, to compare with the way around it
	AskBesideVPN     Question = "ask_beside_vpn"    // the site beside the VPN, only after a yes
	AskPackets       Question = "ask_packets"       // unrelated sites with small and with full-sized packets
	AskAgain         Question = "ask_again"         // the page once more, since the site answered a comparison
	AskFamily        Question = "ask_family"        // well-known sites over IPv4 alone
	AskLine          Question = "ask_line"          // whether places that answered at the beginning of the run still do
	AskStatement     Question = "ask_cdn_statement" // the CDN for its machine-readable account
	AskFlush         Question = "flush"             // clear the DNS cache and look up again
	AskTypo          Question = "ask_typo"          // names that differ by a sign or two
	AskVouch         Question = "ask_vouch"         // the address of a plain-text visit over https
)

// Open names the questions that the evidence leaves open, in no particular order. It is pure; the checklist measures,
// appends what it learnt, and asks again until nothing is open or time is up.
func Open(ev *evidence.Evidence) []Question {
	r := read(ev)
	var qs []Question
	add := func(open bool, q Question) {
		if open {
			qs = append(qs, q)
		}
	}
	if r.page == nil {
		return nil
	}
	plainPage := r.loaded() && !r.secure() && !r.private()
	trouble := r.failed() || plainPage
	nameMatters := !r.names.literal && !r.viaProxy()
	add(trouble && !r.names.literal && r.subject != r.t.Host && !viewed(ev, r.subject), AskNames)
	add(trouble && nameMatters && ev.PublicAllowed && !authenticatedAsked(ev, r.subject) && r.nameInDoubt(), AskAuthenticated)
	add(trouble && nameMatters && r.names.own.outcome == addresses && r.names.agreed(nxdomain) && !nonsenseAsked(ev), AskNonsense)
	add((r.failed() && !r.secureReply() && !r.viaProxy() || plainPage && nameMatters && r.names.alone() || r.turnedAway() && besideAnswers(r)) &&
		len(r.unswept()) > 0, SweepAddresses)
	add(r.unheard() && !r.viaProxy() && !r.private() && r.beforeWord() && !namesTried(ev, false), AskOtherName)
	ledInside := r.failed() && !r.private() && r.names.foreignHome() && allNot(r.names.own.addrs, public)
	add((r.unheard() && r.beforeWord() || ledInside) && !r.viaProxy() && r.ordinaryPort() && ev.OtherScheme == nil, AskOtherScheme)
	add(((r.status != 0 && r.hop.TLS == nil || ledAway(r) || r.hop.TLS != nil && r.hop.TLS.PlainHTTP) && !r.viaProxy() || r.problem() == evidence.CertificateUntrusted || r.problem() == evidence.CertificateIncomplete) &&
		!r.private() && !namesTried(ev, true), AskElsewhereName)
	add((copied(r) || issuerCopied(r) || ledAway(r) && r.world.secureOpened == 0) && !r.viaProxy() && !r.private() && !sharedAsked(ev), AskShared)
	add(((r.failed() || proxyDenied(r)) && !r.secureReply() || ledAway(r)) && r.viaProxy() && ev.Around == nil, AskAround)
	add(r.failed() && r.viaProxy() && !r.secureReply() && aroundAnswers(r) && throughProxy(r) == nil, AskThrough)
	add(r.failed() && (!r.secureReply() || r.turnedAway()) && r.vpn(false) != nil && ev.BesideVPN == nil, AskBesideVPN)
	add((r.failed() && r.status == 0 || r.truncated()) && ev.LargePackets == nil && !r.private() && r.stalls(), AskPackets)
	add(r.unheard() && r.frontPasses("") && len(ev.Tries) < ev.TriesPlanned, AskAgain)
	add(r.unheard() && !r.viaProxy() && !r.private() && r.siteFamilyDead() && !r.siteIPv4Dead() && !isIPv6(r.hop.Connects[0].Address), AskFamily)
	add(r.fellSilent() && ev.Later == nil, AskLine)
	add(r.cloudflareSpoke() && r.hop.Response.Statement == nil, AskStatement)
	add(r.flushMightHelp() && ev.Flush == nil, AskFlush)
	add(r.failed() && r.names.agreed(nxdomain) && r.subject == r.t.Host && !r.private() && ev.Suggestions == nil, AskTypo)
	add(trouble && nameMatters && r.hop.TLS == nil && r.plainPort() && public(r.hop.Address) && r.names.foreignHome() && !vouchAsked(ev, r.subject), AskVouch)
	return qs
}

// Subject is the name that the evidence is judged by: the target's host, or that of the redirect hop that failed.
func Subject(ev *evidence.Evidence) string { return read(ev).subject }

// PlainHost is the host of the first plain-text reply of the deciding visit, which anybody on the way may have written;
// empty where there was none, or where a secure connection has shown since that it led to the site.
func PlainHost(ev *evidence.Evidence) string {
	r := read(ev)
	if hop := r.plainHop(); hop != nil && hop.Response != nil && (r.hop.TLS == nil || ledAway(r)) {
		return hop.Host
	}
	return ""
}

// SiteSpoke reports whether the deciding visit ended at the site's own word: a reply over a verified secure connection, which
// a proxy only relays.
func SiteSpoke(ev *evidence.Evidence) bool {
	r := read(ev)
	return r.page != nil && r.secureReply()
}

// Unswept are the addresses that somebody gave for the subject and that were not visited yet.
func Unswept(ev *evidence.Evidence) []string { return read(ev).unswept() }

func (r *reading) unswept() []string {
	all := slices.Concat(r.names.others(), r.names.own.addrs)
	for _, s := range r.names.servers {
		all = append(all, s.addrs...)
	}
	if r.names.literal {
		all = []string{r.t.Host}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(a string) bool {
		return slices.ContainsFunc(r.ev.Addresses, func(c evidence.AddressCheck) bool {
			return c.Address == a && c.Hop.Host == r.subject
		})
	})
}

// viewed reports whether the name services were asked about the name.
func viewed(ev *evidence.Evidence, name string) bool {
	for _, rv := range ev.Resolvers {
		for _, a := range rv.Answers {
			if a.Name == name && rv.Role != evidence.RoleSystem {
				return true
			}
		}
	}
	return false
}

func authenticatedAsked(ev *evidence.Evidence, name string) bool {
	for _, rv := range ev.Resolvers {
		for _, a := range rv.Answers {
			if a.Name == name && a.Transport == evidence.OverHTTPS && rv.Role == evidence.RolePublic {
				return true
			}
		}
	}
	return false
}

func nonsenseAsked(ev *evidence.Evidence) bool {
	for _, rv := range ev.Resolvers {
		for _, a := range rv.Control {
			if len(a.Name) > len(NonsensePrefix) && a.Name[:len(NonsensePrefix)] == NonsensePrefix {
				return true
			}
		}
	}
	return false
}

// ordinaryPort reports whether the visit went to its scheme's own port, so that the other scheme's is known too.
func (r *reading) ordinaryPort() bool {
	if len(r.hop.Connects) == 0 {
		return false
	}
	port := r.hop.Connects[0].Port
	return port == 80 || port == 443
}

func namesTried(ev *evidence.Evidence, siteName bool) bool {
	return slices.ContainsFunc(ev.OtherNames, func(c evidence.NameCheck) bool { return c.SiteName == siteName })
}

// nameInDoubt reports whether the plain answers about the name could have been made up on the way: nobody else could be
// asked, all deny it, somebody answers for public name services here, or nothing verified has come from the address.
func (r *reading) nameInDoubt() bool {
	n := r.names
	if !viewed(r.ev, r.subject) {
		return false
	}
	return n.intercepted || n.witnesses() == 0 || n.own.outcome != addresses || n.foreignHome() ||
		allNot(n.own.addrs, public) || r.problem() != "" || r.unheard() || r.hop.TLS == nil && !r.private()
}

// stalls reports whether the visit, or the well-known sites' secure connections, stall after the connection stands.
func (r *reading) stalls() bool {
	stall := func(f *evidence.Fault) bool {
		return f != nil && f.Failure == evidence.Timeout && f.Operation != evidence.Connect && f.Operation != evidence.Resolve
	}
	if stall(r.fault) || r.truncated() {
		return true
	}
	for _, s := range r.ev.WellKnown {
		if stall(s.Fetch.Fault) {
			return true
		}
	}
	return false
}

// cloudflareSpoke reports whether Cloudflare wrote the failing reply; it then states its own view when asked for it.
func (r *reading) cloudflareSpoke() bool {
	if r.hop.Response == nil || r.status < 400 || !r.secure() && r.hop.TLS != nil {
		return false
	}
	h := r.hop.Response.Header
	return h["cf-ray"] != "" && h["cf-mitigated"] == "" && h["server"] == "cloudflare"
}

// vouchAsked reports whether the address of a plain-text visit was asked over https.
func vouchAsked(ev *evidence.Evidence, subject string) bool {
	return slices.ContainsFunc(ev.Vouched, func(c evidence.AddressCheck) bool { return c.Hop.Host == subject })
}

// flushMightHelp reports whether a remembered answer could be the reason: this computer's lookup gives no address or
// another one than independent name services do, and no better explanation stands below it.
func (r *reading) flushMightHelp() bool {
	if !r.failing() || r.viaProxy() || r.names.literal || r.private() || r.names.ownFromHosts || r.world.portal() || r.world.dead() || r.homeBroken() {
		return false
	}
	if r.names.count(addresses) == 0 || r.servesSecurely(r.names.own.addrs) {
		return false
	}
	return r.names.own.outcome != addresses || r.names.foreignHome()
}
