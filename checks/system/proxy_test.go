package system

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
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

func TestBypassed(t *testing.T) {
	windows, gnome, mac := bypassRules{}, bypassRules{Subdomains: true}, bypassRules{Local: true}
	tests := []struct {
		host    string
		port    int
		entries string
		rules   bypassRules
		want    bool
	}{
		{"localhost", 80, "", windows, true},
		{"127.0.0.9", 80, "", windows, true},
		{"::1", 80, "", windows, true},
		{"localhost", 80, "<-loopback>", windows, false},
		{"a.example", 443, "", windows, false},
		{"a.example", 443, "a.example", windows, true},
		{"www.a.example", 443, "a.example", windows, false},
		{"www.a.example", 443, "a.example", gnome, true},
		{"www.a.example", 443, "*.a.example", windows, true},
		{"a.example", 443, "*.a.example", windows, false},
		{"a.example", 443, "*.a.example", gnome, true},
		{"a.example", 443, ".a.example", gnome, true},
		{"a.example", 443, ".a.example", windows, false},
		{"www.a.example", 443, ".a.example", windows, true},
		{"xa.example", 443, "a.example", gnome, false},
		{"a.example", 443, "a.example:443", windows, true},
		{"a.example", 443, "a.example:8443", windows, false},
		{"a.example", 443, "https://a.example", windows, true},
		{"intranet", 80, "<local>", windows, true},
		{"intranet", 80, "", windows, false},
		{"intranet", 80, "", mac, true},
		{"in.example", 80, "<local>", windows, false},
		{"10.1.2.3", 80, "10.*", windows, true},
		{"10.1.2.3", 80, "10.0.0.0/8", gnome, true},
		{"169.254.3.4", 80, "169.254/16", mac, true},
		{"192.0.2.1", 80, "192.0.2.1", windows, true},
		{"192.0.2.1", 80, "*", windows, true},
		{"2001:db8::7", 443, "2001:db8::/32", gnome, true},
		{"2001:db8::7", 443, "[2001:db8::7]:443", gnome, true},
		{"2001:db8::7", 443, "2001:db8::8", gnome, false},
		{"fd00.example", 443, "fd00::/8", gnome, false},
	}
	for _, test := range tests {
		if got := bypassed(test.host, test.port, strings.Fields(test.entries), test.rules); got != test.want {
			t.Errorf("%s:%d with %q %+v: %v", test.host, test.port, test.entries, test.rules, got)
		}
	}
}

