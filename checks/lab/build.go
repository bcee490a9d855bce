//go:build linux

package lab

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
)

// Addresses of the way from the visitor to the internet.
const (
	homeAddress    = "192.168.178.1"
	homeIPv6       = "2003:c0:8f00:1::1"
	visitorAddress = "192.168.178.20"
	visitorIPv6    = "2003:c0:8f00:1::20"
	lineHome       = "62.54.10.20"
	lineHomeIPv6   = "2003:c0:8000::20"
	lineProvider   = "62.54.10.1"
	lineProvider6  = "2003:c0:8000::1"
	coreProvider   = "62.53.0.1"
	coreProvider6  = "2003:c0::1"
	coreInternet   = "62.53.0.2"
	coreInternet6  = "2003:c0::2"
	providerDNS    = "62.53.53.53"
	rootServer     = "198.41.0.4"
	nameServerShop = "45.54.28.53"
	homeBox        = "192.168.178.3" // a second address of the router, where a proxy listens
	portalAddress  = "62.53.80.80"   // the provider's own pages
	vpnServer      = "89.36.76.100"
	deviceAddress  = "192.168.178.40"
)

// theAuthority is the lab's own public certificate authority, trusted by every visitor; it is made once.
var theAuthority = sync.OnceValues(func() (*authority, error) { return newAuthority("Lab Trust Services") })

// build makes a world. The caller must close it, also after an error when it is not nil.
func build(w *world) (*running, error) {
	r := &running{world: w, seen: map[*namespace][]mount{}}
	var err error
	if r.authority, err = theAuthority(); err != nil {
		return nil, err
	}
	if r.dir, err = os.MkdirTemp("", "isitme-lab-"); err != nil {
		return nil, err
	}
	// Servers that run as an ordinary user inside must be able to enter the folder and to write into it.
	if err := os.Chmod(r.dir, 0o777); err != nil {
		return r, err
	}
	if err := r.cables(); err != nil {
		return r, err
	}
	if err := r.firewalls(); err != nil {
		return r, err
	}
	if err := r.boot(); err != nil {
		return r, err
	}
	steps := append([]server{rootNames, internetServers, w.names, w.providers, w.homeDNS, sites}, w.extras...)
	steps = append(steps, w.settings...)
	for _, step := range steps {
		if step == nil {
			continue
		}
		if err := step(r); err != nil {
			return r, err
		}
	}
	return r, r.weather()
}

// cables lays the four namespaces out in a row.
func (r *running) cables() error {
	for _, n := range []struct {
		name string
		at   **namespace
	}{{"visitor", &r.visitor}, {"home", &r.home}, {"provider", &r.provider}, {"internet", &r.internet}} {
		var err error
		if *n.at, err = newNamespace(n.name); err != nil {
			return err
		}
		for _, s := range []string{"net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding"} {
			if n.name == "visitor" {
				break
			}
			if err := (*n.at).sysctl(s, "1"); err != nil {
				return err
			}
		}
		// Servers that refuse to run as root must reach their ports all the same.
		if err := (*n.at).sysctl("net/ipv4/ip_unprivileged_port_start", "0"); err != nil {
			return err
		}
		if err := (*n.at).sysctl("net/ipv6/conf/default/accept_dad", "0"); err != nil {
			return err
		}
		// As distributions have it, ping is for everybody.
		if err := (*n.at).sysctl("net/ipv4/ping_group_range", "0 0"); err != nil {
			return err
		}
	}
	return errors.Join(
		join(r.visitor, "eth0", r.home, "lan", 1500),
		join(r.home, "wan", r.provider, "line", r.lineMTU),
		join(r.provider, "core", r.internet, "core", 1500),
		r.visitor.address("eth0", visitorAddress+"/24"),
		r.visitor.route("default4", homeAddress),
		r.home.address("lan", homeAddress+"/24", homeBox+"/24", deviceAddress+"/24"),
		r.home.address("wan", lineHome+"/24", lineHomeIPv6+"/64"),
		r.home.route("default4", lineProvider),
		r.home.route("default6", lineProvider6),
		r.provider.address("line", lineProvider+"/24", lineProvider6+"/64"),
		r.provider.address("core", coreProvider+"/24", coreProvider6+"/64"),
		r.provider.route("default4", coreInternet),
		r.provider.route("default6", coreInternet6),
		r.provider.route("2003:c0:8f00::/40", lineHomeIPv6),
		r.internet.address("core", coreInternet+"/24", coreInternet6+"/64"),
		r.internet.address("lo", r.internetAddresses()...),
		r.internet.route("62.54.0.0/16", coreProvider),
		r.internet.route("2003:c0:8000::/33", coreProvider6),
		r.internet.route("default4", ""),
		r.internet.route("default6", ""),
		r.homeIPv6(),
	)
}

