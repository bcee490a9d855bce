package terminal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"isitme/checks/elsewhere/standin"
	"isitme/checks/leaktest"
	"isitme/checks/loopback"
	"isitme/checks/report"
	"isitme/checks/report/store"
	"isitme/checks/verdict"
	"isitme/ui/terminal"
	"isitme/ui/window/settings"
)

// session runs one command line in a world that breaks has changed, and returns what it printed and its status.
func session(t *testing.T, ctx context.Context, breaks func(*loopback.World), args ...string) (out, said string, status int) {
	t.Helper()
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("LocalAppData", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	return sessionAsSet(t, ctx, breaks, args...)
}

// sessionAsSet is session with the folders that the environment names.
func sessionAsSet(t *testing.T, ctx context.Context, breaks func(*loopback.World), args ...string) (out, said string, status int) {
	t.Helper()
	t.Setenv("LANG", "en_US.UTF-8")
	w := loopback.Start(t)
	furnish(w)
	if breaks != nil {
		breaks(w)
	}
	var o, e bytes.Buffer
	p := terminal.Program{Out: &o, Err: &e, Environment: *w.Environment()}
	status = p.Run(ctx, args)
	return o.String(), e.String(), status
}

// withService puts the service that asks computers elsewhere into a world in which shop.example is silent.
func withService(service *standin.Service) func(*loopback.World) {
	return func(w *loopback.World) {
		const at = "203.0.113.200"
		w.AddHost("api.globalping.io", at)
		w.ServeTLS(at+":443", w.Authority.Valid("api.globalping.io"), service)
		w.Silence("198.51.100.80:443")
		w.Silence("198.51.100.80:80")
	}
}

func readReport(t *testing.T, out string) report.Report {
	t.Helper()
	r, err := report.Read(strings.NewReader(out))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return r
}

func TestElsewhereSettlesTheAnswer(t *testing.T) {
	for name, tc := range map[string]struct {
		seen standin.Result
		who  verdict.Who
	}{
		"up there":   {standin.Result{}, verdict.You},
		"down there": {standin.Result{Failed: true, Source: "target"}, verdict.Site},
	} {
		t.Run(name, func(t *testing.T) {
			service := standin.New(standin.Script{Probe: func(standin.Place, standin.Request) standin.Result { return tc.seen }})
			out, said, status := session(t, t.Context(), withService(service), "check", "--elsewhere", "--json", "https://shop.example/secret?token=abc")
			r := readReport(t, out)
			if r.Verdict.Who != tc.who || status != tc.who.ExitStatus() {
				t.Errorf("%s/%s/%s, status %d, want %s", r.Verdict.Who, r.Verdict.Cause, r.Verdict.Certainty, status, tc.who)
			}
			if last := r.Steps[len(r.Steps)-1]; last.Step != "elsewhere" || r.Evidence.Elsewhere == nil || len(r.Evidence.Elsewhere.Views) == 0 {
				t.Errorf("last row %s, opinion %+v", last.Step, r.Evidence.Elsewhere)
			}
			// What leaves is said before it does, and it is all that leaves.
			for _, want := range []string{"https://shop.example ", "Globalping"} {
				if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
					t.Errorf("nothing says %q:\n%s", want, said)
				}
			}
			all, err := json.Marshal(service.Sent())
			if err != nil {
				t.Fatal(err)
			}
			if len(service.Sent()) == 0 || bytes.Contains(all, []byte("secret")) || bytes.Contains(all, []byte("abc")) {
				t.Errorf("sent: %s", all)
			}
			if c := service.Complaints(); c != nil {
				t.Errorf("against the rules of the service: %q", c)
			}
		})
	}
}

