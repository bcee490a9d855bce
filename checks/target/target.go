// Package target reads what a visitor pasted and makes one address of it: a bare name, a whole URL, a link inside a
// sentence, or the text of a browser's error page. It is pure: it looks nothing up. What a URL means follows the WHATWG
// URL standard, as browsers do, so that this program asks for the page that the browser asked for.
package target

import (
	"net/url"
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// The limits of what is read, in bytes. A longer address is one that few servers accept (RFC 9110, 4.1 asks for 8000
// at least), a longer paste is a document.
const (
	maxInput = 64 << 10
	maxURL   = 8000
)

// Parse reads the address in input. Of several the first link counts, and a link with a scheme goes before a bare name.
// The error is always an *Error.
func Parse(input string) (evidence.Target, error) {
	if len(input) > maxInput {
		return evidence.Target{}, &Error{Code: TooLong}
	}
	text := clean(input)
	if text == "" {
		return evidence.Target{}, &Error{Code: Empty}
	}
	if isWindowsPath(text) {
		return evidence.Target{}, &Error{Code: NotAddress}
	}
	whole := unwrap(text)
	found := candidates(text)
	if isOneWord(whole) {
		t, err := parseAddress(whole)
		if err == nil || len(found) == 0 || err.Code == OtherScheme || err.Code == MailAddress {
			return t, asError(err)
		}
	}
	hint := findHint(text)
	if len(found) == 0 {
		return evidence.Target{}, nothingFound(text, hint)
	}
	t, err := parseAddress(found[0])
	if err != nil {
		return evidence.Target{}, err
	}
	t.Hint = hint
	return t, nil
}

// isOneWord reports whether a text is to be read as one address rather than searched for one: it has no sign that never
// stands in an address.
func isOneWord(s string) bool { return !strings.ContainsAny(s, ` <>"`) && !isStatus(s) && !isCode(s) }

// asError keeps a nil *Error from becoming an error that is not nil.
func asError(err *Error) error {
	if err == nil {
		return nil
	}
	return err
}

// Count is the number of different addresses in input, as far as they can be told from ordinary words. A name that
// stands beside a link to the same site is not counted twice.
func Count(input string) int {
	if len(input) > maxInput {
		return 0
	}
	text := clean(input)
	if whole := unwrap(text); isOneWord(whole) {
		if _, err := parseAddress(whole); err == nil {
			return 1
		}
	}
	urls, hosts := map[string]bool{}, map[string]bool{}
	for _, c := range candidates(text) {
		t, err := parseAddress(c)
		if err != nil || urls[t.URL] || hosts[t.Host] && t.SchemeGuessed {
			continue
		}
		urls[t.URL], hosts[t.Host] = true, true
	}
	return len(urls)
}

// nothingFound says why a text without a usable link is none.
func nothingFound(text, hint string) error {
	if hint != "" {
		return &Error{Code: NoAddressInErrorText, Hint: hint}
	}
	for _, word := range strings.Fields(text) {
		if host, ok := mailHost(unwrap(word)); ok {
			return &Error{Code: MailAddress, Host: host}
		}
	}
	return &Error{Code: NotAddress}
}

// parseAddress reads one address without white space in it.
func parseAddress(s string) (evidence.Target, *Error) {
	if isWindowsPath(s) {
		return evidence.Target{}, &Error{Code: NotAddress}
	}
	scheme, rest, err := splitScheme(s)
	if err != nil {
		return evidence.Target{}, err
	}
	if scheme == "" {
		if host, ok := mailHost(rest); ok {
			return evidence.Target{}, &Error{Code: MailAddress, Host: host}
		}
	}
	rest, _, _ = strings.Cut(rest, "#")
	authority, tail := splitAuthority(trimEnd(rest))
	if scheme == "" && strings.HasSuffix(authority, ":") && strings.HasPrefix(tail, "//") {
		return evidence.Target{}, &Error{Code: NotAddress} // a link with words stuck to its front
	}
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		authority = authority[at+1:]
	}
	name, port, err := splitPort(authority)
	if err != nil {
		return evidence.Target{}, err
	}
	host, err := parseHost(name)
	if err != nil {
		if scheme == "" && !strings.ContainsAny(name, ".:%") {
			err = &Error{Code: NotAddress}
		}
		return evidence.Target{}, err
	}
	if scheme == "" && host.literal && !strings.Contains(name, ":") && !dotted.MatchString(name) {
		return evidence.Target{}, &Error{Code: NotAddress} // a number, a time or a sum rather than an address
	}
	t := evidence.Target{
		Scheme: scheme, SchemeGuessed: scheme == "", Host: host.name, DisplayHost: host.display, Port: port,
		Literal: host.literal, Private: host.private,
	}
	if t.SchemeGuessed {
		t.Scheme = guessScheme(port)
	}
	if t.Port == 0 {
		t.Port = defaultPort[t.Scheme]
	}
	u, err := assemble(t, tail)
	if err != nil {
		return evidence.Target{}, err
	}
	t.URL = u.String()
	t.OneTime = looksOneTime(u)
	if len(t.URL) > maxURL {
		return evidence.Target{}, &Error{Code: TooLong}
	}
	return t, nil
}

var defaultPort = map[string]int{"http": 80, "https": 443}

// guessScheme is the scheme of an address without one: https, as browsers try first, except on the port of http.
func guessScheme(port int) string {
	if port == defaultPort["http"] {
		return "http"
	}
	return "https"
}

// assemble puts the normalised address together: default ports left out, path and query escaped once, dot segments
// resolved.
func assemble(t evidence.Target, tail string) (*url.URL, *Error) {
	path, query, hasQuery := strings.Cut(tail, "?")
	path = escape(strings.ReplaceAll(path, `\`, "/"), pathSigns)
	if path == "" {
		path = "/"
	}
	host := t.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if t.Port != defaultPort[t.Scheme] {
		host += ":" + strconv.Itoa(t.Port)
	}
	raw := t.Scheme + "://" + host + path
	if hasQuery && query != "" {
		raw += "?" + escape(query, querySigns)
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, &Error{Code: NotAddress}
	}
	return (&url.URL{}).ResolveReference(u), nil
}

// The signs that stay as they are in a path and in a query (WHATWG URL, percent-encode sets), beside letters and digits.
const (
	pathSigns  = "-._~!$&'()*+,;=:@/[]"
	querySigns = "-._~!$&()*+,;=:@/?[]{}|^`\\"
)

const hexDigits = "0123456789ABCDEF"

// escape percent-encodes what may not stand in a URL and leaves alone what is encoded already; a percent sign that
// begins no escape is itself encoded.
func escape(s, keep string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]),
			c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(keep, c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
