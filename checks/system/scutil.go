package system

import (
	"bufio"
	"bytes"
	"slices"
	"strings"

	"isitme/checks/evidence"
)

// scutilTree is a dictionary as macOS' scutil prints it. A value is a string or a scutilTree; arrays are dictionaries
// with the keys 0, 1 and so on.
type scutilTree map[string]any

// text is a value, "" when it is missing or a dictionary.
func (t scutilTree) text(key string) string {
	value, _ := t[key].(string)
	return value
}

// on reports whether a switch is set.
func (t scutilTree) on(key string) bool { return t.text(key) == "1" }

// list is the values of an array in their order.
func (t scutilTree) list(key string) []string {
	array, _ := t[key].(scutilTree)
	keys := make([]string, 0, len(array))
	for name := range array {
		keys = append(keys, name)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b) // numbers without leading zeros
		}
		return strings.Compare(a, b)
	})
	var values []string
	for _, name := range keys {
		values = append(values, array.text(name))
	}
	return values
}

// maxNesting bounds dictionaries in dictionaries; scutil prints three.
const maxNesting = 8

// readScutil reads what `scutil --proxy` prints.
func readScutil(out []byte) scutilTree {
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, maxOutput)
	stack := []scutilTree{{}}
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		top := stack[len(stack)-1]
		key, value, pair := strings.Cut(line, " : ")
		switch {
		case line == "}":
			if len(stack) > 2 {
				stack = stack[:len(stack)-1]
			}
		case strings.HasSuffix(line, "{"):
			if len(stack) > maxNesting {
				return stack[1]
			}
			inner := scutilTree{}
			top[key] = inner // the outermost has no key of its own and stands under its whole line
			stack = append(stack, inner)
		case pair:
			top[key] = value
		}
	}
	if len(stack) < 2 {
		return scutilTree{}
	}
	return stack[1]
}

// macSetting translates macOS' proxy dictionary (SCDynamicStoreCopyProxies).
func macSetting(t scutilTree) setting {
	s := setting{Source: "macos", Proxies: map[string]fixedProxy{}}
	if t.on("ProxyAutoConfigEnable") {
		s.Script, s.ScriptKey = t.text("ProxyAutoConfigURLString"), "ProxyAutoConfigURLString"
	}
	s.Discover = t.on("ProxyAutoDiscoveryEnable")
	for _, kind := range []string{"HTTP", "HTTPS", "SOCKS"} {
		host, port := t.text(kind+"Proxy"), t.text(kind+"Port")
		if !t.on(kind+"Enable") || host == "" {
			continue
		}
		scheme := strings.ToLower(kind)
		if port == "" || port == "0" {
			port = proxyPorts[usualKind(scheme)]
		}
		// The password lies in the keychain, so a user name alone would only make the proxy refuse.
		s.Proxies[scheme] = fixedProxy{Address: proxyText(usualKind(scheme), "", host, port), Key: kind + "Proxy"}
	}
	entries := t.list("ExceptionsList")
	rules := bypassRules{Local: t.on("ExcludeSimpleHostnames")}
	s.Bypassed = func(host string, port int) bool { return bypassed(host, port, entries, rules) }
	return s
}

// macResolvers reads what `scutil --dns` prints: the resolvers for ordinary lookups, with the names that each is for. The
// parts for lookups bound to an interface ("for scoped queries") or to a service are left out, and so are the resolvers
// of multicast DNS.
func macResolvers(out []byte) []evidence.Nameserver {
	text, _, _ := strings.Cut(string(out), "DNS configuration (for ")
	var servers []evidence.Nameserver
	for block := range strings.SplitSeq(text, "resolver #") {
		var addresses, domains []string
		var name string
		multicast := false
		for line := range strings.Lines(block) {
			key, value, ok := strings.Cut(line, " : ")
			key, value = strings.TrimSpace(key), strings.TrimSpace(value)
			switch {
			case !ok:
			case strings.HasPrefix(key, "nameserver["):
				address, _, _ := strings.Cut(value, "%")
				addresses = append(addresses, address)
			case key == "domain":
				domains = append(domains, strings.TrimSuffix(value, "."))
			case key == "if_index":
				_, name, _ = strings.Cut(strings.TrimSuffix(value, ")"), "(")
			case key == "options":
				multicast = strings.Contains(value, "mdns")
			}
		}
		if multicast {
			continue
		}
		for _, address := range addresses {
			servers = append(servers, evidence.Nameserver{
				Address: address, Interface: name, Source: "scutil", Domains: domains,
			})
		}
	}
	return servers
}

// macTunnels reads which interfaces `scutil --nwi` gives a VPN server: those of network extensions and of macOS' own
// VPNs. Other utun interfaces belong to the system.
func macTunnels(out []byte) map[string]bool {
	tunnels := map[string]bool{}
	name := ""
	for line := range strings.Lines(string(out)) {
		key, _, ok := strings.Cut(line, " : ")
		key = strings.TrimSpace(key)
		switch {
		case !ok:
		case strings.Contains(line, ": flags "):
			name = key
		case key == "VPN server":
			tunnels[name] = true
		}
	}
	return tunnels
}

// macVPNName is the name of the one connection that `scutil --nc list` calls connected, "" when there is none or more.
func macVPNName(out []byte) string {
	name, count := "", 0
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "(Connected)") {
			continue
		}
		parts := strings.Split(line, `"`)
		if len(parts) >= 3 {
			name = parts[1]
		}
		count++
	}
	if count != 1 {
		return ""
	}
	return name
}
