package system

import "net/netip"

// forwardRow is one entry of a routing table.
type forwardRow struct {
	Destination netip.Prefix
	NextHop     netip.Addr // unspecified for a destination on the link
	Interface   uint32
	Metric      uint32 // of the route and its interface together
}

// bestRow is the row that carries packets to an address: the longest prefix, of equals the lowest metric.
func bestRow(rows []forwardRow, destination netip.Addr) (forwardRow, bool) {
	var best forwardRow
	found := false
	for _, row := range rows {
		if !row.Destination.IsValid() || !row.Destination.Contains(destination) {
			continue
		}
		longer := row.Destination.Bits() - best.Destination.Bits()
		if !found || longer > 0 || longer == 0 && row.Metric < best.Metric {
			best, found = row, true
		}
	}
	return best, found
}
