package signature

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// maxBody is how much of a body is looked at, in bytes. Error pages are short, and whoever writes a page of its own
// says so at its top.
const maxBody = 64 << 10

// Reply is one HTTP reply, as far as its author can be told from it.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte // decoded; only the first 64 KiB are looked at
	Title  string // the page's title as a person reads it
}

// Match returns the rules that recognise the author of a reply, best first: by weight, and of equal weight what stands
// nearer to the visitor. It returns nil when nobody is recognised.
func Match(reply Reply) []evidence.Signature {
	rules := match(reply)
	if len(rules) == 0 {
		return nil
	}
	all := make([]evidence.Signature, len(rules))
	for i, r := range rules {
		all[i] = evidence.Signature{Rule: r.ID, Name: r.Name, Layer: r.Layer, Who: r.Who, Cause: r.Cause, Meaning: r.Meaning}
	}
	return all
}

func match(reply Reply) []Rule {
	text := fold(reply)
	var found []Rule
	for _, r := range catalogue().rules {
		if r.matches(text) {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(distance[a.Layer], distance[b.Layer]), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// distance is how far from the visitor a layer stands.
var distance = map[evidence.Layer]int{
	evidence.LayerVisitorProxy: 0, evidence.LayerVisitorFilter: 1, evidence.LayerPortal: 2, evidence.LayerChallenge: 3,
	evidence.LayerFirewall: 4, evidence.LayerCDN: 5, evidence.LayerGateway: 6, evidence.LayerHosting: 7, evidence.LayerOrigin: 8,
}

// folded is a reply with its text lower-cased and its white space made single, so that patterns stay plain (and fast:
// a pattern without operators is a substring search).
type folded struct {
	status      int
	header      http.Header
	body, title string
}

func fold(reply Reply) folded {
	body := reply.Body
	if len(body) > maxBody {
		body = body[:maxBody]
	}
	return folded{status: reply.Status, header: reply.Header, body: foldText(string(body)), title: foldText(reply.Title)}
}

// plain undoes the spellings that pages use for the same sign. What could open a tag stays as it is: a page that shows
// HTML to its readers is not that HTML.
var plain = strings.NewReplacer(
	"’", "'", "&#39;", "'", "&#x27;", "'", "&apos;", "'", "&rsquo;", "'", "&quot;", `"`, "&#34;", `"`,
	"&nbsp;", " ", "&#32;", " ", "&#35;", "#", "&#46;", ".", "&#47;", "/", "&#58;", ":", "&amp;", "&", "…", "...", "&hellip;", "...",
)

func foldText(s string) string {
	return strings.Join(strings.Fields(plain.Replace(strings.ToLower(strings.ToValidUTF8(s, " ")))), " ")
}

func (f folded) at(place string) string {
	switch place {
	case "body":
		return f.body
	case "title":
		return f.title
	default:
		return foldText(strings.Join(f.header.Values(place), ", "))
	}
}

func (r Rule) matches(f folded) bool {
	holds := func(c Condition) bool { return c.holds(f.at(c.Place)) }
	status := len(r.Statuses) == 0 || slices.ContainsFunc(r.Statuses, func(s int) bool { return s == f.status || s < 10 && s == f.status/100 })
	return status &&
		!slices.ContainsFunc(r.All, func(c Condition) bool { return !holds(c) }) &&
		(len(r.Any) == 0 || slices.ContainsFunc(r.Any, holds)) &&
		!slices.ContainsFunc(r.None, holds)
}
