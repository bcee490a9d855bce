package system

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"isitme/checks/evidence"
)

// mayChange skips a test that changes this computer's settings, unless it is one that is made for it.
func mayChange(t *testing.T) {
	t.Helper()
	wine := windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
	if !wine && os.Getenv("CI") != "true" {
		t.Skip("changes settings of this computer: runs under Wine and in CI only")
	}
}

// setValue writes a value of the registry until the test ends: a string, a list of them or a number.
func setValue(t *testing.T, root registry.Key, path, name string, value any) {
	t.Helper()
	key, _, err := registry.CreateKey(root, path, registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { key.Close() })
	if before, kind, err := key.GetStringValue(name); err == nil {
		t.Cleanup(func() {
			if kind == registry.EXPAND_SZ {
				key.SetExpandStringValue(name, before)
				return
			}
			key.SetStringValue(name, before)
		})
	} else if before, _, err := key.GetIntegerValue(name); err == nil {
		t.Cleanup(func() { key.SetDWordValue(name, uint32(before)) })
	} else {
		t.Cleanup(func() { key.DeleteValue(name) })
	}
	switch value := value.(type) {
	case string:
		err = key.SetStringValue(name, value)
	case []string:
		err = key.SetStringsValue(name, value)
	case int:
		err = key.SetDWordValue(name, uint32(value))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// fetch loads a script over real HTTP from this computer.
func fetch(ctx context.Context, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func TestInternetOptions(t *testing.T) {
	mayChange(t)
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, "")
	}
	setValue(t, registry.CURRENT_USER, internetKey, "ProxyEnable", 1)
	setValue(t, registry.CURRENT_USER, internetKey, "ProxyServer", "http=p.example:80;https=q.example:8080")
	setValue(t, registry.CURRENT_USER, internetKey, "ProxyOverride", "*.b.example;<local>")
	sys, proxy := Read(context.Background(), visit(t, "https://a.example/"))
	if textOf(proxy) != "http://q.example:8080" || sys.Proxy.Source != "windows" || !sys.Proxy.InUse {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	sys, proxy = Read(context.Background(), visit(t, "https://www.b.example/"))
	if proxy != nil || sys.Proxy.InUse || !sys.Proxy.Configured {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}

	setValue(t, registry.CURRENT_USER, internetKey, "ProxyEnable", 0)
	if sys, proxy = Read(context.Background(), visit(t, "https://a.example/")); proxy != nil || sys.Proxy.Configured {
		t.Errorf("switched off: %v %+v", proxy, sys.Proxy)
	}

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `function FindProxyForURL(url, host) { return host == "a.example" ? "PROXY pac.example:3128" : "DIRECT" }`)
	}))
	defer server.Close()
	setValue(t, registry.CURRENT_USER, internetKey, "AutoConfigURL", server.URL+"/proxy.pac")
	req := visit(t, "https://a.example/")
	req.Fetch = fetch
	sys, proxy = Read(context.Background(), req)
	if textOf(proxy) != "http://pac.example:3128" || sys.Proxy.Source != "pac" || sys.Proxy.PACURL != server.URL+"/proxy.pac" {
		t.Errorf("script: %v %+v", proxy, sys.Proxy)
	}
	server.Close()
	if sys, _ = Read(context.Background(), req); !sys.Proxy.InUse || !sys.Proxy.PACFault.Is(evidence.HTTPRoundTrip, evidence.ConnectionRefused) {
		t.Errorf("script out of reach: %+v %+v", sys.Proxy, sys.Proxy.PACFault)
	}
}

func TestInternetPolicy(t *testing.T) {
	mayChange(t)
	setValue(t, registry.CURRENT_USER, internetPolicyKey, "ProxyEnable", 1)
	setValue(t, registry.CURRENT_USER, internetPolicyKey, "ProxyServer", "company.example:8080")
	if _, proxy := Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://company.example:8080" {
		t.Errorf("%v", proxy)
	}
}

