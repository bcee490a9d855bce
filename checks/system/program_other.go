//go:build !windows

package system

import "os/exec"

// withoutConsole does nothing: only Windows opens consoles for programs.
func withoutConsole(*exec.Cmd) {}
