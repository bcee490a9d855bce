// Package environment is the one value through which the engine touches the world: connections, clock, trusted
// roots, name services, well-known sites and the facts of this computer. Package real makes the real one, from embedded
// data; tests pass another. The program has no switch that changes it.
package environment

import (
	"context"
	"crypto/x509"
	"net"
	"net/url"
	"time"

	"isitme/checks/evidence"
)

// Environment is everything outside the engine.
type Environment struct {
	// Dial opens a connection. Network is tcp, tcp4, tcp6, udp, udp4 or udp6, address is "IP:port": names are looked up
	// by LookupHost first.
	Dial func(ctx context.Context, network, address string, opt DialOptions) (net.Conn, error)
	// Now is the computer's clock.
	Now func() time.Time
	// Roots are the trusted certificate authorities; nil means the operating system's.
	Roots *x509.CertPool
	// LookupHost resolves a name as the operating system does for every program.
	LookupHost func(ctx context.Context, host string) evidence.Answer
	// System reads this computer's settings for a visit to target at addresses (which may be empty). The URL is the
	// proxy to use for the visit, with credentials, nil for none.
	System func(ctx context.Context, target evidence.Target, addresses []string) (evidence.System, *url.URL)
	// Flush clears this computer's DNS cache where that needs no password.
	Flush func(ctx context.Context) evidence.Flush

	// Resolvers are the public name services asked for comparison.
	Resolvers []Resolver
	// SilentAddresses run no server (RFC 5737 documentation ranges): an answer from there was made on the way.
	SilentAddresses []string
	// Portals are the sign-in-page detectors, Sites the well-known sites, each of unrelated operators.
	Portals []Portal
	Sites   []Site
	// Version ends the User-Agent: "IsItMe/VERSION".
	Version string
	Limits  Limits
}

// DialOptions change how one connection is made.
type DialOptions struct {
	// Interface binds the connection to a network interface, to go beside a VPN.
	Interface string
	// MaxSegment caps the TCP segment size in bytes (RFC 9293, 3.7.1) before connecting; 0 leaves it to the OS.
	MaxSegment int
}

// Resolver is one public name service.
type Resolver struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	// Address6 is its IPv6 address, a landmark of the IPv6 internet.
	Address6 string `json:"address6,omitempty"`
	// DoH are RFC 8484 endpoints, each reached at Address so that no name lookup is needed first.
	DoH []string `json:"doh"`
}

// Portal is one sign-in-page detector: a page over plain HTTP whose genuine reply is known.
type Portal struct {
	Operator string `json:"operator"`
	URL      string `json:"url"`
	Status   int    `json:"status"`
	// Body is the genuine body, compared without surrounding white space; empty for a 204.
	Body string `json:"body,omitempty"`
}

// Site is one well-known site, visited over HTTPS.
type Site struct {
	Operator string `json:"operator"`
	URL      string `json:"url"`
}

// Limits are the run's time and politeness limits. Tests shorten the times; the ratios between them stay.
type Limits struct {
	// Schedule is when each try may start, counted from the start of the run.
	Schedule []time.Duration
	// Run is how long a run may take, Wait how long when the visitor keeps waiting.
	Run, Wait time.Duration
	// Connect is the patience for one TCP connection, Handshake for TLS, Reply for the first byte of a reply (the
	// first try waits longer, as long as the run lasts), Body for the body.
	Connect, Handshake, Reply, Body time.Duration
	// DNS is the patience for one DNS question over one transport.
	DNS time.Duration
	// Fallback is the head start of one address over the next (RFC 8305, 8: 250 ms).
	Fallback time.Duration
	// Requests and Connections cap what reaches the site in one run.
	Requests, Connections int
	// BodyBytes caps a decoded body, HeaderBytes the headers, Hops the redirects.
	BodyBytes, HeaderBytes int64
	Hops                   int
}

// DefaultLimits are the limits of the shipped program: what a visitor waits for, and what a site is asked to bear.
func DefaultLimits() Limits {
	return Limits{
		Schedule:    []time.Duration{0, 1 * time.Second, 3 * time.Second, 7 * time.Second},
		Run:         29 * time.Second, // the promise is 30 s, with a second left to judge and write the report
		Wait:        120 * time.Second,
		Connect:     5 * time.Second, // room for two SYN retransmissions, at 1 and 3 s (RFC 6298)
		Handshake:   6 * time.Second,
		Reply:       10 * time.Second,
		Body:        5 * time.Second,
		DNS:         2 * time.Second, // one question; a lost packet is asked again within it
		Fallback:    250 * time.Millisecond,
		Requests:    12,
		Connections: 24,
		BodyBytes:   1 << 20,
		HeaderBytes: 64 << 10,
		Hops:        10,
	}
}