func TestHostsFileOfTheRegistry(t *testing.T) {
	mayChange(t)
	dir := scratch(t)
	if err := os.WriteFile(filepath.Join(dir, "hosts"), []byte("127.0.0.1 localhost\r\n0.0.0.0 a.example\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	setValue(t, registry.LOCAL_MACHINE, tcpipKey, "DataBasePath", dir)
	sys, _ := Read(context.Background(), visit(t, "https://a.example/"))
	if len(sys.Hosts) != 1 || sys.Hosts[0].Line != 2 || sys.Hosts[0].Address != "0.0.0.0" || sys.Hosts[0].File != filepath.Join(dir, "hosts") {
		t.Errorf("%+v", sys.Hosts)
	}
}

func TestNameResolutionPolicy(t *testing.T) {
	mayChange(t)
	const rule = dnsClientKey + `\DnsPolicyConfig\{00000000-0000-4000-8000-000000000001}`
	setValue(t, registry.LOCAL_MACHINE, rule, "Name", []string{".corp.example"})
	setValue(t, registry.LOCAL_MACHINE, rule, "GenericDNSServers", "10.20.0.53;10.20.0.54")
	t.Cleanup(func() { registry.DeleteKey(registry.LOCAL_MACHINE, rule) })
	sys, _ := Read(context.Background(), visit(t, "https://www.corp.example/"))
	want := evidence.Nameserver{Address: "10.20.0.54", Source: "nrpt", Domains: []string{"corp.example"}}
	if sys.EncryptedDNS != "nrpt" || !slices.ContainsFunc(sys.Nameservers, func(n evidence.Nameserver) bool {
		return n.Address == want.Address && n.Source == want.Source && slices.Equal(n.Domains, want.Domains)
	}) {
		t.Errorf("%q %+v", sys.EncryptedDNS, sys.Nameservers)
	}
	if sys, _ = Read(context.Background(), visit(t, "https://a.example/")); sys.EncryptedDNS == "nrpt" {
		t.Errorf("%q for another name", sys.EncryptedDNS)
	}
	const company = dnsPolicyKey + `\DnsPolicyConfig\company`
	setValue(t, registry.LOCAL_MACHINE, company, "Name", []string{"."})
	setValue(t, registry.LOCAL_MACHINE, company, "GenericDNSServers", "10.30.0.53")
	sys, _ = Read(context.Background(), visit(t, "https://www.corp.example/"))
	if !slices.ContainsFunc(sys.Nameservers, func(n evidence.Nameserver) bool { return n.Address == "10.30.0.53" }) ||
		slices.ContainsFunc(sys.Nameservers, func(n evidence.Nameserver) bool { return n.Address == "10.20.0.53" }) {
		t.Errorf("with a company's policy: %+v", sys.Nameservers)
	}
	if err := registry.DeleteKey(registry.LOCAL_MACHINE, company); err != nil {
		t.Error(err)
	}
	setValue(t, registry.LOCAL_MACHINE, dnsClientKey, "EnableAutoDoh", autoDoH)
	if sys, _ = Read(context.Background(), visit(t, "https://a.example/")); sys.EncryptedDNS != "doh" {
		t.Errorf("%q", sys.EncryptedDNS)
	}
}

// TestDoHOfAdapter: a server of an adapter that is up counts, one of an adapter that is gone does not.
func TestDoHOfAdapter(t *testing.T) {
	mayChange(t)
	adapters, err := readAdapters()
	if err != nil {
		t.Fatal(err)
	}
	up := slices.IndexFunc(adapters, func(a adapter) bool { return a.Up })
	if up < 0 {
		t.Fatalf("no adapter is up: %+v", adapters)
	}
	if usesDoH(adapters) {
		t.Error("before anything is set")
	}
	for _, test := range []struct {
		id, family string
		want       bool
	}{
		{"{00000000-0000-4000-8000-000000000009}", `Doh\192.0.2.53`, false},
		{adapters[up].ID, `Doh\192.0.2.53`, true},
		{adapters[up].ID, `Doh6\2001:db8::53`, true},
	} {
		path := dnsInterfacesKey + `\` + test.id + `\DohInterfaceSettings\` + test.family
		setValue(t, registry.LOCAL_MACHINE, path, "DohFlags", 1)
		if got := usesDoH(adapters); got != test.want {
			t.Errorf("%s %s: %v", test.id, test.family, got)
		}
		if err := registry.DeleteKey(registry.LOCAL_MACHINE, path); err != nil {
			t.Error(err)
		}
	}
}

// TestLayouts: what is handed to Windows has the size that its headers give it on this processor.
func TestLayouts(t *testing.T) {
	type sizes struct{ small, large uintptr } // with pointers of 4 and of 8 bytes
	for name, test := range map[string]struct {
		got  uintptr
		want sizes
	}{
		"WINHTTP_CURRENT_USER_IE_PROXY_CONFIG": {unsafe.Sizeof(ieConfig{}), sizes{16, 32}},
		"WINHTTP_PROXY_INFO":                   {unsafe.Sizeof(proxyInfo{}), sizes{12, 24}},
		"WINHTTP_AUTOPROXY_OPTIONS":            {unsafe.Sizeof(autoProxyOptions{}), sizes{24, 32}},
		"SOCKADDR_INET":                        {unsafe.Sizeof(windows.RawSockaddrInet{}), sizes{28, 28}},
		"MIB_IPFORWARD_ROW2":                   {unsafe.Sizeof(windows.MibIpForwardRow2{}), sizes{104, 104}},
	} {
		want := test.want.large
		if unsafe.Sizeof(uintptr(0)) == 4 {
			want = test.want.small
		}
		if test.got != want {
			t.Errorf("%s: %d bytes, want %d", name, test.got, want)
		}
	}
}

func TestNetworkOfThisComputer(t *testing.T) {
	req := visit(t, "https://localhost/")
	req.Addresses = []string{"127.0.0.1"}
	sys, _ := Read(context.Background(), req)
	loopback := slices.IndexFunc(sys.Interfaces, func(i evidence.Interface) bool { return i.Kind == "loopback" })
	if loopback < 0 || !sys.Interfaces[loopback].Up || sys.Interfaces[loopback].HasIPv4 {
		t.Errorf("%+v", sys.Interfaces)
	}
	if len(sys.SiteRoutes) != 1 || sys.SiteRoutes[0].Interface != sys.Interfaces[loopback].Name || sys.SiteRoutes[0].Failure != evidence.None {
		t.Errorf("%+v", sys.SiteRoutes)
	}
	if sys.OS != "windows" || sys.OSName == "" {
		t.Errorf("%q %q", sys.OS, sys.OSName)
	}
}

func TestRawAddress(t *testing.T) {
	for _, text := range []string{"192.0.2.7", "2001:db8::7"} {
		want := netip.MustParseAddr(text)
		if got := address(rawAddress(want)); got != want {
			t.Errorf("%v became %v", want, got)
		}
	}
}

func TestLookupAndFlush(t *testing.T) {
	if got := LookupHost(context.Background(), "localhost"); !slices.Contains(got.Addresses, "127.0.0.1") {
		t.Errorf("%+v", got)
	}
	if got := Flush(context.Background()); !got.Done || got.Method != "dnsapi" || got.NeedsPassword {
		t.Errorf("%+v", got)
	}
}

func TestPrograms(t *testing.T) {
	dir, err := windows.GetSystemDirectory()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run(context.Background(), flushLimit, filepath.Join(dir, "ipconfig.exe")); err != nil {
		t.Error(err)
	}
}
