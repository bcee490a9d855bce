package system

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

func TestStoredSettings(t *testing.T) {
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
			"macos", macSetting(readScutil(recorded(t, "written/scutil-proxy.txt"))), "https://a.example/", "http://proxy.example:3129",
			evidence.Proxy{Configured: true, InUse: true, URL: "http://proxy.example:3129", Source: "macos", Variable: "HTTPSProxy"},
		},
		{
			"macos excepted", macSetting(readScutil(recorded(t, "written/scutil-proxy.txt"))), "https://intranet.example/", "",
			evidence.Proxy{Configured: true, Source: "macos", Variable: "HTTPSProxy"},
		},
		{
			"macos simple name", macSetting(readScutil(recorded(t, "written/scutil-proxy.txt"))), "http://intranet/", "",
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
