package system

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
	"github.com/google/go-cmp/cmp"
	"github.com/vishvananda/netlink"

	"isitme/checks/evidence"
)

// busConfig lets anybody own any name and call any method, as no real bus does.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// startBus starts a message bus that stands in for the system's and the session's, and connects to it.
func startBus(t *testing.T) *dbus.Conn {
	t.Helper()
	daemon := firstFile("/usr/bin/dbus-daemon", "/bin/dbus-daemon")
	if daemon == "" {
		cannot(t, "no dbus-daemon")
	}
	dir := t.TempDir()
	socket, config := filepath.Join(dir, "bus"), filepath.Join(dir, "bus.conf")
	must(t, os.WriteFile(config, []byte(strings.Replace(busConfig, "%s", socket, 1)), 0o600))
	cmd := exec.Command(daemon, "--config-file="+config, "--nofork", "--print-address")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", strings.TrimSpace(address))
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	bus, err := dbus.ConnectSystemBus()
	must(t, err)
	t.Cleanup(func() { bus.Close() })
	return bus
}

// own takes a service's name on the bus.
func own(t *testing.T, bus *dbus.Conn, name string) {
	t.Helper()
	reply, err := bus.RequestName(name, dbus.NameFlagDoNotQueue)
	must(t, err)
	if reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%s: reply %v", name, reply)
	}
}

// object puts an object with properties of one interface on the bus.
func object(t *testing.T, bus *dbus.Conn, path dbus.ObjectPath, iface string, values map[string]any) {
	t.Helper()
	props := map[string]*prop.Prop{}
	for name, value := range values {
		props[name] = &prop.Prop{Value: value}
	}
	_, err := prop.Export(bus, path, prop.Map{iface: props})
	must(t, err)
}

// fakeResolved is what systemd-resolved's manager does. The bus calls it from a goroutine of its own.
type fakeResolved struct {
	mu      sync.Mutex
	flushed int
	refuse  *dbus.Error
}

// times is how often the cache was flushed.
func (f *fakeResolved) times() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.flushed
}

// answer makes the manager refuse with an error, or not with nil.
func (f *fakeResolved) answer(refuse *dbus.Error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refuse = refuse
}

// FlushCaches is the method of that name.
func (f *fakeResolved) FlushCaches() *dbus.Error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse != nil {
		return f.refuse
	}
	f.flushed++
	return nil
}

// GetLink is the method of that name.
func (f *fakeResolved) GetLink(index int32) (dbus.ObjectPath, *dbus.Error) {
	if index != 1 {
		return "", dbus.NewError("org.freedesktop.resolve1.NoSuchLink", nil)
	}
	return "/org/freedesktop/resolve1/link/_31", nil
}

// startResolved puts a stand-in of systemd-resolved on the bus: two servers for all names, one for a company's on a link
// that is no default.
func startResolved(t *testing.T, bus *dbus.Conn) *fakeResolved {
	t.Helper()
	fake := &fakeResolved{}
	must(t, bus.Export(fake, resolvedPath, resolvedManager))
	object(t, bus, resolvedPath, resolvedManager, map[string]any{
		"DNS": []resolvedServer{
			{0, 2, []byte{192, 0, 2, 53}},
			{0, 10, []byte{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x53}},
			{1, 2, []byte{10, 20, 0, 53}},
			{9999, 2, []byte{198, 51, 100, 53}},
			{0, 2, []byte{1, 2}},
		},
		"Domains":    []resolvedDomain{{1, "corp.example", true}, {9999, ".", true}},
		"DNSOverTLS": "yes",
	})
	object(t, bus, "/org/freedesktop/resolve1/link/_31", resolvedLink, map[string]any{"DefaultRoute": false})
	own(t, bus, resolvedName)
	return fake
}

func TestResolved(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	startResolved(t, startBus(t))
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.53\n")
	r := &reader{}
	readNameservers(context.Background(), r)
	sys, _ := r.result()
	want := evidence.System{
		StubResolver: "systemd-resolved", EncryptedDNS: "dot",
		Nameservers: []evidence.Nameserver{
			{Address: "127.0.0.53", Source: "resolv.conf"},
			{Address: "192.0.2.53", Source: "systemd-resolved"},
			{Address: "2001:db8::53", Source: "systemd-resolved"},
			{Address: "10.20.0.53", Interface: "lo", Source: "systemd-resolved", Domains: []string{"corp.example"}},
			{Address: "198.51.100.53", Source: "systemd-resolved"},
		},
	}
	if diff := cmp.Diff(want, sys); diff != "" {
		t.Error(diff)
	}
}

func TestResolvedBehindNsswitch(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	startResolved(t, startBus(t))
	replaceFile(t, "/etc/resolv.conf", "nameserver 192.0.2.53\n")
	replaceFile(t, "/etc/nsswitch.conf", "passwd: files\nhosts: mymachines resolve [!UNAVAIL=return] files dns # hosts: none\n")
	r := &reader{}
	readNameservers(context.Background(), r)
	sys, _ := r.result()
	if sys.StubResolver != "systemd-resolved" || len(sys.Nameservers) != 4 {
		t.Errorf("%+v", sys)
	}
}

