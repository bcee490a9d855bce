package crash

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test binary play the program that crashes, since a crash cannot be had inside the test itself.
func TestMain(m *testing.M) {
	switch dir := os.Getenv("CRASH_TEST_DIR"); os.Getenv("CRASH_TEST_MODE") {
	case "crash":
		if _, err := Arm(dir); err != nil {
			os.Exit(3)
		}
		done := make(chan struct{})
		go func() { panic("the ground gave way") }()
		<-done
	case "clean":
		f, err := Arm(dir)
		if err != nil || f.Disarm() != nil {
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func play(t *testing.T, mode, dir string) error {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "CRASH_TEST_MODE="+mode, "CRASH_TEST_DIR="+dir)
	return cmd.Run()
}

func TestACrashIsOfferedOnceAtTheNextStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := play(t, "crash", dir); err == nil {
		t.Fatal("the crashing program ended well")
	}
	f, err := Arm(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Earlier(); !strings.Contains(got, "the ground gave way") || !strings.Contains(got, "goroutine") {
		t.Errorf("the crash report reads %q", got)
	}
	if err := f.Dismiss(); err != nil {
		t.Fatal(err)
	}
	if err := f.Dismiss(); err != nil {
		t.Errorf("dismissing twice: %v", err)
	}
	if got := f.Earlier(); got != "" {
		t.Errorf("after Dismiss it is still offered: %q", got)
	}
	if err := f.Disarm(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func TestACleanEndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := play(t, "clean", dir); err != nil {
		t.Fatal(err)
	}
	f, err := Arm(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Disarm()
	if got := f.Earlier(); got != "" {
		t.Errorf("a crash is offered that never was: %q", got)
	}
}
