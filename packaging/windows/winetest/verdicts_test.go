package winetest

import (
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"isitme/checks/demo"
	"isitme/checks/report"
)

// scenario is one server and the answer about it.
type scenario struct {
	name  string
	serve func(*testing.T) string // starts the server and returns the address to check
	want  string                  // who/cause
}

func page(handler http.HandlerFunc) func(*testing.T) string {
	return func(t *testing.T) string { return serve(t, handler) }
}

var scenarios = []scenario{
	{"works", page(works), "working/works"},
	{"500", page(status(500)), "site/server_error"},
	{"502", page(status(502)), "site/bad_gateway"},
	{"503", page(status(503)), "site/overloaded"},
	{"503 with Retry-After", page(status(503, "Retry-After", "3600")), "site/maintenance"},
	{"504", page(status(504)), "site/gateway_timeout"},
	{"400", page(status(400)), "refused/request_rejected"},
	{"401", page(status(401, "WWW-Authenticate", `Basic realm="shop"`)), "refused/forbidden"},
	{"403", page(status(403)), "refused/forbidden"},
	{"404", page(status(404)), "address/page_missing"},
	{"410", page(status(410)), "address/page_missing"},
	{"429", page(status(429)), "refused/rate_limited"},
	{"451", page(status(451)), "refused/region_blocked"},
	{"challenge", page(status(403, "Server", "cloudflare", "Cf-Mitigated", "challenge")), "refused/robot_check"},
	{"redirect loop", page(redirectsToItself), "site/redirect_loop"},
	{"cut off", page(endsEarly), "site/bad_response"},
	{"endless", page(endless), "working/works"},
	{"untrusted certificate", func(t *testing.T) string { return serveTLS(t, works) }, "site/certificate_untrusted"},
	{"hangs up", func(t *testing.T) string { return serveRaw(t, hangsUp) }, "site/closes_connection"},
	{"resets", func(t *testing.T) string { return serveRaw(t, resets) }, "site/closes_connection"},
	{"not HTTP", func(t *testing.T) string { return serveRaw(t, speaksAnother) }, "site/bad_response"},
	{"silent", func(t *testing.T) string { return serveRaw(t, saysNothing) }, "site/not_answering"},
	{"refused", closedPort, "site/refuses_connections"},
}

// TestVerdicts: both programs give the same answer about the same server, and leave with the same status.
func TestVerdicts(t *testing.T) {
	b := newBench(t)
	t.Run("loopback", func(t *testing.T) {
		for _, s := range scenarios {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				address := s.serve(t)
				var windows, linux report.Report
				var windowsStatus, linuxStatus int
				t.Run("programs", func(t *testing.T) {
					t.Run("windows", func(t *testing.T) {
						t.Parallel()
						windows, windowsStatus = b.check(t, address)
					})
					t.Run("linux", func(t *testing.T) {
						t.Parallel()
						linux, linuxStatus = b.checkNative(t, address)
					})
				})
				if t.Failed() {
					return
				}
				if answer(windows) != answer(linux) || windowsStatus != linuxStatus {
					t.Errorf("windows %s (status %d), linux %s (status %d)", answer(windows), windowsStatus, answer(linux), linuxStatus)
				}
				if got := fmt.Sprintf("%s/%s", windows.Verdict.Who, windows.Verdict.Cause); got != s.want {
					t.Errorf("%s, want %s", got, s.want)
				}
				if windows.Evidence.System == nil || windows.Evidence.System.OS != "windows" {
					t.Error("this was not the Windows program")
				}
			})
		}
	})
}

// answer is who, cause, certainty and the rule behind them.
func answer(r report.Report) string {
	return fmt.Sprintf("%s/%s/%s by %s", r.Verdict.Who, r.Verdict.Cause, r.Verdict.Certainty, r.Verdict.Rule)
}

func TestDemos(t *testing.T) {
	b := newBench(t)
	for _, name := range demo.Names() {
		t.Run(name, func(t *testing.T) {
			out, windowsStatus := b.run(t, b.terminal, "demo", "--json", name)
			nativeOut, linuxStatus := finish(t, exec.CommandContext(t.Context(), b.native, "demo", "--json", name))
			windows, linux := answer(decode(t, out)), answer(decode(t, nativeOut))
			if windows != linux || windowsStatus != linuxStatus {
				t.Errorf("windows %s (%d), linux %s (%d)", windows, windowsStatus, linux, linuxStatus)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	b := newBench(t)
	out, status := b.run(t, b.terminal, "version")
	if status != 0 || !regexp.MustCompile(`^isitme \d+\.\d+\.\d+`).MatchString(strings.TrimSpace(out)) {
		t.Errorf("%q, status %d", out, status)
	}
}
