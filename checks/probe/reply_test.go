package probe_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/probe/probetest"
)

// stall is a handler that never ends: before the reply, or in its body.
func stall(inBody bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if inBody {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "the beginning")
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	})
}

// then sends raw after the request and does what comes next with the connection still open.
func then(raw string, next func(net.Conn)) func(net.Conn) {
	return func(c net.Conn) {
		probetest.Reply(raw)(c)
		next(c)
	}
}

func TestReplies(t *testing.T) {
	big := strings.Repeat("x", 70<<10)
	cases := []struct {
		name    string
		serve   func(net.Conn)
		op      evidence.Operation
		failure evidence.Failure
		status  int
	}{
		{"whole", probetest.Reply("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), "", "", 200},
		{"empty but framed", probetest.Reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "", "", 200},
		{"until the end", probetest.Reply("HTTP/1.0 200 OK\r\n\r\nhello"), "", "", 200},
		{"bare line feeds", probetest.Reply("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi"), "", "", 200},
		{"a stray line in front", probetest.Reply("\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), "", "", 200},
		{"a line that is no header", probetest.Reply("HTTP/1.1 200 OK\r\nwhat is this\r\nContent-Length: 2\r\n\r\nhi"), "", "", 200},
		{"interim replies", probetest.Reply("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), "", "", 404},
		{"no reason phrase", probetest.Reply("HTTP/1.1 502\r\nContent-Length: 0\r\n\r\n"), "", "", 502},
		{"an odd status", probetest.Reply("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n"), "", "", 999},
		{"chunks", probetest.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "", "", 200},

		{"closed at once", func(c net.Conn) { probetest.ReadHead(c) }, evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"reset", func(c net.Conn) { probetest.ReadHead(c); probetest.Reset(c) }, evidence.HTTPRoundTrip, evidence.ConnectionReset, 0},
		{"silent", probetest.Hold, evidence.HTTPRoundTrip, evidence.Timeout, 0},
		{"half a status line", probetest.Reply("HTTP/1.1 20"), evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"half of the headers", probetest.Reply("HTTP/1.1 200 OK\r\nServer: x\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"another protocol", then("SSH-2.0-server\r\n", probetest.Hold), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"bare text", probetest.Reply("<html>HTTP/0.9 lives</html>"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"two letters", probetest.Reply("no"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"a broken status", probetest.Reply("HTTP/1.1 abc OK\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"switching protocols", probetest.Reply("HTTP/1.1 101 Switching Protocols\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"two lengths", probetest.Reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"endless headers", probetest.Reply("HTTP/1.1 200 OK\r\nX: " + big + "\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"endless interim replies", probetest.Reply(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 4000)), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},

		{"cut short", probetest.Reply("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"cut by a reset", then("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", pauseAndReset), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"until a reset", then("HTTP/1.0 200 OK\r\n\r\nhello", pauseAndReset), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"cut inside a chunk", probetest.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello"), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"cut between chunks", probetest.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"stalled", then("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", probetest.Hold), evidence.HTTPBody, evidence.Timeout, 200},
		{"stalled before the first byte", then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", probetest.Hold), evidence.HTTPBody, evidence.Timeout, 200},
		{"a quiet stream of events", then("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", probetest.Hold), "", "", 200},
		{"an open end", then("HTTP/1.1 200 OK\r\n\r\nhello", probetest.Hold), "", "", 200},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, p := start(t)
			w.ServeRaw(siteAddress+":80", c.serve)
			f := fetch(t, p, "http://"+siteName+"/")
			if c.failure == "" {
				wantStatus(t, f, c.status)
				return
			}
			wantFault(t, f, c.op, c.failure)
			if f.Status() != c.status {
				t.Errorf("status %d, want %d", f.Status(), c.status)
			}
		})
	}
}

// pauseAndReset lets what was sent arrive first.
func pauseAndReset(c net.Conn) {
	time.Sleep(50 * time.Millisecond)
	probetest.Reset(c)
}

func TestBodyLimits(t *testing.T) {
	w, p := start(t)
	limit := p.Env.Limits.BodyBytes
	endless := func(rw http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(rw, strings.Repeat("x", 4096))
		}
	}
	drip := func(rw http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(rw, "x")
			rw.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	}
	bomb := func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(rw)
		for range 4 {
			z.Write(make([]byte, 1<<20))
		}
		z.Close()
	}
	for name, handler := range map[string]http.HandlerFunc{"endless": endless, "drip": drip, "bomb": bomb} {
		for _, scheme := range []string{"http", "https"} {
			t.Run(name+" "+scheme, func(t *testing.T) {
				if scheme == "http" {
					w.Serve(siteAddress+":80", handler)
				} else {
					w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), handler)
				}
				r := wantStatus(t, fetch(t, p, scheme+"://"+siteName+"/"), 200)
				if !r.Capped || r.Complete || r.BodyBytes == 0 || r.BodyBytes > limit {
					t.Errorf("capped %v, complete %v, %d bytes", r.Capped, r.Complete, r.BodyBytes)
				}
			})
		}
	}
}

func TestContentCodings(t *testing.T) {
	const text = "<title>Packed</title> and some more text to pack"
	gzipped := packed(t, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, text)
	zlibbed := packed(t, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }, text)
	deflated := packed(t, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}, text)
	cases := []struct {
		name, coding string
		body         []byte
		failure      evidence.Failure
		bytes        int
	}{
		{"gzip", "gzip", gzipped, "", len(text)},
		{"gzip with something behind", "gzip", append(bytes.Clone(gzipped), "trailing"...), "", len(text)},
		{"zlib", "deflate", zlibbed, "", len(text)},
		{"bare deflate", "deflate", deflated, "", len(text)},
		{"empty", "gzip", nil, "", 0},
		{"unknown", "zstd-ish", []byte("??"), "", 2},
		{"not gzip at all", "gzip", []byte(text), evidence.HTTPMalformed, 0},
		{"gzip cut short", "gzip", gzipped[:len(gzipped)-12], evidence.HTTPTruncated, -1},
		{"gzip corrupted", "gzip", corrupted(gzipped), evidence.HTTPMalformed, -1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, p := start(t)
			w.Serve(siteAddress+":80", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
					t.Error("gzip was not offered")
				}
				rw.Header().Set("Content-Encoding", c.coding)
				rw.Header().Set("Content-Type", "text/html")
				rw.Header().Set("Content-Length", fmt.Sprint(len(c.body)))
				rw.Write(c.body)
			}))
			f := fetch(t, p, "http://"+siteName+"/")
			if c.failure != "" {
				wantFault(t, f, evidence.HTTPBody, c.failure)
				return
			}
			r := wantStatus(t, f, 200)
			if r.BodyBytes != int64(c.bytes) || !r.Complete {
				t.Errorf("%d bytes, complete %v; want %d", r.BodyBytes, r.Complete, c.bytes)
			}
			if c.bytes == len(text) && r.Title != "Packed" {
				t.Errorf("title %q", r.Title)
			}
		})
	}
}

