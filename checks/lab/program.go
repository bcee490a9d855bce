//go:build linux

package lab

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Setup says what the lab is to try.
type Setup struct {
	// Program is a file of the program that has been built already; when it is empty, it is built.
	Program string
	// Window builds the program with its window too, where this machine can.
	Window bool
	// Keys leaves Ctrl-C to the programs inside instead of ending the lab.
	Keys bool
}

// Prepare gets the servers and the program ready and runs the calling program again, with the same arguments, inside
// the lab's namespaces. In the outer process it returns the exit status of the inner one; in the inner process it
// returns entered == true once everything is in place. ErrUnavailable says that this machine cannot run the lab.
func Prepare(s Setup) (entered bool, status int, err error) {
	if os.Getenv(insideVariable) != "" {
		return enter(inside{}, s.Keys)
	}
	if err := Available(); err != nil {
		return false, 1, err
	}
	in := inside{Program: s.Program}
	if in.Packages, err = Unpack(); err != nil {
		return false, 1, err
	}
	dir, err := os.MkdirTemp("", "isitme-program-")
	if err != nil {
		return false, 1, err
	}
	defer os.RemoveAll(dir)
	if in.Program == "" {
		if in.Program, err = compile(filepath.Join(dir, "isitme"), "CGO_ENABLED=0"); err != nil {
			return false, 1, err
		}
	}
	if in.Program, err = filepath.Abs(in.Program); err != nil {
		return false, 1, err
	}
	if s.Window {
		if in.Window, err = buildWindow(filepath.Join(dir, "isitme-window")); err != nil {
			in.NoWindow = err.Error()
		}
	}
	return enter(in, s.Keys)
}

// buildWindow builds the program with its window, where there is what a test of it takes.
func buildWindow(path string) (string, error) {
	var missing error
	for _, tool := range []string{"gcc", "Xvfb", "xdotool", "import"} {
		_, err := exec.LookPath(tool)
		missing = errors.Join(missing, err)
	}
	if missing != nil {
		return "", missing
	}
	return compile(path, "CGO_ENABLED=1", "-tags", "gles,no_emoji")
}

// compile builds the program as it is shipped and returns its path.
func compile(path, cgo string, flags ...string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-o", path}, flags...)
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = strings.TrimSpace(string(out))
	cmd.Env = append(os.Environ(), cgo)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
}
