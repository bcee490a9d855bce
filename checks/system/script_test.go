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
	"isitme/checks/system/pac"
)

// TestScriptsFallBack shows that a script's next choice is taken where a proxy takes no connections, as browsers do.
func TestScriptsFallBack(t *testing.T) {
	for _, test := range []struct{ result, proxy string }{
		{"PROXY dead.example:3128; DIRECT", ""},
		{"PROXY dead.example:3128; PROXY p.example:3128; DIRECT", "http://p.example:3128"},
		{"PROXY p.example:3128; PROXY dead.example:3128", "http://p.example:3128"},
		{"PROXY dead.example:3128; SOCKS5 dead.example:1080", "socks5://dead.example:1080"},
		{"PROXY dead.example:3128", "http://dead.example:3128"},
	} {
		t.Run(test.result, func(t *testing.T) {
			r := &reader{Request: visit(t, "https://a.example/")}
			r.Reachable = func(_ context.Context, proxy *url.URL) bool { return proxy.Hostname() != "dead.example" }
			r.applyScript(t.Context(), test.result)
			got := ""
			if r.proxy != nil {
				got = r.proxy.String()
			}
			if got != test.proxy || r.sys.Proxy.InUse != (test.proxy != "") {
				t.Errorf("got %q, in use %t, want %q", got, r.sys.Proxy.InUse, test.proxy)
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
	mac := recorded(t, "written/scutil-proxy-pac.txt")
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
		{"too large", serve(strings.Repeat(" ", pac.MaxScript+1), nil), "", fault(evidence.HTTPRoundTrip, evidence.Unknown, pac.ErrTooLarge.Error())},
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
