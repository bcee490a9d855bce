package journey

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// inside marks the second life of this test: in a network namespace of its own, with the program built.
const inside = "ISITME_JOURNEY_PROGRAM"

// insideMeasured names the program with the stopwatch.
const insideMeasured = "ISITME_JOURNEY_MEASURED"

// obstacle says why the journeys cannot be made here, empty when they can.
var obstacle string

// TestMain builds the program and starts the tests again where there is no way out to any network, so that nothing of
// what they do can leave this computer.
func TestMain(m *testing.M) {
	if os.Getenv(inside) != "" {
		os.Exit(m.Run())
	}
	obstacle = missing()
	if obstacle != "" || !strings.Contains(strings.Join(os.Args, " "), "-test.") {
		os.Exit(m.Run())
	}
	code, err := again()
	if err != nil {
		obstacle = err.Error()
		os.Exit(m.Run())
	}
	os.Exit(code)
}

// missing names what this computer lacks for the journeys.
func missing() string {
	if runtime.GOOS != "linux" {
		return "the journeys need an X server in memory, which only Linux has"
	}
	for _, tool := range []string{"Xvfb", "xdotool", "xclip", "unshare", "ip"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "the journeys need " + tool
		}
	}
	// Not unshare's own exit status: it may well be missing the right to make a namespace.
	if out, err := exec.Command("unshare", namespace("true")...).CombinedOutput(); err != nil {
		return fmt.Sprintf("no network namespace can be made: %v: %s", err, out)
	}
	return ""
}

// namespace are unshare's arguments to run a command in a network of its own, whose only device is the loopback.
func namespace(command ...string) []string {
	arguments := []string{"--net"}
	if os.Geteuid() != 0 {
		arguments = append(arguments, "--map-root-user")
	}
	return append(append(arguments, "--"), command...)
}

// again builds the program and runs this test binary once more inside the namespace.
func again() (int, error) {
	dir, err := os.MkdirTemp("", "isitme-journey-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program, measured := filepath.Join(dir, "isitme"), filepath.Join(dir, "measured")
	for out, of := range map[string]string{program: "isitme", measured: "isitme/ui/window/journey/measured"} {
		build := exec.Command("go", "build", "-trimpath", "-tags", "gles,no_emoji", "-o", out, of)
		build.Env = append(os.Environ(), "CGO_ENABLED=1")
		if said, err := build.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("the program with a window cannot be built here: %w: %s", err, said)
		}
	}
	script := `ip link set lo up && exec "$@"`
	cmd := exec.Command("unshare", namespace(append([]string{"sh", "-c", script, "sh"}, os.Args...)...)...)
	cmd.Env = append(os.Environ(), inside+"="+program, insideMeasured+"="+measured)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), nil
}

// needAll skips the test where the journeys cannot be made. On the build machine that is a failure: they must not
// disappear quietly.
func needAll(t *testing.T) {
	t.Helper()
	if os.Getenv(inside) != "" {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(obstacle)
	}
	t.Skip(obstacle)
}
