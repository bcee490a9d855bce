package evidence

import (
	"net/netip"
	"slices"
)

// localRanges are addresses that mean something on one computer or one network only: RFC 1122, 3.2.1.3 (0/8, loopback),
// RFC 1918, RFC 6598 (shared by a provider's customers), RFC 3927, RFC 4193, RFC 4291 (loopback, unspecified, link-local,
// multicast), RFC 5771.
var localRanges = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("224.0.0.0/4"), netip.MustParsePrefix("::/128"),
	netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/10"),
	netip.MustParsePrefix("ff00::/8"),
}

// Local reports whether address, in text, is an IP address that means something on one computer or one network only, and
// so cannot be a website's on the internet. A name is not.
func Local(address string) bool {
	a, err := netip.ParseAddr(address)
	a = a.Unmap().WithZone("") // a prefix contains no address with a zone
	return err == nil && slices.ContainsFunc(localRanges, func(p netip.Prefix) bool { return p.Contains(a) })
}
