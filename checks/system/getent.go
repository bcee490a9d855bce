package system

import (
	"bufio"
	"bytes"
	"net/netip"
	"strings"
)

// readGetent reads what `getent ahosts NAME` prints: an address, a socket type and, on its first line, the canonical
// name. Each address comes once per socket type.
func readGetent(out []byte, host string) lookupResult {
	var found lookupResult
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		address, err := netip.ParseAddr(fields[0])
		if err != nil {
			continue
		}
		found.add(address)
		if len(fields) > 2 && len(found.cnames) == 0 && !strings.EqualFold(fields[2], strings.TrimSuffix(host, ".")) {
			found.cnames = []string{fields[2]}
		}
	}
	return found
}
