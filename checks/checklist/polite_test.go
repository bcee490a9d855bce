package checklist_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
)

// The limits of README.md on what reaches a site in one run.
const maxRequests, maxConnections = 12, 24

// What reaches the site is counted at the site, and stays within the limits in every kind of trouble. The run's own
// count, which stands in the report, is never the lower one.
func TestLimitsAreKept(t *testing.T) {
	for name, handler := range map[string]http.Handler{
		"healthy":       loopback.Page,
		"overloaded":    status(503, "busy"),
		"bad gateway":   header(502, "Server", "cloudflare", "Cf-Ray", "8a1b2c3d4e5f6789-FRA"),
		"cuts off":      http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		"forbidden":     status(403, "no"),
		"robot check":   header(403, "Cf-Mitigated", "challenge", "Server", "cloudflare"),
		"teapot":        status(418, ""),
		"never replies": http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			counter := &loopback.Counter{Handler: handler}
			addresses := []string{address, second, "198.51.100.82", "198.51.100.83", "198.51.100.84", "198.51.100.85", six}
			var net *loopback.World
			s := scenario{breaks: func(w world) {
				net = w.World
				w.AddHost(site, addresses...)
				for _, a := range addresses {
					w.ServeTLS(hostPort(a, "443"), w.Authority.Valid(site), counter)
					w.Serve(hostPort(a, "80"), counter)
				}
			}}
			res := s.runWith(t, context.Background(), checklist.Options{}, nil)
			connections := 0
			for _, a := range addresses {
				connections += net.Connections(hostPort(a, "443")) + net.Connections(hostPort(a, "80"))
			}
			if n := counter.Count(); n > maxRequests || n > res.Evidence.Requests {
				t.Errorf("%d requests reached the site, the report says %d, the limit is %d", n, res.Evidence.Requests, maxRequests)
			}
			if connections > maxConnections || connections > res.Evidence.Connections {
				t.Errorf("%d connections reached the site, the report says %d, the limit is %d", connections, res.Evidence.Connections, maxConnections)
			}
			sound(t, res)
		})
	}
}

func hostPort(a, port string) string {
	if a == six {
		return "[" + a + "]:" + port
	}
	return a + ":" + port
}

// A link that works once is asked for once, whatever it answers; other probes ask the site for "/".
func TestOneTimeLinkIsFetchedOnce(t *testing.T) {
	for name, reply := range map[string]http.Handler{
		"healthy": loopback.Page, "overloaded": status(503, "busy"), "bad gateway": status(502, "nginx"), "forbidden": status(403, "no"),
		"cuts off": http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var link atomic.Int32
			var mu sync.Mutex
			var paths []string
			s := scenario{
				address: "https://" + site + "/reset?token=0123456789abcdef0123456789abcdef",
				breaks: func(w world) {
					w.page(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						mu.Lock()
						paths = append(paths, r.URL.Path)
						mu.Unlock()
						if r.URL.Path == "/reset" {
							link.Add(1)
						}
						reply.ServeHTTP(w, r)
					}))
				},
			}
			res := s.runWith(t, context.Background(), checklist.Options{}, nil)
			if n := link.Load(); n != 1 || len(res.Evidence.Tries) != 1 {
				t.Errorf("the link was fetched %d times, in %d tries", n, len(res.Evidence.Tries))
			}
			mu.Lock()
			defer mu.Unlock()
			for _, p := range paths {
				if p != "/reset" && p != "/" {
					t.Errorf("the site was asked for %s", p)
				}
			}
			sound(t, res)
		})
	}
}

// Retry-After is waited for where it fits the schedule; where it does not, the site is left alone.
func TestRetryAfterIsRespected(t *testing.T) {
	for name, tc := range map[string]struct {
		retryAfter string
		tries      func(n int) bool
	}{
		"a second": {"1", func(n int) bool { return n >= 2 }},
		"a minute": {"60", func(n int) bool { return n == 1 }},
		"a date":   {"Wed, 21 Oct 2099 07:28:00 GMT", func(n int) bool { return n == 1 }},
		"nonsense": {"soon", func(n int) bool { return n == len(environment.DefaultLimits().Schedule) }},
		"none":     {"", func(n int) bool { return n == len(environment.DefaultLimits().Schedule) }},
		"now":      {"0", func(n int) bool { return n == len(environment.DefaultLimits().Schedule) }},
		"in the past": {"Wed, 21 Oct 2015 07:28:00 GMT", func(n int) bool {
			return n == len(environment.DefaultLimits().Schedule)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var at []time.Time
			s := scenario{breaks: func(w world) {
				if tc.retryAfter == "1" {
					w.Limits = environment.DefaultLimits() // the hurried schedule ends before there is room for it
				}
				w.page(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					mu.Lock()
					at = append(at, time.Now())
					mu.Unlock()
					if tc.retryAfter != "" {
						w.Header().Set("Retry-After", tc.retryAfter)
					}
					w.WriteHeader(http.StatusServiceUnavailable)
				}))
			}}
			res := s.runWith(t, context.Background(), checklist.Options{}, nil)
			if n := len(res.Evidence.Tries); !tc.tries(n) {
				t.Errorf("%d tries", n)
			}
			mu.Lock()
			defer mu.Unlock()
			if tc.retryAfter == "1" && len(at) > 1 && at[1].Sub(at[0]) < time.Second {
				t.Errorf("tried again after %v", at[1].Sub(at[0]))
			}
		})
	}
}

// Events come one at a time, in the order of time, from the first to the answer; a row that ended stays ended.
func TestEventsComeInOrder(t *testing.T) {
	for _, i := range []int{0, len(scenarios) / 4, len(scenarios) / 2, len(scenarios) * 3 / 4} {
		s := scenarios[i]
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			var busy atomic.Bool
			var all []checklist.Event
			res := s.runWith(t, context.Background(), s.options, func(e checklist.Event) {
				if !busy.CompareAndSwap(false, true) {
					t.Error("two events at once")
				}
				all = append(all, e)
				time.Sleep(time.Millisecond) // room for a second one to come in
				busy.Store(false)
			})
			steps := evidence.Steps()
			var at time.Duration
			last := map[evidence.Step]checklist.StepResult{}
			for n, e := range all {
				if n < len(steps) && (e.Step != steps[n] || e.State != checklist.Waiting) {
					t.Errorf("event %d is %s %s", n, e.Step, e.State)
				}
				if e.At < at {
					t.Errorf("event %d at %v, the one before at %v", n, e.At, at)
				}
				at = e.At
				last[e.Step] = e.StepResult
			}
			if end := all[len(all)-1]; end.Step != evidence.StepAnswer || end.State == checklist.Waiting {
				t.Errorf("the last event is %s %s", end.Step, end.State)
			}
			for _, row := range res.Steps {
				if shown := last[row.Step]; shown.State != row.State || shown.Finding.Code != row.Finding.Code {
					t.Errorf("row %s was last shown as %s %s and ends as %s %s", row.Step, shown.State, shown.Finding.Code, row.State, row.Finding.Code)
				}
			}
			if !slices.ContainsFunc(all, func(e checklist.Event) bool { return e.Step == evidence.StepRetry && e.State == checklist.Running }) {
				t.Error("nobody saw the page being tried")
			}
		})
	}
}
