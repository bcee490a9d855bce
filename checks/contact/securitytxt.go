package contact

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"isitme/checks/report"
)

// securityTxt asks the site for its security contact, at the place RFC 9116 gives it (section 3), on the page's host and on
// the domain itself.
func (f *finder) securityTxt(ctx context.Context) ([]Contact, []Source) {
	hosts := []string{f.target.Host}
	if f.domain != "" && f.domain != f.target.Host {
		hosts = append(hosts, f.domain)
	}
	answered := false
	for _, host := range hosts {
		p, err := f.client.get(ctx, f.origin(host)+"/.well-known/security.txt", "text/plain", f.env.Version)
		if err != nil {
			continue
		}
		answered = answered || p.status < 500
		if p.status == http.StatusOK && strings.HasPrefix(strings.ToLower(p.kind), "text/plain") {
			if found := parseSecurityTxt(p.body, f.env.Now()); len(found) > 0 {
				return found, nil
			}
		}
	}
	if !answered {
		return nil, []Source{SecurityTxt}
	}
	return nil, nil
}

// origin is the https origin of a host, an IP literal included; the page's own keeps the page's port.
func (f *finder) origin(host string) string {
	if f.target.Scheme == "https" && f.target.Port != 443 && host == f.target.Host {
		return "https://" + net.JoinHostPort(host, strconv.Itoa(f.target.Port))
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return "https://" + host
}

// parseSecurityTxt reads the Contact and Expires fields of a security.txt, signed (RFC 9116, 2.3) or not. The signature is
// not checked: there is no key to check it with.
func parseSecurityTxt(data []byte, now time.Time) []Contact {
	var found []Contact
	expired := false
	signed, head := false, false
	lines := bufio.NewScanner(bytes.NewReader(data))
read:
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "-----BEGIN PGP SIGNED MESSAGE-----":
			signed, head = true, true
			continue
		case line == "-----BEGIN PGP SIGNATURE-----":
			break read
		case head: // armor headers, up to an empty line (RFC 9580, 7)
			head = line != ""
			continue
		case signed:
			line = strings.TrimPrefix(line, "- ")
		}
		name, value, ok := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch {
		case !ok:
		case strings.EqualFold(name, "Contact"):
			if c, ok := contactURI(value); ok {
				c.Source = SecurityTxt
				found = append(found, c)
			}
		case strings.EqualFold(name, "Expires"):
			at, err := time.Parse(time.RFC3339, value)
			expired = err != nil || at.Before(now)
		}
	}
	for i := range found {
		found[i].Expired = expired
	}
	return found
}

// contactURI reads a mailto or https URI; bare mail addresses are common and meant so. Phone numbers are left out: the
// visitor would ring up a security desk about a page that does not load.
func contactURI(value string) (Contact, bool) {
	if rest, ok := cutPrefixFold(value, "mailto:"); ok {
		rest, _, _ = strings.Cut(rest, "?")
		if plain, err := url.PathUnescape(rest); err == nil {
			rest = plain
		}
		m, ok := mailbox(rest)
		return Contact{Mail: m}, ok
	}
	if m, ok := mailbox(value); ok {
		return Contact{Mail: m}, true
	}
	u, ok := pageURL(value)
	return Contact{URL: u}, ok
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// mailbox accepts a plain mail address and nothing that a mail program could take for more than one.
func mailbox(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 254 || report.Clean(s, 254) != s || strings.ContainsAny(s, " ,;<>\"'()[]:\\?&%") {
		return "", false
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || !strings.Contains(s[strings.LastIndexByte(s, '@'):], ".") {
		return "", false
	}
	return s, true
}

// pageURL accepts an https address of ordinary length.
func pageURL(s string) (string, bool) {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(s) > 500 || report.Clean(s, 500) != s {
		return "", false
	}
	return u.String(), true
}
