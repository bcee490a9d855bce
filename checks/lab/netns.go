//go:build linux

package lab

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

// namespace is one network namespace. It lives as long as its handle is open or a process is in it.
type namespace struct {
	name   string
	handle netns.NsHandle
	link   *netlink.Handle
	// pids, where set, is the process namespace that programs are started in: they see no other computer's programs.
	pids *os.File
}

// newNamespace makes a namespace with its loopback interface up.
func newNamespace(name string) (*namespace, error) {
	runtime.LockOSThread()
	origin, err := netns.Get()
	if err != nil {
		runtime.UnlockOSThread()
		return nil, err
	}
	defer origin.Close()
	handle, err := netns.New() // moves this thread into it
	if err != nil {
		runtime.UnlockOSThread()
		return nil, fmt.Errorf("namespace %s: %w", name, err)
	}
	if err := netns.Set(origin); err != nil {
		return nil, err // the thread stays locked, so that it ends with this goroutine
	}
	runtime.UnlockOSThread()
	link, err := netlink.NewHandleAt(handle)
	if err != nil {
		handle.Close()
		return nil, err
	}
	n := &namespace{name: name, handle: handle, link: link}
	return n, n.up("lo")
}

// close gives the namespace back to the kernel.
func (n *namespace) close() {
	if n.pids != nil {
		n.pids.Close()
	}
	n.link.Close()
	n.handle.Close()
}

// do runs fn on a thread that is in the namespace. Sockets and processes made by fn belong to it for good; goroutines
// started by fn do not.
func (n *namespace) do(fn func() error) error {
	runtime.LockOSThread()
	origin, err := netns.Get()
	if err != nil {
		runtime.UnlockOSThread()
		return err
	}
	defer origin.Close()
	if err := netns.Set(n.handle); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	err = fn()
	if back := netns.Set(origin); back != nil {
		return back // the thread stays locked, so that it ends with this goroutine
	}
	runtime.UnlockOSThread()
	return err
}

func (n *namespace) listen(network, address string) (l net.Listener, err error) {
	err = n.do(func() (err error) {
		l, err = net.Listen(network, address)
		return err
	})
	return l, err
}

func (n *namespace) listenPacket(network, address string) (c net.PacketConn, err error) {
	err = n.do(func() (err error) {
		c, err = net.ListenPacket(network, address)
		return err
	})
	return c, err
}

// dial connects to an "IP:port"; names would be looked up outside the namespace.
func (n *namespace) dial(network, address string, patience time.Duration) (c net.Conn, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return n.dialContext(ctx, network, address)
}

// dialContext is dial for as long as ctx lasts.
func (n *namespace) dialContext(ctx context.Context, network, address string) (c net.Conn, err error) {
	err = n.do(func() (err error) {
		c, err = (&net.Dialer{}).DialContext(ctx, network, address)
		return err
	})
	return c, err
}

// start starts a program in the namespace.
func (n *namespace) start(cmd *exec.Cmd) error {
	if n.pids == nil {
		return n.do(cmd.Start)
	}
	return n.do(func() error {
		own, err := os.Open("/proc/self/ns/pid")
		if err != nil {
			return err
		}
		defer own.Close()
		// This concerns the children of this thread only (setns(2), CLONE_NEWPID).
		if err := unix.Setns(int(n.pids.Fd()), unix.CLONE_NEWPID); err != nil {
			return fmt.Errorf("enter the processes of %s: %w", n.name, err)
		}
		return errors.Join(cmd.Start(), unix.Setns(int(own.Fd()), unix.CLONE_NEWPID))
	})
}

// sysctl sets a network setting such as "net/ipv4/ip_forward".
func (n *namespace) sysctl(name, value string) error {
	return n.do(func() error {
		return os.WriteFile(filepath.Join("/proc/sys", name), []byte(value), 0o644)
	})
}

// nft loads a ruleset.
func (n *namespace) nft(rules string) error {
	if rules == "" {
		return nil
	}
	out, err := n.output("nft", rules, "-f", "-")
	if err != nil {
		return fmt.Errorf("nft in %s: %w: %s\n%s", n.name, err, out, rules)
	}
	return nil
}

// output runs a tool in the namespace with the given standard input.
func (n *namespace) output(tool, stdin string, args ...string) ([]byte, error) {
	cmd := exec.Command(tool, args...)
	in, err := os.CreateTemp("", "lab-stdin")
	if err != nil {
		return nil, err
	}
	defer in.Close()
	defer os.Remove(in.Name())
	if _, err := in.WriteString(stdin); err != nil {
		return nil, err
	}
	if _, err := in.Seek(0, 0); err != nil {
		return nil, err
	}
	out, err := os.CreateTemp("", "lab-stdout")
	if err != nil {
		return nil, err
	}
	defer out.Close()
	defer os.Remove(out.Name())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, out
	if err := n.start(cmd); err != nil {
		return nil, err
	}
	werr := cmd.Wait()
	text, err := os.ReadFile(out.Name())
	if err != nil {
		return nil, err
	}
	return text, werr
}
