package words

import (
	"strings"
	"testing"

	"isitme/checks/target"
)

func TestGuides(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for _, name := range Guides() {
			found := false
			for _, system := range Systems() {
				g, ok := c.Guide(name, system)
				if !ok {
					continue
				}
				found = true
				wants(t, name, g.Title)
				wants(t, name, g.Intro)
				for _, s := range g.Steps {
					wants(t, name+" "+system, s)
				}
			}
			if !found {
				t.Errorf("guide %s has no steps at all", name)
			}
		}
		if _, ok := c.Guide("no-such-guide", "windows"); ok {
			t.Error("a guide that is not there was found")
		}
		if _, ok := c.Guide("proxy", "amiga"); ok {
			t.Error("a guide for an unknown system was found")
		}
	})
	c := For("en")
	if g, _ := c.Guide("own-list", "kde"); len(g.Steps) != 3 || !strings.Contains(g.Steps[0], "/etc/hosts") {
		t.Errorf("own-list on KDE: %q", g.Steps)
	}
	if g, _ := c.Guide("vpn", "macos"); len(g.Steps) != 2 || g.Undo == "" {
		t.Errorf("vpn on macOS: %q", g)
	}
}

func TestStatusAndHint(t *testing.T) {
	c := For("en")
	for code, want := range map[int]string{
		502: "no proper answer from behind", 522: "like 502 and 504", 401: "not for you, or not yet", 418: "the question was not accepted",
		507: "something broke at the site",
	} {
		if short, plain, who, ok := c.StatusCode(code); !ok || short != want || plain == "" || who == "" {
			t.Errorf("%d: %q", code, short)
		}
	}
	if _, _, _, ok := c.StatusCode(200); ok {
		t.Error("200 is explained as a problem")
	}
	for code, key := range map[string]string{
		"DNS_PROBE_FINISHED_NXDOMAIN": "name_not_found", "DNS_PROBE_FINISHED_NO_INTERNET": "no_internet",
		"ERR_CONNECTION_REFUSED": "refused", "ERR_CONNECTION_RESET": "cut", "PR_CONNECT_RESET_ERROR": "cut",
		"PR_END_OF_FILE_ERROR": "cut", "ERR_SSL_PROTOCOL_ERROR": "secure", "SSL_ERROR_NO_CYPHER_OVERLAP": "secure",
		"ERR_CERT_DATE_INVALID": "certificate_date", "SEC_ERROR_EXPIRED_CERTIFICATE": "certificate_date",
		"ERR_CERT_COMMON_NAME_INVALID": "certificate_name", "SSL_ERROR_BAD_CERT_DOMAIN": "certificate_name",
		"ERR_CERT_AUTHORITY_INVALID": "certificate_issuer", "SEC_ERROR_UNKNOWN_ISSUER": "certificate_issuer",
		"ERR_TOO_MANY_REDIRECTS": "redirects", "ERR_PROXY_CONNECTION_FAILED": "proxy", "ERR_TIMED_OUT": "timed_out",
		"ERR_BLOCKED_BY_CLIENT": "blocked_here", "ERR_EMPTY_RESPONSE": "bad_reply", "ERR_NETWORK_CHANGED": "network_changed",
		"SOMETHING_ELSE": "other",
	} {
		if got, want := c.Hint(code), c.T("hint."+key); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := c.Hint("502"); !strings.Contains(got, "502") || !strings.Contains(got, "no proper answer") {
		t.Errorf("502: %q", got)
	}
}

func TestTargetTexts(t *testing.T) {
	c := For("en")
	if got := c.Target(&target.Error{Code: target.MailAddress, Host: "example.org"}); !strings.Contains(got, "example.org") {
		t.Errorf("%q", got)
	}
	if got := c.Target(&target.Error{Code: target.NoAddressInErrorText, Hint: "ERR_CONNECTION_RESET"}); !strings.HasPrefix(got, "The connection was cut") {
		t.Errorf("%q", got)
	}
	each(t, func(t *testing.T, c *Catalog) {
		for _, code := range constants(t, "../target/error.go", "Empty", "NotAddress", "MailAddress", "OtherScheme",
			"NoAddressInErrorText", "BadPort", "TooLong", "BadHost", "Onion") {
			if !c.has("target." + code) {
				t.Errorf("target.%s is missing", code)
			}
		}
	})
}
