package system

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
)

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
	cmd := exec.Command(daemon, "600")
	// Under nohup(1) the signal is ignored, and what is ignored stays so in a program that is started.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
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
	others := len(processes("dnsmasq")) - 1 // this computer's own, or another run's of these tests: they come and go
	got := Flush(context.Background())
	if got.Method != "dnsmasq" || others == 0 && len(processes("dnsmasq")) <= 1 && (!got.Done || got.NeedsPassword) {
		t.Errorf("%+v beside %d others", got, others)
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "hangup") {
		t.Errorf("ended by %v", err)
	}
}
