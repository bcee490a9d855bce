package system

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// inside marks the process that a test runs in once more, with namespaces of its own.
const inside = "ISITME_TEST_INSIDE"

// cannot skips a test that cannot run here; in CI, where everything must be there, it fails.
func cannot(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("must run in CI: "+format, args...)
	}
	t.Skipf("cannot run here: "+format, args...)
}

// inNamespaces reports whether the test runs in a network and a mount namespace of its own, where nothing leads out.
// Where it does not, the test is run once more in a process that does, and its outcome is this one's.
func inNamespaces(t *testing.T) bool {
	t.Helper()
	if os.Getenv(inside) != "" {
		unix.Umask(0o022) // the system's own programs read what is put here
		if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
			t.Fatal(err)
		}
		lo, err := netlink.LinkByName("lo")
		if err != nil {
			t.Fatal(err)
		}
		if err := netlink.LinkSetUp(lo); err != nil {
			t.Fatal(err)
		}
		return true
	}
	cmd := exec.Command("/proc/self/exe", "-test.run", "^"+regexp.QuoteMeta(t.Name())+"$", "-test.v")
	cmd.Env = append(os.Environ(), inside+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &exit):
		cannot(t, "no namespaces: %v", err)
	case err != nil:
		t.Errorf("inside: %v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("inside:\n%s", out)
	case !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Errorf("nothing ran inside:\n%s", out)
	}
	return false
}

// replaceFile puts text in the place of a file of the system, in this mount namespace.
func replaceFile(t *testing.T, path, text string) {
	t.Helper()
	mine := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(mine, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(mine, target, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(target, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// ipLink adds a link, gives it addresses and switches it on.
func ipLink(t *testing.T, link netlink.Link, addresses ...string) netlink.Link {
	t.Helper()
	must(t, netlink.LinkAdd(link))
	added, err := netlink.LinkByName(link.Attrs().Name)
	must(t, err)
	for _, text := range addresses {
		address, err := netlink.ParseAddr(text)
		must(t, err)
		address.Flags |= unix.IFA_F_NODAD
		must(t, netlink.AddrAdd(added, address))
	}
	must(t, netlink.LinkSetUp(added))
	added, err = netlink.LinkByName(link.Attrs().Name)
	must(t, err)
	return added
}

// must ends the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
