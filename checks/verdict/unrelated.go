package verdict

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// Unrelated operators' servers, asked for the site's name. A reply that is the same as the site's was written on the way,
// by somebody who reads names, unless one server really speaks for all of them: large front doors serve their customers'
// names at any of their addresses.

// injected reports whether the plain-text reply of this visit was written on the way: the same product of a visitor's side
// answered for this name at an unrelated operator's server, or the same page came from two, or from where there is no server.
func injected(r *reading) bool {
	first := r.plainReply()
	return first != nil && slices.ContainsFunc(r.unrelated(), func(c evidence.NameCheck) bool { return sameVisitorsSide(first, c.Hop.Response) }) ||
		copied(r) && !sharedServer(r) || silentSpoke(r)
}

// silentSpoke reports whether the plain-text reply of this visit also came from an address that runs no server.
func silentSpoke(r *reading) bool {
	first := r.plainReply()
	return first != nil && slices.ContainsFunc(r.ev.OtherNames, func(c evidence.NameCheck) bool {
		return c.Silent && c.Hop.Response != nil && sameReply(first, c.Hop.Response)
	})
}

// copied reports whether two unrelated operators' servers gave the same plain-text page for this name as the visit got.
func copied(r *reading) bool {
	first, n := r.plainReply(), 0
	for _, c := range r.unrelated() {
		if first == nil || c.Hop.Response.Status != first.Status {
			continue
		}
		to := nameIn(first.Header["location"])
		if sameReply(first, c.Hop.Response) && (to == "" || !sameDomain(to, c.Name)) || to == "" && sameTitle(first, c.Hop.Response) {
			n++ // but many servers send every name to its own secure page
		}
	}
	return n >= 2
}

// plainReply is the first plain-text reply of the visit, nil where a secure connection has shown since that it led to the
// site.
func (r *reading) plainReply() *evidence.Response {
	if hop := r.plainHop(); hop != nil && (r.hop.TLS == nil || ledAway(r)) {
		return hop.Response
	}
	return nil
}

// unrelated are the plain-text replies of unrelated operators' servers to the name that the visit asked for in plain text.
func (r *reading) unrelated() []evidence.NameCheck {
	var out []evidence.NameCheck
	for _, c := range r.ev.OtherNames {
		if plain := r.plainHop(); plain != nil && c.SiteName && !c.Silent && c.Scheme == "http" && c.Name == plain.Host && c.Hop.Response != nil {
			out = append(out, c)
		}
	}
	return out
}

// sameTitle reports whether two pages bear the same title, one that no server gives to everybody's errors: block pages often
// carry a number of their own, so that their bodies differ.
func sameTitle(a, b *evidence.Response) bool {
	usual := a.Title == "" || strings.Contains(a.Title, strconv.Itoa(a.Status)) || strings.EqualFold(a.Title, http.StatusText(a.Status))
	return !usual && a.Title == b.Title
}

// sameVisitorsSide reports whether the same product of a visitor's side wrote both replies; such pages often carry a number
// of their own, so that their bodies differ.
func sameVisitorsSide(a, b *evidence.Response) bool {
	one, ok := signedBy(a, evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
	two, too := signedBy(b, evidence.LayerVisitorProxy, evidence.LayerVisitorFilter)
	return ok && too && one.Rule == two.Rule
}

// sharedServer reports whether the server at the site's address also speaks for a well-known operator, with its genuine
// page or a certificate that counts, while nobody answers in the place of an address that runs no server.
func sharedServer(r *reading) bool {
	shared := false
	for _, c := range r.ev.OtherNames {
		switch {
		case c.Silent && c.Hop.Response != nil:
			return false // whoever this is, answers for every address
		case c.Silent || c.SiteName:
		case c.Scheme == "https":
			shared = shared || c.Hop.TLS != nil && c.Hop.TLS.Verified
		default:
			shared = shared || slices.ContainsFunc(r.ev.Portals, func(p evidence.PortalCheck) bool {
				hop := p.Fetch.Last()
				return p.Genuine && hop != nil && hop.Host == c.Name && c.Hop.Response != nil &&
					c.Hop.Response.Status == hop.Response.Status && c.Hop.Response.BodySHA256 == hop.Response.BodySHA256
			})
		}
	}
	return shared
}

// sharedAsked reports whether it was tried who else the server at the site's address speaks for.
func sharedAsked(ev *evidence.Evidence) bool {
	return slices.ContainsFunc(ev.OtherNames, func(c evidence.NameCheck) bool { return c.Silent || !c.SiteName })
}
