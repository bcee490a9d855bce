package system

import (
	"context"
	"net/url"
	"runtime"
	"slices"
	"sync"

	"isitme/checks/evidence"
)

// Request says for which visit the facts are wanted.
type Request struct {
	Target evidence.Target
	// Addresses are the site's own addresses, for the routes to them; it may be empty.
	Addresses []string
	// Fetch loads a proxy auto-config file over http or https. Nil leaves such files unread.
	Fetch func(ctx context.Context, url string) ([]byte, error)
	// Lookup resolves the target's name for such a file's script; it is asked for no other name. Nil means that the
	// script learns no address.
	Lookup func(ctx context.Context, host string) []string
	// Reachable says whether a proxy takes connections, where such a script names others to fall back on. Nil means that the
	// first one is used whatever becomes of it.
	Reachable func(ctx context.Context, proxy *url.URL) bool
}

// What System.Unread calls the parts that can fail.
const (
	partAbout       = "system"
	partNetwork     = "network"
	partRoutes      = "routes"
	partNameservers = "name_servers"
	partHosts       = "hosts"
	partProxy       = "proxy"
	partWPAD        = "wpad"
)

// reader collects the facts of one Read. Its parts run at the same time.
type reader struct {
	Request

	mu    sync.Mutex
	sys   evidence.System
	proxy *url.URL
}

// Read reports what this computer says of itself for the visit, and the proxy to really use for it, with credentials
// and nil for none, which is the one that System.Proxy describes. It returns when ctx ends, with what it has by then.
func Read(ctx context.Context, req Request) (evidence.System, *url.URL) {
	r := &reader{Request: req}
	r.sys.OS = runtime.GOOS

	parts := map[string]func(context.Context, *reader){
		partAbout:       readAbout,
		partNetwork:     readNetwork,
		partNameservers: readNameservers,
		partHosts:       readHosts,
		partProxy:       readProxy,
	}
	done := make(chan string, len(parts))
	for name, part := range parts {
		go func() {
			part(ctx, r)
			done <- name
		}()
	}
	for len(parts) > 0 {
		select {
		case name := <-done:
			delete(parts, name)
		case <-ctx.Done():
			for name := range parts {
				r.unread(name, ctx.Err())
			}
			clear(parts)
		}
	}
	return r.result()
}

// set changes the facts. A part that outlives its Read changes nothing that was handed out.
func (r *reader) set(change func(*evidence.System)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.sys)
}

// unread records that a part could not be read because of err.
func (r *reader) unread(what string, err error) {
	fault := faultOf(err, evidence.Resolve)
	entry := evidence.Unread{What: what, Failure: fault.Failure, Detail: fault.Detail}
	r.set(func(s *evidence.System) {
		if !slices.Contains(s.Unread, entry) {
			s.Unread = append(s.Unread, entry)
		}
	})
}

// result copies the facts as they are now. Later changes by a late part append to or replace the reader's own values.
func (r *reader) result() (evidence.System, *url.URL) {
	r.mu.Lock()
	defer r.mu.Unlock()
	sys := r.sys
	sys.Unread = append([]evidence.Unread(nil), r.sys.Unread...)
	sortUnread(sys.Unread)
	return sys, r.proxy
}
