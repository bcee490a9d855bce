package report

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// In a redacted report these words stand in the place of an address of the visitor's side. They are part of the format.
const (
	OwnAddress     = "own-address"     // an address of this computer, or of its own network
	RouterAddress  = "router"          // the first hop of its routes
	NameServer     = "name-server-"    // a name service it is set to use, with its number in the list
	PrivateAddress = "private-address" // any other address that only a private network knows
	ProxyAddress   = "proxy"           // the proxy in use
	SignInPage     = "sign-in-page"    // the host of a network's sign-in page
)

// publicResolvers are the addresses of the name services that anybody may know of: naming one says nothing about
// whose line it is. The ones that the run itself asks are added from the evidence.
var publicResolvers = []string{
	"8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844",
	"1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001",
	"9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9",
}

// sides knows which addresses belong to the visitor and which to the site or to everybody.
type sides struct {
	roles    map[netip.Addr]string // the visitor's, with the word for them
	networks []netip.Prefix        // IPv6 networks that this computer has an address in
	open     map[netip.Addr]bool   // the site's and public ones
	hosts    map[string]string     // host names of the visitor's side, lower case, with the word for them
	target   []string              // the site's name as asked for, lower case
}

func newSides(r *Report) *sides {
	s := &sides{roles: map[netip.Addr]string{}, open: map[netip.Addr]bool{}, hosts: map[string]string{}}
	ev := &r.Evidence
	for _, name := range []string{ev.Target.Host, ev.Target.DisplayHost} {
		if name != "" {
			s.target = append(s.target, strings.ToLower(name))
		}
	}
	s.openTo(publicResolvers...)
	for _, view := range ev.Resolvers {
		for _, a := range view.Answers {
			s.answered(a)
		}
		if view.Role == evidence.RolePublic {
			s.openTo(view.Address)
		}
	}
	for _, d := range slices.Concat(ev.Reachable, ev.Later) {
		s.openTo(d.Address)
	}
	for i := range ev.Tries {
		s.visited(&ev.Tries[i])
	}
	for _, a := range ev.Addresses {
		s.openPublic(a.Address)
	}
	s.own(ev.System)
	s.proxies(ev)
	s.portals(ev)
	if r.Secrets != nil {
		for _, name := range r.Secrets.Computers {
			s.host(name, PrivateAddress)
		}
	}
	return s
}

func (s *sides) openTo(addresses ...string) {
	for _, a := range addresses {
		if ip, ok := parse(a); ok {
			s.open[ip] = true
		}
	}
}

// openPublic marks addresses as the site's unless only a private network could know them.
func (s *sides) openPublic(addresses ...string) {
	for _, a := range addresses {
		if ip, ok := parse(a); ok && !private(ip) {
			s.open[ip] = true
		}
	}
}

// answered marks the addresses of one answer about the site's name. What a public name service says is published, even
// if it is an address that leads nowhere.
func (s *sides) answered(a evidence.Answer) {
	if a.Role == evidence.RolePublic {
		s.openTo(a.Addresses...)
	} else {
		s.openPublic(a.Addresses...)
	}
}

// visited marks the addresses that a try at the page met. A private address that a site names over verified TLS is the
// site's own word.
func (s *sides) visited(f *evidence.Fetch) {
	if f.Way == evidence.ViaProxy {
		return
	}
	for _, h := range f.Hops {
		if h.Resolution != nil {
			s.answered(*h.Resolution)
		}
		s.openPublic(h.Address)
		for _, d := range h.Connects {
			s.openPublic(d.Address)
		}
		if h.TLS != nil && h.TLS.Verified && h.Response != nil {
			if u, err := url.Parse(h.Response.Header["location"]); err == nil {
				s.openTo(u.Hostname())
			}
		}
	}
}

// own marks what this computer says of itself. It goes last over the open ones: an address that is both is the visitor's.
func (s *sides) own(sys *evidence.System) {
	if sys == nil {
		return
	}
	for i, ns := range sys.Nameservers {
		if ip, ok := parse(ns.Address); ok && !s.open[ip] && !ip.IsLoopback() {
			s.roles[ip] = NameServer + strconv.Itoa(i+1)
		}
	}
	routes := slices.Clone(sys.SiteRoutes)
	for _, r := range []*evidence.Route{sys.DefaultV4, sys.DefaultV6} {
		if r != nil {
			routes = append(routes, *r)
		}
	}
	for _, r := range routes {
		if ip, ok := parse(r.Gateway); ok {
			s.roles[ip] = RouterAddress
		}
		s.mine(r.Source)
	}
	for _, i := range sys.Interfaces {
		for _, a := range i.Addresses {
			s.mine(a)
		}
	}
}

