package probe

import (
	"net/netip"
	"strings"
)

// carrierNAT is the shared address space of RFC 6598, which is nobody's address on the internet.
var carrierNAT = netip.MustParsePrefix("100.64.0.0/10")

// isPrivateAddress reports whether an address only means something on the visitor's own computer or network.
func isPrivateAddress(s string) bool {
	a, err := netip.ParseAddr(s)
	if err != nil {
		return false
	}
	a = a.Unmap()
	return a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsUnspecified() || carrierNAT.Contains(a)
}

// isPrivateHost is isPrivateAddress for a host of a URL; localhost and what ends in it is loopback (RFC 6761, 6.3).
func isPrivateHost(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return isPrivateAddress(host) || host == "localhost" || strings.HasSuffix(host, ".localhost")
}
