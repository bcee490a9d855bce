package journey

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// desktop stands in for the part of a desktop that shows notifications
// (specifications.freedesktop.org/notification-spec, 1.2: org.freedesktop.Notifications).
type desktop struct{ shown chan string }

// Notify implements the one call that is made.
func (d *desktop) Notify(app string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.shown <- title + " | " + text
	return 1, nil
}

// newDesktop starts a session bus with a desktop on it and returns the bus's address.
func newDesktop(t *testing.T) (*desktop, string) {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the bus needs dbus-daemon")
	}
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	d := &desktop{shown: make(chan string, 10)}
	if err := bus.Export(d, "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatal(err)
	}
	if reply, err := bus.RequestName("org.freedesktop.Notifications", dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("no desktop on the bus: %v, %v", reply, err)
	}
	return d, address
}

// TestTellMeWhenItIsBack watches a broken site until it works, on a clock that runs sixty times as fast, and waits for
// the desktop to be told.
func TestTellMeWhenItIsBack(t *testing.T) {
	needAll(t)
	d, bus := newDesktop(t)
	m := newMetered(t, "bad-gateway", "DBUS_SESSION_BUS_ADDRESS="+bus)
	m.write("shop.example")
	m.keys("Return")
	m.untilRuns(1)
	m.ask(nil, "hurry")
	m.ask(nil, "press", "Tell me when it's back")
	m.shot("watching")
	m.untilRuns(2)
	select {
	case said := <-d.shown:
		t.Errorf("the desktop shows %q of a site that is still down", said)
	default:
	}
	m.ask(nil, "mend")
	m.untilRuns(3)
	select {
	case said := <-d.shown:
		if said != "Is It Me? | shop.example is back." {
			t.Errorf("the desktop shows %q", said)
		}
	case <-time.After(patience):
		t.Error("the desktop was not told")
	}
	m.shot("back")
}
