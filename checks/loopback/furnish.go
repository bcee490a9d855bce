package loopback

import (
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"isitme/assets"
	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// known are the well-known places, the same as in real life.
type known struct {
	Portals   []environment.Portal `json:"portals"`
	Sites     []environment.Site   `json:"sites"`
	Resolvers []environment.Resolver
}

// furnish puts the well-known places into the World.
func (w *World) furnish() error {
	if err := json.Unmarshal(assets.WellKnown, &w.known); err != nil {
		return err
	}
	if err := json.Unmarshal(assets.Resolvers, &w.known.Resolvers); err != nil {
		return err
	}
	var err error
	if w.Router, err = w.AddNameServer(RouterAddress); err != nil {
		return err
	}
	for _, r := range w.known.Resolvers {
		s, err := w.AddNameServer(r.Address)
		if err != nil {
			return err
		}
		w.Resolvers[r.Address] = s
		names := []string{r.Address}
		for _, endpoint := range r.DoH {
			if host := hostOf(endpoint); net.ParseIP(host) == nil {
				names = append(names, host)
				w.AddHost(host, r.Address)
			}
		}
		mux := http.NewServeMux()
		mux.Handle("/dns-query", s.DoH())
		certificate := w.Authority.Valid(names...)
		w.ServeTLS(net.JoinHostPort(r.Address, "443"), certificate, mux)
		w.ServeTLS(net.JoinHostPort(r.Address6, "443"), certificate, mux)
	}
	for i, p := range w.known.Portals {
		address := PortalAddress(i)
		w.AddHost(hostOf(p.URL), address)
		w.Serve(net.JoinHostPort(address, "80"), genuine(p))
	}
	for i, s := range w.known.Sites {
		address := SiteAddress(i)
		w.AddHost(hostOf(s.URL), address)
		w.Serve(net.JoinHostPort(address, "80"), http.RedirectHandler(s.URL, http.StatusMovedPermanently))
		w.ServeTLS(net.JoinHostPort(address, "443"), w.Authority.Valid(hostOf(s.URL)), Page)
	}
	return nil
}

// PortalAddress is where the i-th sign-in-page detector of the Environment is.
func PortalAddress(i int) string { return "203.0.113." + strconv.Itoa(10+i) }

// SiteAddress is where the i-th well-known site of the Environment is.
func SiteAddress(i int) string { return "203.0.113." + strconv.Itoa(100+i) }

// genuine answers as the detector does.
func genuine(p environment.Portal) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(p.Status)
		if p.Body != "" {
			w.Write([]byte(p.Body + "\n"))
		}
	})
}

// HijackPortals has every detector answer with handler, as a network does that wants a sign-in.
func (w *World) HijackPortals(handler http.Handler) {
	for i := range w.known.Portals {
		w.Serve(net.JoinHostPort(PortalAddress(i), "80"), handler)
	}
}

// EachSite calls f with the host and the virtual address of every well-known site, to break them all.
func (w *World) EachSite(f func(host, address string)) {
	for i, s := range w.known.Sites {
		f(hostOf(s.URL), SiteAddress(i))
	}
}

func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		panic(err) // a mistake in the tables above
	}
	return u.Hostname()
}

// healthyFacts is a computer at home.
func healthyFacts() evidence.System {
	return evidence.System{
		OS: "linux", OSName: "Debian GNU/Linux 12",
		Interfaces: []evidence.Interface{
			{Name: "lo", Kind: "loopback", Up: true, HasIPv4: true, HasIPv6: false, Addresses: []string{"127.0.0.1"}},
			{Name: "eth0", Kind: "ethernet", Up: true, HasIPv4: true, Addresses: []string{"192.168.1.20"}},
		},
		DefaultV4:   &evidence.Route{Destination: "default", Interface: "eth0", Gateway: RouterAddress, Source: "192.168.1.20"},
		Nameservers: []evidence.Nameserver{{Address: RouterAddress, Source: "resolv.conf"}},
	}
}

// UseProxy makes this computer set to use a proxy, "http://192.0.2.80:3128", by an environment variable.
func (w *World) UseProxy(address string) {
	u, err := url.Parse(address)
	if err != nil {
		panic(err) // a test's own mistake
	}
	w.Proxy = u
	shown := *u
	shown.User = nil
	w.Facts.Proxy = evidence.Proxy{
		Configured: true, InUse: true, URL: shown.String(), HasCredentials: u.User != nil, Source: "environment",
		Variable: "https_proxy",
	}
}
