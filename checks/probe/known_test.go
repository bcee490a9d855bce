package probe_test

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"runtime"
	"testing"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

func TestPortals(t *testing.T) {
	redirect := to("http://login.example/start?mac=1")
	meta := page(`<html><META  HTTP-EQUIV='refresh' CONTENT='0; url=https://login.example/?a=1&amp;b=2'>`)
	cases := []struct {
		name             string
		serve            http.Handler
		genuine, foreign bool
		leadsTo          string
	}{
		{"genuine", nil, true, false, ""},
		{"redirect", redirect, false, true, "http://login.example/start?mac=1"},
		{"meta refresh", meta, false, true, "https://login.example/?a=1&b=2"},
		{"another page", page("please sign in"), false, true, ""},
		{"network authentication required", loopback.Status(511, meta2), false, true, "http://login.example/"},
		{"forbidden", loopback.Status(403, "blocked"), false, true, ""},
		{"server error", loopback.Status(503, "busy"), false, false, ""},
		{"proxy wants credentials", loopback.Status(407, ""), false, false, ""},
		{"silence", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), false, false, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, p := start(t)
			if c.serve != nil {
				w.HijackPortals(c.serve)
			}
			for _, portal := range p.Env.Portals {
				check := p.Portal(context.Background(), portal, probe.Request{Way: evidence.ViaDirect})
				if check.Genuine != c.genuine || check.Foreign != c.foreign || check.LeadsTo != c.leadsTo {
					t.Errorf("%s: %+v", portal.Operator, check)
				}
				if check.Operator != portal.Operator || len(check.Fetch.Hops) != 1 || check.Fetch.Way != evidence.ViaDirect {
					t.Errorf("%+v", check)
				}
				if c.name == "silence" {
					break // the same again only costs time
				}
			}
		})
	}
}

const meta2 = `<meta http-equiv="refresh" content="5;URL=http://login.example/">`

func TestAGenuineReplyCutShortIsNoForeignOne(t *testing.T) {
	w, p := start(t)
	w.ServeRaw(net.JoinHostPort(loopback.PortalAddress(2), "80"), loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 68\r\n\r\n<HTML><HEAD>"))
	check := p.Portal(context.Background(), p.Env.Portals[2], probe.Request{})
	if check.Genuine || check.Foreign {
		t.Errorf("%+v", check)
	}
}

func TestPortalsThroughAProxy(t *testing.T) {
	w, p := start(t)
	proxy := w.AddProxy(proxyAddress + ":3128")
	w.UseProxy("http://" + proxyAddress + ":3128")
	check := p.Portal(context.Background(), p.Env.Portals[0], probe.Request{Way: evidence.ViaProxy, Proxy: w.Proxy})
	if !check.Genuine || len(proxy.Asked()) != 1 {
		t.Errorf("%+v, asked %q", check, proxy.Asked())
	}
}

func TestSites(t *testing.T) {
	w, p := start(t)
	for _, site := range p.Env.Sites {
		check := p.Site(context.Background(), site, probe.Request{Way: evidence.ViaDirect})
		if check.Fetch.Fault != nil || check.Fetch.Status() != 200 || check.ByAddress || check.Operator != site.Operator || check.Host == "" {
			t.Errorf("%+v", check)
		}
		if check.ClockOffsetS == nil || math.Abs(*check.ClockOffsetS) > 1.5 {
			t.Errorf("%s: clock offset %v", site.Operator, check.ClockOffsetS)
		}
	}
	w.OS.SetAll(loopback.RCode(2))
	site := p.Env.Sites[0]
	if check := p.Site(context.Background(), site, probe.Request{}); !check.Fetch.Fault.Is(evidence.Resolve, evidence.DNSTemporary) || check.ClockOffsetS != nil {
		t.Errorf("%+v", check)
	}
	check := p.Site(context.Background(), site, probe.Request{Lookup: func(string) []string { return []string{loopback.SiteAddress(0)} }})
	if check.Fetch.Fault != nil || !check.ByAddress {
		t.Errorf("%+v", check)
	}
	w.ServeTLS(net.JoinHostPort(loopback.SiteAddress(0), "443"), w.Authority.Valid("www.google.com"), to("https://elsewhere.example/"))
	w.OS.SetAll(nil)
	if check := p.Site(context.Background(), site, probe.Request{}); check.Fetch.Fault != nil || check.Fetch.Status() != 302 || len(check.Fetch.Hops) != 1 {
		t.Errorf("%+v", check)
	}
	if requests, connections := p.Budget.Counts(); requests+connections != 0 {
		t.Errorf("%d requests, %d connections charged to the site", requests, connections)
	}
}

func TestClockOffset(t *testing.T) {
	started := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	hop := func(date, age string, firstByte, body, total float64) *evidence.Hop {
		return &evidence.Hop{
			Started:  started,
			Timings:  evidence.Timings{FirstByteMS: firstByte, BodyMS: body, TotalMS: total},
			Response: &evidence.Response{Header: map[string]string{"date": date, "age": age}},
		}
	}
	cases := []struct {
		name string
		hop  *evidence.Hop
		want float64
	}{
		{"the same", hop("Sun, 01 Mar 2026 12:00:00 GMT", "", 0, 0, 500), 0},
		{"an hour ahead", hop("Sun, 01 Mar 2026 13:00:00 GMT", "", 0, 0, 500), 3600},
		{"behind", hop("Sun, 01 Mar 2026 11:59:00 GMT", "", 0, 0, 500), -60},
		{"from a cache", hop("Sun, 01 Mar 2026 11:59:00 GMT", "60", 0, 0, 500), 0},
		{"half the round trip, without the body", hop("Sun, 01 Mar 2026 12:00:02 GMT", "", 1000, 5000, 8000), 0},
	}
	for _, c := range cases {
		got := probe.ClockOffset(c.hop)
		if got == nil || math.Abs(*got-c.want) > 0.011 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for _, none := range []*evidence.Hop{nil, {}, hop("yesterday", "", 0, 0, 0)} {
		if got := probe.ClockOffset(none); got != nil {
			t.Errorf("%+v: %v", none, *got)
		}
	}
}

func TestDialer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			io.Copy(io.Discard, c)
			c.Close()
		}
	}()
	dial := probe.Dial
	for _, opt := range []environment.DialOptions{{}, {MaxSegment: 536}} {
		if opt.MaxSegment > 0 && runtime.GOOS == "windows" {
			if _, err := dial(context.Background(), "tcp", l.Addr().String(), opt); !errors.Is(err, errors.ErrUnsupported) {
				t.Errorf("%v, want that it is not supported", err)
			}
			continue
		}
		c, err := dial(context.Background(), "tcp", l.Addr().String(), opt)
		if err != nil {
			t.Errorf("%+v: %v", opt, err)
			continue
		}
		c.Close()
	}
	_, err = dial(context.Background(), "tcp", l.Addr().String(), environment.DialOptions{Interface: "nosuch0"})
	if err == nil {
		t.Fatal("bound to an interface that is not there")
	}
	closed := l.Addr().String()
	l.Close()
	_, err = dial(context.Background(), "tcp", closed, environment.DialOptions{})
	if f := probe.Classify(err, evidence.Connect); f == nil || f.Failure != evidence.ConnectionRefused {
		t.Errorf("%v: %+v", err, f)
	}
}