func packed(t *testing.T, open func(io.Writer) io.WriteCloser, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := open(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// corrupted changes the checksum at the end.
func corrupted(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)-6] ^= 0xff
	return b
}

func TestRequestLooksLikeABrowsers(t *testing.T) {
	for _, scheme := range []string{"http", "https"} {
		t.Run(scheme, func(t *testing.T) {
			w, p := start(t)
			var got *http.Request
			handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { got = r.Clone(context.Background()) })
			w.Serve(siteAddress+":80", handler)
			w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), handler)
			f := fetch(t, p, scheme+"://"+siteName+"/a%20b?q=%zz&r=1")
			wantStatus(t, f, 200)
			agent := got.UserAgent()
			if !strings.HasPrefix(agent, "Mozilla/5.0 (") || !strings.Contains(agent, " Chrome/") || !strings.HasSuffix(agent, " IsItMe/0.0.0-test") {
				t.Errorf("User-Agent %q", agent)
			}
			for name, want := range map[string]string{
				"Cache-Control": "no-cache", "Pragma": "no-cache", "Upgrade-Insecure-Requests": "1",
				"Accept-Language": "en-US,en;q=0.9",
			} {
				if got.Header.Get(name) != want {
					t.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
				}
			}
			if got.Method != http.MethodGet || got.Host != siteName || got.RequestURI != "/a%20b?q=%zz&r=1" {
				t.Errorf("%s %s at %s", got.Method, got.RequestURI, got.Host)
			}
			wantProto := map[string]string{"http": "HTTP/1.1", "https": "HTTP/2"}[scheme]
			if r := f.Last().Response; r.Proto != wantProto {
				t.Errorf("%s, want %s", r.Proto, wantProto)
			}
		})
	}
}

