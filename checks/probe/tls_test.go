package probe_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

func TestCertificates(t *testing.T) {
	foreign, err := loopback.NewAuthority("Foreign")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	year, month := 365*24*time.Hour, 30*24*time.Hour
	cases := []struct {
		name        string
		certificate func(a *loopback.Authority) tls.Certificate
		problem     evidence.CertificateProblem
		failure     evidence.Failure
	}{
		{"valid", func(a *loopback.Authority) tls.Certificate { return a.Valid(siteName) }, "", ""},
		{"wildcard", func(a *loopback.Authority) tls.Certificate { return a.Valid("*.example") }, "", ""},
		{
			"expired", func(a *loopback.Authority) tls.Certificate { return a.Expired(siteName) },
			evidence.CertificateExpired, evidence.TLSInvalidCertificate,
		},
		{
			"expired and for another name", func(a *loopback.Authority) tls.Certificate { return a.Expired("other.example") },
			evidence.CertificateExpired, evidence.TLSInvalidCertificate,
		},
		{
			"not yet valid", func(a *loopback.Authority) tls.Certificate { return a.NotYetValid(siteName) },
			evidence.CertificateNotYetValid, evidence.TLSInvalidCertificate,
		},
		{
			"wrong name", func(a *loopback.Authority) tls.Certificate { return a.Valid("other.example") },
			evidence.CertificateWrongName, evidence.TLSInvalidHostname,
		},
		{
			"foreign", func(*loopback.Authority) tls.Certificate { return foreign.Valid(siteName) },
			evidence.CertificateUntrusted, evidence.TLSUnknownAuthority,
		},
		{
			"foreign, expired and for another name", func(*loopback.Authority) tls.Certificate { return foreign.Expired("other.example") },
			evidence.CertificateUntrusted, evidence.TLSUnknownAuthority,
		},
		{
			"self-signed", func(*loopback.Authority) tls.Certificate {
				return loopback.SelfSigned(now.Add(-month), now.Add(year), siteName)
			},
			evidence.CertificateUntrusted, evidence.TLSUnknownAuthority,
		},
		{
			"self-signed and expired", func(*loopback.Authority) tls.Certificate {
				return loopback.SelfSigned(now.Add(-year), now.Add(-month), siteName)
			},
			evidence.CertificateUntrusted, evidence.TLSUnknownAuthority,
		},
		{
			"without the intermediate", func(a *loopback.Authority) tls.Certificate { return a.WithoutIntermediate(siteName) },
			evidence.CertificateIncomplete, evidence.TLSUnknownAuthority,
		},
		{
			"with another's intermediate", func(a *loopback.Authority) tls.Certificate {
				c := a.Valid(siteName)
				c.Certificate[1] = foreign.Valid(siteName).Certificate[1]
				return c
			},
			evidence.CertificateIncomplete, evidence.TLSUnknownAuthority,
		},
		{
			"with the intermediate of the same name that was replaced", func(a *loopback.Authority) tls.Certificate {
				older, err := a.WithIntermediate(now.Add(-year), now.Add(year))
				if err != nil {
					t.Fatal(err)
				}
				c := a.Valid(siteName)
				c.Certificate[1] = older.Valid(siteName).Certificate[1]
				return c
			},
			evidence.CertificateIncomplete, evidence.TLSUnknownAuthority,
		},
		{
			"expired intermediate", func(a *loopback.Authority) tls.Certificate {
				older, err := a.WithIntermediate(now.Add(-year), now.Add(-month))
				if err != nil {
					t.Fatal(err)
				}
				return older.Valid(siteName)
			},
			evidence.CertificateExpired, evidence.TLSInvalidCertificate,
		},
		{
			"expired without the intermediate", func(a *loopback.Authority) tls.Certificate {
				c := a.Expired(siteName)
				c.Certificate = c.Certificate[:1]
				return c
			},
			evidence.CertificateUntrusted, evidence.TLSUnknownAuthority,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, p := start(t)
			certificate := c.certificate(w.Authority)
			count := &loopback.Counter{Handler: loopback.Page}
			w.ServeTLS(siteAddress+":443", certificate, count)
			f := fetch(t, p, "https://"+siteName+"/")
			seen := f.Last().TLS
			if seen == nil {
				t.Fatal("nothing recorded of TLS")
			}
			if c.failure == "" {
				wantStatus(t, f, 200)
			} else {
				wantFault(t, f, evidence.TLSHandshake, c.failure)
				if count.Count() != 0 {
					t.Error("a request was sent all the same")
				}
			}
			if seen.Problem != c.problem || seen.Verified != (c.problem == "") {
				t.Errorf("problem %q, verified %v; want %q", seen.Problem, seen.Verified, c.problem)
			}
			if len(seen.Chain) != len(certificate.Certificate) {
				t.Fatalf("chain %+v", seen.Chain)
			}
			leaf := seen.Chain[0]
			if len(leaf.SHA256) != 64 || len(leaf.Names) != 1 || leaf.NotAfter.IsZero() || leaf.Issuer == "" {
				t.Errorf("leaf %+v", leaf)
			}
			if leaf.SelfSigned != strings.HasPrefix(c.name, "self-signed") {
				t.Errorf("self-signed: %v", leaf.SelfSigned)
			}
			if seen.Version != "TLS 1.3" || seen.Cipher == "" || seen.ServerName != siteName {
				t.Errorf("%+v", seen)
			}
		})
	}
}

