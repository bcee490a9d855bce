//go:build linux

// Measured is the window on a small internet of its own, with a stopwatch inside: a program for the journeys alone, never
// shipped. It answers the lines it is told on standard input, one JSON object per line:
//
//	state         what the program takes and has done so far
//	counts        the same without what takes time
//	watch, delays begin to measure how long the screen's goroutine lets others wait; tell it, and stop
//	press LABEL   press the button of that name
//	mend          from now on the site is healthy
//	hurry         from now on a second of the clock that the window reads is a minute
//	heap FILE     write a heap profile
//	cpu FILE, end write a CPU profile until the end
//
// Usage: measured FOLDER [DEMO]. The program keeps its settings and reports in FOLDER.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"isitme/checks/checklist"
	"isitme/checks/demo"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/ui/look"
	"isitme/ui/terminal"
	"isitme/ui/window"
)

func main() {
	if terminal.Wants(os.Args[1:]) { // the window draws its pictures in a second process
		os.Exit((&terminal.Program{Out: os.Stdout, Err: os.Stderr}).Run(context.Background(), os.Args[1:]))
	}
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "measured:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 1 {
		return fmt.Errorf("usage: measured FOLDER [DEMO]")
	}
	name := demo.Names()[0]
	if len(args) > 1 {
		name = args[1]
	}
	d, err := demo.Start(name, "1.0.0")
	if err != nil {
		return err
	}
	m := &meter{site: d, clock: time.Now}
	go m.serve()
	defer func() { m.site.Close() }()
	return window.Run(context.Background(), window.Deps{
		Environment: d.Environment, Version: "1.0.0", Check: m.check,
		Folder: args[0], Reports: filepath.Join(args[0], "reports"), Now: m.time,
	}, "")
}

// meter counts and measures. It is safe for concurrent use.
type meter struct {
	mu sync.Mutex
	state
	ping  *pinger
	cpu   *os.File
	site  *demo.Demo
	clock func() time.Time
}

// time is what the window's clock shows.
func (m *meter) time() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.clock()
}

// state is what the program takes, and has done, so far. Times are Unix time in milliseconds.
type state struct {
	// Runs have ended, Begun have begun. Stopped is when the last run was told to stop, Ended when it ended.
	Begun, Runs    int
	Stopped, Ended int64

	Heap, Objects, System uint64 // bytes in use after a collection, objects, bytes from the system
	Resident              uint64 // bytes
	Goroutines            int
	Files                 int
	CPU                   int64 // milliseconds of all threads
}

// check is checklist.Run, counted.
func (m *meter) check(ctx context.Context, _ environment.Environment, to evidence.Target, opt checklist.Options, observe func(checklist.Event)) checklist.Result {
	m.mu.Lock()
	m.Begun++
	env := m.site.Environment
	m.mu.Unlock()
	stop := context.AfterFunc(ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.Stopped = time.Now().UnixMilli()
	})
	res := checklist.Run(ctx, env, to, opt, observe)
	stop()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Runs, m.Ended = m.Runs+1, time.Now().UnixMilli()
	return res
}

// serve answers the lines on standard input.
func (m *meter) serve() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		word, file, _ := strings.Cut(lines.Text(), " ")
		answer, err := m.answer(word, file)
		if err != nil {
			answer = map[string]string{"error": err.Error()}
		}
		if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
			return // nobody listens any more
		}
	}
}

func (m *meter) answer(word, file string) (any, error) {
	switch word {
	case "state":
		return m.now()
	case "counts":
		return m.counts()
	case "watch":
		m.ping = startPinger()
		return nil, nil
	case "delays":
		return m.ping.stop(), nil
	case "press":
		return nil, press(file)
	case "mend":
		return nil, m.mend()
	case "hurry":
		begun := time.Now()
		m.mu.Lock()
		defer m.mu.Unlock()
		m.clock = func() time.Time { return begun.Add(60 * time.Since(begun)) }
		return nil, nil
	case "heap":
		return nil, writeHeap(file)
	case "cpu":
		out, err := os.Create(file)
		if err != nil {
			return nil, err
		}
		m.cpu = out
		return nil, pprof.StartCPUProfile(out)
	case "end":
		pprof.StopCPUProfile()
		return nil, m.cpu.Close()
	}
	return nil, fmt.Errorf("no word %q", word)
}

// mend puts a healthy site in the place of the one there is.
func (m *meter) mend() error {
	d, err := demo.Start("healthy", "1.0.0")
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.site.Close()
	m.site = d
	return nil
}

// press presses the button of that name on the page, whether it is in sight or not.
func press(label string) error {
	err := fmt.Errorf("no button %q", label)
	fyne.DoAndWait(func() {
		content := fyne.CurrentApp().Driver().AllWindows()[0].Canvas().Content()
		for _, o := range test.LaidOutObjects(content) {
			if b, ok := o.(*look.Button); ok && b.Label() == label && !b.Disabled() {
				b.Tapped(nil)
				err = nil
				return
			}
		}
	})
	return err
}

// counts are the figures that take no time to read.
func (m *meter) counts() (state, error) {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return state{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.state
	s.Goroutines, s.CPU = runtime.NumGoroutine(), (used.Utime.Nano()+used.Stime.Nano())/1e6
	return s, nil
}

// now collects the garbage and reads all figures.
func (m *meter) now() (state, error) {
	s, err := m.counts()
	if err != nil {
		return state{}, err
	}
	runtime.GC()
	debug.FreeOSMemory() // collects once more: what the first one finalised, the second one frees
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	s.Heap, s.Objects, s.System, s.Resident = mem.HeapAlloc, mem.HeapObjects, mem.Sys, resident()
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		s.Files = len(open)
	}
	return s, nil
}

func writeHeap(file string) error {
	runtime.GC()
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	return pprof.WriteHeapProfile(out)
}

// resident is the process's memory as the kernel counts it, 0 where it does not say (proc_pid_statm(5)).
func resident() uint64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages uint64
	if _, err := fmt.Sscan(string(data), &size, &pages); err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}
