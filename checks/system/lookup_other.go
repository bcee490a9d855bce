//go:build !linux

package system

import "context"

// systemLookup asks the system through Go's resolver: GetAddrInfoW on Windows, libSystem's getaddrinfo on macOS, also
// without cgo.
func systemLookup(ctx context.Context, host string) (lookupResult, error) { return goLookup(ctx, host) }
