// Package probe makes one observation at a time: a traced fetch, a DNS question, a connection. It reports what it saw
// in the closed vocabulary of evidence and never concludes anything. It reaches the world only through its
// Environment.
package probe

import (
	"net/http"
	"net/url"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// Prober makes the observations of one run. It is safe for concurrent use.
type Prober struct {
	Env *environment.Environment
	// Budget counts and caps what reaches the site; well-known sites and resolvers are not counted.
	Budget *Budget

	dead dead
}

// Request is one GET to make and trace.
type Request struct {
	URL string
	// Way is recorded; Proxy is the proxy to use (http, https, socks5, with credentials), nil for a direct visit.
	Way   evidence.Way
	Proxy *url.URL
	// Address pins the first hop to one address, without a lookup; empty means look up and race.
	Address string
	// Lookup replaces the OS's name lookup, for addresses that came from another resolver; nil means the OS's.
	Lookup func(host string) []string
	// Host and ServerName override the Host header and the SNI and verified name of the first hop.
	Host, ServerName string
	// Interface binds every connection, MaxSegment caps the TCP segment size.
	Interface  string
	MaxSegment int
	// Jar keeps cookies along redirects and tries; nil means a fresh one for this fetch.
	Jar http.CookieJar
	// NoRedirects records a 3xx as the reply instead of following it.
	NoRedirects bool
	// Counted requests and connections are charged to the Budget.
	Counted bool
	// Accept replaces the browser's Accept header.
	Accept string
	// Reply overrides Limits.Reply, the patience for the first byte; 0 leaves it, negative means as long as ctx lasts.
	Reply time.Duration
	// Private says that the target itself is private, so that its redirects may lead to private addresses.
	Private bool
}
