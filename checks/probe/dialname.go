package probe

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strconv"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// DialContext returns a dialler for net/http that connects to names as a visit does: looked up as the operating system
// does, their addresses raced (RFC 8305), each within Limits.Connect. It is for requests beside the checklist, which are
// no evidence and not charged to the site's budget. Only addresses that allowed accepts are connected to; nil accepts
// all. Errors are in the closed vocabulary, as Classify names them.
func DialContext(env *environment.Environment, allowed func(address string) bool) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, _, address string) (net.Conn, error) {
		host, service, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		port, err := strconv.Atoi(service)
		if err != nil {
			return nil, err
		}
		addresses := []string{host}
		if _, err := netip.ParseAddr(host); err != nil {
			answer := env.LookupHost(ctx, host)
			if answer.Failure != evidence.None {
				return nil, failed(answer.Failure, "")
			}
			addresses = answer.Addresses
		}
		if allowed != nil {
			addresses = slices.DeleteFunc(slices.Clone(addresses), func(a string) bool { return !allowed(a) })
		}
		conn, _, _, err := racer{env: env, port: port}.race(ctx, addresses)
		return conn, err
	}
}
