package system

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/sys/windows/registry"

	"isitme/checks/evidence"
)

// Registry keys of the TCP/IP service and of the DNS client.
const (
	tcpipKey         = `SYSTEM\CurrentControlSet\Services\Tcpip\Parameters`
	dnsClientKey     = `SYSTEM\CurrentControlSet\Services\Dnscache\Parameters`
	dnsInterfacesKey = `SYSTEM\CurrentControlSet\Services\Dnscache\InterfaceSpecificParameters`
	dnsPolicyKey     = `SOFTWARE\Policies\Microsoft\Windows NT\DNSClient`
)

// Values that mean DNS over HTTPS: for all of the client, by policy.
const (
	autoDoH     = 2 // Parameters, EnableAutoDoh
	requiredDoH = 3 // policy, DoHPolicy
)

// readNameservers reads each adapter's name servers, the policy table's rules, and whether DNS over HTTPS is set.
func readNameservers(_ context.Context, r *reader) {
	adapters, err := readAdapters()
	if err != nil {
		r.unread(partNameservers, err)
	}
	servers := adapterServers(adapters)
	encrypted := ""
	if usesDoH(adapters) {
		encrypted = "doh"
	}
	// A company's rules take the place of those set on this computer.
	for _, key := range []string{dnsPolicyKey + `\DnsPolicyConfig`, dnsClientKey + `\DnsPolicyConfig`} {
		rules, err := policyRules(key)
		if err != nil {
			r.unread(partNameservers, err)
		}
		for _, rule := range rules {
			servers = append(servers, rule.nameservers()...)
			if rule.covers(r.Target.Host) {
				encrypted = "nrpt"
			}
		}
		if len(rules) > 0 {
			break
		}
	}
	r.set(func(s *evidence.System) { s.Nameservers, s.EncryptedDNS = servers, encrypted })
}

// policyRules reads the Name Resolution Policy Table under a key; a table that is not there has no rules.
func policyRules(path string) ([]policyRule, error) {
	names, err := subkeys(path)
	if err != nil {
		return nil, err
	}
	var rules []policyRule
	for _, name := range names {
		key, err := registry.OpenKey(registry.LOCAL_MACHINE, path+`\`+name, registry.QUERY_VALUE)
		if err != nil {
			return rules, err
		}
		var rule policyRule
		if rule.Names, _, err = key.GetStringsValue("Name"); err != nil {
			single, _, _ := key.GetStringValue("Name")
			rule.Names = []string{single}
		}
		rule.Servers, _, _ = key.GetStringValue("GenericDNSServers")
		key.Close()
		rules = append(rules, rule)
	}
	return rules, nil
}

// usesDoH reports whether the DNS client is set to ask over HTTPS: for all, by policy, or for the servers of an adapter
// that is up. Settings of adapters that are gone stay in the registry.
func usesDoH(adapters []adapter) bool {
	if number(registry.LOCAL_MACHINE, dnsClientKey, "EnableAutoDoh") == autoDoH {
		return true
	}
	if number(registry.LOCAL_MACHINE, dnsPolicyKey, "DoHPolicy") == requiredDoH {
		return true
	}
	for _, a := range adapters {
		for _, family := range []string{"Doh", "Doh6"} {
			servers, err := subkeys(dnsInterfacesKey + `\` + a.ID + `\DohInterfaceSettings\` + family)
			if a.Up && err == nil && len(servers) > 0 {
				return true
			}
		}
	}
	return false
}

// subkeys lists the keys under one of the computer's keys; none when it does not exist.
func subkeys(path string) ([]string, error) {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.ENUMERATE_SUB_KEYS)
	if errors.Is(err, registry.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer key.Close()
	return key.ReadSubKeyNames(-1)
}

// number reads a whole number, 0 when it is not there.
func number(root registry.Key, path, name string) uint64 {
	key, err := registry.OpenKey(root, path, registry.QUERY_VALUE)
	if err != nil {
		return 0
	}
	defer key.Close()
	value, _, err := key.GetIntegerValue(name)
	if err != nil {
		return 0
	}
	return value
}

// text reads a string, "" when it is not there.
func text(root registry.Key, path, name string) string {
	key, err := registry.OpenKey(root, path, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer key.Close()
	value, _, err := key.GetStringValue(name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(value)
}
