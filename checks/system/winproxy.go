package system

import "strings"

// windowsSetting is the proxy setting of Windows' internet options.
type windowsSetting struct {
	Server   string // ProxyServer: "proxy:8080" or "http=a:80;https=b:8080;socks=c:1080"
	Override string // ProxyOverride: "*.local;10.*;<local>"
	Script   string // AutoConfigURL
	Discover bool   // AutoDetect
}

// setting translates it. Only <local> keeps names without a dot from the proxy.
func (w windowsSetting) setting() setting {
	entries := strings.FieldsFunc(w.Override, func(c rune) bool { return c == ';' || c == ',' || c == ' ' })
	return setting{
		Source: "windows", Proxies: windowsProxies(w.Server),
		Script: w.Script, ScriptKey: "AutoConfigURL", Discover: w.Discover,
		Bypassed: func(host string, port int) bool { return bypassed(host, port, entries, bypassRules{}) },
	}
}

// windowsProxies reads ProxyServer: one proxy for all schemes, or one per scheme. The one for SOCKS serves what has none
// of its own.
func windowsProxies(text string) map[string]fixedProxy {
	proxies := map[string]fixedProxy{}
	for entry := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ';' || c == ' ' }) {
		scheme, address, ok := strings.Cut(entry, "=")
		scheme = strings.ToLower(strings.TrimSpace(scheme))
		if !ok {
			for _, all := range []string{"http", "https"} {
				if _, own := proxies[all]; !own {
					proxies[all] = fixedProxy{Address: entry, Key: "ProxyServer"}
				}
			}
			continue
		}
		if address = strings.TrimSpace(address); address != "" {
			proxies[scheme] = fixedProxy{Address: address, Key: "ProxyServer"}
		}
	}
	return proxies
}

// windowsName is the system's name for people. Windows 11 still calls itself 10 in the registry; its builds begin at
// 22000.
func windowsName(product, version string, build uint32) string {
	if product == "" {
		product = "Windows"
	}
	if build >= 22000 {
		product = strings.Replace(product, "Windows 10", "Windows 11", 1)
	}
	if version != "" {
		product += " " + version
	}
	return product
}
