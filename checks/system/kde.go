package system

import (
	"bufio"
	"io"
	"strings"
)

// KDE's kinds of proxy setting (KProtocolManager::ProxyType).
const (
	kdeManual      = "1"
	kdeScript      = "2"
	kdeDiscover    = "3"
	kdeEnvironment = "4"
)

// kdeGroup reads one group of a KDE configuration file. Keys may carry flags in brackets, which are dropped.
func kdeGroup(r io.Reader, group string) (map[string]string, error) {
	values := map[string]string{}
	in := false
	lines := bufio.NewScanner(io.LimitReader(r, maxOutput))
	lines.Buffer(nil, maxOutput)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") {
			in = line == "["+group+"]"
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !in || !ok || strings.HasPrefix(line, "#") {
			continue
		}
		key, _, _ = strings.Cut(key, "[")
		values[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return values, lines.Err()
}

// kdeSetting reads the group "Proxy Settings" of kioslaverc.
func kdeSetting(values map[string]string) setting {
	s := setting{Source: "kde"}
	switch values["ProxyType"] {
	case kdeScript:
		s.Script, s.ScriptKey = values["Proxy Config Script"], "Proxy Config Script"
	case kdeDiscover:
		s.Discover = true
	case kdeManual:
		s.Proxies = map[string]fixedProxy{}
		for _, kind := range []string{"http", "https", "socks"} {
			if address := kdeAddress(values[kind+"Proxy"]); address != "" {
				s.Proxies[kind] = fixedProxy{Address: address, Key: kind + "Proxy"}
			}
		}
		entries := strings.FieldsFunc(values["NoProxyFor"], func(c rune) bool { return c == ',' || c == ' ' })
		only := values["ReversedException"] == "true" // the list then says which hosts do use the proxy
		s.Bypassed = func(host string, port int) bool {
			return bypassed(host, port, entries, bypassRules{Subdomains: true}) != only
		}
	}
	return s
}

// kdeAddress is a proxy as KDE writes it, "http://proxy.example 3128", as a URL; older versions put a colon.
func kdeAddress(text string) string {
	address, port, ok := strings.Cut(strings.TrimSpace(text), " ")
	if !ok || port == "" || port == "0" {
		return address
	}
	return strings.TrimSuffix(address, "/") + ":" + strings.TrimSpace(port)
}

// kdeVariable is the key under which KDE stores the name of the environment variable to use in the place of name.
func kdeVariable(name string) string {
	switch name {
	case "http_proxy":
		return "httpProxy"
	case "https_proxy":
		return "httpsProxy"
	case "all_proxy":
		return "socksProxy"
	case "no_proxy":
		return "NoProxyFor"
	default:
		return ""
	}
}
