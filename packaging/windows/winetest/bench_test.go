package winetest

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"isitme/checks/report"
)

// What packaging/windows/test.sh leaves below the build folder.
const (
	buildFolder = "../../../build"
	artefacts   = buildFolder + "/artefacts/windows"
)

// patience bounds every wait: for one run of a program under Wine, for a window, for a file. A run of the checklist ends
// within 30 s and a start takes a second, but on a computer that has much else to do only what never comes is to fail.
const patience = 5 * time.Minute

// bench is what the tests work with: absolute paths.
type bench struct {
	window, terminal, setup string // the packages for Windows
	native                  string // the terminal program for Linux
	prefix                  string // Wine's
	home                    string // of whoever runs Wine
}

// newBench finds the programs and the prefix, and makes sure that nothing can leave this computer: no interface but
// loopback. Without them the test is skipped, or fails where CI=true.
func newBench(t *testing.T) bench {
	t.Helper()
	root, err := filepath.Abs(buildFolder)
	if err != nil {
		t.Fatal(err)
	}
	b := bench{
		window:   onlyMatch(t, root+"/windows/dist/IsItMe-*-windows-amd64-portable.exe"),
		terminal: onlyMatch(t, root+"/windows/dist/IsItMe-cli-*-windows-amd64.exe"),
		setup:    onlyMatch(t, root+"/windows/dist/IsItMe-*-windows-amd64-setup.exe"),
		native:   onlyMatch(t, root+"/windows/isitme-terminal"),
		prefix:   onlyMatch(t, root+"/wine/prefix"), home: onlyMatch(t, root+"/wine/home"),
	}
	interfaces, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(interfaces, func(i net.Interface) bool { return i.Flags&net.FlagLoopback == 0 }) {
		unavailable(t, "this computer has a network; packaging/windows/test.sh runs these tests without one")
	}
	return b
}

func onlyMatch(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 {
		unavailable(t, pattern+" was not built; packaging/windows/test.sh does")
	}
	return found[0]
}

func unavailable(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// wine is a command in the prefix. Menu entries of the Linux desktop and offers to install more are off.
func (b bench) wine(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "wine", args...)
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + b.home, "WINEPREFIX=" + b.prefix, "WINEDEBUG=-all", "WINEARCH=win64",
		"WINEDLLOVERRIDES=winemenubuilder.exe=d;mscoree=d;mshtml=d", "LC_ALL=C.UTF-8",
	}
	return cmd
}

// run runs a command under Wine to its end and returns its output and exit status.
func (b bench) run(t *testing.T, args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return finish(t, b.wine(ctx, args...))
}

// restart ends all that runs in the prefix.
func (b bench) restart(t *testing.T) {
	t.Helper()
	for _, do := range []string{"-k", "-w"} { // ask, then wait; asking fails where nothing runs
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		cmd := exec.CommandContext(ctx, "wineserver", do)
		cmd.Env = b.wine(ctx).Env
		err := cmd.Run()
		cancel()
		if err != nil && do == "-w" {
			t.Fatalf("wineserver %s: %v", do, err)
		}
	}
}

// finish runs cmd and returns what it wrote to standard output and its exit status.
func finish(t *testing.T, cmd *exec.Cmd) (string, int) {
	t.Helper()
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || cmd.ProcessState.ExitCode() < 0 {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, problems.String())
	}
	if out.Len() == 0 && problems.Len() > 0 {
		t.Logf("%s: %s", strings.Join(cmd.Args, " "), problems.String())
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// check is `isitme check --json` under Wine.
func (b bench) check(t *testing.T, address string) (report.Report, int) {
	t.Helper()
	out, status := b.run(t, b.terminal, "check", "--json", "--network-details", address)
	return decode(t, out), status
}

// checkNative is the same on Linux, about the same server.
func (b bench) checkNative(t *testing.T, address string) (report.Report, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.native, "check", "--json", "--network-details", address)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.home, "LC_ALL=C.UTF-8"}
	out, status := finish(t, cmd)
	return decode(t, out), status
}

func decode(t *testing.T, text string) report.Report {
	t.Helper()
	r, err := report.Read(strings.NewReader(text))
	if err != nil {
		t.Fatalf("the report: %v\n%s", err, text)
	}
	return r
}

// userFolder is the Windows user's profile as a path of this system.
func (b bench) userFolder(t *testing.T) string {
	t.Helper()
	return filepath.Dir(filepath.Dir(onlyMatch(t, b.prefix+"/drive_c/users/*/AppData/Local")))
}

// eventually waits until done.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, patience)
		}
	}
}
