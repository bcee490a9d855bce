//go:build linux

package lab

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Packages are the Debian packages whose servers and tools the lab and the tests of checks/system use. They are unpacked
// into a folder of the user's cache and laid over /usr inside the lab only: nothing is installed, no service is started or
// enabled.
var Packages = []string{
	"apache2-bin", "bind9-dnsutils", "caddy", "curl", "dnsmasq-base", "haproxy", "iproute2", "iputils-ping", "nftables", "nginx-light",
	"network-manager", "nsd", "openssl", "openvpn", "squid-openssl", "systemd-resolved", "tinyproxy-bin", "unbound", "varnish",
}

// Unpack fetches and unpacks Packages where that has not been done yet and returns the folder. Those that the machine
// has installed already are taken from there.
func Unpack() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(strings.Join(Packages, " ")))
	dir := filepath.Join(cache, "isitme-lab", hex.EncodeToString(sum[:6]))
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	lock := flock.New(dir + ".lock")
	if err := lock.Lock(); err != nil {
		return "", err
	}
	defer lock.Unlock()
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "unpacking-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := fetch(work); err != nil {
		return "", err
	}
	tree := filepath.Join(work, "tree")
	if err := unpack(work, tree); err != nil {
		return "", err
	}
	if err := os.Chmod(tree, 0o755); err != nil {
		return "", err
	}
	return dir, os.Rename(tree, dir)
}

// fetch downloads what is missing into dir; where the package lists are too old for that and may be renewed, it
// renews them and tries once more.
func fetch(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "partial"), 0o755); err != nil {
		return err
	}
	args := []string{
		"--yes", "--quiet=2", "--download-only", "--no-install-recommends", "-o", "Debug::NoLocking=1",
		"-o", "Dir::Cache::archives=" + dir, "-o", "APT::Sandbox::User=", "install",
	}
	args = append(args, Packages...)
	err := quiet("apt-get", args...)
	if err != nil && os.Geteuid() == 0 {
		if err := quiet("apt-get", "--quiet=2", "update"); err != nil {
			return err
		}
		err = quiet("apt-get", args...)
	}
	return err
}

// unpack lays the packages of dir out in tree. Debian's merged /usr is kept: what a package calls /lib is /usr/lib.
func unpack(dir, tree string) error {
	for _, name := range []string{"bin", "lib", "lib64", "sbin"} {
		if err := os.MkdirAll(filepath.Join(tree, "usr", name), 0o755); err != nil {
			return err
		}
		if err := os.Symlink("usr/"+name, filepath.Join(tree, name)); err != nil {
			return err
		}
	}
	archives, err := filepath.Glob(filepath.Join(dir, "*.deb"))
	if err != nil {
		return err
	}
	for _, archive := range archives {
		from := exec.Command("dpkg-deb", "--fsys-tarfile", archive)
		to := exec.Command("tar", "--extract", "--no-same-owner", "--keep-directory-symlink", "--directory", tree)
		pipe, err := from.StdoutPipe()
		if err != nil {
			return err
		}
		to.Stdin = pipe
		if err := from.Start(); err != nil {
			return err
		}
		out, err := to.CombinedOutput()
		if werr := from.Wait(); err == nil {
			err = werr
		}
		if err != nil {
			return fmt.Errorf("unpack %s: %w: %s", filepath.Base(archive), err, bytes.TrimSpace(out))
		}
	}
	return nil
}

// quiet runs a tool and returns what it printed only when it failed.
func quiet(tool string, args ...string) error {
	cmd := exec.Command(tool, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", tool, args[len(args)-1], err, bytes.TrimSpace(out))
	}
	return nil
}
