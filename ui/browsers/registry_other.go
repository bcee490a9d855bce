//go:build !windows

package browsers

// registered is the list of Windows alone; elsewhere the programs are found by their place on disk.
func registered() []string { return nil }
