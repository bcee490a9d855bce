package probe

import (
	"strings"

	"isitme/checks/evidence"
)

// isPrivateHost reports whether a host of a URL only means something on the visitor's own computer or network; localhost
// and what ends in it is loopback (RFC 6761, 6.3).
func isPrivateHost(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return evidence.Local(host) || host == "localhost" || strings.HasSuffix(host, ".localhost")
}