func TestOverriddenNames(t *testing.T) {
	w, p := start(t)
	var host, sni string
	w.ServeTLS(siteAddress+":443", w.Authority.Valid("other.example"), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		host, sni = r.Host, r.TLS.ServerName
	}))
	f := get(t, p, probe.Request{
		URL: "https://" + siteName + "/", Address: siteAddress, Host: "other.example", ServerName: "other.example", Accept: "application/problem+json",
	})
	wantStatus(t, f, 200)
	if host != "other.example" || sni != "other.example" || f.Last().TLS.ServerName != "other.example" {
		t.Errorf("Host %q, SNI %q, recorded %q", host, sni, f.Last().TLS.ServerName)
	}
}

func TestPatience(t *testing.T) {
	w, p := start(t)
	late := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(p.Env.Limits.Reply + 300*time.Millisecond):
			rw.WriteHeader(http.StatusGatewayTimeout)
		case <-r.Context().Done():
		}
	})
	w.Serve(siteAddress+":80", late)
	url := "http://" + siteName + "/"
	wantFault(t, fetch(t, p, url), evidence.HTTPRoundTrip, evidence.Timeout)
	wantFault(t, get(t, p, probe.Request{URL: url, Reply: 50 * time.Millisecond}), evidence.HTTPRoundTrip, evidence.Timeout)
	wantStatus(t, get(t, p, probe.Request{URL: url, Reply: -1}), 504)
}

func TestWhatIsKept(t *testing.T) {
	w, p := start(t)
	w.Serve(siteAddress+":80", http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		h := rw.Header()
		h.Set("Server", "nginx\x1b[31m")
		h.Set("Set-Cookie", "session=secret")
		h.Set("Authorization", "secret")
		h.Set("X-Secret", "secret")
		h.Set("WWW-Authenticate", `Basic realm="secret"`)
		h.Add("WWW-Authenticate", `Bearer token="secret"`)
		h.Set("Location", "https://user:secret@site.example/path?token=secret#secret")
		h.Set("Retry-After", "120")
		h.Set("Proxy-Status", `edge; error=connection_refused; received-status=502; details="no \"luck\" at 10.0.0.1:80"`)
		h.Set("X-Request-Id", "abc-123")
		h.Set("Via", strings.Repeat("v", 1000))
		rw.WriteHeader(503)
		fmt.Fprintf(rw, "<html><head><TITLE class=x>\n Sorry &amp; \u202ebye\u200b \xff%s</title>", strings.Repeat("!", 500))
	}))
	r := wantStatus(t, fetch(t, p, "http://"+siteName+"/"), 503)
	if r.StatusLine != "503 Service Unavailable" {
		t.Errorf("status line %q", r.StatusLine)
	}
	want := map[string]string{
		"www-authenticate": "Basic, Bearer",
		"location":         "https://site.example/path?...",
		"retry-after":      "120",
		"via":              strings.Repeat("v", 300),
	}
	for name, value := range want {
		if r.Header[name] != value {
			t.Errorf("%s: %q, want %q", name, r.Header[name], value)
		}
	}
	for name, value := range r.Header {
		if strings.Contains(value, "secret") || name == "set-cookie" || name == "x-secret" || name == "authorization" {
			t.Errorf("kept %s: %q", name, value)
		}
	}
	if len([]rune(r.Title)) != 120 || !strings.HasPrefix(r.Title, "Sorry & bye !!!") {
		t.Errorf("title %q", r.Title)
	}
	if r.RetryAfterS == nil || *r.RetryAfterS != 120 {
		t.Errorf("Retry-After %v", r.RetryAfterS)
	}
	status := evidence.ProxyStatus{Proxy: "edge", Error: "connection_refused", ReceivedStatus: 502, Details: `no "luck" at [address]`}
	if len(r.ProxyStatus) != 1 || r.ProxyStatus[0] != status {
		t.Errorf("Proxy-Status %+v", r.ProxyStatus)
	}
	if len(r.RequestIDs) != 1 || r.RequestIDs[0].Value != "abc-123" {
		t.Errorf("request IDs %+v", r.RequestIDs)
	}
	if len(r.BodySHA256) != 64 || !r.Complete {
		t.Errorf("digest %q, complete %v", r.BodySHA256, r.Complete)
	}
}
