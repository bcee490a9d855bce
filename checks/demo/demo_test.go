package demo_test

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"

	"isitme/checks/checklist"
	"isitme/checks/demo"
	"isitme/checks/environment"
	"isitme/checks/leaktest"
	"isitme/checks/target"
	"isitme/checks/verdict"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// want is the answer that each demonstration is there to show.
var want = map[string]verdict.Cause{
	"bad-gateway":         verdict.BadGateway,
	"blocked-name":        verdict.DNSBlocksSite,
	"healthy":             verdict.Works,
	"expired-certificate": verdict.CertificateExpired,
	"dead-proxy":          verdict.ProxyUnreachable,
}

func TestEveryDemonstrationShowsItsFault(t *testing.T) {
	if len(demo.Names()) != len(want) {
		t.Fatalf("demonstrations %q, answers for %d", demo.Names(), len(want))
	}
	for _, name := range demo.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := demo.Start(name, "1.2.3")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(d.Close)
			goal, err := target.Parse(d.Address)
			if err != nil {
				t.Fatal(err)
			}
			res := checklist.Run(t.Context(), d.Environment, goal, checklist.Options{}, nil)
			if v := res.Verdict; v.Cause != want[name] || v.Certainty != verdict.Certain {
				t.Errorf("%s/%s/%s by rule %s, want %s", v.Who, v.Cause, v.Certainty, v.Rule, want[name])
			}
		})
	}
}

// Nothing of a demonstration leaves the computer: its connections end here, its names are reserved ones (RFC 2606), and
// its version is the program's.
func TestNothingLeavesTheComputer(t *testing.T) {
	for _, name := range demo.Names() {
		d, err := demo.Start(name, "1.2.3")
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(d.Address)
		if err != nil || !strings.HasSuffix(u.Hostname(), ".example") {
			t.Errorf("%s checks %s", name, d.Address)
		}
		if d.Environment.Version != "1.2.3" {
			t.Errorf("%s runs version %q", name, d.Environment.Version)
		}
		for _, r := range d.Environment.Resolvers {
			conn, err := d.Environment.Dial(context.Background(), "tcp", net.JoinHostPort(r.Address, "443"), environment.DialOptions{})
			if err != nil {
				t.Errorf("%s: %s: %v", name, r.Address, err)
				continue
			}
			if host, _, _ := net.SplitHostPort(conn.RemoteAddr().String()); !net.ParseIP(host).IsLoopback() {
				t.Errorf("%s: the connection to %s goes to %s", name, r.Address, host)
			}
			conn.Close()
		}
		d.Close()
	}
}

func TestUnknownDemonstration(t *testing.T) {
	if d, err := demo.Start("nothing", ""); err == nil || d != nil || slices.Contains(demo.Names(), "nothing") {
		t.Errorf("got %v, %v", d, err)
	}
}
