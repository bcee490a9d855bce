//go:build linux

package lab

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// mount is one mount that a process sees and nobody else does. With an empty Type, Source is bound over Target.
type mount struct {
	Source, Target, Type, Data string
	Optional                   bool
}

// launch is a program to be started behind mounts of its own.
type launch struct {
	Mounts []mount
	Argv   []string
}

// command makes the command that starts argv behind mounts, by way of this program. Env is its whole environment.
func command(mounts []mount, env []string, argv ...string) (*exec.Cmd, error) {
	text, err := json.Marshal(launch{Mounts: mounts, Argv: argv})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(append([]string(nil), env...), launchVariable+"="+string(text))
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: unix.CLONE_NEWNS, Setpgid: true}
	return cmd, nil
}

// Launch must be the first call of every program that uses the lab: it is where processes made by command go on. It
// returns at once in all others.
func Launch() {
	text := os.Getenv(launchVariable)
	if text == "" {
		return
	}
	fmt.Fprintln(os.Stderr, "lab:", runLaunch(text))
	os.Exit(125)
}

func runLaunch(text string) error {
	var l launch
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return err
	}
	os.Unsetenv(launchVariable)
	for _, m := range l.Mounts {
		flags := uintptr(0)
		if m.Type == "" {
			flags = unix.MS_BIND
		}
		if err := unix.Mount(m.Source, m.Target, m.Type, flags, m.Data); err != nil && !m.Optional {
			return fmt.Errorf("mount %s: %w", m.Target, err)
		}
	}
	path := l.Argv[0]
	if !filepath.IsAbs(path) {
		found, err := exec.LookPath(path)
		if err != nil {
			return err
		}
		path = found
	}
	return unix.Exec(path, l.Argv, os.Environ())
}
