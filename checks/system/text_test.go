package system

import (
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"isitme/checks/evidence"
)

func TestReadGetent(t *testing.T) {
	const out = "192.0.2.7       STREAM cdn.example\n192.0.2.7       DGRAM  \n192.0.2.7       RAW    \n" +
		"2001:db8::7     STREAM \nfe80::1%eth0    STREAM \nnonsense\n\n"
	got := readGetent([]byte(out), "shop.example")
	if !slices.Equal(got.addresses, []string{"192.0.2.7", "2001:db8::7", "fe80::1"}) || !slices.Equal(got.cnames, []string{"cdn.example"}) {
		t.Errorf("%+v", got)
	}
}

func TestKDEVariables(t *testing.T) {
	values := map[string]string{"httpProxy": "A", "httpsProxy": "B", "socksProxy": "C", "NoProxyFor": "D"}
	for name, want := range map[string]string{"http_proxy": "A", "https_proxy": "B", "all_proxy": "C", "no_proxy": "D", "HTTP_PROXY": ""} {
		if got := values[kdeVariable(name)]; got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestFaultsKeepNoPaths(t *testing.T) {
	_, err := os.Open("/home/somebody/secret")
	if got := faultOf(err, evidence.Resolve); strings.Contains(got.Detail, "somebody") {
		t.Errorf("%+v", got)
	}
	if got := failureOf(nil); got != evidence.None {
		t.Errorf("%q", got)
	}
	if got := cut(strings.Repeat("ä", maxText)); len(got) > maxText || !strings.HasSuffix(got, "ä") {
		t.Errorf("%q", got)
	}
}

func TestMatchingNames(t *testing.T) {
	for host, want := range map[string]bool{
		"a.example": true, "a.example.": true, "xn--bcher-kva.example": true, "_dmarc.a.example": true, "localhost": true, "1.example": true,
		"": false, ".": false, "a..example": false, "-a.example": false, "a b": false, "a;b": false, "$(a)": false, "a\n.example": false,
		"bücher.example": false, strings.Repeat("a", 64) + ".example": false, strings.Repeat("a.", 130): false,
	} {
		if got := validHost(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

// FuzzParsers hands every reader of text from outside the same text: none may panic or hang.
func FuzzParsers(f *testing.F) {
	f.Add("<dictionary> {\n  HTTPEnable : 1\n  ExceptionsList : <array> {\n    0 : *.local\n  }\n}\n")
	f.Add("resolver #1\n  nameserver[0] : 192.0.2.1%en0\n  if_index : 12 (en0)\n")
	f.Add("org.gnome.system.proxy ignore-hosts ['a', \"b\\\"\"]\norg.gnome.system.proxy mode 'manual'\n")
	f.Add("[Proxy Settings]\nProxyType=1\nhttpProxy=http://p.example 3128\nNoProxyFor=a,b\n")
	f.Add("http=[::1]:80;https=p:99999")
	f.Fuzz(func(t *testing.T, text string) {
		kde, _ := kdeGroup(strings.NewReader(text), "Proxy Settings")
		settings := []setting{
			macSetting(readScutil([]byte(text))), gnomeSetting([]byte(text)), kdeSetting(kde),
			windowsSetting{Server: text, Override: text}.setting(),
		}
		for _, s := range settings {
			if s.Bypassed != nil {
				s.Bypassed("a.example", 443)
				s.Bypassed("192.0.2.1", 443)
			}
			for _, fixed := range s.Proxies {
				if u, err := parseProxy(fixed.Address, "http"); err == nil && (u.Hostname() == "" || u.Port() == "") {
					t.Errorf("%q became %q", fixed.Address, u)
				}
			}
		}
		macResolvers([]byte(text))
		macTunnels([]byte(text))
		macVPNName([]byte(text))
		macPorts([]byte(text))
		macInactive([]byte(text))
		if route, err := macRoute([]byte(text), netip.IPv6LinkLocalAllNodes()); err == nil && route.Interface == "" {
			t.Errorf("%+v", route)
		}
		for _, address := range readGetent([]byte(text), "a.example").addresses {
			if a, err := netip.ParseAddr(address); err != nil || a.Zone() != "" {
				t.Errorf("%q is no plain address", address)
			}
		}
		if validHost(text) && (text[0] == '-' || strings.ContainsAny(text, " \n;$/")) {
			t.Errorf("%q is taken for a host name", text)
		}
	})
}