func TestCertificatesByTheClockOfTheEnvironment(t *testing.T) {
	w, _ := start(t)
	w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), loopback.Page)
	for years, want := range map[int]evidence.CertificateProblem{
		-3: evidence.CertificateNotYetValid, 0: evidence.CertificateFine, 3: evidence.CertificateExpired,
	} {
		w.Now = func() time.Time { return time.Now().AddDate(years, 0, 0) }
		f := fetch(t, prober(w), "https://"+siteName+"/")
		if got := f.Last().TLS.Problem; got != want {
			t.Errorf("with the clock %d years off: %q, want %q", years, got, want)
		}
	}
}

func TestAddressesHaveCertificatesToo(t *testing.T) {
	for _, address := range []string{siteAddress, "2001:db8::10"} {
		w, p := start(t)
		at := net.JoinHostPort(address, "443")
		w.ServeTLS(at, w.Authority.Valid(address), loopback.Page)
		wantStatus(t, fetch(t, p, "https://"+strings.TrimSuffix(at, ":443")+"/"), 200)
	}
}

func TestHandshakes(t *testing.T) {
	w0 := loopback.Start(t)
	valid := w0.Authority.Valid(siteName)
	alert := func(code byte) func(net.Conn) {
		return func(c net.Conn) {
			c.Read(make([]byte, 4096))
			c.Write([]byte{21, 3, 3, 0, 2, 2, code})
		}
	}
	cases := []struct {
		name    string
		serve   func(w *loopback.World)
		failure evidence.Failure
		check   func(t *testing.T, seen *evidence.TLS)
	}{
		{
			"alert", raw(alert(40)), evidence.TLSFailedHandshake,
			func(t *testing.T, seen *evidence.TLS) {
				if seen.Alert != "handshake_failure" || seen.OldVersionOnly {
					t.Errorf("%+v", seen)
				}
			},
		},
		{
			"unknown name", raw(alert(112)), evidence.TLSFailedHandshake,
			func(t *testing.T, seen *evidence.TLS) {
				if seen.Alert != "unrecognized_name" {
					t.Errorf("%+v", seen)
				}
			},
		},
		{
			"plain HTTP", raw(func(c net.Conn) {
				c.Read(make([]byte, 4096))
				io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
			}), evidence.TLSFailedHandshake,
			func(t *testing.T, seen *evidence.TLS) {
				if !seen.PlainHTTP || seen.OldVersionOnly {
					t.Errorf("%+v", seen)
				}
			},
		},
		{
			"noise", raw(func(c net.Conn) {
				c.Read(make([]byte, 4096))
				c.Write(bytes.Repeat([]byte{0x80, 0x01}, 40))
			}), evidence.TLSFailedHandshake,
			func(t *testing.T, seen *evidence.TLS) {
				if seen.PlainHTTP || seen.Alert != "" {
					t.Errorf("%+v", seen)
				}
			},
		},
		{"reset", raw(func(c net.Conn) { c.Read(make([]byte, 4096)); loopback.Reset(c) }), evidence.ConnectionReset, nothing},
		{"end", raw(func(c net.Conn) { c.Read(make([]byte, 4096)) }), evidence.EOF, nothing},
		{"silence", raw(loopback.Hold), evidence.Timeout, nothing},
		{
			"old version only", func(w *loopback.World) {
				w.ServeTLSConfig(siteAddress+":443", &tls.Config{
					Certificates: []tls.Certificate{valid}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11,
				}, loopback.Page)
			}, evidence.TLSFailedHandshake,
			func(t *testing.T, seen *evidence.TLS) {
				if !seen.OldVersionOnly || seen.Alert != "protocol_version" {
					t.Errorf("%+v", seen)
				}
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, p := start(t)
			c.serve(w)
			f := fetch(t, p, "https://"+siteName+"/")
			wantFault(t, f, evidence.TLSHandshake, c.failure)
			c.check(t, f.Last().TLS)
		})
	}
}

