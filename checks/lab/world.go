//go:build linux

package lab

import (
	"fmt"
	"sort"
	"time"
)

// server puts one server of the world into service. It is called once the cables are laid.
type server func(r *running) error

// site is one web site of the lab's internet.
type site struct {
	host        string
	addresses   []string
	certificate certificate
	serve       func(r *running, s *site) error
	// noRecords keeps the addresses out of the DNS: the scenario brings records of its own, or none.
	noRecords bool
	// bystander is another service's: what is sent there is not sent to the site.
	bystander bool
}

// fault breaks one thing of a world that is about to be built.
type fault func(w *world)

// world is the plan of one small internet. The zero of everything is what newWorld sets: healthy.
type world struct {
	// shift is the true time minus the visitor's clock: certificates and Date headers are made for the true time.
	shift time.Duration

	// The visitor's computer.
	resolvers   []string          // name servers in resolv.conf
	hostsLines  []string          // lines of the hosts file beside localhost's
	environment []string          // variables such as https_proxy
	files       map[string]string // in the visitor's home folder
	ipv6        bool              // the home network offers IPv6
	unplugged   bool              // no cable at all
	cableDown   bool              // the cable is there, the other end is off
	noRoute     bool              // an address, but no way out
	trust       []byte            // more certificates in the trust store
	settings    []server          // anything else to be done on the visitor's computer

	homeDNS    server // the router's resolver at 192.168.178.1
	lineMTU    int    // of the line between home and provider
	lineDown   bool
	providers  server // the provider's and the public resolvers
	names      server // the name server of example.org and example.net
	ownRecords []string
	sites      map[string]*site
	extras     []server // servers and daemons of the scenario
	rules      map[string][]string
	unwell     map[string]int // well-known hosts that answer everything with a status of their own
}

// Where rules of a scenario can be put: a namespace and one of its chains.
const (
	homePre      = "home pre"
	homeForward  = "home ward"
	homeIn       = "home in"
	homeOut      = "home out"
	providerPre  = "provider pre"
	providerWard = "provider ward"
	providerOut  = "provider out"
	internetIn   = "internet in"
	internetOut  = "internet out"
)

// rule adds nftables rules to a chain.
func (w *world) rule(chain string, rules ...string) {
	w.rules[chain] = append(w.rules[chain], rules...)
}

// The site of every scenario, its second server, and an unrelated one.
const (
	shop        = "shop.example.org"
	shopAddress = "185.26.156.10"
	shopIPv6    = "2a00:1158:2:6b00::10"
	login       = "login.example.org"
	other       = "www.example.net"
)

// newWorld is the plan of a world in which everything works.
func newWorld() *world {
	w := &world{
		resolvers: []string{homeAddress},
		ipv6:      true,
		homeDNS:   dnsmasq(),
		lineMTU:   1500,
		providers: unboundEverywhere(),
		names:     nameServer(),
		sites:     map[string]*site{},
		rules:     map[string][]string{},
		unwell:    map[string]int{},
		files:     map[string]string{},
	}
	w.site(shop, page(200, "<title>Shop</title>welcome"), shopAddress)
	w.site(login, page(200, "<title>Sign in</title>who are you"), "185.26.156.11")
	w.site(other, page(200, "<title>Other</title>another site"), "81.169.145.70")
	return w
}

// site adds or replaces a site of the world.
func (w *world) site(host string, serve func(*running, *site) error, addresses ...string) *site {
	s := &site{host: host, addresses: addresses, serve: serve}
	w.sites[host] = s
	return s
}

// records are the addresses of the world's sites and the scenario's own records, as lines of a zone file.
func (w *world) records() []string {
	var lines []string
	for host, s := range w.sites {
		if s.noRecords {
			continue
		}
		for _, address := range s.addresses {
			lines = append(lines, fmt.Sprintf("%s. 60 IN %s %s", host, recordType(address), address))
		}
	}
	sort.Strings(lines)
	return append(lines, w.ownRecords...)
}

func recordType(address string) string {
	if isIPv6(address) {
		return "AAAA"
	}
	return "A"
}

// addresses are those of all sites: what is sent there is what the sites see of a run.
func (w *world) addresses() (v4, v6 []string) {
	for _, s := range w.sites {
		for _, address := range s.addresses {
			switch {
			case private(address), s.bystander:
			case isIPv6(address):
				v6 = append(v6, address)
			default:
				v4 = append(v4, address)
			}
		}
	}
	sort.Strings(v4)
	sort.Strings(v6)
	return v4, v6
}