func TestElsewhereInWords(t *testing.T) {
	service := standin.New(standin.Script{})
	out, _, _ := session(t, t.Context(), withService(service), "check", "--elsewhere", "https://shop.example/")
	for _, want := range []string{"What computers elsewhere see", "opens"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}

// Without a yes nothing is asked, and a private name never is.
func TestElsewhereIsNotAskedUnasked(t *testing.T) {
	service := standin.New(standin.Script{})
	out, _, _ := session(t, t.Context(), withService(service), "check", "--json", "https://shop.example/")
	if r := readReport(t, out); service.Sent() != nil || r.Evidence.Elsewhere != nil {
		t.Errorf("%d requests", len(service.Sent()))
	}
	out, said, _ := session(t, t.Context(), withService(service), "check", "--json", "--elsewhere", "http://nas.lan/")
	if r := readReport(t, out); service.Sent() != nil || r.Evidence.Elsewhere != nil {
		t.Errorf("%d requests about a private name", len(service.Sent()))
	}
	if !strings.Contains(said, "nas.lan is a name inside a private network") {
		t.Errorf("nothing says why:\n%s", said)
	}
}

// TestElsewhereOnceForAll: with the window's setting, the command line asks where that could tell more, and says what leaves
// all the same; the service may be another one, with a token.
func TestElsewhereOnceForAll(t *testing.T) {
	service := standin.New(standin.Script{})
	world := func(w *loopback.World) {
		withService(service)(w)
		w.Silence("198.51.100.80:444")
		w.AddHost("api.example.com", "203.0.113.201")
		w.ServeTLS("203.0.113.201:8443", w.Authority.Valid("api.example.com"), service)
	}
	data := t.TempDir()
	t.Setenv("XDG_DATA_HOME", data)
	t.Setenv("LocalAppData", data)
	t.Setenv("HOME", data)
	choose := func(s settings.Settings) {
		t.Helper()
		dir, err := store.DefaultDir()
		if err != nil {
			t.Fatal(err)
		}
		if err := settings.Save(filepath.Dir(dir), s); err != nil {
			t.Fatal(err)
		}
	}
	always := settings.Default()
	always.AskElsewhere = true
	choose(always)
	_, said, _ := sessionAsSet(t, t.Context(), world, "check", "--json", "https://broken.example/")
	if service.Sent() != nil || strings.Contains(said, "Globalping") {
		t.Errorf("asked about an answer that is certain:\n%s", said)
	}
	always.ElsewhereEndpoint, always.ElsewhereToken = "https://api.example.com:8443/v1", "t0ken"
	choose(always)
	out, said, _ := sessionAsSet(t, t.Context(), world, "check", "--json", "https://shop.example:444/secret")
	if r := readReport(t, out); r.Evidence.Elsewhere == nil || len(r.Evidence.Elsewhere.Views) == 0 || r.Evidence.Elsewhere.Target != "https://shop.example:444" {
		t.Errorf("opinion %+v", r.Evidence.Elsewhere)
	}
	if !strings.Contains(strings.Join(strings.Fields(said), " "), "https://shop.example:444 goes to") {
		t.Errorf("nothing says what leaves:\n%s", said)
	}
	for _, s := range service.Sent() {
		if got := s.Header.Get("Authorization"); got != "Bearer t0ken" {
			t.Errorf("%s %s with %q", s.Method, s.Path, got)
		}
	}
}

// Ctrl-C while computers elsewhere are asked keeps what this computer learnt.
func TestElsewhereStopped(t *testing.T) {
	service := standin.New(standin.Script{Delay: 30 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for len(service.Sent()) == 0 && ctx.Err() == nil {
			time.Sleep(10 * time.Millisecond)
		}
		cancel()
	}()
	out, _, status := session(t, ctx, withService(service), "check", "--json", "--elsewhere", "https://shop.example/")
	r := readReport(t, out)
	if r.Verdict.Who != verdict.Site || status != 10 || r.Evidence.Elsewhere == nil || r.Evidence.Elsewhere.Unavailable != "stopped" {
		t.Errorf("%s/%s, status %d, opinion %+v", r.Verdict.Who, r.Verdict.Cause, status, r.Evidence.Elsewhere)
	}
}

// A stopped run prints what it learnt, leaves no goroutine, and is kept.
func TestStop(t *testing.T) {
	before := goleak.IgnoreCurrent()
	defer func() {
		if err := leaktest.Find(before); err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	time.AfterFunc(700*time.Millisecond, cancel)
	t.Run("run", func(t *testing.T) { // ends its world before goroutines are counted
		out, _, status := session(t, ctx, nil, "check", "https://silent.example/")
		if status != 50 || !strings.Contains(out, "Stopped.") || !strings.Contains(out, "unknown / stopped") {
			t.Errorf("status %d:\n%s", status, out)
		}
	})
}

// On a terminal there is one line that is written over; it never reaches the last column, and nothing of it stays.
func TestLiveLine(t *testing.T) {
	w := loopback.Start(t)
	furnish(w)
	var out, said bytes.Buffer
	p := terminal.Program{Out: &out, Err: &said, Live: true, Width: 40, Environment: *w.Environment()}
	if status := p.Run(t.Context(), []string{"check", "--lang", "de", "--no-keep", "https://broken.example/"}); status != 10 {
		t.Errorf("status %d", status)
	}
	const erase = "\r\x1b[K"
	drawn := strings.Split(said.String(), erase)
	if len(drawn) < 5 || drawn[len(drawn)-1] != "" {
		t.Fatalf("%d lines drawn, the last %q", len(drawn)-1, drawn[len(drawn)-1])
	}
	for _, line := range drawn[1:] {
		if n := len([]rune(line)); n >= 40 || strings.Contains(line, "\n") {
			t.Errorf("%d columns: %q", n, line)
		}
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 40 && !strings.Contains(line, "://") {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}
