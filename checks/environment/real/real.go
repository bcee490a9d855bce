// Package real makes the one environment that the shipped program uses: this computer, the internet, and the lists
// embedded in assets. It has no switches.
package real

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"isitme/assets"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/system"
	"isitme/checks/system/pac"
)

// silentAddresses lie in the three ranges set aside for documentation (RFC 5737): no name service runs there.
var silentAddresses = []string{"192.0.2.253", "198.51.100.253", "203.0.113.253"}

// Environment is the real environment. Version ends the User-Agent. It fails only when the embedded lists cannot be
// read, which a test excludes.
func Environment(version string) (environment.Environment, error) {
	env := environment.Environment{
		Dial: probe.Dial, Now: time.Now, LookupHost: system.LookupHost, Flush: system.Flush,
		SilentAddresses: silentAddresses, Version: version, Limits: environment.DefaultLimits(),
	}
	env.System = func(ctx context.Context, target evidence.Target, addresses []string) (evidence.System, *url.URL) {
		return system.Read(ctx, system.Request{
			Target: target, Addresses: addresses, Fetch: fetchPAC, Lookup: lookup, Reachable: reachable,
		})
	}
	var known struct {
		Portals []environment.Portal `json:"portals"`
		Sites   []environment.Site   `json:"sites"`
	}
	if err := json.Unmarshal(assets.WellKnown, &known); err != nil {
		return env, fmt.Errorf("well-known sites: %w", err)
	}
	env.Portals, env.Sites = known.Portals, known.Sites
	if err := json.Unmarshal(assets.Resolvers, &env.Resolvers); err != nil {
		return env, fmt.Errorf("public name services: %w", err)
	}
	return env, nil
}

// lookup is the addresses that the operating system has for a name.
func lookup(ctx context.Context, host string) []string { return system.LookupHost(ctx, host).Addresses }

// proxyPatience is how long a proxy may take to accept a connection before a script's next choice is taken. Proxies are near.
const proxyPatience = 1500 * time.Millisecond

// reachable reports whether a proxy, of which the URL names the port, accepts a connection in time.
func reachable(ctx context.Context, proxy *url.URL) bool {
	conn, err := (&net.Dialer{Timeout: proxyPatience}).DialContext(ctx, "tcp", proxy.Host)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// fetchPAC loads a proxy auto-config file without a proxy, as browsers do, while ctx lasts. One byte more than is run tells
// a file that is too large from one that just fits.
func fetchPAC(ctx context.Context, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	return io.ReadAll(io.LimitReader(resp.Body, pac.MaxScript+1))
}