func TestStubWithoutBus(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.53\n")
	r := &reader{}
	readNameservers(context.Background(), r)
	sys, _ := r.result()
	if sys.StubResolver != "systemd-resolved" || len(sys.Unread) != 1 || sys.Unread[0].What != partNameservers {
		t.Errorf("unknown uplinks are passed over: %+v", sys)
	}
}

func TestFlushResolved(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	bus := startBus(t)
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.53\n")
	if got := Flush(context.Background()); !got.NoCache || got.Done {
		t.Errorf("without a cache: %+v", got)
	}
	fake := startResolved(t, bus)
	if got := Flush(context.Background()); !got.Done || got.Method != "systemd-resolved" || got.NeedsPassword || fake.times() != 1 {
		t.Errorf("%+v, flushed %d times", got, fake.times())
	}
	fake.answer(dbus.NewError("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", []any{"no"}))
	if got := Flush(context.Background()); got.Done || !got.NeedsPassword {
		t.Errorf("refused: %+v", got)
	}
	if got := FlushWithPassword(context.Background()); got.Done || got.Detail == "" {
		t.Errorf("refused with a password: %+v", got)
	}
	fake.answer(nil)
	if got := FlushWithPassword(context.Background()); !got.Done || fake.times() != 2 {
		t.Errorf("with a password: %+v, flushed %d times", got, fake.times())
	}
}

func TestNetworkManager(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	bus := startBus(t)
	lan := ethernet(t, "lan", "192.0.2.10/24")
	addRoute(t, netlink.Route{LinkIndex: lan.Attrs().Index}, "0.0.0.0/0", "192.0.2.1")
	tunnel(t, "tun7", "10.8.0.2/24")
	active := func(n string) dbus.ObjectPath { return dbus.ObjectPath(nmPath + "/ActiveConnection/" + n) }
	object(t, bus, nmPath, nmName, map[string]any{"ActiveConnections": []dbus.ObjectPath{active("1"), active("2"), active("3"), active("4")}})
	object(t, bus, active("1"), nmActive, map[string]any{
		"Id": "Wired", "Type": "802-3-ethernet", "Vpn": false, "Devices": []dbus.ObjectPath{nmPath + "/Devices/1"},
	})
	object(t, bus, active("2"), nmActive, map[string]any{
		"Id": "tun7", "Type": "tun", "Vpn": false, "Devices": []dbus.ObjectPath{nmPath + "/Devices/2"},
	})
	object(t, bus, active("3"), nmActive, map[string]any{
		"Id": "Work", "Type": "vpn", "Vpn": true, "Devices": []dbus.ObjectPath{nmPath + "/Devices/1"}, "Ip4Config": dbus.ObjectPath(nmPath + "/IP4Config/1"),
	})
	object(t, bus, nmPath+"/Devices/1", nmDevice, map[string]any{"Interface": "lan", "IpInterface": "lan"})
	object(t, bus, nmPath+"/Devices/2", nmDevice, map[string]any{"Interface": "tun7", "IpInterface": "tun7"})
	object(t, bus, nmPath+"/IP4Config/1", nmIP4, map[string]any{
		"AddressData": []map[string]dbus.Variant{{"address": dbus.MakeVariant("10.8.0.2"), "prefix": dbus.MakeVariant(uint32(24))}},
	})
	object(t, bus, nmPath+"/DnsManager", nmName+".DnsManager", map[string]any{
		"Configuration": []map[string]dbus.Variant{{
			"nameservers": dbus.MakeVariant([]string{"192.0.2.1", "dns+tls://198.51.100.1"}), "interface": dbus.MakeVariant("lan"),
		}},
	})
	own(t, bus, nmName)

	sys := readRoutes("203.0.113.9")
	want := []evidence.VPN{{Name: "Work", Interface: "tun7", Kind: "tun"}}
	if diff := cmp.Diff(want, sys.VPNs); diff != "" {
		t.Error(diff)
	}

	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\n")
	r := &reader{}
	readNameservers(context.Background(), r)
	dns, _ := r.result()
	servers := []evidence.Nameserver{
		{Address: "127.0.0.1", Source: "resolv.conf"},
		{Address: "192.0.2.1", Interface: "lan", Source: "NetworkManager"},
	}
	if diff := cmp.Diff(servers, dns.Nameservers); diff != "" {
		t.Error(diff)
	}
}

// fakePortal is the desktop portal's proxy resolver.
type fakePortal []string

// Lookup is the method of that name.
func (f fakePortal) Lookup(address string) ([]string, *dbus.Error) {
	if address != "https://a.example/" {
		return nil, dbus.NewError("org.freedesktop.portal.Error.InvalidArgument", []any{address})
	}
	return f, nil
}

