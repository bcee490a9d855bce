package system

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// busConfig lets anybody own any name and call any method, as no real bus does.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy>
</busconfig>`

// startBus starts a message bus that stands in for the system's and the session's, and connects to it.
func startBus(t *testing.T) *dbus.Conn {
	t.Helper()
	daemon := firstFile("/usr/bin/dbus-daemon", "/bin/dbus-daemon")
	if daemon == "" {
		cannot(t, "no dbus-daemon")
	}
	dir := socketDir(t)
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

// socketDir is a folder of the test's own whose path leaves room for the name of a socket (unix(7): 108 bytes with it).
func socketDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if len(dir) < 80 {
		return dir
	}
	short, err := os.MkdirTemp("/tmp", "isitme-")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(short) })
	dir = filepath.Join(short, "bus")
	must(t, os.Mkdir(dir, 0o755))
	return dir
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
