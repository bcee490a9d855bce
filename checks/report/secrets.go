package report

import (
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Secrets are the names by which this computer and its user are known. They stand in the private file only, so that it
// can be redacted wherever it is opened.
type Secrets struct {
	Computers []string `json:"computers,omitempty"` // host names, short and long
	Users     []string `json:"users,omitempty"`     // login name, full name, names at proxies
	Homes     []string `json:"homes,omitempty"`     // home folders
}

// ThisComputer reads the secrets of the computer and the user that the program runs as. What cannot be read is left out.
func ThisComputer() *Secrets {
	s := &Secrets{}
	if name, err := os.Hostname(); err == nil {
		s.Computers = append(s.Computers, name)
		if short, _, long := strings.Cut(name, "."); long {
			s.Computers = append(s.Computers, short)
		}
	}
	if u, err := user.Current(); err == nil {
		// Windows says DOMAIN\name.
		s.Users = append(s.Users, u.Username[strings.LastIndexByte(u.Username, '\\')+1:], u.Name)
	}
	if home, err := os.UserHomeDir(); err == nil && home != "" {
		s.Homes = append(s.Homes, home)
		s.Users = append(s.Users, filepath.Base(home))
	}
	s.Users = append(s.Users, proxyUsers(os.Getenv)...)
	return s
}

// proxyUsers are the names that proxies know the user by, which their pages greet with. No password is kept: none is ever
// shown.
func proxyUsers(getenv func(string) string) []string {
	var all []string
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy"} {
		for _, raw := range []string{getenv(name), getenv(strings.ToUpper(name))} {
			if !strings.Contains(raw, "://") {
				raw = "http://" + raw
			}
			if u, err := url.Parse(raw); err == nil && u.User.Username() != "" && !slices.Contains(all, u.User.Username()) {
				all = append(all, u.User.Username())
			}
		}
	}
	return all
}

// everyday are names that stand on many computers and in many texts: they give nobody away, and taking them out would
// tear holes into sentences.
var everyday = []string{
	"root", "admin", "administrator", "user", "guest", "home", "test", "localhost", "default", "system", "nobody", "www",
	"true", "false", "null", "none", "html", "json", "text", "http", "https", "utf-8", "desktop", "laptop", "computer",
	"ethernet", "wlan", "wi-fi", "wifi", "vpn", "wireguard", "openvpn", "proxy", "router", "local", "internal",
	"ubuntu", "debian", "fedora", "windows", "linux", "apache", "nginx", "cloudflare", "server", "client", "site", "page",
}

// words collects the strings that must not stand anywhere in a redacted report: names of this computer and its user,
// and what was in the secret parts of every URL that the run met.
func (r Report) words() []string {
	var all []string
	add := func(list ...string) {
		for _, w := range list {
			w = strings.TrimSpace(w)
			digits := !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsDigit(r) })
			if utf8.RuneCountInString(w) < 3 || digits && len(w) < 5 || len(w) > 2048 || slices.Contains(everyday, strings.ToLower(w)) {
				continue
			}
			all = append(all, w)
		}
	}
	if s := r.Secrets; s != nil {
		add(s.Computers...)
		add(s.Users...)
		add(s.Homes...)
		for _, name := range slices.Concat(s.Computers, s.Users) {
			if escaped := url.PathEscape(name); escaped != name { // as it stands in the path of a URL
				add(escaped)
			}
		}
	}
	host := r.Evidence.Target.Host
	eachString(reflect.ValueOf(&r).Elem(), "", func(_, s string) string {
		if len(all) < 2000 && strings.ContainsAny(s, "?#@/;") {
			for _, w := range urlSecrets(s) {
				if !strings.Contains(host, w) {
					add(w)
				}
			}
		}
		return s
	})
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(all)
}

// nameParts are the single names in a user's names, given name and surname: pages greet by one of them.
func (r Report) nameParts() []string {
	var all []string
	if r.Secrets == nil {
		return nil
	}
	for _, name := range r.Secrets.Users {
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(part) >= 3 && !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	return all
}

// urlSecrets lists the secret parts of a URL, or of every URL in a text: user name, password, values of the query,
// fragment, and path segments that look like tokens; as they stand and unescaped.
func urlSecrets(text string) []string {
	var all []string
	add := func(s string) {
		if len(s) < 4 {
			return
		}
		all = append(all, s)
		if plain, err := url.QueryUnescape(s); err == nil && plain != s {
			all = append(all, plain)
		}
	}
	for _, raw := range webAddresses.FindAllString(text, 8) {
		u, err := url.Parse(raw)
		if err != nil {
			continue
		}
		if u.User != nil {
			add(u.User.Username())
			password, _ := u.User.Password()
			add(password)
		}
		add(u.EscapedFragment())
		for _, pair := range strings.FieldsFunc(u.RawQuery, func(r rune) bool { return r == '&' || r == ';' }) {
			_, value, named := strings.Cut(pair, "=")
			if !named {
				value = pair
			}
			add(value)
		}
		after := false
		for _, s := range strings.Split(u.EscapedPath(), "/") {
			s, parameter, _ := strings.Cut(s, ";")
			if _, value, ok := strings.Cut(parameter, "="); ok {
				add(value)
			}
			if secretSegment(s, after) {
				add(s)
			}
			after = announces.MatchString(s)
		}
	}
	return all
}

// webAddresses finds absolute URLs in a text, and the paths of Location headers.
var webAddresses = regexp.MustCompile(`(?i)(?:\b[a-z][a-z0-9+.-]*:)?//[^\s"'<>]+|^/[^\s"'<>]*`)

// replaceWord puts Hidden in place of word in s, in any case of letters. A short word must stand alone: "ann" is not
// taken out of "planned".
func replaceWord(s string, word *regexp.Regexp, short bool) string {
	found := word.FindAllStringIndex(s, -1)
	if found == nil {
		return s
	}
	var b strings.Builder
	end := 0
	for _, m := range found {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		behind, _ := utf8.DecodeRuneInString(s[m[1]:])
		if short && (m[0] > 0 && isWord(before) || m[1] < len(s) && isWord(behind)) {
			continue
		}
		b.WriteString(s[end:m[0]] + Hidden)
		end = m[1]
	}
	return b.String() + s[end:]
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
