package store

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
)

// writer is the environment variable that makes the test binary save reports into a folder until it is killed.
const writer = "ISITME_STORE_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writer); dir != "" {
		s, err := Open(dir)
		for i := 0; err == nil && i < MaxReports; i++ { // not more: pruning would take announced ones
			if err = s.Save(numbered(i)); err == nil {
				fmt.Println("saved", numbered(i).ID)
				more := numbered(i) // what is learned after a run is saved over its report
				more.Evidence.Phone = &evidence.Phone{Opened: true}
				err = s.Save(more)
			}
		}
		if err != nil {
			fmt.Println("failed", err)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Killed at any moment, the program loses no report that it said was saved, and leaves none that is half there.
func TestKilledWhileWriting(t *testing.T) {
	const rounds = 40
	saved := 0
	for round := range rounds {
		dir := filepath.Join(t.TempDir(), "reports")
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), writer+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Its time begins with the first report, or before that, however long a busy computer takes to start it.
		delay := time.Duration(rand.IntN(120)) * time.Millisecond
		kill := func() { time.AfterFunc(delay, func() { _ = cmd.Process.Kill() }) }
		if round%4 == 0 {
			kill()
		}
		var announced []string
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if len(announced) == 0 && round%4 != 0 {
				kill()
			}
			if id, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
				announced = append(announced, id)
			} else if strings.HasPrefix(lines.Text(), "failed") {
				t.Fatal(lines.Text())
			}
		}
		_ = cmd.Wait() // killed, or done before that
		saved += len(announced)
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range announced {
			if _, err := s.Load(id); err != nil {
				t.Errorf("round %d: %s was announced as saved: %v", round, id, err)
			}
		}
		list, bad := s.List()
		if len(bad) > 0 || len(list) < len(announced) || len(list) > len(announced)+1 {
			t.Errorf("round %d: %d announced, %d listed, damaged %v", round, len(announced), len(list), bad)
		}
	}
	if saved == 0 {
		t.Error("no writer got as far as saving anything")
	}
	t.Logf("%d reports announced in %d rounds", saved, rounds)
}
