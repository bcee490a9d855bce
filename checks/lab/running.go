//go:build linux

package lab

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// running is a world that has been built.
type running struct {
	*world
	dir       string
	authority *authority

	visitor, home, provider, internet *namespace

	handled atomic.Int64 // requests that the small servers of this process have seen for sites
	mu      sync.Mutex
	closers []func()
	daemons []*daemon
	seen    map[*namespace][]mount // what processes see of their own, once it has been laid out
	logs    []string               // access logs of real servers, one line a request
	begin   []func()               // what happens once the program has started
	abroad  []abroad               // the computers elsewhere, where there are some
	audits  []func(Result) []string
}

// now is the true time of the world, which is not what the visitor's clock says when that is wrong.
func (r *running) now() time.Time { return time.Now().Add(r.shift) }

// path is a file of this world.
func (r *running) path(name string) string { return filepath.Join(r.dir, name) }

// write puts a file of this world in place and returns its path.
func (r *running) write(name string, content []byte) (string, error) {
	path := r.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	return path, os.WriteFile(path, content, 0o644)
}

func (r *running) atClose(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closers = append(r.closers, f)
}

// close ends everything the world started and removes what it left on disk.
func (r *running) close() {
	r.mu.Lock()
	closers, daemons := r.closers, r.daemons
	r.mu.Unlock()
	for i := len(closers) - 1; i >= 0; i-- {
		closers[i]()
	}
	for _, d := range daemons {
		_ = syscall.Kill(-d.cmd.Process.Pid, syscall.SIGKILL)
	}
	for _, d := range daemons {
		<-d.ended
	}
	for _, n := range []*namespace{r.visitor, r.home, r.provider, r.internet} {
		if n != nil {
			n.close()
		}
	}
	_ = os.RemoveAll(r.dir)
}

// daemon is a real server that was started.
type daemon struct {
	name  string
	cmd   *exec.Cmd
	log   string
	ended chan struct{}
}

// running reports whether the daemon's first process has not ended.
func (d *daemon) running() bool {
	select {
	case <-d.ended:
		return false
	default:
		return true
	}
}

// daemon starts a server that stays in the foreground, in a namespace, with that namespace's own /etc.
func (r *running) daemon(n *namespace, name string, argv ...string) (*daemon, error) {
	return r.spawn(n, name, []string{"PATH=" + toolPath, "HOME=" + r.dir, "LC_ALL=C"}, argv...)
}

// spawn starts a program with an environment of its own that runs on beside the others until the world ends.
func (r *running) spawn(n *namespace, name string, env []string, argv ...string) (*daemon, error) {
	mounts, err := r.mounts(n)
	if err != nil {
		return nil, err
	}
	cmd, err := command(mounts, env, argv...)
	if err != nil {
		return nil, err
	}
	d := &daemon{name: name, cmd: cmd, log: r.path(name + ".log"), ended: make(chan struct{})}
	log, err := os.OpenFile(d.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr, cmd.Dir = log, log, r.dir
	if err := n.start(cmd); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		_ = cmd.Wait()
		close(d.ended)
	}()
	r.mu.Lock()
	r.daemons = append(r.daemons, d)
	r.mu.Unlock()
	return d, nil
}

// await waits until check is content, at most two minutes, which is long for a server on a busy machine.
func (r *running) await(d *daemon, check func() error) error {
	deadline := time.Now().Add(2 * time.Minute)
	for {
		err := check()
		if err == nil {
			return nil
		}
		if !d.running() || time.Now().After(deadline) {
			text, rerr := os.ReadFile(d.log)
			if rerr != nil {
				text = []byte(rerr.Error())
			}
			return fmt.Errorf("%s is not ready: %w\n%s", d.name, err, text)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// awaitTCP waits until the daemon accepts connections at address in the namespace.
func (r *running) awaitTCP(d *daemon, n *namespace, address string) error {
	return r.await(d, func() error {
		c, err := n.dial("tcp", address, time.Second)
		if err == nil {
			c.Close()
		}
		return err
	})
}

// awaitLog waits until the daemon has written text into its log.
func (r *running) awaitLog(d *daemon, text string) error {
	return r.await(d, func() error {
		log, err := os.ReadFile(d.log)
		if err == nil && !strings.Contains(string(log), text) {
			err = errors.New("still starting")
		}
		return err
	})
}

// requests counts the requests the sites have seen so far.
func (r *running) requests() int {
	count := int(r.handled.Load())
	r.mu.Lock()
	logs := append([]string(nil), r.logs...)
	r.mu.Unlock()
	for _, path := range logs {
		if text, err := os.ReadFile(path); err == nil {
			count += strings.Count(string(text), "\n")
		}
	}
	return count
}

// accessLog names a file whose lines are requests to a site.
func (r *running) accessLog(name string) string {
	path := r.path(name)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.logs = append(r.logs, path)
	return path
}

// logbook is what all servers of the world have said, each under its name.
func (r *running) logbook() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for _, d := range r.daemons {
		text, err := os.ReadFile(d.log)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "==> %s\n%s\n", d.name, text)
	}
	return b.String(), nil
}

// withPort joins an address with a port.
func withPort(address string, port string) string { return net.JoinHostPort(address, port) }

func private(address string) bool {
	ip := net.ParseIP(address)
	return ip != nil && (ip.IsPrivate() || ip.IsLoopback() || ip.IsUnspecified())
}
