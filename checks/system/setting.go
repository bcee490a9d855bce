package system

import (
	"context"
	"errors"
)

// errWPAD says that a proxy is to be found by asking the network, which is left to the system: a guessed name can be
// anybody's.
var errWPAD = errors.New("proxy discovery is on and was not followed")

// setting is what a desktop or an operating system stores about proxies, as its file or program says it.
type setting struct {
	// Source and the keys name where it stands: "gnome", "kde", "windows", "macos".
	Source string
	// Proxies are the fixed proxies by what they serve: "http", "https", "socks".
	Proxies map[string]fixedProxy
	// Script is the address of a proxy auto-config file; ScriptKey names its setting.
	Script, ScriptKey string
	// Discover is set when a proxy is to be looked for on the network (WPAD).
	Discover bool
	// Bypassed reports whether a host and port need none of the fixed proxies.
	Bypassed func(host string, port int) bool
}

// fixedProxy is one proxy and the name of the setting it stands under.
type fixedProxy struct{ Address, Key string }

// empty reports whether there is no proxy setting at all.
func (s setting) empty() bool { return len(s.Proxies) == 0 && s.Script == "" && !s.Discover }

// useDesktop applies a stored setting: the script first, then the fixed proxies, as browsers do.
func (r *reader) useDesktop(ctx context.Context, s setting) {
	if s.empty() {
		return
	}
	if s.Script != "" {
		r.configured(s.Source, s.ScriptKey)
		if r.useScript(ctx, s.Script) || len(s.Proxies) == 0 {
			return
		}
	}
	if s.Discover && len(s.Proxies) == 0 {
		r.unread(partWPAD, errWPAD)
		return
	}
	fixed, scheme := s.fixed(r.Target.Scheme)
	r.configured(s.Source, fixed.Key)
	if scheme == "" || s.Bypassed != nil && s.Bypassed(r.site()) {
		return
	}
	r.useSetting(fixed.Address, scheme)
}

// fixed picks the fixed proxy for a scheme and its usual kind: the scheme's own, else SOCKS, which serves all. Without
// either the kind is empty and the proxy one that serves something else.
func (s setting) fixed(scheme string) (fixedProxy, string) {
	if own, ok := s.Proxies[scheme]; ok {
		return own, "http"
	}
	if socks, ok := s.Proxies["socks"]; ok {
		return socks, "socks5"
	}
	for _, other := range s.Proxies {
		return other, ""
	}
	return fixedProxy{}, ""
}