func TestPortal(t *testing.T) {
	bus := startBus(t)
	must(t, bus.Export(fakePortal{"http://p.example:3128", "direct://"}, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.ProxyResolver"))
	r := &reader{Request: visit(t, "https://a.example/path?secret")}
	if r.usePortal(context.Background()); len(r.sys.Unread) != 1 {
		t.Errorf("a portal that is not there: %+v", r.sys)
	}
	own(t, bus, "org.freedesktop.portal.Desktop")
	r = &reader{Request: visit(t, "https://a.example/path?secret")}
	if !r.usePortal(context.Background()) {
		t.Error("no portal")
	}
	sys, proxy := r.result()
	if textOf(proxy) != "http://p.example:3128" || sys.Proxy.Source != "portal" || !sys.Proxy.InUse {
		t.Errorf("%v %+v", proxy, sys)
	}
}

func TestGNOMEOfThisComputer(t *testing.T) {
	if firstFile(gsettingsPath) == "" {
		cannot(t, "no gsettings")
	}
	home := t.TempDir()
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	t.Setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
	t.Setenv("GSETTINGS_BACKEND", "keyfile")
	dir := filepath.Join(home, ".config/glib-2.0/settings")
	must(t, os.MkdirAll(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "keyfile"), []byte(
		"[system/proxy]\nmode='manual'\nignore-hosts=['localhost', '*.b.example']\n"+
			"[system/proxy/https]\nhost='p.example'\nport=3128\n"), 0o600))
	if out, err := exec.Command(gsettingsPath, "get", "org.gnome.system.proxy", "mode").Output(); err != nil || string(out) != "'manual'\n" {
		cannot(t, "gsettings does not read settings from a file here: %q, %v", out, err)
	}
	sys, proxy := Read(context.Background(), visit(t, "https://a.example/"))
	if textOf(proxy) != "http://p.example:3128" || sys.Proxy.Source != "gnome" || sys.Desktop != "gnome" {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	sys, proxy = Read(context.Background(), visit(t, "https://www.b.example/"))
	if proxy != nil || sys.Proxy.InUse || !sys.Proxy.Configured {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	t.Setenv("https_proxy", "http://env.example:1")
	if sys, proxy = Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://env.example:1" {
		t.Errorf("the environment does not go first: %v %+v", proxy, sys.Proxy)
	}
}

func TestKDEOfThisComputer(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "")
	}
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("XDG_CURRENT_DESKTOP", "KDE")
	if sys, proxy := Read(context.Background(), visit(t, "https://a.example/")); proxy != nil || sys.Proxy.Configured || sys.Desktop != "kde" {
		t.Errorf("without a file: %v %+v", proxy, sys.Proxy)
	}
	file := filepath.Join(home, "kioslaverc")
	must(t, os.WriteFile(file, []byte("[Proxy Settings][x]\nProxyType=0\n[Proxy Settings]\nNoProxyFor=\nProxyType=1\nhttpsProxy=http://p.example 3128\n"), 0o600))
	if sys, proxy := Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://p.example:3128" || sys.Proxy.Source != "kde" {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	t.Setenv("COMPANY_PROXY", "q.example:8080")
	must(t, os.WriteFile(file, []byte("[Proxy Settings]\nProxyType=4\nhttpsProxy=COMPANY_PROXY\n"), 0o600))
	if _, proxy := Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://q.example:8080" {
		t.Errorf("named variable: %v", proxy)
	}
}

func TestDnsmasqHere(t *testing.T) {
	sleep := firstFile("/usr/bin/sleep", "/bin/sleep")
	if sleep == "" {
		cannot(t, "no sleep")
	}
	if !inNamespaces(t) {
		return
	}
	// A program of that name which the signal ends stands in for the daemon, which it makes forget.
	body, err := os.ReadFile(sleep)
	must(t, err)
	daemon := filepath.Join(t.TempDir(), "dnsmasq")
	must(t, os.WriteFile(daemon, body, 0o700))
	cmd := exec.Command(daemon, "60")
	must(t, cmd.Start())
	defer cmd.Process.Kill()

	if found := processes("dnsmasq"); !slices.Contains(found, process{cmd.Process.Pid, "dnsmasq"}) {
		t.Fatalf("%v", found)
	}
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	t.Run("not asked", func(t *testing.T) {
		replaceFile(t, "/etc/resolv.conf", "nameserver 192.0.2.53\n")
		if got := Flush(context.Background()); !got.NoCache {
			t.Errorf("%+v", got)
		}
	})
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\n")
	if got := localResolver(); got != "dnsmasq" {
		t.Errorf("local resolver %q", got)
	}
	if got := Flush(context.Background()); !got.Done || got.Method != "dnsmasq" {
		t.Errorf("%+v", got)
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "hangup") {
		t.Errorf("ended by %v", err)
	}
}
