// Package lab is a small internet with real servers and real faults, to try the program on. It is used by tests and by
// `make lab` only.
//
// Every scenario gets a world of its own, made of four network namespaces in a row without an uplink: a visitor, the
// router at home, the visitor's provider, and the internet. Addresses such as 8.8.8.8 belong to servers of the lab.
// The program is the shipped one, started in the visitor's namespace with nothing set for it but what a real computer
// would have: resolv.conf, hosts, trusted certificates and environment.
//
// Where a scenario asks for a second opinion, the service for it stands at its real name, and every one of its computers
// in a namespace of its own, from which it really fetches the page.
//
// Whatever is healthy is served by small servers inside this process, since a world must be up in a fraction of a
// second; what a scenario breaks is the real thing where there is one (nginx, HAProxy, Squid, dnsmasq, OpenVPN…).
// The package knows the verdicts it expects and nothing of how they are reached.
package lab
