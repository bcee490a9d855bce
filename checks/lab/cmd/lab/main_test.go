//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"isitme/checks/lab"
)

// asCommand is the environment variable with which the test's own program is the command.
const asCommand = "ISITME_LAB_AS_COMMAND"

func TestMain(m *testing.M) {
	lab.Launch()
	if os.Getenv(asCommand) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

// TestNothingStays shows that every process of a lab ends with it, however it is ended. A network namespace lives no
// longer than its processes.
func TestNothingStays(t *testing.T) {
	if err := lab.Available(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			// A program that never answers keeps the world standing.
			marker := fmt.Sprintf("600.%d", os.Getpid())
			program := filepath.Join(t.TempDir(), "isitme")
			if err := os.WriteFile(program, []byte("#!/bin/sh\nsleep "+marker+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			out, err := os.Create(filepath.Join(t.TempDir(), "out"))
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			cmd := exec.Command(os.Args[0], "-scenario", "nginx-nothing-behind-it", "-program", program)
			cmd.Env = append(os.Environ(), asCommand+"=1", "TMPDIR="+t.TempDir())
			cmd.Stdout, cmd.Stderr = out, out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			family := await(t, out.Name(), "the world to stand", func() ([]int, bool) {
				family, asleep := descendants(cmd.Process.Pid, marker)
				return family, asleep
			})
			if len(family) < 5 {
				t.Errorf("only %d processes in a world with a router, a resolver and nginx", len(family))
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // it was killed
			await(t, out.Name(), "the processes to end", func() ([]int, bool) {
				var left []int
				for _, pid := range family {
					if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
						left = append(left, pid)
					}
				}
				return left, len(left) == 0
			})
		})
	}
}

// await waits until done says so, and fails the test after ten minutes, which includes fetching and unpacking the servers.
func await(t *testing.T, log, what string, done func() ([]int, bool)) []int {
	t.Helper()
	deadline := time.Now().Add(10 * time.Minute)
	for {
		pids, ok := done()
		if ok {
			return pids
		}
		if time.Now().After(deadline) {
			text, err := os.ReadFile(log)
			t.Fatalf("waited in vain for %s: %v\n%s%v", what, pids, text, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// descendants lists the processes below pid, and says whether one of them has word in its command line.
func descendants(pid int, word string) (found []int, seen bool) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	children := map[int][]int{}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(text), ") ") // the name before may hold anything (proc(5))
		fields := strings.Fields(rest)
		child, err1 := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		parent, err2 := strconv.Atoi(fields[1])
		if err1 == nil && err2 == nil {
			children[parent] = append(children[parent], child)
		}
	}
	for queue := children[pid]; len(queue) > 0; queue = queue[1:] {
		found = append(found, queue[0])
		queue = append(queue, children[queue[0]]...)
		line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", queue[0]))
		seen = seen || err == nil && strings.Contains(string(line), word)
	}
	return found, seen
}
