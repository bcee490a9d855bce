package journey

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// metered is the window with a stopwatch inside (the program in the folder measured), on a small internet of its own.
type metered struct {
	*screen
	eye   *eye
	home  string
	tell  io.Writer
	heard *bufio.Scanner
}

// state is the measured program's own, as far as it is used here.
type state struct {
	Begun, Runs, Goroutines, Files int
	Heap, Objects, Resident        uint64
	CPU, Stopped, Ended            int64
}

// newMetered starts the program on one of the demos; environ is what it finds in its environment besides.
func newMetered(t *testing.T, demo string, environ ...string) *metered {
	t.Helper()
	needAll(t)
	m := &metered{screen: newScreen(t), home: t.TempDir()}
	if err := os.WriteFile(filepath.Join(m.home, "settings.json"), []byte(`{"language":"en","theme":"light"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Getenv(insideMeasured), m.home, demo)
	cmd.Env = append(os.Environ(), "DISPLAY="+m.display, "HOME="+m.home, "LANG=en_US.UTF-8", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere")
	cmd.Env = append(cmd.Env, environ...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended already
		_ = cmd.Wait()
	})
	m.tell, m.heard = in, bufio.NewScanner(out)
	m.find("Is It Me")
	m.resize(760, 720)
	if m.eye, err = openEye(m.display); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.eye.conn.Close() })
	return m
}

// ask gives the program a word and takes its answer into to, which may be nil.
func (m *metered) ask(to any, word string, arguments ...string) {
	m.t.Helper()
	for _, a := range arguments {
		word += " " + a
	}
	if _, err := io.WriteString(m.tell, word+"\n"); err != nil {
		m.t.Fatal(err)
	}
	if !m.heard.Scan() {
		m.t.Fatalf("no answer to %q: %v", word, m.heard.Err())
	}
	var problem struct{ Error string }
	if err := json.Unmarshal(m.heard.Bytes(), &problem); err == nil && problem.Error != "" {
		m.t.Fatalf("%s: %s", word, problem.Error)
	}
	if to != nil {
		if err := json.Unmarshal(m.heard.Bytes(), to); err != nil {
			m.t.Fatal(err)
		}
	}
}

// untilRuns waits until that many runs have ended.
func (m *metered) untilRuns(n int) {
	m.t.Helper()
	m.wait(patience, fmt.Sprintf("%d runs", n), func() bool { return m.quick().Runs >= n })
	m.handled()
	m.still() // the answer is drawn
}

// quick is the state without a collection of garbage, which would disturb what is being measured.
func (m *metered) quick() (s state) {
	m.t.Helper()
	m.ask(&s, "counts")
	return s
}
