//go:build linux

package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Environment variables that one stage of the lab leaves for the next.
const (
	insideVariable = "ISITME_LAB_INSIDE" // JSON of inside
	launchVariable = "ISITME_LAB_LAUNCH" // JSON of launch
)

// inside is what the outer process tells the one inside the namespaces.
type inside struct {
	Packages string // folder with the unpacked packages
	Program  string // the program under test
	Window   string // the program with its window, where there is one
	NoWindow string // why there is none
}

// ErrUnavailable says that this machine cannot run the lab at all: neither root nor user namespaces.
var ErrUnavailable = errors.New("the lab needs root or unprivileged user namespaces")

// enter runs the calling program again, with the same arguments, inside namespaces of its own: processes, mounts,
// network, and a user namespace where the caller is not root. The process in there is the first of its process
// namespace, so whatever it started ends with it, however it ends. In the outer process enter returns the exit status
// of the inner one; in the inner process it returns entered == true after the servers have been put in place.
// With keys, Ctrl-C is left to the inner process; without, it ends it.
func enter(in inside, keys bool) (entered bool, status int, err error) {
	if text := os.Getenv(insideVariable); text != "" {
		if err := json.Unmarshal([]byte(text), &in); err != nil {
			return false, 1, err
		}
		os.Unsetenv(insideVariable)
		return true, 0, settle(in)
	}
	text, err := json.Marshal(in)
	if err != nil {
		return false, 1, err
	}
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), insideVariable+"="+string(text))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = isolation()
	// The inner process dies with the thread that made it, hence this goroutine keeps its thread until then.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return false, 1, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	done := make(chan struct{})
	defer close(done)
	go endWith(cmd.Process, keys, done)
	err = cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if code := exit.ExitCode(); code > 0 {
			return false, code, nil
		}
		return false, 1, nil
	}
	return false, 0, err
}

// Available reports why the lab cannot run here, by making its namespaces around a program that does nothing.
func Available() error {
	cmd := exec.Command("/bin/true")
	cmd.SysProcAttr = isolation()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return nil
}

// TunnelAllowed reports why the machine does not let the lab make tunnel interfaces.
func TunnelAllowed() error {
	f, err := os.OpenFile("/dev/net/tun", os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("a VPN needs a tunnel interface: %w", err)
	}
	return f.Close()
}

// isolation is how the inner process is started.
func isolation() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{
		Cloneflags: unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if uid := os.Geteuid(); uid != 0 {
		attr.Cloneflags |= unix.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	return attr
}

// endWith ends the inner process when this one is told to end or loses its own parent.
func endWith(process *os.Process, keys bool, done <-chan struct{}) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	parent := os.Getppid()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case s := <-signals:
			if s != os.Interrupt || !keys {
				_ = process.Kill()
			}
		case <-tick.C:
			if os.Getppid() != parent {
				_ = process.Kill()
			}
		}
	}
}

// scratch is a folder that every Linux has and nobody in the lab needs.
const scratch = "/mnt"

// here is what the inner process was told, set by settle.
var here inside

// settle makes the inner process's mounts: nothing of them is seen outside.
func settle(in inside) error {
	here = in
	unix.Umask(0o022) // servers and the visitor read what is put here
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make the mounts private: %w", err)
	}
	// A container may forbid a new /proc; the old one shows the same under other process numbers.
	_ = unix.Mount("proc", "/proc", "proc", 0, "")
	options := "lowerdir=" + filepath.Join(in.Packages, "usr") + ":/usr"
	if err := unix.Mount("overlay", "/usr", "overlay", unix.MS_RDONLY, options); err != nil {
		return fmt.Errorf("lay the servers over /usr: %w", err)
	}
	// What worlds write is memory: nothing of it stays behind on disk, however the lab ends.
	if err := unix.Mount("tmpfs", scratch, "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("make room for the worlds: %w", err)
	}
	return errors.Join(os.Setenv("TMPDIR", scratch), loopbackUp())
}
