//go:build linux

package lab

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Prepare gets the servers and the program ready and enters the namespaces, as Enter does. Program is the file of a
// program that has been built already; when it is empty, it is built.
func Prepare(program string, keys bool) (entered bool, status int, err error) {
	if os.Getenv(insideVariable) != "" {
		return Enter("", "", keys)
	}
	if err := Available(); err != nil {
		return false, 1, err
	}
	packages, err := Unpack()
	if err != nil {
		return false, 1, err
	}
	if program == "" {
		dir, err := os.MkdirTemp("", "isitme-program-")
		if err != nil {
			return false, 1, err
		}
		defer os.RemoveAll(dir)
		if program, err = buildProgram(dir); err != nil {
			return false, 1, err
		}
	}
	if program, err = filepath.Abs(program); err != nil {
		return false, 1, err
	}
	return Enter(packages, program, keys)
}

// buildProgram builds the program as it is shipped for the terminal into dir and returns its path.
func buildProgram(dir string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	path := filepath.Join(dir, "isitme")
	cmd := exec.Command("go", "build", "-trimpath", "-o", path, ".")
	cmd.Dir = strings.TrimSpace(string(out))
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
}
