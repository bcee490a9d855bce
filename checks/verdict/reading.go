package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// reading is the evidence seen from the one visit that decides: which fetch, which hop of it, which name.
type reading struct {
	ev *evidence.Evidence
	t  evidence.Target
	// page is the fetch that decides: the one that loaded, else the one with the strongest word about the failure.
	page *evidence.Fetch
	// hop is where that fetch ended (empty, never nil, before any was begun), fault why, status what was answered there.
	hop    *evidence.Hop
	fault  *evidence.Fault
	status int
	// subject is the name judged: the target's, or that of the redirect hop that failed.
	subject string
	// direct is true when the visit around the proxy is judged in the proxied one's place.
	direct bool
	names  names
	world  world
}

// read derives the reading. It never fails: with empty evidence everything is "not known".
func read(ev *evidence.Evidence) *reading {
	r := &reading{ev: ev, t: ev.Target, subject: ev.Target.Host}
	r.page = decisive(ev.Tries)
	if ev.AfterFlush.Loaded() {
		r.page = ev.AfterFlush
	}
	r.use(r.page)
	r.world = readWorld(ev)
	r.takeDirectView()
	return r
}

// use makes page the visit that is judged.
func (r *reading) use(page *evidence.Fetch) {
	r.page, r.hop, r.fault, r.status, r.subject = page, page.Last(), nil, page.Status(), r.t.Host
	if page != nil {
		r.fault = page.Fault
	}
	if r.hop == nil {
		r.hop = &evidence.Hop{}
	}
	if r.hop.Host != "" {
		r.subject = r.hop.Host
	}
	if r.fault == nil {
		r.fault = r.hop.Fault
	}
	r.names = readNames(r.ev, r.subject)
}

// decisive picks the fetch that says most: one that loaded; else the latest server's failure, which a later "not found" or
// "too many requests" does not undo (a server that is starting says the one, and our own retries earn the other); else the
// latest one that was answered; else the latest of those that got furthest. A fetch that we ended ourselves says nothing.
func decisive(tries []evidence.Fetch) *evidence.Fetch {
	best, rank := (*evidence.Fetch)(nil), -1
	for i := range tries {
		if tries[i].Loaded() {
			return &tries[i]
		}
		if n := progress(&tries[i]); n >= rank {
			best, rank = &tries[i], n
		}
	}
	return best
}

// progress ranks how far a fetch got.
func progress(f *evidence.Fetch) int {
	if f.Status() != 0 && !f.Fault.Is(evidence.HTTPRedirect) {
		if f.Status() >= 500 {
			return 7
		}
		return 6
	}
	if f.Fault == nil || f.Fault.Failure == evidence.Interrupted || f.Fault.Failure == evidence.BudgetExhausted {
		return 0
	}
	switch f.Fault.Operation {
	case evidence.HTTPRedirect, evidence.HTTPBody:
		return 5
	case evidence.HTTPRoundTrip:
		return 4
	case evidence.TLSHandshake, evidence.ProxyConnect:
		return 3
	case evidence.Connect:
		return 2
	default:
		return 1
	}
}

// loaded reports whether the page opened in the end.
func (r *reading) loaded() bool { return r.page.Loaded() }

// failed reports whether the page was asked for and did not open, by a fault of the visit and not by our own stopping.
func (r *reading) failed() bool {
	return r.page != nil && !r.page.Loaded() && (r.status != 0 || progress(r.page) > 0)
}

// isFault reports whether the visit ended in the given stage with one of the failures.
func (r *reading) isFault(op evidence.Operation, failures ...evidence.Failure) bool {
	return r.fault.Is(op, failures...)
}

// viaProxy reports whether the visit went through a proxy.
func (r *reading) viaProxy() bool { return r.page != nil && r.page.Way == evidence.ViaProxy }

// secure reports whether the last hop was a verified secure connection that nobody known to rewrite such connections
// stands in: then a reply is the site's own word.
func (r *reading) secure() bool {
	return r.hop.TLS != nil && r.hop.TLS.Verified && !r.opened()
}

// opened reports whether a program that this computer trusts opens the secure connection of this visit: one that is known by
// its certificates, or the proxy of this visit, whose own page came over it.
func (r *reading) opened() bool {
	_, proxy := r.signedBy(evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
	return r.hop.TLS != nil && r.hop.TLS.Verified && (r.program() != "" || proxy && r.viaProxy())
}

// confirmed reports whether the address that was reached is the site's by somebody else's word too: an independent
// name service names it, or the visitor typed it.
func (r *reading) confirmed() bool {
	if r.secure() || r.t.Literal && r.subject == r.t.Host {
		return true
	}
	if r.viaProxy() {
		return false
	}
	return slices.Contains(r.names.others(), r.hop.Address)
}

// plainHop is the first hop of the visit in plain text, whose reply anybody on the way may have written; nil without one.
func (r *reading) plainHop() *evidence.Hop {
	if r.page == nil {
		return nil
	}
	for i := range r.page.Hops {
		if schemeOf(r.page.Hops[i].URL) == "http" {
			return &r.page.Hops[i]
		}
	}
	return nil
}

// ownWord reports whether a reply is beyond doubt the site's: over an unintercepted secure connection that no plain-text
// reply led away to, or in plain text from a confirmed address with no proxy and no sign-in page about (VERDICTS.md,
// Boundaries).
func (r *reading) ownWord() bool {
	if r.secure() {
		return !ledAway(r) || r.world.othersWork() && !r.viaProxy()
	}
	_, theirs := r.visitorsSide()
	clear := r.world.plainOpened > 0 && !r.world.portal() // some detector of sign-in pages was asked and found itself
	return r.confirmed() && !theirs && !r.viaProxy() && clear && !r.names.intercepted && r.world.othersWork() && r.hop.TLS == nil
}

// signedBy returns the first signature of the last reply that stands on one of the layers.
func (r *reading) signedBy(layers ...evidence.Layer) (evidence.Signature, bool) {
	return signedBy(r.hop.Response, layers...)
}

func signedBy(resp *evidence.Response, layers ...evidence.Layer) (evidence.Signature, bool) {
	if resp != nil {
		for _, s := range resp.Signatures {
			if slices.Contains(layers, s.Layer) {
				return s, true
			}
		}
	}
	return evidence.Signature{}, false
}

// visitorsSide returns the signature of somebody on the visitor's side in the last reply. Over a secure connection with
// no proxy in use such a page can only be the site's own (VERDICTS.md, Boundaries).
func (r *reading) visitorsSide() (evidence.Signature, bool) {
	if r.secure() {
		return evidence.Signature{}, false
	}
	return r.signedBy(evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
}

// private reports whether the site is a device of the visitor's own network, which needs no internet.
func (r *reading) private() bool { return r.t.Private }
