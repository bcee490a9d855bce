package system

import (
	"net"
	"net/url"
	"strconv"

	"golang.org/x/net/http/httpproxy"
)

// useEnvironment applies the environment's proxy variables and reports whether they speak for this address at all,
// be it by saying that it needs no proxy. Names in small letters go first, as in curl and Chromium.
func (r *reader) useEnvironment(getenv func(string) string) bool {
	first := func(names ...string) (name, value string) {
		for _, name := range names {
			if value := getenv(name); value != "" {
				return name, value
			}
		}
		return "", ""
	}
	forHTTP := []string{"http_proxy", "HTTP_PROXY"}
	if getenv("REQUEST_METHOD") != "" {
		forHTTP = forHTTP[:1] // in a CGI program HTTP_PROXY is a request's header (golang.org/s/cgihttpproxy)
	}
	forHTTPS := []string{"https_proxy", "HTTPS_PROXY"}
	forAll := []string{"all_proxy", "ALL_PROXY"}
	mine, other := forHTTPS, forHTTP
	if r.Target.Scheme == "http" {
		mine, other = forHTTP, forHTTPS
	}
	name, value := first(append(mine, forAll...)...)
	if name == "" {
		if name, _ := first(other...); name != "" {
			r.configured("environment", name) // there is a proxy, for the other scheme
		}
		return false
	}
	r.configured("environment", name)
	_, exceptions := first("no_proxy", "NO_PROXY")
	if !excepted(r.Target.Scheme, r.Target.Host, r.Target.Port, exceptions) {
		r.useSetting(value, "http")
	}
	return true
}

// excepted reports whether NO_PROXY's value, by the rules of golang.org/x/net/http/httpproxy, keeps an address from the
// proxy. Loopback addresses always are.
func excepted(scheme, host string, port int, exceptions string) bool {
	const some = "http://proxy.invalid"
	config := httpproxy.Config{HTTPProxy: some, HTTPSProxy: some, NoProxy: exceptions}
	proxy, err := config.ProxyFunc()(&url.URL{Scheme: scheme, Host: net.JoinHostPort(host, strconv.Itoa(port))})
	return err == nil && proxy == nil
}
