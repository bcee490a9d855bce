package probe

import (
	"net/http"
	"net/url"
	"strings"
)

// setCookies keeps the cookies of a reply as browsers do (RFC 6265, 5.2): net/http refuses names and values that are
// against the grammar but that every browser sends back, such as JSON.
func setCookies(jar http.CookieJar, u *url.URL, header http.Header) {
	var cookies []*http.Cookie
	for _, line := range header.Values("Set-Cookie") {
		pair, attributes, _ := strings.Cut(line, ";")
		name, value, found := strings.Cut(pair, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !found || name == "" || hasControl(name) || hasControl(value) {
			continue
		}
		// The attributes are net/http's to read, behind a name and a value that it accepts.
		cookie, err := http.ParseSetCookie("name=value;" + attributes)
		if err != nil {
			continue
		}
		cookie.Name, cookie.Value = name, value
		cookies = append(cookies, cookie)
	}
	jar.SetCookies(u, cookies)
}

// cookieHeader is what the jar holds for u, as a browser sends it: every value as it came. It is empty without cookies.
func cookieHeader(jar http.CookieJar, u *url.URL) string {
	var pairs []string
	for _, c := range jar.Cookies(u) {
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	return strings.Join(pairs, "; ")
}

// hasControl reports whether s holds a control character, for which browsers refuse a cookie.
func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