// homeIPv6 gives the home network IPv6 where the plan says so.
func (r *running) homeIPv6() error {
	if !r.ipv6 {
		return nil
	}
	return errors.Join(
		r.home.address("lan", homeIPv6+"/64"),
		r.visitor.address("eth0", visitorIPv6+"/64"),
		r.visitor.route("default6", homeIPv6),
	)
}

// weather does the damage that would have kept the world from being built.
func (r *running) weather() error {
	switch {
	case r.lineDown:
		return r.provider.down("line")
	case r.unplugged:
		return r.visitor.down("eth0")
	case r.cableDown:
		return r.home.down("lan")
	case r.noRoute:
		return r.visitor.unroute()
	}
	return nil
}

// firewalls loads the rules: address translation at home, counters at the sites, and what the scenario adds.
func (r *running) firewalls() error {
	v4, v6 := r.addresses()
	// A connection is told by its ends: a SYN that is sent again belongs to the same one.
	count := ""
	for family, list := range map[string][]string{"ip": v4, "ip6": v6} {
		if len(list) > 0 {
			to := family + " daddr { " + strings.Join(list, ", ") + " }"
			if family == "ip" {
				to = "ip saddr != " + abroadNetwork.String() + " " + to
			}
			count += fmt.Sprintf("%s counter name to_site\n%s tcp flags syn / syn,ack add @begun_%s { %s saddr . tcp sport . %s daddr . tcp dport }\n",
				to, to, family, family, family)
		}
	}
	for _, n := range []*namespace{r.visitor, r.home, r.provider, r.internet} {
		own := func(chain string) string { return strings.Join(r.rules[n.name+" "+chain], "\n") }
		masquerade, counters := "", ""
		switch n {
		case r.home:
			masquerade = "meta nfproto ipv4 oifname \"wan\" masquerade"
		case r.internet:
			counters = "chain count {\ntype filter hook prerouting priority raw\n" + count + "\n}"
		}
		rules := fmt.Sprintf(`table inet lab {
counter to_site { }
set begun_ip {
type ipv4_addr . inet_service . ipv4_addr . inet_service
flags dynamic
size 65535
}
set begun_ip6 {
type ipv6_addr . inet_service . ipv6_addr . inet_service
flags dynamic
size 65535
}
%s
chain pre {
type nat hook prerouting priority dstnat
%s
}
chain post {
type nat hook postrouting priority srcnat
%s
}
chain ward {
type filter hook forward priority filter
%s
}
chain in {
type filter hook input priority filter
%s
}
chain out {
type filter hook output priority filter
%s
}
}
`, counters, own("pre"), masquerade, own("ward"), own("in"), own("out"))
		if err := n.nft(rules); err != nil {
			return err
		}
	}
	return nil
}

// sites starts every site of the plan.
func sites(r *running) error {
	for _, s := range r.sites {
		if s.serve == nil {
			continue
		}
		if err := s.serve(r, s); err != nil {
			return fmt.Errorf("site %s: %w", s.host, err)
		}
	}
	return nil
}
