package system

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"isitme/checks/evidence"
	"isitme/checks/lab"
)

// Connections as NetworkManager stores them: a cable, and a tunnel for one network and one domain.
const (
	cableConnection = `[connection]
id=Office cable
type=ethernet
interface-name=eth0
[ipv4]
method=manual
address1=192.0.2.10/24,192.0.2.1
dns=192.0.2.53;
[ipv6]
method=disabled
`
	tunnelConnection = `[connection]
id=Home tunnel
type=tun
interface-name=tun7
[tun]
mode=1
[ipv4]
method=manual
address1=10.8.0.2/24
route1=198.51.100.0/24,10.8.0.1
dns=10.8.0.1;
dns-search=~home.example;
never-default=true
[ipv6]
method=disabled
`
)

// TestRealDaemons reads NetworkManager and systemd-resolved as Debian ships them, on a bus of their own.
func TestRealDaemons(t *testing.T) {
	packages, err := lab.Unpack() // outside: where nothing leads out, nothing can be fetched
	if err != nil {
		cannot(t, "%v", err)
	}
	if os.Getuid() != 0 {
		cannot(t, "the daemons need root")
	}
	if !inNamespaces(t) {
		return
	}
	must(t, unix.Mount("tmpfs", "/run", "tmpfs", 0, ""))
	must(t, unix.Mount("sysfs", "/sys", "sysfs", unix.MS_RDONLY, "")) // without udev NetworkManager takes this for a container
	must(t, unix.Mount("tmpfs", "/var/lib", "tmpfs", 0, ""))
	bus := startBus(t)

	const user = "991"
	for _, path := range []string{"/etc/passwd", "/etc/group"} {
		text, err := os.ReadFile(path)
		must(t, err)
		entry := map[string]string{"/etc/passwd": "systemd-resolve:x:" + user + ":" + user + "::/:/usr/sbin/nologin\n", "/etc/group": "systemd-resolve:x:" + user + ":\n"}
		replaceFile(t, path, string(text)+entry[path])
	}
	must(t, os.MkdirAll("/run/systemd/resolve", 0o755))
	must(t, os.Chown("/run/systemd/resolve", 991, 991))
	// systemd-resolved gives root's rights up before it goes to the bus, whose folder is the test's own.
	socket := busSocket(t)
	for _, path := range []string{socket, filepath.Dir(socket), filepath.Dir(filepath.Dir(socket))} {
		must(t, os.Chmod(path, 0o777))
	}
	startDaemon(t, packages, "systemd-resolved", filepath.Join(packages, "lib/systemd/systemd-resolved"))
	waitFor(t, "systemd-resolved", func() bool { return running(context.Background(), bus, resolvedName) })
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.53\noptions edns0 trust-ad\n")

	must(t, netlink.LinkAdd(&netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: "eth0"}, PeerName: "router0"}))
	peer, err := netlink.LinkByName("router0")
	must(t, err)
	must(t, netlink.LinkSetUp(peer))
	connections := filepath.Join(t.TempDir(), "connections")
	must(t, os.MkdirAll(connections, 0o700))
	must(t, os.WriteFile(filepath.Join(connections, "cable.nmconnection"), []byte(cableConnection), 0o600))
	must(t, os.WriteFile(filepath.Join(connections, "tunnel.nmconnection"), []byte(tunnelConnection), 0o600))
	config := filepath.Join(t.TempDir(), "NetworkManager.conf")
	must(t, os.WriteFile(config, []byte("[main]\nplugins=keyfile\ndns=systemd-resolved\nno-auto-default=*\nauth-polkit=false\n"+
		"rc-manager=unmanaged\n[keyfile]\npath="+connections+"\n"), 0o600))
	must(t, os.MkdirAll("/var/lib/NetworkManager", 0o700))
	startDaemon(t, packages, "NetworkManager", filepath.Join(packages, "usr/sbin/NetworkManager"),
		"--debug", "--config="+config, "--config-dir="+t.TempDir())

	wantServers := []evidence.Nameserver{
		{Address: "10.8.0.1", Interface: "tun7", Source: "systemd-resolved", Domains: []string{"home.example"}},
		{Address: "192.0.2.53", Interface: "eth0", Source: "systemd-resolved"},
		{Address: "127.0.0.53", Source: "resolv.conf"},
	}
	wantVPNs := []evidence.VPN{{Name: "Home tunnel", Interface: "tun7", Kind: "tun", CarriesSite: true}}
	var sys evidence.System
	waitFor(t, "the connections", func() bool {
		sys, _ = Read(context.Background(), Request{Target: evidence.Target{Scheme: "https", Host: "www.home.example", Port: 443}, Addresses: []string{"198.51.100.7"}})
		// The links come in the order in which they came up.
		slices.SortFunc(sys.Nameservers, func(a, b evidence.Nameserver) int { return strings.Compare(b.Interface, a.Interface) })
		return cmp.Equal(sys.Nameservers, wantServers) && cmp.Equal(sys.VPNs, wantVPNs)
	})
	if diff := cmp.Diff(wantServers, sys.Nameservers); diff != "" || sys.StubResolver != "systemd-resolved" {
		t.Errorf("%q %s", sys.StubResolver, diff)
	}
	if diff := cmp.Diff(wantVPNs, sys.VPNs); diff != "" {
		t.Error(diff)
	}
	if sys.DefaultV4 == nil || sys.DefaultV4.Interface != "eth0" || sys.DefaultV4.Gateway != "192.0.2.1" {
		t.Errorf("default route: %+v", sys.DefaultV4)
	}
	if got := Flush(context.Background()); !got.Done || got.Method != "systemd-resolved" {
		t.Errorf("flush: %+v", got)
	}

	// Where resolv.conf names another resolver on this computer, NetworkManager knows whom that asks.
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\n")
	servers := managerServers(context.Background(), bus)
	for _, want := range wantServers[:2] {
		if !slices.ContainsFunc(servers, func(n evidence.Nameserver) bool {
			return n.Address == want.Address && n.Interface == want.Interface && n.Source == "NetworkManager"
		}) {
			t.Errorf("%s is missing: %+v", want.Address, servers)
		}
	}
}

// busSocket is the path that startBus made the bus listen on.
func busSocket(t *testing.T) string {
	t.Helper()
	address, _, _ := strings.Cut(os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"), ",")
	path, ok := strings.CutPrefix(address, "unix:path=")
	if !ok {
		t.Fatalf("the bus is at %q", address)
	}
	return path
}

// startDaemon runs a server of the unpacked packages until the test ends.
func startDaemon(t *testing.T, packages, name, path string, args ...string) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), name+".log"))
	must(t, err)
	cmd := exec.Command(path, args...)
	libraries, err := filepath.Glob(filepath.Join(packages, "usr/lib/*-linux-gnu"))
	must(t, err)
	cmd.Env = append(os.Environ(), "LD_LIBRARY_PATH="+strings.Join(libraries, ":"))
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	must(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		log.Close()
		if text, err := os.ReadFile(log.Name()); err == nil && t.Failed() {
			t.Logf("%s said:\n%s", name, text)
		}
	})
}

// waitFor waits until something is true, for two minutes at most.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !is(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Errorf("%s: not within two minutes", what)
			return
		}
	}
}
