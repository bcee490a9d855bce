package probe_test

import (
	"context"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

func TestConnecting(t *testing.T) {
	const other, third, v6 = "192.0.2.11", "192.0.2.12", "2001:db8::10"
	cases := []struct {
		name      string
		addresses []string
		set       func(w *loopback.World)
		failure   evidence.Failure // of the fetch, in connect
		address   string           // that carried the request
		dials     []evidence.Dial
	}{
		{
			name: "one address", addresses: []string{siteAddress},
			set:     func(w *loopback.World) { w.Serve(siteAddress+":80", loopback.Page) },
			address: siteAddress, dials: []evidence.Dial{{Address: siteAddress, Port: 80}},
		},
		{
			name: "refused", addresses: []string{siteAddress},
			set:     func(w *loopback.World) { w.Refuse(siteAddress + ":80") },
			failure: evidence.ConnectionRefused,
			dials:   []evidence.Dial{{Address: siteAddress, Port: 80, Failure: evidence.ConnectionRefused}},
		},
		{
			name: "silent", addresses: []string{siteAddress},
			set:     func(w *loopback.World) { w.Silence(siteAddress + ":80") },
			failure: evidence.Timeout,
			dials:   []evidence.Dial{{Address: siteAddress, Port: 80, Failure: evidence.Timeout}},
		},
		{
			name: "no route", addresses: []string{siteAddress},
			set:     func(w *loopback.World) { w.Unroute(siteAddress + ":80") },
			failure: evidence.NetworkUnreachable,
			dials:   []evidence.Dial{{Address: siteAddress, Port: 80, Failure: evidence.NetworkUnreachable}},
		},
		{
			name: "dead IPv6 goes first and loses", addresses: []string{siteAddress, v6},
			set: func(w *loopback.World) {
				w.Silence("[" + v6 + "]:80")
				w.Serve(siteAddress+":80", loopback.Page)
			},
			address: siteAddress, dials: []evidence.Dial{{Address: siteAddress, Port: 80}},
		},
		{
			name: "refusing IPv6 is recorded", addresses: []string{siteAddress, v6},
			set: func(w *loopback.World) {
				w.Refuse("[" + v6 + "]:80")
				w.Serve(siteAddress+":80", loopback.Page)
			},
			address: siteAddress, dials: []evidence.Dial{
				{Address: v6, Port: 80, Failure: evidence.ConnectionRefused}, {Address: siteAddress, Port: 80},
			},
		},
		{
			name: "a refusal stands for the rest", addresses: []string{siteAddress, other, third},
			set: func(w *loopback.World) {
				w.Silence(siteAddress + ":80")
				w.Unroute(other + ":80")
				w.Refuse(third + ":80")
			},
			failure: evidence.ConnectionRefused, dials: []evidence.Dial{
				{Address: siteAddress, Port: 80, Failure: evidence.Timeout},
				{Address: other, Port: 80, Failure: evidence.NetworkUnreachable},
				{Address: third, Port: 80, Failure: evidence.ConnectionRefused},
			},
		},
		{
			name: "else the first", addresses: []string{siteAddress, other},
			set: func(w *loopback.World) {
				w.Unroute(siteAddress + ":80")
				w.Silence(other + ":80")
			},
			failure: evidence.NetworkUnreachable, dials: []evidence.Dial{
				{Address: siteAddress, Port: 80, Failure: evidence.NetworkUnreachable},
				{Address: other, Port: 80, Failure: evidence.Timeout},
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, p := start(t)
			w.AddHost(siteName, c.addresses...)
			c.set(w)
			f := fetch(t, p, "http://"+siteName+"/")
			if c.failure != evidence.None {
				wantFault(t, f, evidence.Connect, c.failure)
			} else {
				wantStatus(t, f, 200)
			}
			hop := f.Last()
			if hop.Address != c.address {
				t.Errorf("address %q, want %q", hop.Address, c.address)
			}
			wantDials(t, hop.Connects, c.dials)
			if hop.Resolution == nil || len(hop.Resolution.Addresses) != len(c.addresses) {
				t.Errorf("resolution %+v", hop.Resolution)
			}
		})
	}
}

func wantDials(t *testing.T, got, want []evidence.Dial) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("dials %+v, want %+v", got, want)
	}
	for i, d := range got {
		d.MS = 0
		if d != want[i] {
			t.Errorf("dial %d: %+v, want %+v", i, d, want[i])
		}
	}
}

func TestAtMostSixAddressesAreTried(t *testing.T) {
	w, p := start(t)
	addresses := []string{"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6", "192.0.2.7", "2001:db8::1"}
	w.AddHost(siteName, addresses...)
	for _, a := range addresses[:7] {
		w.Refuse(a + ":80")
	}
	w.Refuse("[2001:db8::1]:80")
	f := fetch(t, p, "http://"+siteName+"/")
	wantFault(t, f, evidence.Connect, evidence.ConnectionRefused)
	if dials := f.Last().Connects; len(dials) != 6 || dials[0].Address != "2001:db8::1" {
		t.Errorf("dials %+v", dials)
	}
}

