// Package loopback is a small internet on this computer, for tests and for `isitme demo`: real TCP, UDP, TLS, HTTP and DNS servers that appear at
// addresses of one's choice, such as 192.0.2.10:443. It is healthy as it comes, with well-known sites, sign-in-page
// detectors and resolvers; a test breaks one thing and looks at what the probes make of it. Nothing in it leaves the
// computer.
package loopback

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// TB is what a World needs of testing.TB.
type TB interface {
	Helper()
	Cleanup(func())
	Fatal(args ...any)
}

// World is the small internet. Its methods may be called at any time, also while probes run.
type World struct {
	// Authority signs the certificates that Roots trust.
	Authority *Authority
	// OS answers the operating system's own lookup; Router is the name server at RouterAddress that this computer is
	// set to use. Both know every host unless told otherwise.
	OS, Router *NameServer
	// Resolvers are the public ones, by address.
	Resolvers map[string]*NameServer
	// Limits, Now, Facts, Proxy and OnFlush go into the Environment. UseProxy sets Facts and Proxy together.
	Limits  environment.Limits
	Now     func() time.Time
	Facts   evidence.System
	Proxy   *url.URL
	OnFlush func() evidence.Flush

	known  known
	mu     sync.Mutex
	ports  map[string]*port
	hosts  map[string][]string
	closed []func()

	deafOnce sync.Once
	deaf     net.PacketConn
	deafErr  error
	wg       sync.WaitGroup
}

// RouterAddress is where the computer's configured name server is.
const RouterAddress = "192.168.1.1"

// Start makes a healthy World that ends with the test.
func Start(t TB) *World {
	t.Helper()
	w, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// New makes a healthy World, to be closed by the caller.
func New() (*World, error) {
	authority, err := NewAuthority("Loopback")
	if err != nil {
		return nil, err
	}
	w := &World{
		Authority: authority,
		Resolvers: map[string]*NameServer{},
		Limits:    quick(environment.DefaultLimits()),
		Now:       time.Now,
		Facts:     healthyFacts(),
		OnFlush:   func() evidence.Flush { return evidence.Flush{Done: true, Method: "systemd-resolved"} },
		ports:     map[string]*port{},
		hosts:     map[string][]string{},
	}
	w.OS = w.newNameServer()
	if err := w.furnish(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// quick shortens the times of limits by Pace. The head start of an address is short as it is.
func quick(l environment.Limits) environment.Limits {
	l.Schedule = slices.Clone(l.Schedule)
	for i := range l.Schedule {
		l.Schedule[i] /= Pace
	}
	for _, d := range []*time.Duration{
		&l.Run, &l.Wait, &l.Connect, &l.Handshake, &l.Reply, &l.Body, &l.DNS,
	} {
		*d /= Pace
	}
	return l
}

// Close ends every server and waits for what they were doing.
func (w *World) Close() {
	w.mu.Lock()
	closers := w.closed
	w.closed = nil
	w.mu.Unlock()
	for _, c := range slices.Backward(closers) {
		c()
	}
	w.wg.Wait()
}

// atEnd runs f when the World closes.
func (w *World) atEnd(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = append(w.closed, f)
}

// AddHost gives a name its addresses, for everybody. Without addresses the name exists and has none.
func (w *World) AddHost(name string, addresses ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hosts[fold(name)] = slices.Clone(addresses)
}

// RemoveHost makes a name unknown to everybody.
func (w *World) RemoveHost(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.hosts, fold(name))
}

// lookup is what the name has, and whether it exists.
func (w *World) lookup(name string) ([]string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	addresses, ok := w.hosts[fold(name)]
	return addresses, ok
}

func fold(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// Environment is the World as the engine sees it. Call it after the fields have been set.
func (w *World) Environment() *environment.Environment {
	return &environment.Environment{
		Dial:       w.Dial,
		Now:        w.Now,
		Roots:      w.Authority.Roots(),
		LookupHost: w.OS.lookupHost,
		System: func(context.Context, evidence.Target, []string) (evidence.System, *url.URL) {
			return w.Facts, w.Proxy
		},
		Flush:           func(context.Context) evidence.Flush { return w.OnFlush() },
		Resolvers:       slices.Clone(w.known.Resolvers),
		SilentAddresses: []string{"192.0.2.254", "198.51.100.254"},
		Portals:         slices.Clone(w.known.Portals),
		Sites:           slices.Clone(w.known.Sites),
		Version:         "0.0.0-test",
		Limits:          w.Limits,
	}
}
