package verdict

import (
	"slices"
	"time"

	"isitme/checks/evidence"
)

// Thresholds of notes.
const (
	// slowResolver is when a name service is noticeably slow; ChromeOS calls 500 ms significantly above normal, and a
	// note should be beyond doubt.
	slowResolverMS = 1500
	// certificateEnds is how close to its end a certificate is worth a word; renewals are usually a month ahead.
	certificateEnds = 14 * 24 * time.Hour
)

// notes are the findings that are true but did not decide.
func notes(r *reading, v Verdict) []Finding {
	var out []Finding
	add := func(ok bool, code string, pairs ...any) {
		if ok {
			out = append(out, finding(code, pairs...))
		}
	}
	if s := r.ev.System; s != nil {
		for _, vpn := range s.VPNs {
			carries := vpn.CarriesSite || vpn.HoldsDefault
			add(!carries, NoteVPNNotUsed, "VPN", vpn.Name)
			add(carries && v.Who == Working, NoteVPNFine, "VPN", vpn.Name)
		}
		add(s.Proxy.InUse && v.Who == Working, NoteProxyFine, "Proxy", v.Facts.Proxy)
	}
	add(r.siteIPv6Dead() && v.Cause != IPv6Broken, NoteIPv6Dead)
	if _, dead, _ := r.world.ipv6(); dead {
		add(v.Cause != IPv6Broken, NoteIPv6HereDead)
	}
	same, all := sameEverywhere(r)
	add(all > 1 && same > 0 && same < all, NoteSomeAddresses, "Bad", badAddresses(r, all, same), "All", all)
	add(r.names.own.ms > slowResolverMS && r.names.own.outcome == addresses, NoteSlowResolver,
		"Seconds", r.names.own.ms/1000, "Other", fastest(r.names.public)/1000)
	for _, s := range r.names.servers {
		add(len(r.names.servers) > 1 && s.outcome == silent && r.names.own.outcome == addresses, NoteResolverDown, "Resolver", s.address)
	}
	add(r.names.intercepted, NoteIntercepted)
	add(r.names.wildcard, NoteWildcard)
	add(r.opened(), NoteTLSOpened, "Program", r.program())
	off, known := r.world.clock()
	add(known && off.Abs() > 5*time.Minute && v.Cause != ClockWrong, NoteClockOff, "Offset", off.Seconds())
	if leaf := r.leaf(); leaf != nil && r.secure() {
		left := leaf.NotAfter.Sub(r.hop.Started)
		add(left > 0 && left < certificateEnds, NoteCertificateEnds, "Date", leaf.NotAfter.Format(time.RFC3339))
	}
	add(r.t.Scheme == "http" && !r.private(), NotePlainHTTP)
	add(r.loaded() && r.names.foreignHome() && v.Who == Working, NoteResolversDiffer)
	add(len(r.world.foreign) == 1 && v.Cause != CaptivePortal, NotePortalOneSaw, "Operator", firstKey(r.world.foreign))
	add(r.t.OneTime, NoteOneLinkOnce)
	add(r.t.Hint != "", NoteHint, "Hint", r.t.Hint)
	add(r.names.publicAsked > 0 && r.names.publicReply == 0 && r.world.answered, NotePublicBlocked)
	if other := r.ev.OtherScheme; other.Status() > 0 && other.Status() < 400 {
		add(schemeOf(other.URL) == "http", NoteHTTPWorks)
	}
	add(r.t.SchemeGuessed && r.loaded() && schemeOf(r.page.URL) == "http", NoteHTTPWorks)
	if e := r.ev.Elsewhere; e != nil {
		up, down := elsewhere(r.ev)
		add(e.Unavailable != "", NoteElsewhereNone, "Reason", e.Unavailable)
		add(up > 0 && (down > 0 || up == 1), NoteElsewhereMixed, "Good", up, "All", up+down)
	}
	return out
}

// siteIPv6Dead reports whether the site has addresses of both families and only its IPv6 ones fail, while IPv6 works here.
func (r *reading) siteIPv6Dead() bool {
	alive, _, _ := r.world.ipv6()
	dead, v4 := false, false
	look := func(h *evidence.Hop) {
		for _, d := range h.Connects {
			dead = dead || isIPv6(d.Address) && d.Failure != evidence.None
			v4 = v4 || !isIPv6(d.Address) && d.Failure == evidence.None
		}
	}
	look(r.hop)
	return alive && dead && v4
}

func badAddresses(r *reading, all, same int) int {
	if r.loaded() {
		return all - same
	}
	return same
}

func fastest(views []view) float64 {
	best := 0.0
	for _, v := range views {
		if v.outcome == addresses && (best == 0 || v.ms < best) {
			best = v.ms
		}
	}
	return best
}

func firstKey(m map[string]bool) string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}
