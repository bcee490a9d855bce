package system

import (
	"net/netip"
	"strings"

	"isitme/checks/evidence"
)

// policyRule is one rule of Windows' Name Resolution Policy Table ([MS-GPNRPT] 2.2.2).
type policyRule struct {
	// Names are suffixes (".corp.example"), names, or "." for all.
	Names []string
	// Servers are the name servers for them, separated by semicolons; empty where the rule only sets how to ask.
	Servers string
}

// covers reports whether the rule is for host.
func (p policyRule) covers(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, name := range p.Names {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case name == "":
		case name == "." || name == host:
			return true
		case strings.HasPrefix(name, ".") && (strings.HasSuffix(host, name) || host == name[1:]):
			return true
		}
	}
	return false
}

// nameservers are the rule's servers with the names that they are asked for.
func (p policyRule) nameservers() []evidence.Nameserver {
	var domains []string
	for _, name := range p.Names {
		if name = strings.Trim(strings.TrimSpace(name), "."); name != "" {
			domains = append(domains, name)
		}
	}
	var servers []evidence.Nameserver
	for text := range strings.SplitSeq(p.Servers, ";") {
		if address, err := netip.ParseAddr(strings.TrimSpace(text)); err == nil {
			servers = append(servers, evidence.Nameserver{
				Address: address.WithZone("").String(), Source: "nrpt", Domains: domains,
			})
		}
	}
	return servers
}
