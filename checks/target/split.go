package target

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

var (
	// webScheme is http or https as people and mail filters write it: one slash or three, the colon or the first letter
	// forgotten, backslashes, or "hxxp" so that nobody presses it.
	webScheme = regexp.MustCompile(`(?i)^(?:view-source:)?(?:ht{1,3}p|ttp|hxxp)(s?)(?:[:;][/\\]*|[/\\]{2,})`)
	// againScheme is a second scheme after the first, from pasting a whole URL behind a typed "http://".
	againScheme = regexp.MustCompile(`(?i)^http(s?):[/\\]+`)
	anyScheme   = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):(.*)$`)
)

// otherSchemes are schemes that stand without slashes, or that a name with a bad port could be mistaken for.
var otherSchemes = map[string]bool{
	"mailto": true, "javascript": true, "data": true, "tel": true, "sms": true, "about": true, "file": true, "blob": true,
	"ftp": true, "ws": true, "wss": true, "chrome": true, "edge": true, "magnet": true, "urn": true, "news": true, "xmpp": true,
	"chrome-error": true, "chrome-extension": true, "moz-extension": true, "ssh": true, "sftp": true, "irc": true,
}

// splitScheme takes the scheme off an address: "http", "https" or "" when there is none.
func splitScheme(s string) (scheme, rest string, err *Error) {
	for m := webScheme.FindStringSubmatch(s); m != nil; m = againScheme.FindStringSubmatch(s) {
		scheme, s = "http"+strings.ToLower(m[1]), s[len(m[0]):]
	}
	if scheme != "" {
		return scheme, s, nil
	}
	if m := anyScheme.FindStringSubmatch(s); m != nil {
		name := strings.ToLower(m[1])
		if name == "mailto" {
			if host, ok := mailHost(strings.SplitN(m[2], "?", 2)[0]); ok {
				return "", "", &Error{Code: MailAddress, Host: host}
			}
		}
		if otherSchemes[name] || strings.HasPrefix(m[2], "//") && !strings.Contains(name, ".") {
			return "", "", &Error{Code: OtherScheme}
		}
	}
	return "", strings.TrimLeft(s, `/\`), nil
}

// splitAuthority cuts an address without scheme where its host ends; a backslash counts as a slash, as in browsers.
func splitAuthority(s string) (authority, tail string) {
	if i := strings.IndexAny(s, `/\?#`); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// splitPort takes the port off an authority; 0 means none was given. Brackets around IPv6 are removed, and an IPv6
// address may stand without them.
func splitPort(authority string) (name string, port int, err *Error) {
	if rest, ok := strings.CutPrefix(authority, "["); ok {
		name, after, closed := strings.Cut(rest, "]")
		if !closed || after != "" && after[0] != ':' || !strings.Contains(name, ":") {
			return "", 0, &Error{Code: BadHost}
		}
		port, err = parsePort(strings.TrimPrefix(after, ":"))
		return name, port, err
	}
	if strings.Count(authority, ":") > 1 {
		addr, err := netip.ParseAddr(authority)
		if err != nil {
			return "", 0, &Error{Code: BadHost}
		}
		return addr.String(), 0, nil
	}
	name, digits, _ := strings.Cut(authority, ":")
	port, err = parsePort(digits)
	return name, port, err
}

func parsePort(digits string) (int, *Error) {
	if digits == "" {
		return 0, nil
	}
	port, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || port == 0 {
		return 0, &Error{Code: BadPort}
	}
	return int(port), nil
}

var mail = regexp.MustCompile(`^[^\s@/\\?#:]+@([^\s@/\\?#:]+)$`)

// mailHost returns the site of a mail address.
func mailHost(s string) (string, bool) {
	m := mail.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	h, err := parseHost(m[1])
	return h.name, err == nil
}
