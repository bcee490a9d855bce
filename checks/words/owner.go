package words

import (
	"strconv"
	"strings"
	"time"

	"isitme/checks/signature"
	"isitme/checks/verdict"
)

// OwnerShort lists what the owner should check, in this order, six short lines at most; for an answer on the visitor's
// side the one line for the help desk. Seen is when the problem was seen. It is empty when there is nothing to fix.
func (c *Catalog) OwnerShort(v verdict.Verdict, seen time.Time) []string {
	if v.Who == verdict.You {
		return []string{c.Say(v)}
	}
	list := ownerList(v)
	if list == "" {
		return nil
	}
	args := c.ownerArgs(v, seen)
	var all []string
	for _, i := range ownerOrder(v) {
		key := "owner." + list + "." + strconv.Itoa(i)
		if c.has(key) && !(v.Facts.RetryAfterS > 0 && strings.Contains(c.T(key), "Retry-After")) {
			all = append(all, c.T(key, args))
		}
	}
	return all
}

// ownerOrder is the order of an owner's lines. Where the front door says that it gets no connection to the server, the
// way between the two comes before what runs on the server.
func ownerOrder(v verdict.Verdict) []int {
	switch v.Facts.Status {
	case 521, 522:
		return []int{1, 5, 4, 6, 2}
	case 523, 530:
		return []int{4, 1, 5, 2}
	}
	return []int{1, 2, 3, 4, 5, 6}
}

// OwnerLong is the same as running text for a message, empty when there is nothing to fix.
func (c *Catalog) OwnerLong(v verdict.Verdict, seen time.Time) string {
	list := ownerList(v)
	if list == "" {
		return ""
	}
	return c.T("owner."+list+".long", c.ownerArgs(v, seen))
}

func (c *Catalog) ownerArgs(v verdict.Verdict, seen time.Time) A {
	args := c.facts(v.Facts)
	args["UTC"] = seen.UTC().Format("15:04")
	return args
}

// ownerList names the checklist for an answer: by status where the site said one, else by cause.
func ownerList(v verdict.Verdict) string {
	switch {
	case v.Cause == verdict.Forbidden:
		return "forbidden"
	case v.Cause == verdict.RateLimited:
		return "limited"
	case v.Who == verdict.Refused:
		return "refused"
	}
	if v.Cause == verdict.PageMissing {
		return "page"
	}
	if v.Cause == verdict.NoSuchSite && v.Facts.Suggestion == "" {
		return "dns" // not a slip of the visitor's, as far as anybody can tell
	}
	if v.Who != verdict.Site && v.Cause != verdict.Recovered {
		return ""
	}
	switch v.Facts.Status {
	case 502, 520, 521, 522, 523, 527, 530:
		return "gateway"
	case 504, 524:
		return "late"
	case 503:
		return "closed"
	case 525, 526:
		return "front_tls"
	case 529:
		return "overloaded"
	}
	cause := string(v.Cause)
	switch {
	case v.Facts.Status >= 500:
		return "server"
	case strings.HasPrefix(cause, "certificate_"):
		return "certificate"
	case v.Cause == verdict.SecureConnectionFailed:
		return "secure"
	case strings.HasPrefix(cause, "dns"):
		return "dns"
	case strings.Contains(cause, "redirect"):
		return "redirect"
	case v.Cause == verdict.Recovered:
		return ""
	}
	return "silent"
}

// WhereID says where the owner finds the request ID that came in header.
func (c *Catalog) WhereID(header string) string {
	return c.first(nil, signature.WhereID(header), "where_id.others")
}
