package probe

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"isitme/checks/evidence"
)

// redirectTarget reads the Locations of a reply against the URL that gave it. The error is
// http_invalid_redirect_location_host where there is none, where there are several that differ (which browsers refuse, as
// somebody may have smuggled one in), where it cannot be read, names no host, or leads to another scheme than http and
// https.
func redirectTarget(from *url.URL, locations ...string) (*url.URL, error) {
	invalid := func(why string) error { return failed(evidence.HTTPInvalidRedirect, why) }
	if len(slices.Compact(slices.Clone(locations))) > 1 {
		return nil, invalid("several Locations")
	}
	location := strings.TrimSpace(strings.Join(locations[:min(1, len(locations))], ""))
	if location == "" {
		return nil, invalid("no Location")
	}
	ref, err := url.Parse(escapeStray(location))
	if err != nil {
		return nil, invalid("the Location cannot be read")
	}
	to := from.ResolveReference(ref)
	to.Fragment, to.RawFragment, to.User = "", "", nil
	switch {
	case to.Scheme != "http" && to.Scheme != "https":
		return nil, invalid("the Location leads to " + to.Scheme)
	case to.Hostname() == "" || ref.Host == "" && ref.Scheme != "":
		return nil, invalid("the Location names no host")
	}
	if port, err := strconv.Atoi(to.Port()); to.Port() != "" && (err != nil || port < 1 || port > 65535) {
		return nil, invalid("the Location's port is none")
	}
	if err := asciiHost(to); err != nil {
		return nil, invalid("the Location's host cannot be read")
	}
	return to, nil
}

// escapeStray escapes what url.Parse is stricter about than browsers are: a per cent sign that escapes nothing, spaces
// and bytes beyond ASCII, which some servers send bare.
func escapeStray(s string) string {
	const hex = "0123456789ABCDEF"
	isHex := func(i int) bool { return i < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i]) >= 0 }
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && !(isHex(i+1) && isHex(i+2)):
			b.WriteString("%25")
		case c == ' ' || c >= 0x80:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// asciiHost turns an internationalised host into its ASCII form (RFC 5891) in place.
func asciiHost(u *url.URL) error {
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		// Names with an underscore are no host names, yet resolve and are used.
		ascii, err = idna.Punycode.ToASCII(strings.ToLower(host))
	}
	if err != nil || ascii == "" {
		return failed(evidence.HTTPInvalidRedirect, "")
	}
	if port := u.Port(); port != "" {
		ascii += ":" + port
	}
	u.Host = ascii
	return nil
}