func TestStoredSettings(t *testing.T) {
	read := func(name string) []byte {
		out, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	kde := func(lines ...string) setting {
		values, err := kdeGroup(strings.NewReader("[General]\nProxyType=2\n[Proxy Settings]\n"+strings.Join(lines, "\n")), "Proxy Settings")
		if err != nil {
			t.Fatal(err)
		}
		return kdeSetting(values)
	}
	gnome := func(lines ...string) setting { return gnomeSetting([]byte(strings.Join(lines, "\n") + "\n")) }
	manual := "org.gnome.system.proxy mode 'manual'"
	tests := []struct {
		name    string
		setting setting
		address string
		proxy   string
		want    evidence.Proxy
	}{
		{"gnome none", gnome("org.gnome.system.proxy mode 'none'", "org.gnome.system.proxy.http host 'p.example'", "org.gnome.system.proxy.http port 3128"), "http://a.example/", "", evidence.Proxy{}},
		{
			"gnome http", gnome(manual, "org.gnome.system.proxy ignore-hosts ['localhost', '*.b.example']", "org.gnome.system.proxy.http host 'p.example'", "org.gnome.system.proxy.http port 3128"),
			"http://a.example/", "http://p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", Source: "gnome", Variable: "org.gnome.system.proxy.http"},
		},
		{
			"gnome ignored", gnome(manual, "org.gnome.system.proxy ignore-hosts ['localhost', '*.b.example']", "org.gnome.system.proxy.http host 'p.example'", "org.gnome.system.proxy.http port 3128"),
			"http://www.b.example/", "",
			evidence.Proxy{Configured: true, Source: "gnome", Variable: "org.gnome.system.proxy.http"},
		},
		{
			"gnome socks for https", gnome(manual, "org.gnome.system.proxy.http host 'p.example'", "org.gnome.system.proxy.http port 3128", "org.gnome.system.proxy.socks host '::1'", "org.gnome.system.proxy.socks port 1080"),
			"https://a.example/", "socks5://[::1]:1080",
			evidence.Proxy{Configured: true, InUse: true, URL: "socks5://[::1]:1080", Source: "gnome", Variable: "org.gnome.system.proxy.socks"},
		},
		{
			"gnome only http, https asked", gnome(manual, "org.gnome.system.proxy.http host 'p.example'", "org.gnome.system.proxy.http port 3128"),
			"https://a.example/", "",
			evidence.Proxy{Configured: true, Source: "gnome", Variable: "org.gnome.system.proxy.http"},
		},
		{
			"gnome password", gnome(manual, "org.gnome.system.proxy.http host 'p.example'", "org.gnome.system.proxy.http port 3128",
				"org.gnome.system.proxy.http use-authentication true", `org.gnome.system.proxy.http authentication-user 'o\'neill'`, `org.gnome.system.proxy.http authentication-password "a:b'c"`),
			"http://a.example/", "http://o%27neill:a%3Ab%27c@p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, HasCredentials: true, URL: "http://p.example:3128", Source: "gnome", Variable: "org.gnome.system.proxy.http"},
		},
		{
			"kde", kde("ProxyType=1", "httpsProxy[$e]=http://p.example 3128", "NoProxyFor=b.example,c.example"), "https://a.example/", "http://p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", Source: "kde", Variable: "httpsProxy"},
		},
		{
			"kde ignored", kde("ProxyType=1", "httpsProxy=http://p.example:3128", "NoProxyFor=b.example,a.example"), "https://www.a.example/", "",
			evidence.Proxy{Configured: true, Source: "kde", Variable: "httpsProxy"},
		},
		{
			"kde only these", kde("ProxyType=1", "httpsProxy=http://p.example 3128", "NoProxyFor=a.example", "ReversedException=true"), "https://a.example/", "http://p.example:3128",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:3128", Source: "kde", Variable: "httpsProxy"},
		},
		{"kde off", kde("ProxyType=0", "httpsProxy=http://p.example 3128"), "https://a.example/", "", evidence.Proxy{}},
		{
			"kde socks", kde("ProxyType=1", "socksProxy=socks://127.0.0.1 9050"), "https://a.example/", "socks5://127.0.0.1:9050",
			evidence.Proxy{Configured: true, InUse: true, URL: "socks5://127.0.0.1:9050", Source: "kde", Variable: "socksProxy"},
		},
		{
			"windows for all", windowsSetting{Server: "p.example:8080", Override: "*.b.example;<local>"}.setting(), "https://a.example/", "http://p.example:8080",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://p.example:8080", Source: "windows", Variable: "ProxyServer"},
		},
		{
			"windows ignored", windowsSetting{Server: "p.example:8080", Override: "*.b.example;<local>"}.setting(), "https://www.b.example/", "",
			evidence.Proxy{Configured: true, Source: "windows", Variable: "ProxyServer"},
		},
		{
			"windows by scheme", windowsSetting{Server: "http=p.example:80;https=q.example:8080;ftp=r.example:21"}.setting(), "https://a.example/", "http://q.example:8080",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://q.example:8080", Source: "windows", Variable: "ProxyServer"},
		},
		{
			"windows other scheme", windowsSetting{Server: "http=p.example:80"}.setting(), "https://a.example/", "",
			evidence.Proxy{Configured: true, Source: "windows", Variable: "ProxyServer"},
		},
		{
			"windows socks", windowsSetting{Server: "socks=127.0.0.1:1080"}.setting(), "https://a.example/", "socks5://127.0.0.1:1080",
			evidence.Proxy{Configured: true, InUse: true, URL: "socks5://127.0.0.1:1080", Source: "windows", Variable: "ProxyServer"},
		},
		{
			"macos", macSetting(readScutil(read("scutil-proxy.txt"))), "https://a.example/", "http://proxy.example:3129",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://proxy.example:3129", Source: "macos", Variable: "HTTPSProxy"},
		},
		{
			"macos excepted", macSetting(readScutil(read("scutil-proxy.txt"))), "https://intranet.example/", "",
			evidence.Proxy{Configured: true, Source: "macos", Variable: "HTTPSProxy"},
		},
		{
			"macos simple name", macSetting(readScutil(read("scutil-proxy.txt"))), "http://intranet/", "",
			evidence.Proxy{Configured: true, Source: "macos", Variable: "HTTPProxy"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := &reader{Request: visit(t, test.address)}
			r.useDesktop(context.Background(), test.setting)
			sys, proxy := r.result()
			if diff := cmp.Diff(test.want, sys.Proxy); diff != "" {
				t.Error(diff)
			}
			if got := textOf(proxy); got != test.proxy {
				t.Errorf("proxy %q, want %q", got, test.proxy)
			}
			if len(sys.Unread) > 0 {
				t.Errorf("unread: %v", sys.Unread)
			}
		})
	}
}

