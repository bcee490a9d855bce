package probe_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/leaktest"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// The site of most tests.
const (
	siteName    = "site.example"
	siteAddress = "192.0.2.10"
)

// start is a World with the site's name in it, and a Prober there.
func start(t *testing.T) (*loopback.World, *probe.Prober) {
	t.Helper()
	w := loopback.Start(t)
	w.AddHost(siteName, siteAddress)
	return w, prober(w)
}

func prober(w *loopback.World) *probe.Prober {
	env := w.Environment()
	return &probe.Prober{Env: env, Budget: probe.NewBudget(env.Limits.Requests, env.Limits.Connections)}
}

func fetch(t *testing.T, p *probe.Prober, url string) evidence.Fetch {
	t.Helper()
	return get(t, p, probe.Request{URL: url})
}

// get fetches and checks what holds for every fetch.
func get(t *testing.T, p *probe.Prober, req probe.Request) evidence.Fetch {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	f := p.Fetch(ctx, req)
	if f.URL != req.URL || f.Way != req.Way || f.Started.IsZero() {
		t.Errorf("the fetch does not name its request: %+v", f)
	}
	if last := f.Last(); last != nil && (last.Fault == nil) != (f.Fault == nil) {
		t.Errorf("the last hop's fault is %v, the fetch's %v", last.Fault, f.Fault)
	}
	return f
}

// wantFault checks stage and failure of a fetch.
func wantFault(t *testing.T, f evidence.Fetch, op evidence.Operation, failure evidence.Failure) {
	t.Helper()
	if f.Fault == nil {
		t.Fatalf("no fault, status %d; want %s in %s", f.Status(), failure, op)
	}
	if f.Fault.Operation != op || f.Fault.Failure != failure {
		t.Fatalf("%s in %s (%s); want %s in %s", f.Fault.Failure, f.Fault.Operation, f.Fault.Detail, failure, op)
	}
}

// wantStatus checks that a fetch ended with a whole reply of a status.
func wantStatus(t *testing.T, f evidence.Fetch, status int) *evidence.Response {
	t.Helper()
	if f.Fault != nil || f.Status() != status {
		t.Fatalf("status %d, fault %+v; want %d without a fault", f.Status(), f.Fault, status)
	}
	return f.Last().Response
}

func page(body string) http.Handler { return loopback.Status(http.StatusOK, body) }
