//go:build linux

package lab

import (
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// unboundEverywhere is one recursive resolver at the provider's address and at those of the public services, with DNS
// over HTTPS at the latter. Lines are added to its configuration.
func unboundEverywhere(lines ...string) server {
	return func(r *running) error {
		chain, err := r.authority.issue(certificate{}, r.now(), "dns.google", "cloudflare-dns.com", "dns.quad9.net",
			"8.8.8.8", "1.1.1.1", "9.9.9.9")
		if err != nil {
			return err
		}
		pem, err := pemOf(chain)
		if err != nil {
			return err
		}
		pemFile, err := r.write("doh.pem", pem)
		if err != nil {
			return err
		}
		addresses := []string{providerDNS}
		for _, h := range publicHosts() {
			if h.serve == nil {
				addresses = append(addresses, h.addresses...)
			}
		}
		return r.unbound(r.internet, "unbound", pemFile, addresses, lines...)
	}
}

// unbound starts a recursive resolver that validates what trust anchors among lines let it; with a certificate it
// answers over HTTPS too.
func (r *running) unbound(n *namespace, name, pemFile string, addresses []string, lines ...string) error {
	hints, err := r.write(name+".hints", []byte(". 3600 IN NS a.root-servers.net.\na.root-servers.net. 3600 IN A "+
		rootServer+"\n"))
	if err != nil {
		return err
	}
	conf, err := r.template("unbound.conf", name+".conf", map[string]any{
		"Hints": hints, "PEM": pemFile, "Addresses": addresses, "Lines": strings.Join(lines, "\n\t"),
	})
	if err != nil {
		return err
	}
	d, err := r.daemon(n, name, "unbound", "-d", "-p", "-c", conf)
	if err != nil {
		return err
	}
	return r.awaitDNS(d, n, addresses[0])
}

// awaitDNS waits until a resolver answers, whatever it answers.
func (r *running) awaitDNS(d *daemon, n *namespace, address string) error {
	return r.await(d, func() error {
		_, err := question(n, address, new(dns.Msg).SetQuestion("localhost.", dns.TypeA))
		return err
	})
}

// dnsmasq is the home router's resolver as routers have it: it forwards to the provider and remembers. Lines are added
// to its configuration; with a line that names a server of its own, the provider's is left out.
func dnsmasq(lines ...string) server {
	return func(r *running) error {
		return r.dnsmasq(r.home, "dnsmasq", []string{homeAddress}, providerDNS, lines...)
	}
}

// dnsmasq starts the forwarder in a namespace; an empty upstream leaves it with nobody to ask.
func (r *running) dnsmasq(n *namespace, name string, addresses []string, upstream string, lines ...string) error {
	conf, err := r.template("dnsmasq.conf", name+".conf", map[string]any{
		"Addresses": addresses, "Upstream": upstream, "Lines": strings.Join(lines, "\n"),
	})
	if err != nil {
		return err
	}
	argv := append(slices.Clone(ordinaryUser), "dnsmasq", "--keep-in-foreground", "--conf-file="+conf,
		"--pid-file="+r.path(name+".pid"))
	d, err := r.daemon(n, name, argv...)
	if err != nil {
		return err
	}
	return r.awaitDNS(d, n, addresses[0])
}

// homeUnbound is a router or a box at home with a recursive resolver of its own.
func homeUnbound(lines ...string) server {
	return func(r *running) error {
		return r.unbound(r.home, "home-unbound", "", []string{homeAddress}, lines...)
	}
}

// nobodyAnswers leaves a name server's port closed.
func nobodyAnswers(*running) error { return nil }

// wildcarding is a provider's resolver that gives the address of a search page for names that do not exist.
func wildcarding(r *running) error {
	return r.dnsmasq(r.home, "dnsmasq", []string{homeAddress}, providerDNS, "address=/shpo.example.org/"+portalAddress)
}

// sinkhole makes dnsmasq give one address for a name and everything below it, and none of the other family; "#" is
// every name.
func sinkhole(name, address string) []string {
	return []string{"local=/" + name + "/", "address=/" + name + "/" + address}
}