func raw(serve func(net.Conn)) func(*loopback.World) {
	return func(w *loopback.World) { w.ServeRaw(siteAddress+":443", serve) }
}

func nothing(t *testing.T, seen *evidence.TLS) {
	if seen.Alert != "" || seen.PlainHTTP || seen.OldVersionOnly {
		t.Errorf("%+v", seen)
	}
}

func TestSecondHandshakeIsCharged(t *testing.T) {
	w, p := start(t)
	w.ServeTLSConfig(siteAddress+":443", &tls.Config{
		Certificates: []tls.Certificate{w.Authority.Valid(siteName)}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10,
	}, loopback.Page)
	req := probe.Request{URL: "https://" + siteName + "/", Counted: true}
	get(t, p, req)
	if requests, connections := p.Budget.Counts(); requests != 0 || connections != 2 {
		t.Errorf("%d requests, %d connections", requests, connections)
	}
	p.Budget = probe.NewBudget(12, 1)
	if f := get(t, p, req); f.Last().TLS.OldVersionOnly || w.Connections(siteAddress+":443") != 3 {
		t.Errorf("%d connections", w.Connections(siteAddress+":443"))
	}
}

func TestClientCertificates(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			w, p := start(t)
			config := &tls.Config{
				Certificates: []tls.Certificate{w.Authority.Valid(siteName)}, ClientAuth: tls.RequireAnyClientCert,
				MinVersion: version, MaxVersion: version,
			}
			w.ServeTLSConfig(siteAddress+":443", config, loopback.Page)
			f := fetch(t, p, "https://"+siteName+"/")
			wantFault(t, f, evidence.TLSHandshake, evidence.TLSFailedHandshake)
			seen := f.Last().TLS
			if !seen.ClientCertificateAsked || seen.Alert == "" || len(seen.Chain) == 0 {
				t.Errorf("%+v", seen)
			}
			config.ClientAuth = tls.RequestClientCert
			w.ServeTLSConfig(siteAddress+":443", config, loopback.Page)
			f = fetch(t, p, "https://"+siteName+"/")
			wantStatus(t, f, 200)
			if !f.Last().TLS.ClientCertificateAsked {
				t.Error("the question for a certificate was not recorded")
			}
		})
	}
}

func TestEndWithoutFarewell(t *testing.T) {
	w, p := start(t)
	certificate := w.Authority.Valid(siteName)
	// Content until the end of the connection, which then just ends, without close_notify.
	w.ServeRaw(siteAddress+":443", func(c net.Conn) {
		s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{certificate}})
		loopback.ReadHead(s)
		io.WriteString(s, "HTTP/1.0 200 OK\r\n\r\nhello")
	})
	if r := wantStatus(t, fetch(t, p, "https://"+siteName+"/"), 200); !r.Complete || r.BodyBytes != 5 {
		t.Errorf("%+v", r)
	}
	w.ServeRaw(siteAddress+":443", func(c net.Conn) {
		s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{certificate}})
		loopback.ReadHead(s)
	})
	wantFault(t, fetch(t, p, "https://"+siteName+"/"), evidence.HTTPRoundTrip, evidence.EOF)
}

// onlyHTTP1 is the configuration of a server that does not speak HTTP/2.
func onlyHTTP1(w *loopback.World, name string) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(name)}, NextProtos: []string{"http/1.1"}}
}
