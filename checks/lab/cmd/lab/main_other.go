//go:build !linux

// Command lab runs the lab's scenarios, which takes Linux.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "lab: the lab needs network namespaces, which only Linux has")
	os.Exit(1)
}