// mine marks one address of this computer and, for a global IPv6 one, the /64 around it: the other addresses in there
// are of the same home (RFC 7421).
func (s *sides) mine(address string) {
	ip, ok := parse(address)
	if !ok || ip.IsLoopback() || ip.IsUnspecified() {
		return
	}
	s.roles[ip] = OwnAddress
	if ip.Is6() && ip.IsGlobalUnicast() {
		if p, err := ip.Prefix(64); err == nil {
			s.networks = append(s.networks, p)
		}
	}
}

func (s *sides) proxies(ev *evidence.Evidence) {
	var named []string
	if ev.System != nil {
		named = append(named, ev.System.Proxy.URL, ev.System.Proxy.PACURL)
		for _, m := range pacHosts.FindAllStringSubmatch(ev.System.Proxy.PACResult, -1) {
			named = append(named, "http://"+m[2])
		}
	}
	for _, raw := range named {
		if u, err := url.Parse(raw); err == nil {
			s.host(u.Hostname(), ProxyAddress)
		}
	}
	if d := ev.ProxyDial; d != nil {
		s.host(d.Address, ProxyAddress)
	}
}

// pacHosts finds the proxies in the result of a PAC file, such as "PROXY a:3128; SOCKS5 b:1080; DIRECT".
var pacHosts = regexp.MustCompile(`(?i)\b(PROXY|HTTPS?|SOCKS[45]?)\s+([^\s;]+)`)

func (s *sides) portals(ev *evidence.Evidence) {
	for _, p := range ev.Portals {
		if !p.Foreign {
			continue
		}
		if u, err := url.Parse(p.LeadsTo); err == nil {
			s.host(u.Hostname(), SignInPage)
		}
		for i, h := range p.Fetch.Hops {
			if i > 0 {
				s.host(h.Host, SignInPage)
			}
		}
	}
}

// host marks a host name or address of the visitor's side.
func (s *sides) host(name, role string) {
	if ip, ok := parse(name); ok {
		if !ip.IsLoopback() && s.roles[ip] == "" {
			s.roles[ip] = role
		}
		return
	}
	name = strings.ToLower(name)
	if name != "" && name != "localhost" && !slices.Contains(s.target, name) && !slices.Contains(everyday, name) {
		s.hosts[name] = role
	}
}

// know takes over what another run found to be the visitor's. Its addresses are no more than private ones here: which
// number its name services had says nothing in this run.
func (s *sides) know(other *sides) {
	for ip, role := range other.roles {
		if s.roles[ip] == "" && !s.open[ip] {
			if strings.HasPrefix(role, NameServer) {
				role = PrivateAddress
			}
			s.roles[ip] = role
		}
	}
	for name, role := range other.hosts {
		if s.hosts[name] == "" {
			s.hosts[name] = role
		}
	}
	s.networks = append(s.networks, other.networks...)
}

// role is the word that stands for a host name or address in a redacted report, empty where it may stay.
func (s *sides) role(name string) string {
	if slices.Contains(s.target, strings.ToLower(name)) {
		return ""
	}
	ip, ok := parse(name)
	if !ok {
		return s.named(strings.ToLower(name))
	}
	if role := s.roles[ip]; role != "" {
		return role
	}
	for _, p := range s.networks {
		if p.Contains(ip) {
			return OwnAddress
		}
	}
	if !s.open[ip] && private(ip) {
		return PrivateAddress
	}
	return ""
}

// named is the word for a host name, in lower case. A name of this computer is its own under every domain ("laptop.lan" in a
// certificate), but for that of the site: there it names a machine of the site's.
func (s *sides) named(name string) string {
	if role := s.hosts[name]; role != "" {
		return role
	}
	label, domain, _ := strings.Cut(name, ".")
	if len(label) < 5 || slices.ContainsFunc(s.target, func(t string) bool { return t == domain || strings.HasSuffix(t, "."+domain) }) {
		return ""
	}
	return s.hosts[label]
}

// known reports whether an address in a free text is one that everybody may read. One that is neither the site's nor
// well known could be the visitor's own as the network sees it, which no setting of this computer tells.
func (s *sides) known(ip netip.Addr) bool {
	return s.role(ip.String()) == "" && (s.open[ip] || ip.IsLoopback() || ip.IsUnspecified() || slices.Contains(s.target, ip.String()))
}

// parse reads a textual address, with or without brackets, prefix length or zone.
func parse(s string) (netip.Addr, bool) {
	s, _, _ = strings.Cut(strings.Trim(s, "[]"), "/")
	ip, err := netip.ParseAddr(s)
	return ip.Unmap().WithZone(""), err == nil
}

// private reports whether only a private network knows ip. Loopback and the unspecified address are the same on every
// computer and say nothing.
func private(ip netip.Addr) bool {
	return evidence.Local(ip.String()) && !ip.IsLoopback() && !ip.IsUnspecified()
}
