package system

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// Reasons why a proxy setting cannot be used. None quotes the setting: it may carry a password.
var (
	errProxyAddress = errors.New("the proxy setting is not an address")
	errProxyKind    = errors.New("the proxy setting names a kind of proxy that is not supported")
)

// proxyPorts are the kinds of proxy that can be used and their usual ports.
var proxyPorts = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// parseProxy reads a proxy setting: a URL, or host and port of a proxy of the usual kind.
func parseProxy(text, usual string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = usual + "://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, errProxyAddress
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme == "socks" {
		scheme = "socks5" // what programs that write it mean today
	}
	port, known := proxyPorts[scheme]
	if !known {
		return nil, errProxyKind
	}
	host := u.Hostname()
	if host == "" || strings.ContainsAny(host, " \t%/\\") {
		return nil, errProxyAddress
	}
	if u.Port() != "" {
		port = u.Port()
	}
	if number, err := strconv.Atoi(port); err != nil || number < 1 || number > 65535 {
		return nil, errProxyAddress
	}
	return &url.URL{Scheme: scheme, User: u.User, Host: net.JoinHostPort(host, port)}, nil
}

// use records u as the proxy that applies.
func (r *reader) use(u *url.URL) {
	public := url.URL{Scheme: u.Scheme, Host: u.Host}
	r.set(func(s *evidence.System) {
		s.Proxy.Configured, s.Proxy.InUse = true, true
		s.Proxy.URL, s.Proxy.HasCredentials = public.String(), u.User != nil
		r.proxy = u
	})
}

// configured records that a proxy setting exists at source under the name of variable.
func (r *reader) configured(source, variable string) {
	r.set(func(s *evidence.System) {
		s.Proxy.Configured, s.Proxy.Source, s.Proxy.Variable = true, source, variable
	})
}

// useSetting applies the text of a proxy setting that is meant for this address.
func (r *reader) useSetting(text, usual string) {
	u, err := parseProxy(text, usual)
	if err != nil {
		r.unread(partProxy, err)
		return
	}
	r.use(u)
}

// site is the target's host as settings name it, and its port.
func (r *reader) site() (host string, port int) {
	return strings.ToLower(strings.TrimSuffix(r.Target.Host, ".")), r.Target.Port
}

// usualKind is the kind of proxy meant by a setting for the given scheme: all but SOCKS settings name HTTP proxies.
func usualKind(scheme string) string {
	if scheme == "socks" {
		return "socks5"
	}
	return "http"
}

// proxyText writes a proxy as a URL. A host may stand with its own scheme, which then counts, and an IPv6 address
// without brackets.
func proxyText(scheme, user, host, port string) string {
	if own, rest, ok := strings.Cut(host, "://"); ok {
		scheme, host = own, rest
	}
	host = strings.TrimSuffix(host, "/")
	if strings.Count(host, ":") > 1 && !strings.HasPrefix(host, "[") {
		host = "[" + host + "]"
	}
	return scheme + "://" + user + host + ":" + port
}

// userInfo is user name and password as they stand in a URL, "" without a user.
func userInfo(user, password string) string {
	switch {
	case user == "":
		return ""
	case password == "":
		return url.User(user).String() + "@"
	default:
		return url.UserPassword(user, password).String() + "@"
	}
}
