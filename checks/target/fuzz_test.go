package target

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"testing"
)

var hostName = regexp.MustCompile(`^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$`)

// FuzzParse holds every result against what the rest of the program relies on: it parses to itself, net/url reads it the
// same way, its host is an IP address or letters, digits, hyphens and underscores, and nothing secret or local is left.
func FuzzParse(f *testing.F) {
	for _, tc := range parseCases {
		if len(tc.in) <= maxURL {
			f.Add(tc.in)
		}
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := Parse(in)
		count := Count(in)
		if err != nil {
			var refused *Error
			if !errors.As(err, &refused) || refused.Error() == "" {
				t.Fatalf("Parse(%q) returned %#v", in, err)
			}
			return
		}
		if count < 1 {
			t.Errorf("Parse(%q) found %s, Count none", in, got.URL)
		}
		if len(got.URL) > maxURL || got.Port < 1 || got.Port > 65535 || got.Scheme != "http" && got.Scheme != "https" {
			t.Errorf("Parse(%q) = %+v", in, got)
		}
		addr, notIP := netip.ParseAddr(got.Host)
		switch {
		case got.Literal && (notIP != nil || addr.Zone() != "" || addr.String() != got.Host):
			t.Errorf("Parse(%q) has the literal host %q", in, got.Host)
		case !got.Literal && (notIP == nil || !hostName.MatchString(got.Host) || len(got.Host) > 253):
			t.Errorf("Parse(%q) has the host %q", in, got.Host)
		}
		u, err := url.Parse(got.URL)
		if err != nil {
			t.Fatalf("Parse(%q) = %q, which net/url refuses: %v", in, got.URL, err)
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
		}
		if u.String() != got.URL || u.Scheme != got.Scheme || u.Hostname() != got.Host || port != strconv.Itoa(got.Port) ||
			u.User != nil || u.Fragment != "" || u.Path == "" {
			t.Errorf("Parse(%q) = %q, which net/url reads as %+v", in, got.URL, u)
		}
		again, err := Parse(got.URL)
		want := got
		want.SchemeGuessed, want.Hint = false, ""
		if err != nil || again != want {
			t.Errorf("Parse(%q) = %+v\nparsed again: %+v, %v", in, want, again, err)
		}
	})
}
