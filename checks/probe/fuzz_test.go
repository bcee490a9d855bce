package probe

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// FuzzReply serves arbitrary bytes as the reply of a web server. Whatever they are, the fetch must end in time, with a
// fault of the vocabulary or a reply within its limits, and nothing that could harm a screen may be kept.
func FuzzReply(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
		"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 200 OK\r\n\r\n<title>x</title>",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08",
		"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
		"HTTP/1.1 503 x\r\nRetry-After: Sun, 01 Mar 2026 12:05:00 GMT\r\nProxy-Status: a;error=\"x\r\n\r\n",
		"SSH-2.0-server\r\n", "\r\n\r\nHTTP/1.1 200", "HTTP/1.1 200 OK\r\n: x\r\n y\r\n\r\n", "",
	} {
		f.Add([]byte(seed))
	}
	limits := environment.DefaultLimits()
	limits.BodyBytes, limits.HeaderBytes, limits.Body, limits.Reply = 4096, 2048, 200*time.Millisecond, 200*time.Millisecond
	f.Fuzz(func(t *testing.T, raw []byte) {
		env := &environment.Environment{
			Now: time.Now, Limits: limits,
			Dial: func(context.Context, string, string, environment.DialOptions) (net.Conn, error) {
				here, there := net.Pipe()
				go func() {
					defer there.Close()
					go io.Copy(io.Discard, there)
					there.Write(raw)
				}()
				return here, nil
			},
		}
		p := &Prober{Env: env}
		fetch := p.Fetch(context.Background(), Request{URL: "http://192.0.2.1/", NoRedirects: true})
		if fetch.Fault != nil && (fetch.Fault.Failure == evidence.None || fetch.Fault.Operation == "") {
			t.Errorf("an unnamed fault: %+v", fetch.Fault)
		}
		hop := fetch.Last()
		if fetch.Fault == nil && hop.Response == nil {
			t.Fatal("neither a fault nor a reply")
		}
		if hop.Response == nil {
			return
		}
		r := hop.Response
		if r.Status < 200 || r.Status > 999 || r.BodyBytes > limits.BodyBytes || len([]rune(r.Title)) > maxTitle {
			t.Errorf("out of its limits: %+v", r)
		}
		for _, s := range append([]string{r.Title, r.StatusLine}, values(r.Header)...) {
			if strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }) {
				t.Errorf("kept %q", s)
			}
		}
	})
}

func values(m map[string]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// FuzzReadReply checks the reader of HTTP/1 replies against the standard library's: what net/http reads and begins as
// a reply should, must be read here too, with the same status.
func FuzzReadReply(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
	f.Add([]byte("HTTP/1.0 404\nA: b\n c\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		req := &http.Request{Method: http.MethodGet}
		want, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), req)
		got, gotErr := readReply(bufio.NewReader(bytes.NewReader(raw)), req, 1<<20)
		if err == nil && want.StatusCode >= 200 && gotErr != nil {
			t.Errorf("net/http reads %d, this does not: %v", want.StatusCode, gotErr)
		}
		if err == nil && gotErr == nil && want.StatusCode >= 200 && want.StatusCode != got.StatusCode {
			t.Errorf("status %d, net/http says %d", got.StatusCode, want.StatusCode)
		}
	})
}

// FuzzDNSReply reads arbitrary bytes as the reply to a question: only an answer to that question may be believed.
func FuzzDNSReply(f *testing.F) {
	question := new(dns.Msg)
	question.SetQuestion("site.example.", dns.TypeA)
	question.Id = 4711
	good := new(dns.Msg)
	good.SetReply(question)
	good.SetEdns0(ednsSize, false)
	good.IsEdns0().Option = []dns.EDNS0{&dns.EDNS0_EDE{InfoCode: 17, ExtraText: "filtered\x1b[31m"}}
	for _, record := range []string{"site.example. 60 IN A 192.0.2.1", "site.example. 60 IN CNAME cdn.example."} {
		rr, err := dns.NewRR(record)
		if err != nil {
			f.Fatal(err)
		}
		good.Answer = append(good.Answer, rr)
	}
	wire, err := good.Pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(wire)
	f.Add(wire[:20])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		reply, err := readDNSReply(question, raw)
		if err != nil {
			return
		}
		if reply.Id != question.Id || !reply.Response {
			t.Fatalf("believed %+v", reply)
		}
		answer := evidence.Answer{Type: "A"}
		readAnswer(&answer, reply, dns.TypeA)
		if !answer.Replied() || (answer.Failure == evidence.None) != (len(answer.Addresses) > 0 && answer.RCode == "NOERROR") {
			t.Errorf("%+v", answer)
		}
		if len(answer.Addresses) > maxAddresses || len(answer.CNAMEs) > maxCNAMEs || len(answer.ExtendedErrors) > maxExtendedErrors {
			t.Errorf("beyond the cuts: %+v", answer)
		}
		for _, e := range answer.ExtendedErrors {
			if strings.ContainsFunc(e.Text, func(c rune) bool { return !unicode.IsPrint(c) }) {
				t.Errorf("kept %q", e.Text)
			}
		}
	})
}

// FuzzProxyStatus reads arbitrary headers: never more members than commas allow, never a status out of range.
func FuzzProxyStatus(f *testing.F) {
	for _, seed := range []string{`a; error=x, "b c"; details="d\"e"`, ";", `"`, "a=;b", ",,,", "a;received-status=502"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		got := parseProxyStatus([]string{header})
		if len(got) > maxProxies || len(got) > strings.Count(header, ",")+1 {
			t.Errorf("%d members of %q", len(got), header)
		}
		for _, m := range got {
			if m.ReceivedStatus != 0 && (m.ReceivedStatus < 100 || m.ReceivedStatus > 999) {
				t.Errorf("%+v", m)
			}
		}
	})
}

// FuzzRedirectTarget reads arbitrary Locations: what is accepted leads to http or https at a host, and can be asked for.
func FuzzRedirectTarget(f *testing.F) {
	for _, seed := range []string{"/a", "https://b.example/ü?%zz", "http://", "//x", "ftp://a/", "http://[::1]:99/", "?", "http://a:b@c/"} {
		f.Add(seed)
	}
	from := &url.URL{Scheme: "https", Host: "site.example", Path: "/"}
	f.Fuzz(func(t *testing.T, location string) {
		to, err := redirectTarget(from, location)
		if err != nil {
			if Classify(err, evidence.HTTPRedirect).Failure != evidence.HTTPInvalidRedirect {
				t.Errorf("%v", err)
			}
			return
		}
		if to.Scheme != "http" && to.Scheme != "https" || to.Hostname() == "" || to.User != nil || to.Fragment != "" {
			t.Errorf("%q leads to %s", location, to)
		}
		if _, err := http.NewRequest(http.MethodGet, to.String(), nil); err != nil {
			t.Errorf("%q leads to %q: %v", location, to, err)
		}
	})
}
