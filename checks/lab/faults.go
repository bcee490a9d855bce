//go:build linux

package lab

import (
	"fmt"
	"time"
)

// The shop is what every scenario's visitor wants to see.

// behind puts the shop behind a gateway or another server.
func behind(serve func(*running, *site) error) fault {
	return func(w *world) { w.sites[shop].serve = serve }
}

// secondHost replaces the shop's sign-in host.
func secondHost(serve func(*running, *site) error) fault {
	return func(w *world) { w.sites[login].serve = serve }
}

// at gives the shop other addresses.
func at(addresses ...string) fault {
	return func(w *world) { w.sites[shop].addresses = addresses }
}

// secured gives the shop another certificate.
func secured(c certificate) fault {
	return func(w *world) { w.sites[shop].certificate = c }
}

// nobodyListens leaves the shop's ports closed.
func nobodyListens(*running, *site) error { return nil }

// dropped swallows what is sent to addresses at the site's end.
func dropped(addresses ...string) fault {
	return func(w *world) {
		for _, address := range addresses {
			w.rule(internetIn, match("daddr", address)+" drop")
		}
	}
}

// match is an nftables expression for an address of either family.
func match(what, address string) string {
	if isIPv6(address) {
		return "ip6 " + what + " " + address
	}
	return "ip " + what + " " + address
}

// records replaces what the DNS says about the shop with lines of a zone file; none means that the name is unknown.
func records(lines ...string) fault {
	return func(w *world) {
		w.sites[shop].noRecords = true
		w.ownRecords = append(w.ownRecords, lines...)
	}
}

// resolver replaces the resolver at home.
func resolver(s server) fault { return func(w *world) { w.homeDNS = s } }

// nameServers replaces the name server of the shop's domain.
func nameServers(s server) fault { return func(w *world) { w.names = s } }

// blocking adds rules to a chain such as homeForward.
func blocking(chain string, rules ...string) fault {
	return func(w *world) { w.rule(chain, rules...) }
}

// with sets environment variables of the visitor's programs.
func with(variables ...string) fault {
	return func(w *world) { w.environment = append(w.environment, variables...) }
}

// hosts adds lines to the visitor's hosts file.
func hosts(lines ...string) fault {
	return func(w *world) { w.hostsLines = append(w.hostsLines, lines...) }
}

// file puts a file into the visitor's home folder.
func file(name, content string) fault { return func(w *world) { w.files[name] = content } }

// asks sets the visitor's name servers.
func asks(resolvers ...string) fault { return func(w *world) { w.resolvers = resolvers } }

// withoutIPv6 is a home network that offers IPv4 only.
func withoutIPv6(w *world) { w.ipv6 = false }

// clockBehind is a visitor whose clock is behind by d (ahead when negative).
func clockBehind(d time.Duration) fault { return func(w *world) { w.shift = d } }

// closedPorts is a rule that swallows what is sent to ports, such as "53, 853".
func closedPorts(protocol, ports string) string {
	return fmt.Sprintf("%s dport { %s } drop", protocol, ports)
}

// more starts further servers.
func more(servers ...server) fault {
	return func(w *world) { w.extras = append(w.extras, servers...) }
}

// onVisitor does something on the visitor's computer once everything else is up.
func onVisitor(servers ...server) fault {
	return func(w *world) { w.settings = append(w.settings, servers...) }
}

// losesFirst is a line on which the first two packets of every conversation are lost, one at either end. It then takes two or
// three seconds to connect, as the system repeats itself (RFC 6298, or at even intervals: tcp_syn_linear_timeouts).
func losesFirst(protocols ...string) fault {
	return func(w *world) {
		for _, chain := range []string{homeForward, providerWard} {
			for _, p := range protocols {
				opening := p + " dport != 0"
				if p == "tcp" {
					opening = "tcp flags syn / syn,ack"
				}
				for family, set := range map[string]string{"ip": "begun_ip", "ip6": "begun_ip6"} {
					ends := fmt.Sprintf("%s saddr . %s sport . %s daddr . %s dport", family, p, family, p)
					w.rule(chain, fmt.Sprintf("%s %s != @%s add @%s { %s } drop", opening, ends, set, set, ends))
				}
			}
		}
	}
}

// The ways in which the ground gives way: no cable, nothing at its other end, no route, no line.
func unplugged(w *world) { w.unplugged = true }
func cableDown(w *world) { w.cableDown = true }
func noRoute(w *world)   { w.noRoute = true }
func lineDown(w *world)  { w.lineDown = true }
