//go:build linux

package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// toolPath is where tools and servers are found inside the lab.
const toolPath = "/usr/sbin:/usr/bin:/sbin:/bin"

// mounts are what a process in a namespace sees of its own: /etc with that computer's settings over the machine's, an
// empty /run without the machine's services, and the namespace's interfaces under /sys.
func (r *running) mounts(n *namespace) ([]mount, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m, ok := r.seen[n]; ok {
		return m, nil
	}
	dir := "etc-" + n.name
	resolvers, hosts := []string{providerDNS}, []string(nil)
	if n == r.visitor {
		resolvers, hosts = r.resolvers, r.hostsLines
	}
	resolvConf := ""
	for _, address := range resolvers {
		resolvConf += "nameserver " + address + "\n"
	}
	files := map[string]string{
		"resolv.conf":                   resolvConf,
		"hosts":                         "127.0.0.1 localhost\n::1 localhost\n" + strings.Join(hosts, "\n") + "\n",
		"nsswitch.conf":                 "passwd: files\ngroup: files\nhosts: files dns\n",
		"ssl/certs/ca-certificates.crt": string(r.authority.rootPEM()) + string(r.trust),
	}
	for name, content := range files {
		if _, err := r.write(filepath.Join(dir, name), []byte(content)); err != nil {
			return nil, err
		}
	}
	r.seen[n] = []mount{
		{Source: "overlay", Target: "/etc", Type: "overlay", Data: "lowerdir=" + r.path(dir) + ":/etc"},
		{Source: "tmpfs", Target: "/run", Type: "tmpfs", Data: "mode=755"},
		{Source: "sysfs", Target: "/sys", Type: "sysfs", Optional: true},
		{Source: "proc", Target: "/proc", Type: "proc", Optional: true},
	}
	return r.seen[n], nil
}

// boot gives the visitor's computer processes of its own: the program under test must see that computer's resolver and
// VPN, and not those of the other worlds.
func (r *running) boot() error {
	first := exec.Command("sleep", "infinity")
	first.SysProcAttr = &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWPID}
	if err := first.Start(); err != nil {
		return fmt.Errorf("boot the visitor's computer: %w", err)
	}
	r.atClose(func() {
		_ = first.Process.Kill() // and with it every other process in there
		_ = first.Wait()
	})
	var err error
	r.visitor.pids, err = os.Open(fmt.Sprintf("/proc/%d/ns/pid", first.Process.Pid))
	return err
}

// asPerson is put before what the visitor starts: an ordinary user, who may not change the computer's network.
var asPerson = []string{"unshare", "--map-user=1000", "--map-group=1000", "--"}

// environ is the whole environment of the visitor's programs.
func (r *running) environ() []string {
	return append([]string{
		"PATH=" + filepath.Dir(here.Program) + ":" + toolPath, "HOME=" + r.path("home"), "LANG=C.UTF-8",
	}, r.environment...)
}

// furnish puts the visitor's own files in place.
func (r *running) furnish() error {
	for name, content := range r.files {
		if _, err := r.write(filepath.Join("home", name), []byte(content)); err != nil {
			return err
		}
	}
	return os.MkdirAll(r.path("home"), 0o755)
}

// ran is how a program of the visitor's ended.
type ran struct {
	stdout, stderr string
	status         int
	took           time.Duration
}

// run runs a program on the visitor's computer, at most for patience. Interrupt, when it is not zero, is when Ctrl-C
// is pressed.
func (r *running) run(n *namespace, patience, interrupt time.Duration, argv ...string) (ran, error) {
	mounts, err := r.mounts(n)
	if err != nil {
		return ran{}, err
	}
	if err := r.furnish(); err != nil {
		return ran{}, err
	}
	cmd, err := command(mounts, r.environ(), append(slices.Clone(asPerson), argv...)...)
	if err != nil {
		return ran{}, err
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Dir = &stdout, &stderr, r.path("home")
	began := time.Now()
	if err := n.start(cmd); err != nil {
		return ran{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var pressed <-chan time.Time
	if interrupt > 0 {
		pressed = time.After(interrupt)
	}
	for {
		select {
		case <-pressed:
			_ = cmd.Process.Signal(os.Interrupt)
		case <-ctx.Done():
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			<-ended
			return ran{stdout.String(), stderr.String(), -1, time.Since(began)},
				fmt.Errorf("%s did not end within %s", argv[0], patience)
		case err := <-ended:
			result := ran{stdout.String(), stderr.String(), 0, time.Since(began)}
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				result.status, err = exit.ExitCode(), nil
			}
			return result, err
		}
	}
}

// shell opens a shell on the visitor's computer at the caller's terminal.
func (r *running) shell() error {
	mounts, err := r.mounts(r.visitor)
	if err != nil {
		return err
	}
	cmd, err := command(mounts, append(r.environ(), "TERM="+os.Getenv("TERM"), "PS1=visitor$ "), append(slices.Clone(asPerson), "sh", "-i", "+m")...)
	if err != nil {
		return err
	}
	if err := r.furnish(); err != nil {
		return err
	}
	cmd.Dir = r.path("home")
	cmd.SysProcAttr.Setpgid = false // the terminal's keys are for the shell
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	keys := make(chan os.Signal, 1) // caught, not ignored: what is ignored here would be in the shell's programs too
	signal.Notify(keys, os.Interrupt)
	defer signal.Stop(keys)
	if err := r.visitor.start(cmd); err != nil {
		return err
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) {
		return err
	}
	return nil
}
