package system

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"isitme/checks/system/pac"
)

// bypassRules say how a system reads its list of addresses that need no proxy.
type bypassRules struct {
	// Subdomains makes a plain name stand for its subdomains too.
	Subdomains bool
	// Local keeps names without a dot from the proxy; on Windows the entry <local> does.
	Local bool
}

// bypassed reports whether one of entries keeps host and port from the proxy. An entry is a name, a name with
// wildcards, ".domain", an address or a network in CIDR form ("10/8" too, as macOS writes it), each perhaps with a
// scheme in front and a port behind. Loopback addresses do not go through a proxy unless the list has <-loopback>, as in
// browsers.
func bypassed(host string, port int, entries []string, rules bypassRules) bool {
	address, err := netip.ParseAddr(host)
	literal := err == nil
	loopback := literal && address.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
	if loopback && !slices.Contains(entries, "<-loopback>") {
		return true
	}
	local := !literal && !strings.Contains(host, ".")
	if rules.Local && local {
		return true
	}
	for _, entry := range entries {
		entry = strings.ToLower(strings.TrimSpace(entry))
		if _, rest, ok := strings.Cut(entry, "://"); ok {
			entry = rest
		}
		switch {
		case entry == "":
		case entry == "<local>":
			if local {
				return true
			}
		case literal:
			if addressEntry(entry, address, port) {
				return true
			}
		case nameEntry(entry, host, port, rules):
			return true
		}
	}
	return false
}

// addressEntry matches an IP address against one entry.
func addressEntry(entry string, address netip.Addr, port int) bool {
	if network, ok := parseNetwork(entry); ok {
		return network.Contains(address.Unmap())
	}
	entry, ok := withoutPort(entry, port)
	if !ok {
		return false
	}
	if one, err := netip.ParseAddr(strings.Trim(entry, "[]")); err == nil {
		return one.Unmap() == address.Unmap()
	}
	return pac.Match(entry, address.String()) // "192.168.*"
}

// nameEntry matches a name against one entry.
func nameEntry(entry, host string, port int, rules bypassRules) bool {
	entry, ok := withoutPort(entry, port)
	if !ok {
		return false
	}
	if strings.HasPrefix(entry, ".") {
		return strings.HasSuffix(host, entry) || rules.Subdomains && host == entry[1:]
	}
	if rules.Subdomains {
		domain := strings.TrimPrefix(entry, "*.")
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return pac.Match(entry, host)
}

// withoutPort takes a port off an entry and reports whether it is the wanted one; an entry without covers all.
func withoutPort(entry string, port int) (string, bool) {
	i := strings.LastIndexByte(entry, ':')
	if i < 0 || strings.Count(entry, ":") > 1 && !strings.HasSuffix(entry[:i], "]") {
		return entry, true // no port, or an IPv6 address
	}
	number, err := strconv.Atoi(entry[i+1:])
	return entry[:i], err == nil && number == port || entry[i+1:] == "*"
}

// parseNetwork reads a CIDR network, with macOS's short form of IPv4 ("169.254/16").
func parseNetwork(entry string) (netip.Prefix, bool) {
	address, bits, ok := strings.Cut(entry, "/")
	if !ok {
		return netip.Prefix{}, false
	}
	if !strings.Contains(address, ":") {
		for strings.Count(address, ".") < 3 {
			address += ".0"
		}
	}
	network, err := netip.ParsePrefix(address + "/" + bits)
	return network, err == nil
}
