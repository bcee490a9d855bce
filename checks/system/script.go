package system

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/system/pac"
)

// scriptLimit is how long a proxy auto-config file may take to load; it usually lies on the local network.
const scriptLimit = 3 * time.Second

// Reasons why a script cannot be had.
var (
	errScriptAddress = errors.New("the script's address cannot be read")
	errScriptFetch   = errors.New("the script cannot be loaded here")
)

// useScript loads and runs the proxy auto-config file at address and applies what it says. It reports false when the
// script could not be loaded or run: the address may then have a proxy that is not known, which System.Proxy says with
// InUse and PACFault.
func (r *reader) useScript(ctx context.Context, address string) bool {
	public := withoutUser(address)
	r.set(func(s *evidence.System) {
		s.Proxy.Configured, s.Proxy.Source, s.Proxy.PACURL = true, "pac", public
	})
	script, err := r.loadScript(ctx, address)
	if err != nil {
		r.scriptFault(evidence.HTTPRoundTrip, err)
		return false
	}
	result, err := pac.Evaluate(ctx, script, scriptURL(r.Target), pac.Options{
		Lookup: r.lookupTarget, Own: ownAddress, Now: time.Now,
	})
	if err != nil {
		r.scriptFault(evidence.HTTPBody, err)
		return false
	}
	r.applyScript(ctx, result)
	return true
}

// applyScript applies what a script, or the system in its place, decided: the first choice, or, as browsers do, the next
// one where a proxy takes no connections.
func (r *reader) applyScript(ctx context.Context, result string) {
	r.set(func(s *evidence.System) { s.Proxy.PACResult, s.Proxy.InUse = cut(result), false })
	choices := pac.Parse(result)
	for i, choice := range choices {
		if choice.Direct {
			return
		}
		u, err := parseProxy(choice.Address, choice.Scheme)
		if err != nil {
			continue
		}
		if last := i == len(choices)-1; last || r.Reachable == nil || r.Reachable(ctx, u) {
			r.use(u)
			return
		}
	}
	if strings.TrimSpace(result) != "" {
		r.unread(partProxy, errProxyKind)
	}
}

// scriptFault records why the script says nothing.
func (r *reader) scriptFault(op evidence.Operation, err error) {
	fault := faultOf(err, op)
	r.set(func(s *evidence.System) { s.Proxy.InUse, s.Proxy.PACFault = true, fault })
}

// loadScript reads the file from this computer or fetches it.
func (r *reader) loadScript(ctx context.Context, address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return "", errScriptAddress
	}
	switch strings.ToLower(u.Scheme) {
	case "file", "":
		return readScript(scriptPath(u))
	case "http", "https":
		if r.Fetch == nil {
			return "", errScriptFetch
		}
		ctx, cancel := context.WithTimeout(ctx, scriptLimit)
		defer cancel()
		body, err := r.Fetch(ctx, u.String())
		if err == nil && len(body) > pac.MaxScript {
			err = pac.ErrTooLarge
		}
		return string(body), err
	default:
		return "", errScriptAddress
	}
}

// readScript reads a script from disk, as far as its size is sane.
func readScript(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	body, err := io.ReadAll(io.LimitReader(file, pac.MaxScript+1))
	if err == nil && len(body) > pac.MaxScript {
		err = pac.ErrTooLarge
	}
	return string(body), err
}

// lookupTarget resolves the target's name and no other: a script must not make this computer ask for names that the
// visitor did not enter.
func (r *reader) lookupTarget(ctx context.Context, host string) []string {
	if r.Lookup == nil || !strings.EqualFold(strings.TrimSuffix(host, "."), strings.TrimSuffix(r.Target.Host, ".")) {
		return nil
	}
	return r.Lookup(ctx, r.Target.Host)
}

// scriptURL is what the script is told of the address: browsers hide path and query of https addresses from it.
func scriptURL(target evidence.Target) *url.URL {
	u, err := url.Parse(target.URL)
	if err != nil || u.Host == "" {
		u = &url.URL{Scheme: target.Scheme, Host: target.Host, Path: "/"}
	}
	if u.Scheme == "https" {
		return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
	}
	return u
}

// withoutUser drops user name, password, query and fragment of an address that goes into evidence.
func withoutUser(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// ownAddress is this computer's address on the way to the internet, "" when there is no way: connecting a UDP socket
// picks it and sends nothing.
func ownAddress() string {
	for _, probe := range []string{"8.8.8.8:53", "[2001:4860:4860::8888]:53"} {
		conn, err := net.Dial("udp", probe)
		if err != nil {
			continue
		}
		local, ok := conn.LocalAddr().(*net.UDPAddr)
		conn.Close()
		if ok {
			return local.IP.String()
		}
	}
	return ""
}
