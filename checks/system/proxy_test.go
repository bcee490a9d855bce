package system

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

// visit is a Request to an https or http address.
func visit(t *testing.T, address string) Request {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	port := 443
	if u.Scheme == "http" {
		port = 80
	}
	return Request{Target: evidence.Target{URL: address, Scheme: u.Scheme, Host: u.Hostname(), Port: port}}
}

// scratch is a folder for the test. It is not t.TempDir: Wine cannot delete files the way that Go does on Windows, and that
// is not what is tested.
func scratch(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "system")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestParseProxy(t *testing.T) {
	tests := []struct {
		text, usual, want string
		err               error
	}{
		{"proxy.example:3128", "http", "http://proxy.example:3128", nil},
		{"http://proxy.example", "http", "http://proxy.example:80", nil},
		{"https://proxy.example/", "http", "https://proxy.example:443", nil},
		{"SOCKS5://127.0.0.1", "http", "socks5://127.0.0.1:1080", nil},
		{"socks://127.0.0.1:9050", "http", "socks5://127.0.0.1:9050", nil},
		{"127.0.0.1:9050", "socks5", "socks5://127.0.0.1:9050", nil},
		{"http://user:pass@proxy.example:3128", "http", "http://user:pass@proxy.example:3128", nil},
		{"http://[2001:db8::1]:8080", "http", "http://[2001:db8::1]:8080", nil},
		{" proxy.example:3128 \n", "http", "http://proxy.example:3128", nil},
		{"socks4://127.0.0.1:1080", "http", "", errProxyKind},
		{"ftp://proxy.example", "http", "", errProxyKind},
		{"http://", "http", "", errProxyAddress},
		{"http://proxy.example:99999", "http", "", errProxyAddress},
		{"http://user:secret word@pro xy:1", "http", "", errProxyAddress},
		{"%zz", "http", "", errProxyAddress},
	}
	for _, test := range tests {
		u, err := parseProxy(test.text, test.usual)
		if !errors.Is(err, test.err) {
			t.Errorf("%q: %v, want %v", test.text, err, test.err)
		}
		if err == nil && u.String() != test.want {
			t.Errorf("%q: %v, want %v", test.text, u, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error quotes the setting: %v", test.text, err)
		}
	}
}

func TestEnvironmentProxy(t *testing.T) {
	tests := []struct {
		name, address string
		env           map[string]string
		speaks        bool
		proxy         string
		want          evidence.Proxy
	}{
		{"nothing", "https://a.example/", nil, false, "", evidence.Proxy{}},
		{
			"https", "https://a.example/",
			map[string]string{"https_proxy": "http://p.example:3128"},
			true, "http://p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", Source: "environment", Variable: "https_proxy"},
		},
		{
			"capitals", "http://a.example/",
			map[string]string{"HTTP_PROXY": "p.example:3128"},
			true, "http://p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", Source: "environment", Variable: "HTTP_PROXY"},
		},
		{
			"small letters first", "http://a.example/",
			map[string]string{"HTTP_PROXY": "q.example:1", "http_proxy": "p.example:3128"},
			true, "http://p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", Source: "environment", Variable: "http_proxy"},
		},
		{
			"all", "https://a.example/",
			map[string]string{"ALL_PROXY": "socks5h://127.0.0.1:9050"},
			true, "socks5h://127.0.0.1:9050",
			evidence.Proxy{Configured: true, InUse: true, URL: "socks5h://127.0.0.1:9050", Source: "environment", Variable: "ALL_PROXY"},
		},
		{
			"for the other scheme", "https://a.example/",
			map[string]string{"http_proxy": "p.example:3128"},
			false, "",
			evidence.Proxy{Configured: true, Source: "environment", Variable: "http_proxy"},
		},
		{
			"excepted", "https://www.a.example/",
			map[string]string{"https_proxy": "p.example:3128", "NO_PROXY": "b.example, .a.example"},
			true, "",
			evidence.Proxy{Configured: true, Source: "environment", Variable: "https_proxy"},
		},
		{
			"excepted network", "http://192.0.2.7/",
			map[string]string{"http_proxy": "p.example:3128", "no_proxy": "192.0.2.0/24"},
			true, "",
			evidence.Proxy{Configured: true, Source: "environment", Variable: "http_proxy"},
		},
		{
			"loopback", "http://localhost/",
			map[string]string{"http_proxy": "p.example:3128"},
			true, "",
			evidence.Proxy{Configured: true, Source: "environment", Variable: "http_proxy"},
		},
		{
			"password", "https://a.example/",
			map[string]string{"https_proxy": "http://me:secret@p.example:3128"},
			true, "http://me:secret@p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", HasCredentials: true, Source: "environment", Variable: "https_proxy"},
		},
		{
			"cgi", "http://a.example/",
			map[string]string{"HTTP_PROXY": "evil.example:1", "REQUEST_METHOD": "GET"},
			false, "",
			evidence.Proxy{},
		},
		{
			"unreadable", "https://a.example/",
			map[string]string{"https_proxy": "http://me:secret@:x"},
			true, "",
			evidence.Proxy{Configured: true, Source: "environment", Variable: "https_proxy"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := &reader{Request: visit(t, test.address)}
			if speaks := r.useEnvironment(func(name string) string { return test.env[name] }); speaks != test.speaks {
				t.Errorf("speaks for the address: %v", speaks)
			}
			sys, proxy := r.result()
			if diff := cmp.Diff(test.want, sys.Proxy); diff != "" {
				t.Error(diff)
			}
			if got := textOf(proxy); got != test.proxy {
				t.Errorf("proxy %q, want %q", got, test.proxy)
			}
			if unreadable := test.name == "unreadable"; unreadable != (len(sys.Unread) == 1) {
				t.Errorf("unread: %v", sys.Unread)
			}
		})
	}
}

// textOf is a proxy as text, "" for none.
func textOf(proxy *url.URL) string {
	if proxy == nil {
		return ""
	}
	return proxy.String()
}
