package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"isitme/checks/evidence"
)

func TestClassify(t *testing.T) {
	cases := []struct {
		name string
		err  error
		op   evidence.Operation
		want evidence.Failure
	}{
		{"own", fmt.Errorf("wrapped: %w", failed(evidence.ProxyRefused, "")), evidence.ProxyConnect, evidence.ProxyRefused},
		{"cancelled", &net.OpError{Op: "dial", Err: context.Canceled}, evidence.Connect, evidence.Interrupted},
		{"deadline", fmt.Errorf("reading: %w", os.ErrDeadlineExceeded), evidence.HTTPBody, evidence.Timeout},
		{"context's deadline", context.DeadlineExceeded, evidence.HTTPBody, evidence.Timeout},
		{"no such host", &net.DNSError{IsNotFound: true}, evidence.Resolve, evidence.DNSNotFound},
		{"lookup timed out", &net.DNSError{IsTimeout: true}, evidence.Resolve, evidence.Timeout},
		{"lookup failed for now", &net.DNSError{IsTemporary: true}, evidence.Resolve, evidence.DNSTemporary},
		{"lookup failed", &net.DNSError{}, evidence.Resolve, evidence.DNSMisbehaving},
		{"name", x509.HostnameError{Certificate: &x509.Certificate{}}, evidence.TLSHandshake, evidence.TLSInvalidHostname},
		{"authority", &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, evidence.TLSHandshake, evidence.TLSUnknownAuthority},
		{"date", x509.CertificateInvalidError{Reason: x509.Expired}, evidence.TLSHandshake, evidence.TLSInvalidCertificate},
		{"other certificate trouble", &tls.CertificateVerificationError{Err: errors.New("?")}, evidence.TLSHandshake, evidence.TLSInvalidCertificate},
		{"plain text", tls.RecordHeaderError{}, evidence.TLSHandshake, evidence.TLSFailedHandshake},
		{"alert", tls.AlertError(40), evidence.HTTPRoundTrip, evidence.TLSFailedHandshake},
		{"no agreement", errors.New("tls: no cipher"), evidence.TLSHandshake, evidence.TLSFailedHandshake},
		{"end", fmt.Errorf("x: %w", io.ErrUnexpectedEOF), evidence.HTTPRoundTrip, evidence.EOF},
		{"closed here", net.ErrClosed, evidence.HTTPRoundTrip, evidence.ConnectionAborted},
		{"stream", http2.StreamError{Code: http2.ErrCodeRefusedStream}, evidence.HTTPRoundTrip, evidence.ConnectionReset},
		{"broken stream", http2.StreamError{Code: http2.ErrCodeProtocol}, evidence.HTTPRoundTrip, evidence.HTTPMalformed},
		{"anything else", errors.New("something"), evidence.HTTPRoundTrip, evidence.Unknown},
	}
	for _, c := range cases {
		f := Classify(c.err, c.op)
		if f == nil || f.Failure != c.want || f.Operation != c.op {
			t.Errorf("%s: %+v, want %s", c.name, f, c.want)
		}
	}
	if Classify(nil, evidence.Connect) != nil {
		t.Error("a fault without an error")
	}
}

