//go:build !windows

package system

// hostsPath is where hosts(5) says.
func hostsPath() string { return "/etc/hosts" }
