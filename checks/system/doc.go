// Package system reads what this computer says of itself, as far as it concerns one visit: interfaces, routes and
// VPNs, name servers, the hosts file, the proxy the system would use, and the DNS cache, which it can clear.
//
// Everything is best effort. What cannot be read is named in System.Unread, never passed over, because unknown is not
// fine. The package reads and reports; it concludes nothing. Programs of the system are run by absolute path with
// argument lists, and nothing from the network reaches their arguments but a validated host name.
//
// Parsers of what systems print and store are pure and build everywhere, so that every platform's are tested on every
// platform; only the callers carry a platform's suffix.
package system
