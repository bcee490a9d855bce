package terminal_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"isitme/checks/report"
	"isitme/checks/report/store"
)

// Killed at any moment of a run, the program leaves every report that was kept before, and one of each answer that it
// has shown: a report is kept and saved before it is told of. Several of them at a time use one folder.
func TestKilledRuns(t *testing.T) {
	const rounds, at = 5, 6
	dir := t.TempDir()
	home := append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "LocalAppData="+dir, "LANG=en_US.UTF-8")
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "LocalAppData"} {
		t.Setenv(name, dir)
	}
	folder, err := store.DefaultDir()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	first := exec.Command(program, "check", "https://shop.example/")
	first.Env = home
	if out, err := first.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := 2 * at * time.Since(began) // of all at a time on one core
	answered, saved := 0, 0
	for round := 0; round < rounds || answered == 0 && round < 3*rounds; round++ {
		if round >= rounds {
			whole *= 2 // the computer has got busier than it was
		}
		var all sync.WaitGroup
		said := make([]bytes.Buffer, at)
		files := make([]string, at)
		for i := range at {
			files[i] = filepath.Join(dir, "report-"+string(rune('a'+round))+string(rune('a'+i))+".json")
			cmd := exec.Command(program, "check", "https://shop.example/", "--save", files[i])
			cmd.Env, cmd.Stdout, cmd.Stderr = home, &said[i], &said[i]
			all.Go(func() {
				if err := cmd.Start(); err != nil {
					t.Error(err)
					return
				}
				death := time.AfterFunc(rand.N(whole), func() { _ = cmd.Process.Kill() })
				defer death.Stop()
				_ = cmd.Wait() // killed, or done before that
			})
		}
		all.Wait()
		for i := range at {
			if strings.Contains(said[i].String(), "The page loads fine from here.") {
				answered++
			}
			if strings.Contains(said[i].String(), "Saved: ") {
				saved++
				readable(t, files[i])
			}
		}
		s, err := store.Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		if list, bad := s.List(); len(bad) > 0 || len(list) < answered+1 {
			t.Errorf("round %d: %d answers shown, %d reports kept, damaged %v", round, answered, len(list), bad)
		}
	}
	t.Logf("%d of %d runs came to an answer, %d said that a file was saved", answered, rounds*at, saved)
	if answered == 0 {
		t.Error("no run got as far as its answer")
	}
}

func readable(t *testing.T, file string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	if _, err := report.Read(f); err != nil {
		t.Errorf("%s: %v", file, err)
	}
}
