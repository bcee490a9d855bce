package system

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"isitme/checks/evidence"
)

// errName is the failure of a name that no program of the system is handed.
var errName = &net.DNSError{Err: "not a host name", IsNotFound: true}

// LookupHost resolves host as the operating system does for every program: with its hosts file, its caches, its name
// servers and search rules. An IP address is its own answer. The system does not say which of its questions failed, so
// Type is "A+AAAA" and a negative answer is dns_not_found.
func LookupHost(ctx context.Context, host string) evidence.Answer {
	answer := evidence.Answer{
		Resolver: "os", Role: evidence.RoleSystem, Transport: evidence.OverOS,
		Name: host, Type: "A+AAAA",
	}
	if address, err := netip.ParseAddr(host); err == nil {
		answer.Addresses = []string{address.WithZone("").String()}
		return answer
	}
	start := time.Now()
	var found lookupResult
	err := error(errName)
	if validHost(host) {
		found, err = systemLookup(ctx, host)
	}
	answer.MS = milliseconds(time.Since(start))
	answer.Addresses, answer.CNAMEs = found.addresses, found.cnames
	answer.Failure = failureOf(err)
	return answer
}

// lookupResult is what the system knows of a name.
type lookupResult struct {
	addresses []string
	cnames    []string // the canonical name, where it is another one
}

// goLookup asks Go's resolver, which is the system's own on Windows and macOS.
func goLookup(ctx context.Context, host string) (lookupResult, error) {
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		if ctx.Err() != nil {
			err = ctx.Err() // the resolver reports an ended context as a timeout of the lookup
		}
		return lookupResult{}, err
	}
	if len(addresses) == 0 {
		return lookupResult{}, errors.New("neither an address nor an error")
	}
	var found lookupResult
	for _, address := range addresses {
		found.add(address)
	}
	return found, nil
}

// add keeps an address once, in the system's order of preference.
func (l *lookupResult) add(address netip.Addr) {
	text := address.Unmap().WithZone("").String()
	if !slices.Contains(l.addresses, text) {
		l.addresses = append(l.addresses, text)
	}
}

// validHost reports whether host is a name of RFC 1123, 2.1 with the underscores that real names have: letters, digits
// and hyphens in labels of at most 63, 253 in all, so that it can stand as a program's argument.
func validHost(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' {
			return false
		}
		for _, c := range []byte(label) {
			letter := c|0x20 >= 'a' && c|0x20 <= 'z'
			if !letter && (c < '0' || c > '9') && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}

// milliseconds is d as evidence states durations.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
