package probe

import (
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// The cuts of a Proxy-Status header.
const (
	maxProxies     = 10
	maxProxyDetail = 200 // runes
)

// parseProxyStatus reads Proxy-Status (RFC 9209): a list whose members are tokens or strings naming a proxy, with
// parameters (RFC 8941, 3.1). Members are kept as far as the header can be read; what is malformed ends it, as the
// rest cannot be told apart from it.
func parseProxyStatus(values []string) []evidence.ProxyStatus {
	in := scanner{s: strings.Join(values, ", ")}
	var out []evidence.ProxyStatus
	for len(out) < maxProxies {
		in.spaces()
		name, ok := in.bareItem()
		if !ok {
			return out
		}
		member := evidence.ProxyStatus{Proxy: clean(name, maxProxyDetail)}
		for in.take(';') {
			in.spaces()
			key := in.key()
			value, ok := "?1", true // a parameter without a value is true
			if in.take('=') {
				value, ok = in.bareItem()
			}
			if key == "" || !ok {
				return append(out, member)
			}
			setParameter(&member, key, value)
		}
		out = append(out, member)
		in.spaces()
		if !in.take(',') {
			return out
		}
	}
	return out
}

func setParameter(member *evidence.ProxyStatus, key, value string) {
	switch key {
	case "error":
		member.Error = clean(value, maxProxyDetail)
	case "details":
		member.Details = scrub(value)
	case "received-status":
		if n, err := strconv.Atoi(value); err == nil && n >= 100 && n <= 999 {
			member.ReceivedStatus = n
		}
	}
}

// scanner reads the pieces of an RFC 8941 structured field.
type scanner struct {
	s string
	i int
}

func (in *scanner) spaces() {
	for in.i < len(in.s) && (in.s[in.i] == ' ' || in.s[in.i] == '\t') {
		in.i++
	}
}

func (in *scanner) take(c byte) bool {
	if in.i < len(in.s) && in.s[in.i] == c {
		in.i++
		return true
	}
	return false
}

// while reads the characters for which ok holds.
func (in *scanner) while(ok func(c byte) bool) string {
	from := in.i
	for in.i < len(in.s) && ok(in.s[in.i]) {
		in.i++
	}
	return in.s[from:in.i]
}

func (in *scanner) key() string {
	return in.while(func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("_-.*", c) >= 0
	})
}

// bareItem reads a string, or whatever else runs to the next delimiter: a token, a number, a boolean.
func (in *scanner) bareItem() (string, bool) {
	if in.take('"') {
		return in.rest()
	}
	item := in.while(func(c byte) bool { return c > ' ' && c < 0x7f && strings.IndexByte(`;,="`, c) < 0 })
	return item, item != ""
}

// rest reads a string after its opening quote.
func (in *scanner) rest() (string, bool) {
	var b strings.Builder
	for in.i < len(in.s) {
		c := in.s[in.i]
		in.i++
		switch {
		case c == '"':
			return b.String(), true
		case c == '\\' && in.i < len(in.s):
			b.WriteByte(in.s[in.i])
			in.i++
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}