func TestScrub(t *testing.T) {
	for _, address := range []string{"192.168.1.20", "192.168.1.20:51234", "[fe80::1%eth0]:443", "2001:db8::abcd", "::1", "[::1]:53", "fd00:1:2:3:4:5:6:7"} {
		got := Classify(errors.New("write tcp "+address+"->10.0.0.1:80: odd\x1b[31m thing"), evidence.Connect).Detail
		if want := "write tcp [address]->[address]: odd[31m thing"; got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	if got := scrub("http2: no such: thing"); got != "http2: no such: thing" {
		t.Errorf("%q", got)
	}
	if got := scrub(strings.Repeat("é", 500)); len([]rune(got)) != maxDetail {
		t.Errorf("%d runes", len([]rune(got)))
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  a \t\n b  ":          "a b",
		"a\u202eb\u2066c\u200b": "abc",
		"a\xffb\x00\x1b":        "ab",
		"日本語のページ":               "日本語の",
		"abcd ef":               "abcd",
		"abc  d":                "abc",
	} {
		if got := clean(in, 4); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestInterleave(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"192.0.2.1", "192.0.2.1"},
		{"192.0.2.1 2001:db8::1", "2001:db8::1 192.0.2.1"},
		{"192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2 192.0.2.1 nonsense", "2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2"},
		{"::ffff:192.0.2.1 192.0.2.1 fe80::1%eth0", "fe80::1%eth0 192.0.2.1 192.0.2.1"},
		{"192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6 192.0.2.7", "192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6"},
		{"2001:db8::1 2001:db8::2 2001:db8::3 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4", "2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2 2001:db8::3 192.0.2.3"},
	} {
		if got := strings.Join(interleave(strings.Fields(c.in)), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	cases := []struct {
		value, date string
		want        int // -1: none
	}{
		{"", "", -1},
		{"0", "", 0},
		{"120", "", 120},
		{"-5", "", -1},
		{"99999999999", "", -1},
		{"soon", "", -1},
		{"Sun, 01 Mar 2026 12:05:00 GMT", "", 300},
		{"Sun, 01 Mar 2026 12:05:00 GMT", "Sun, 01 Mar 2026 12:04:00 GMT", 60},
		{"Sun, 01 Mar 2026 11:00:00 GMT", "", 0},
	}
	for _, c := range cases {
		got := RetryAfter(http.Header{"Retry-After": {c.value}, "Date": {c.date}}, now)
		if (got == nil) != (c.want < 0) || got != nil && *got != c.want {
			t.Errorf("%q at %q: %v, want %d", c.value, c.date, got, c.want)
		}
	}
}

func TestProxyStatus(t *testing.T) {
	cases := []struct {
		name   string
		values []string
		want   []evidence.ProxyStatus
	}{
		{"none", nil, nil},
		{"a name", []string{"squid"}, []evidence.ProxyStatus{{Proxy: "squid"}}},
		{
			"two in one, one in another header",
			[]string{`"cdn.example"; error=http_request_error; received-status=504, edge;next-hop=a`, "r34.example.net; error=connection_timeout"},
			[]evidence.ProxyStatus{
				{Proxy: "cdn.example", Error: "http_request_error", ReceivedStatus: 504},
				{Proxy: "edge"},
				{Proxy: "r34.example.net", Error: "connection_timeout"},
			},
		},
		{"escapes", []string{`a; details="say \"no\", \\ stop"; error=dns_timeout`}, []evidence.ProxyStatus{{Proxy: "a", Error: "dns_timeout", Details: `say "no", \ stop`}}},
		{"parameters without value", []string{"a;x;y=?0;error=dns_error"}, []evidence.ProxyStatus{{Proxy: "a", Error: "dns_error"}}},
		{"an odd status", []string{"a;received-status=1e9"}, []evidence.ProxyStatus{{Proxy: "a"}}},
		{"unfinished", []string{`a; error="dns`}, []evidence.ProxyStatus{{Proxy: "a"}}},
		{"nothing", []string{"", ",", ";"}, nil},
	}
	for _, c := range cases {
		if got := parseProxyStatus(c.values); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestStatement(t *testing.T) {
	const told = `{"title":"Error 522: Connection timed out","error_code":522,"error_name":"connection_timeout","error_category":"origin","cloudflare_error":true,"retryable":true,"retry_after":120,"owner_action_required":true}`
	header := http.Header{"Content-Type": {"application/problem+json; charset=utf-8"}, "Cf-Ray": {"1"}}
	want := evidence.Statement{
		By: "Cloudflare", Code: 522, Name: "connection_timeout", Category: "origin", Title: "Error 522: Connection timed out",
		OwnerActionRequired: true, Retryable: true, RetryAfterS: 120,
	}
	if got := statementOf(header, []byte(told)); got == nil || *got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for name, c := range map[string]struct {
		header http.Header
		body   string
	}{
		"not JSON by type":   {http.Header{"Content-Type": {"text/html"}, "Cf-Ray": {"1"}}, told},
		"not Cloudflare":     {http.Header{"Content-Type": {"application/json"}}, told},
		"the site's problem": {header, `{"title":"no","status":502}`},
		"broken":             {header, `{"cloudflare_error":true`},
	} {
		if got := statementOf(c.header, []byte(c.body)); got != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTitle(t *testing.T) {
	for body, want := range map[string]string{
		"":                                       "",
		"<title>502 Bad Gateway</title>":         "502 Bad Gateway",
		"<TITLE\nlang=en> A &lt;b&gt; </TITLE >": "A <b>",
		"<title>never closed":                    "",
		"<title":                                 "",
		"\xff\xfe<title>x</title>":               "x",
	} {
		if got := titleOf([]byte(body)); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

func TestUserAgent(t *testing.T) {
	for goos, system := range map[string]string{"linux": "X11; Linux", "windows": "Windows NT 10.0", "darwin": "Macintosh; Intel"} {
		if got := userAgent(goos, "1.2.3"); !strings.Contains(got, "("+system) || !strings.HasSuffix(got, " IsItMe/1.2.3") {
			t.Errorf("%s: %s", goos, got)
		}
	}
}

func TestPrivateHosts(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "a.LOCALHOST.": true, "127.0.0.1": true, "::1": true, "10.1.2.3": true, "fd00::1": true, "fe80::1": true,
		"0.0.0.0": true, "100.64.0.1": true, "::ffff:192.168.0.1": true,
		"example.com": false, "192.0.2.1": false, "100.128.0.1": false, "2001:db8::1": false, "localhost.example": false,
	} {
		if isPrivateHost(host) != want {
			t.Errorf("%s: %v", host, !want)
		}
	}
}

func TestAuthority(t *testing.T) {
	for in, want := range map[string]string{
		"http://a.example/": "a.example:80", "https://a.example": "a.example:443", "https://a.example:8443/x": "a.example:8443", "http://[::1]/": "[::1]:80",
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := authorityOf(u); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// Of more addresses than are raced at once, those that took no connection come last; of fewer, the order stays.
func TestDeadAddressesLast(t *testing.T) {
	all := []string{"198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4", "198.51.100.5", "198.51.100.6", "198.51.100.7"}
	var d dead
	if got := d.last(all, 443); !slices.Equal(got, all) {
		t.Errorf("before any failed: %v", got)
	}
	d.note([]evidence.Dial{
		{Address: "198.51.100.1", Port: 443, Failure: evidence.Timeout},
		{Address: "198.51.100.2", Port: 80, Failure: evidence.Timeout},
		{Address: "198.51.100.3", Port: 443},
		{Address: "198.51.100.4", Port: 443, Failure: evidence.ConnectionRefused},
	})
	want := []string{"198.51.100.2", "198.51.100.3", "198.51.100.5", "198.51.100.6", "198.51.100.7", "198.51.100.1", "198.51.100.4"}
	if got := d.last(all, 443); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := d.last(all[:maxRaced], 443); !slices.Equal(got, all[:maxRaced]) {
		t.Errorf("few: %v", got)
	}
	d.note([]evidence.Dial{{Address: "198.51.100.1", Port: 443}, {Address: "198.51.100.4", Port: 443}})
	if got := d.last(all, 443); !slices.Equal(got, all) {
		t.Errorf("after they took one: %v", got)
	}
}
