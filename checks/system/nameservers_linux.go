package system

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"

	"isitme/checks/evidence"
)

// Files of the C library and of the daemons that may answer for it.
const (
	resolvConfPath   = "/etc/resolv.conf"
	nsswitchPath     = "/etc/nsswitch.conf"
	resolvedUplinks  = "/run/systemd/resolve/resolv.conf"
	networkdLinks    = "/run/systemd/netif/links"
	managerUplinks   = "/run/NetworkManager/no-stub-resolv.conf"
	resolvconfUplink = "/run/dnsmasq/resolv.conf"
)

// errUplinks says that the name servers behind this computer's own resolver are not known.
var errUplinks = errors.New("the name servers that this computer's resolver asks are not known")

// readNameservers reads who is asked for names: the servers of resolv.conf, and where that is a daemon on this computer
// also the servers that the daemon asks.
func readNameservers(ctx context.Context, r *reader) {
	conf, err := resolvConfOf(resolvConfPath)
	if err != nil {
		r.unread(partNameservers, err)
	}
	bus, err := systemBus(ctx)
	if err == nil {
		defer bus.Close()
	} else {
		bus = nil
	}
	servers := nameservers(conf.Servers, "resolv.conf")
	resolved := bus != nil && running(ctx, bus, resolvedName)
	stub := ""
	switch {
	case slices.ContainsFunc(conf.Servers, isResolvedStub), resolved && switchesToResolved(nsswitchPath):
		stub = "systemd-resolved"
	case slices.ContainsFunc(conf.Servers, isLoopback):
		stub = localResolver()
	}
	var encrypted string
	if stub != "" || slices.ContainsFunc(conf.Servers, isLoopback) {
		var uplinks []evidence.Nameserver
		if stub == "systemd-resolved" {
			uplinks, encrypted = resolvedServers(ctx, bus, resolved)
		} else {
			uplinks = localUplinks(ctx, bus)
		}
		if len(uplinks) == 0 {
			r.unread(partNameservers, errUplinks)
		}
		servers = append(servers, uplinks...)
	}
	r.set(func(s *evidence.System) {
		s.Nameservers, s.StubResolver, s.EncryptedDNS = distinct(servers), stub, encrypted
	})
}

// resolvConfOf reads a file in resolv.conf's form. A missing one means the C library's defaults.
func resolvConfOf(path string) (resolvConf, error) {
	file, err := os.Open(path)
	if os.IsNotExist(err) {
		return readResolvConf(strings.NewReader(""))
	}
	if err != nil {
		return resolvConf{}, err
	}
	defer file.Close()
	return readResolvConf(file)
}

// nameservers are addresses from one source.
func nameservers(addresses []string, source string) []evidence.Nameserver {
	var servers []evidence.Nameserver
	for _, address := range addresses {
		servers = append(servers, evidence.Nameserver{Address: address, Source: source})
	}
	return servers
}

// distinct drops invalid addresses and those that an earlier entry names for the same interface.
func distinct(servers []evidence.Nameserver) []evidence.Nameserver {
	var kept []evidence.Nameserver
	for _, server := range servers {
		address, err := netip.ParseAddr(server.Address)
		if err != nil {
			continue
		}
		server.Address = address.Unmap().WithZone("").String()
		known := slices.ContainsFunc(kept, func(k evidence.Nameserver) bool {
			return k.Address == server.Address && (k.Interface == server.Interface || server.Interface == "")
		})
		if !known {
			kept = append(kept, server)
		}
	}
	return kept
}

// isResolvedStub reports whether an address is where systemd-resolved listens (systemd-resolved.service(8)).
func isResolvedStub(address string) bool { return address == "127.0.0.53" || address == "127.0.0.54" }

// isLoopback reports whether a resolver runs on this computer.
func isLoopback(address string) bool {
	parsed, err := netip.ParseAddr(address)
	return err == nil && parsed.IsLoopback()
}

// switchesToResolved reports whether nsswitch.conf(5) sends host names to systemd-resolved whatever resolv.conf says.
func switchesToResolved(path string) bool {
	text, err := os.ReadFile(path)
	return err == nil && slices.Contains(hostSources(text), "resolve")
}

// hostSources are the services of nsswitch.conf's hosts line, with their actions in brackets between.
func hostSources(text []byte) []string {
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if sources, ok := strings.CutPrefix(strings.TrimSpace(line), "hosts:"); ok {
			return strings.Fields(sources)
		}
	}
	return nil
}

// localUplinks are the servers that a resolver on this computer other than systemd-resolved was set to ask, as far as
// NetworkManager or resolvconf set them.
func localUplinks(ctx context.Context, bus *dbus.Conn) []evidence.Nameserver {
	var servers []evidence.Nameserver
	if bus != nil {
		servers = managerServers(ctx, bus)
	}
	for path, source := range map[string]string{managerUplinks: "NetworkManager", resolvconfUplink: "resolvconf"} {
		if _, err := os.Stat(path); err != nil {
			continue
		}
		if conf, err := resolvConfOf(path); err == nil {
			servers = append(servers, nameservers(conf.Servers, source)...)
		}
	}
	return slices.DeleteFunc(servers, func(n evidence.Nameserver) bool { return isLoopback(n.Address) })
}

// networkdServers are the servers that systemd-networkd got for its links: what resolved asks, where resolved itself
// does not say. The state files are named by interface index and hold KEY=VALUE lines.
func networkdServers(dir string) []evidence.Nameserver {
	files, err := filepath.Glob(filepath.Join(dir, "[0-9]*"))
	if err != nil {
		return nil
	}
	var servers []evidence.Nameserver
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			continue
		}
		name := ""
		if index, err := strconv.Atoi(filepath.Base(path)); err == nil {
			name = interfaceName(index)
		}
		for _, address := range networkdState(file) {
			servers = append(servers, evidence.Nameserver{Address: address, Interface: name, Source: "systemd-networkd"})
		}
		file.Close()
	}
	return servers
}

// networkdState reads the addresses of one state file's DNS line; each may end in a server name ("9.9.9.9#dns.quad9.net").
func networkdState(r io.Reader) []string {
	var addresses []string
	lines := bufio.NewScanner(io.LimitReader(r, maxOutput))
	for lines.Scan() {
		list, ok := strings.CutPrefix(lines.Text(), "DNS=")
		if !ok {
			continue
		}
		for _, entry := range strings.Fields(strings.Trim(list, `"`)) {
			address, _, _ := strings.Cut(entry, "#")
			address, _, _ = strings.Cut(address, "%")
			addresses = append(addresses, address)
		}
	}
	return addresses
}
