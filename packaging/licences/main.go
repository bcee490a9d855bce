// Command licences collects the licence texts of every module that the program is built from, on all systems, into one
// text for the About page and the packages. `go run ./packaging/licences > assets/licences.txt` renews it.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// systems are those the program is built for; each links a few modules of its own.
var systems = []string{"linux", "windows", "darwin"}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run() error {
	folders := map[string]string{}
	for _, system := range systems {
		cmd := exec.Command("go", "list", "-deps", "-tags", "gles,no_emoji", "-f", "{{with .Module}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", system, err)
		}
		for _, line := range strings.Split(string(out), "\n") {
			if module, dir, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(module, "isitme ") {
				folders[module] = dir
			}
		}
	}
	var modules []string
	for m := range folders {
		modules = append(modules, m)
	}
	sort.Strings(modules)
	fmt.Println("Is It Me? is free software under the BSD 3-Clause licence. It is built from these parts.")
	fmt.Println("\nThe Go programming language and its standard library: BSD 3-Clause, Copyright 2009 The Go Authors.")
	for _, m := range modules {
		text, err := licence(folders[m])
		if err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
		fmt.Printf("\n%s\n%s\n\n%s\n", strings.Repeat("-", 72), m, text)
	}
	return nil
}

// licence is the text of the licence file in a module's folder.
func licence(dir string) (string, error) {
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*", "License*"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return "", err
		}
		for _, f := range found {
			if info, err := os.Stat(f); err != nil || info.IsDir() {
				continue
			}
			text, err := os.ReadFile(f)
			return string(bytes.TrimSpace(text)), err
		}
	}
	return "", fmt.Errorf("no licence in %s", filepath.Base(dir))
}
