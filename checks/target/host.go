package target

import (
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"isitme/checks/evidence"
)

// lookup maps a name as browsers do before they look it up (UTS 46, non-transitional), underscores and hyphens in any
// place allowed.
var lookup = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false))

type host struct {
	name, display    string
	literal, private bool
}

// parseHost reads a name or an IP literal, without port and without brackets around IPv6.
func parseHost(s string) (host, *Error) {
	bad := &Error{Code: BadHost}
	if strings.Contains(s, ":") {
		addr, err := netip.ParseAddr(s)
		if err != nil || addr.Zone() != "" {
			return host{}, bad
		}
		return literalHost(addr), nil
	}
	if strings.Contains(s, "%") {
		decoded, err := url.PathUnescape(s)
		if err != nil || !utf8.ValidString(decoded) {
			return host{}, bad
		}
		s = decoded
	}
	ascii, err := lookup.ToASCII(s)
	if err != nil {
		return host{}, bad
	}
	name := strings.TrimSuffix(ascii, ".")
	if again, err := lookup.ToASCII(name); err != nil || again != name || !validName(name) {
		return host{}, bad
	}
	if endsInNumber(name) {
		addr, ok := parseIPv4Number(name)
		if !ok {
			return host{}, bad
		}
		return literalHost(addr), nil
	}
	if name == "onion" || strings.HasSuffix(name, ".onion") {
		return host{}, &Error{Code: Onion}
	}
	display, err := idna.Display.ToUnicode(name)
	if err != nil {
		display = name
	}
	return host{name: name, display: display, private: privateName(name)}, nil
}

func literalHost(addr netip.Addr) host {
	text := addr.Unmap().String()
	return host{name: text, display: text, literal: true, private: evidence.Local(text)}
}

// validName reports whether an ASCII name can be asked of a name server: letters, digits, hyphens and underscores in
// labels of 63 at most, 253 together (RFC 1035, 2.3.4).
func validName(name string) bool {
	if name == "" || len(name) > 253 {
		return false
	}
	for _, l := range strings.Split(name, ".") {
		if l == "" || len(l) > 63 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || strings.Trim(l, "-_") == "" {
			return false
		}
	}
	return true
}

var number = regexp.MustCompile(`^(?:[0-9]+|0x[0-9a-f]*)$`)

// endsInNumber is the WHATWG "ends in a number checker": such a name is an IPv4 address or nothing.
func endsInNumber(name string) bool {
	return number.MatchString(name[strings.LastIndexByte(name, '.')+1:])
}

// parseIPv4Number is the WHATWG IPv4 parser: one to four numbers, decimal, 0x hexadecimal or 0 octal, the last of which
// fills the bytes that are left.
func parseIPv4Number(name string) (netip.Addr, bool) {
	parts := strings.Split(name, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var value uint64
	for i, p := range parts {
		n, ok := ipv4Part(p)
		last := i == len(parts)-1
		room := uint64(256)
		if last {
			room = 1 << (8 * (5 - len(parts)))
		}
		if !ok || n >= room {
			return netip.Addr{}, false
		}
		if last {
			value += n
		} else {
			value += n << (8 * (3 - i))
		}
	}
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}), true
}

func ipv4Part(s string) (uint64, bool) {
	if !number.MatchString(s) {
		return 0, false
	}
	base := 10
	switch {
	case strings.HasPrefix(s, "0x"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseUint(s, base, 33)
	return n, err == nil
}

// privateEndings are name endings that public name servers do not know: RFC 6761 (localhost), RFC 6762 (local and its
// appendix G), RFC 8375 (home.arpa), ICANN's internal, and the names that widespread routers give themselves.
var privateEndings = []string{
	"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "fritz.box",
}

func privateName(name string) bool {
	if !strings.Contains(name, ".") {
		return true
	}
	for _, e := range privateEndings {
		if name == e || strings.HasSuffix(name, "."+e) {
			return true
		}
	}
	return false
}
