package probe_test

import (
	"context"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/probe"
)

func TestDialContext(t *testing.T) {
	w, p := start(t)
	w.AddHost("two.example", "2001:db8::66", siteAddress)
	w.Silence("[2001:db8::66]:443")
	w.ServeTLS(siteAddress+":443", w.Authority.Valid("two.example"), page("hello"))
	w.Refuse("192.0.2.99:443")
	for _, c := range []struct {
		name, address string
		allowed       func(string) bool
		want          evidence.Failure
	}{
		{"a dead address beside a good one", "two.example:443", nil, evidence.None},
		{"a number", siteAddress + ":443", nil, evidence.None},
		{"nobody listens", "192.0.2.99:443", nil, evidence.ConnectionRefused},
		{"no such name", "nobody.example:443", nil, evidence.DNSNotFound},
		{"none allowed", "two.example:443", func(string) bool { return false }, evidence.DNSNoAnswer},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn, err := probe.DialContext(p.Env, c.allowed)(context.Background(), "tcp", c.address)
			if c.want == evidence.None {
				if err != nil {
					t.Fatal(err)
				}
				conn.Close()
				return
			}
			if fault := probe.Classify(err, evidence.Connect); fault == nil || fault.Failure != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}
