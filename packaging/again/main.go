// Command again runs `go test` and gives each test that failed one second chance, alone: after all others, with the
// packages one after another, and with the engine's own patience instead of the hurried one of the tests (the build tag
// "unhurried", checks/loopback). A computer that is busy for a moment fails nobody that way, and nothing is hushed up: what
// passed only then is listed at the end. There is no second chance for what does not build, for a data race and for a
// panic.
//
//	again [-once] [FLAGS OF GO TEST, as -name=value] PACKAGES…
//
// With -once there is no second chance, only the listing: for tests that give one themselves.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	failed, err := run(os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "again:", err)
		os.Exit(2)
	}
	if failed {
		os.Exit(1)
	}
}

// run tests, and tests again what failed. It reports whether something failed for good.
func run(args []string, out io.Writer) (failed bool, err error) {
	once := len(args) > 0 && args[0] == "-once"
	if once {
		args = args[1:]
	}
	n := slices.IndexFunc(args, func(a string) bool { return !strings.HasPrefix(a, "-") })
	if n < 0 {
		return false, errors.New("usage: again [-once] [FLAGS OF GO TEST, as -name=value] PACKAGES…")
	}
	flags, packages := args[:n], args[n:]
	first, err := test(out, append(slices.Clone(flags), packages...))
	if err != nil {
		return false, err
	}
	var passed []string
	for _, p := range first.failures() {
		if once || p.beyondDoubt() {
			failed = true
			continue
		}
		fmt.Fprintf(out, "\n=== A second chance, alone: %s\n", p.name)
		second, err := test(out, append(alone(flags, p), p.name))
		switch {
		case err != nil:
			return false, err
		case len(second.failures()) > 0 || !second.passed(p.name):
			failed = true
		default:
			passed = append(passed, p.headline())
		}
	}
	list(out, "Said by tests that passed:", first.remarks)
	list(out, "Failed once, and passed alone:", passed)
	return failed, nil
}

// alone are the flags of a second chance: later ones win.
func alone(flags []string, p *tested) []string {
	flags = append(slices.Clone(flags), "-p=1", "-parallel=8", "-count=1")
	pattern := p.pattern()
	if pattern == "" {
		return flags // nothing in it failed but the whole: it is run as before
	}
	tags := "unhurried"
	for _, f := range flags {
		if given, ok := strings.CutPrefix(f, "-tags="); ok {
			tags = given + ",unhurried"
		}
	}
	return append(flags, "-tags="+tags, "-run="+pattern)
}

// test runs `go test` and shows what it says, as it goes on.
func test(out io.Writer, args []string) (*outcome, error) {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	result, rerr := read(events, out)
	err = cmd.Wait()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || len(result.failures()) == 0) {
		return nil, errors.Join(rerr, fmt.Errorf("go test: %w", err))
	}
	return result, rerr
}

func list(out io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n=== %s\n", title)
	for _, l := range lines {
		fmt.Fprintln(out, "   ", l)
	}
}
