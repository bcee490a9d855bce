package report

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// maxURL is how many runes of an address are kept: more than any page needs to be found in a log.
const maxURL = 500

// PageAddress is the address of the page without query and tokens, as a list of reports shows it to the visitor.
func (r Report) PageAddress() string { return webAddress(r.URL, nil) }

// webAddress shortens a URL, or the relative reference of a Location header, to what names the page: scheme, host, port
// and path. Gone are user name, password, query, fragment and path parameters; segments that look like tokens are
// masked. host, where not nil, may replace the host name. What is not http or https keeps its scheme only, since the
// rest may be anything.
func webAddress(raw string, host func(string) string) string {
	raw = Clean(raw, maxURL*4)
	if raw == "" {
		return ""
	}
	if i := strings.IndexAny(raw, "?#"); i >= 0 {
		raw = raw[:i]
	}
	u, err := url.Parse(raw)
	if err != nil {
		return Hidden
	}
	if u.Opaque != "" || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && !strings.HasPrefix(u.Scheme, "socks") {
		return u.Scheme + ":" + Hidden
	}
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme + ":")
	}
	if u.Host != "" {
		name := u.Hostname()
		if host != nil {
			name = host(name)
		}
		if strings.Contains(name, ":") {
			name = "[" + name + "]"
		}
		b.WriteString("//" + name)
		if u.Port() != "" {
			b.WriteString(":" + u.Port())
		}
	}
	b.WriteString(maskPath(u.EscapedPath()))
	return cut(b.String(), maxURL)
}

// maskPath masks the segments of an escaped path that look like tokens.
func maskPath(path string) string {
	segments := strings.Split(path, "/")
	after := false
	for i, s := range segments {
		s, _, _ = strings.Cut(s, ";") // path parameters (RFC 3986, 3.3), where session IDs live
		if secretSegment(s, after) || strings.Contains(s, url.PathEscape(Hidden)) {
			s = Hidden
		}
		after = announces.MatchString(segments[i])
		segments[i] = s
	}
	return strings.Join(segments, "/")
}

// announces matches a segment that is followed by a secret one in one-time links.
var announces = regexp.MustCompile(`(?i)^(?:.*[-_])?(?:reset|confirm|confirmation|verify|activate|unsubscribe|invite|invitation|` +
	`magic|token|tokens|session|sessions|auth|key|keys|secret|share|shared|s|login|signin|optout|opt-out)$`)

// plainWord matches a part of a readable address: a word, or a short number such as a year or an article's.
var plainWord = regexp.MustCompile(`^(?:\pL{1,24}|\d{1,9}|v\d{1,3}|\pL{1,12}\d{1,4})$`)

// secretSegment reports whether one escaped path segment could open something or name somebody: mail addresses, key=value
// pairs, long strings of mixed signs, long numbers, and what follows a word like "reset".
func secretSegment(segment string, after bool) bool {
	s, err := url.PathUnescape(segment)
	if err != nil {
		return segment != ""
	}
	if strings.ContainsAny(s, "@=&") {
		return true
	}
	if after && len(s) >= 6 && (strings.ContainsFunc(s, unicode.IsDigit) || strings.ContainsFunc(s[1:], unicode.IsUpper) || len(s) >= 20) {
		return true
	}
	stem := s
	if i := strings.LastIndexByte(s, '.'); i > 0 && len(s)-i <= 6 {
		stem = s[:i]
	}
	parts := strings.FieldsFunc(stem, func(r rune) bool { return strings.ContainsRune("-_. ,+~()", r) })
	odd := 0
	for _, p := range parts {
		if !plainWord.MatchString(p) || mixedCase(p) {
			odd += len(p)
		}
		if len(p) >= 8 && alternations(p) >= 4 {
			return true
		}
	}
	switch {
	case len(parts) == 5 && len(stem) == 36: // a UUID (RFC 9562), even one of letters or digits only
		return true
	case odd >= 12:
		return true
	case longNumber(parts):
		return true
	}
	return false
}

// longNumber reports whether the parts of a segment are digits alone, and ten or more: the number of a customer, an order, a
// card or a phone, in groups or not. A date has eight.
func longNumber(parts []string) bool {
	digits := strings.Join(parts, "")
	return len(digits) >= 10 && !strings.ContainsFunc(digits, func(r rune) bool { return !unicode.IsDigit(r) })
}

// alternations counts how often letters and digits take turns in s: once or twice in the name of a thing.
func alternations(s string) int {
	n := 0
	var last rune
	for _, r := range s {
		if last != 0 && unicode.IsDigit(last) != unicode.IsDigit(r) {
			n++
		}
		last = r
	}
	return n
}

// mixedCase reports whether a run of letters changes between capitals and small letters as no word does.
func mixedCase(s string) bool {
	changes := 0
	var last rune
	for _, r := range s {
		if last != 0 && unicode.IsLower(last) && unicode.IsUpper(r) {
			changes++
		}
		last = r
	}
	return len(s) >= 16 && changes >= 4
}