func TestScripts(t *testing.T) {
	serve := func(script string, err error) func(context.Context, string) ([]byte, error) {
		return func(_ context.Context, address string) ([]byte, error) {
			if address != "http://wpad.example/proxy.pac" {
				t.Errorf("fetched %q", address)
			}
			return []byte(script), err
		}
	}
	mac, err := os.ReadFile("testdata/scutil-proxy-pac.txt")
	if err != nil {
		t.Fatal(err)
	}
	const script = `function FindProxyForURL(url, host) {
		if (url !== "https://a.example/") return "PROXY leaked:1";
		if (dnsResolve("other.example") !== null) return "PROXY asked:1";
		if (isInNet(host, "192.0.2.0", "255.255.255.0")) return "PROXY p.example:3128; DIRECT";
		return "DIRECT";
	}`
	base := evidence.Proxy{Configured: true, Source: "pac", Variable: "ProxyAutoConfigURLString", PACURL: "http://wpad.example/proxy.pac"}
	with := func(change func(*evidence.Proxy)) evidence.Proxy {
		p := base
		change(&p)
		return p
	}
	fault := func(op evidence.Operation, failure evidence.Failure, detail string) evidence.Proxy {
		return with(func(p *evidence.Proxy) {
			p.InUse, p.PACFault = true, &evidence.Fault{Operation: op, Failure: failure, Detail: detail}
		})
	}
	tests := []struct {
		name  string
		fetch func(context.Context, string) ([]byte, error)
		proxy string
		want  evidence.Proxy
	}{
		{"proxy", serve(script, nil), "http://p.example:3128", with(func(p *evidence.Proxy) {
			p.InUse, p.URL, p.PACResult = true, "http://p.example:3128", "PROXY p.example:3128; DIRECT"
		})},
		{"direct", serve(`function FindProxyForURL() { return "DIRECT" }`, nil), "", with(func(p *evidence.Proxy) { p.PACResult = "DIRECT" })},
		{"socks", serve(`function FindProxyForURL() { return "SOCKS4 x:1; SOCKS5 127.0.0.1:1080" }`, nil), "socks5://127.0.0.1:1080", with(func(p *evidence.Proxy) {
			p.InUse, p.URL, p.PACResult = true, "socks5://127.0.0.1:1080", "SOCKS4 x:1; SOCKS5 127.0.0.1:1080"
		})},
		{"not there", serve("", errors.New("404 Not Found")), "", fault(evidence.HTTPRoundTrip, evidence.Unknown, "404 Not Found")},
		{"slow", serve("", context.DeadlineExceeded), "", fault(evidence.HTTPRoundTrip, evidence.Timeout, "")},
		{"broken", serve("function (", nil), "", fault(evidence.HTTPBody, evidence.Unknown, "")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := &reader{Request: visit(t, "https://a.example/secret?token=1")}
			r.Fetch = test.fetch
			r.Lookup = func(_ context.Context, host string) []string {
				if host != "a.example" {
					t.Errorf("looked up %q", host)
				}
				return []string{"192.0.2.9"}
			}
			r.useDesktop(context.Background(), macSetting(readScutil(mac)))
			sys, proxy := r.result()
			if test.want.PACFault != nil && test.want.PACFault.Detail == "" && sys.Proxy.PACFault != nil {
				sys.Proxy.PACFault.Detail = "" // the interpreter's words
			}
			if diff := cmp.Diff(test.want, sys.Proxy); diff != "" {
				t.Error(diff)
			}
			if got := textOf(proxy); got != test.proxy {
				t.Errorf("proxy %q, want %q", got, test.proxy)
			}
		})
	}
}

func TestScriptOnDisk(t *testing.T) {
	path := filepath.Join(scratch(t), "my proxy.pac")
	if err := os.WriteFile(path, []byte(`function FindProxyForURL() { return "HTTPS p.example" }`), 0o600); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}).String()
	r := &reader{Request: visit(t, "https://a.example/")}
	r.useDesktop(context.Background(), setting{Source: "gnome", Script: address, ScriptKey: "autoconfig-url"})
	_, proxy := r.result()
	if got := textOf(proxy); got != "https://p.example:443" {
		t.Errorf("proxy %q", got)
	}

	r = &reader{Request: visit(t, "https://a.example/")}
	r.useDesktop(context.Background(), setting{Source: "gnome", Script: address + ".gone"})
	sys, _ := r.result()
	if !sys.Proxy.InUse || !sys.Proxy.PACFault.Is(evidence.HTTPRoundTrip) || strings.Contains(sys.Proxy.PACFault.Detail, "my proxy") {
		t.Errorf("%+v %+v", sys.Proxy, sys.Proxy.PACFault)
	}
}

func TestScriptFallsBackToFixedProxy(t *testing.T) {
	r := &reader{Request: visit(t, "https://a.example/")}
	s := windowsSetting{Server: "p.example:8080", Script: "http://wpad.example/proxy.pac"}.setting()
	r.useDesktop(context.Background(), s) // no Fetch: the script cannot be had
	sys, proxy := r.result()
	if textOf(proxy) != "http://p.example:8080" || sys.Proxy.Source != "windows" || sys.Proxy.PACFault == nil {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
}

func TestDiscoveryIsSaid(t *testing.T) {
	r := &reader{Request: visit(t, "https://a.example/")}
	r.useDesktop(context.Background(), setting{Source: "kde", Discover: true})
	sys, proxy := r.result()
	if proxy != nil || len(sys.Unread) != 1 || sys.Unread[0].What != partWPAD {
		t.Errorf("%v %+v", proxy, sys)
	}
}