func TestResolving(t *testing.T) {
	w, p := start(t)
	w.Serve(siteAddress+":80", loopback.Page)

	f := fetch(t, p, "http://nowhere.example/")
	wantFault(t, f, evidence.Resolve, evidence.DNSNotFound)

	w.OS.Set(siteName, loopback.RCode(2))
	f = fetch(t, p, "http://"+siteName+"/")
	wantFault(t, f, evidence.Resolve, evidence.DNSTemporary)
	if f.Last().Resolution == nil || f.Last().Resolution.Failure != evidence.DNSTemporary {
		t.Errorf("resolution %+v", f.Last().Resolution)
	}

	w.OS.Set(siteName, loopback.NoReply)
	f = fetch(t, p, "http://"+siteName+"/")
	wantFault(t, f, evidence.Resolve, evidence.Timeout)

	// Pinned, literal and otherwise looked up addresses need no lookup of the OS.
	for _, req := range []probe.Request{
		{URL: "http://" + siteName + "/", Address: siteAddress},
		{URL: "http://" + siteAddress + "/"},
		{URL: "http://" + siteName + "/", Lookup: func(string) []string { return []string{siteAddress} }},
	} {
		f = get(t, p, req)
		wantStatus(t, f, 200)
		if f.Last().Resolution != nil {
			t.Errorf("%+v: resolution %+v", req, f.Last().Resolution)
		}
	}
	f = get(t, p, probe.Request{URL: "http://" + siteName + "/", Lookup: func(string) []string { return nil }})
	wantFault(t, f, evidence.Resolve, evidence.DNSNoAnswer)
}

func TestStopIsQuick(t *testing.T) {
	cases := map[string]func(w *loopback.World){
		"lookup":  func(w *loopback.World) { w.OS.SetAll(loopback.NoReply) },
		"connect": func(w *loopback.World) { w.Silence(siteAddress + ":443") },
		"tls":     func(w *loopback.World) { w.ServeRaw(siteAddress+":443", loopback.Hold) },
		"reply": func(w *loopback.World) {
			w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), stall(false))
		},
		"body": func(w *loopback.World) {
			w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), stall(true))
		},
	}
	for name, set := range cases {
		t.Run(name, func(t *testing.T) {
			w, p := start(t)
			set(w)
			l := &p.Env.Limits // nothing but the stop ends it
			l.DNS, l.Connect, l.Handshake, l.Body = time.Minute, time.Minute, time.Minute, time.Minute
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(80*time.Millisecond, cancel)
			f := p.Fetch(ctx, probe.Request{URL: "https://" + siteName + "/", Reply: -1})
			if f.Fault == nil || f.Fault.Failure != evidence.Interrupted {
				t.Errorf("fault %+v", f.Fault)
			}
		})
	}
}

func TestConnect(t *testing.T) {
	w, p := start(t)
	w.Serve(siteAddress+":80", loopback.Page)
	w.Refuse(siteAddress + ":81")
	ctx := context.Background()
	for port, want := range map[int]evidence.Failure{80: evidence.None, 81: evidence.ConnectionRefused} {
		d := p.Connect(ctx, siteAddress, port)
		if d.Failure != want || d.Address != siteAddress || d.Port != port {
			t.Errorf("port %d: %+v, want %q", port, d, want)
		}
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if d := p.Connect(stopped, "192.0.2.99", 443); d.Failure != evidence.Interrupted {
		t.Errorf("stopped: %+v", d)
	}
	if requests, connections := p.Budget.Counts(); requests+connections != 0 {
		t.Errorf("charged %d requests, %d connections", requests, connections)
	}
}

func TestBudget(t *testing.T) {
	w, p := start(t)
	count := &loopback.Counter{Handler: loopback.Page}
	w.Serve(siteAddress+":80", count)
	p.Budget = probe.NewBudget(2, 24)
	req := probe.Request{URL: "http://" + siteName + "/", Counted: true}
	wantStatus(t, get(t, p, req), 200)
	wantStatus(t, get(t, p, req), 200)
	wantFault(t, get(t, p, req), evidence.HTTPRoundTrip, evidence.BudgetExhausted)
	if count.Count() != 2 || w.Connections(siteAddress+":80") != 2 {
		t.Errorf("%d requests on %d connections reached the site", count.Count(), w.Connections(siteAddress+":80"))
	}
	if requests, connections := p.Budget.Counts(); requests != 2 || connections != 2 {
		t.Errorf("counted %d requests, %d connections", requests, connections)
	}
	p.Budget = probe.NewBudget(2, 0)
	wantFault(t, get(t, p, req), evidence.Connect, evidence.BudgetExhausted)
	req.Counted = false
	wantStatus(t, get(t, p, req), 200)
}
