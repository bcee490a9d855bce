package probe_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
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
		loopback.Reply(raw)(c)
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
		{"whole", loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), "", "", 200},
		{"empty but framed", loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "", "", 200},
		{"until the end", loopback.Reply("HTTP/1.0 200 OK\r\n\r\nhello"), "", "", 200},
		{"bare line feeds", loopback.Reply("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi"), "", "", 200},
		{"a stray line in front", loopback.Reply("\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), "", "", 200},
		{"a line that is no header", loopback.Reply("HTTP/1.1 200 OK\r\nwhat is this\r\nContent-Length: 2\r\n\r\nhi"), "", "", 200},
		{"interim replies", loopback.Reply("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), "", "", 404},
		{"no reason phrase", loopback.Reply("HTTP/1.1 502\r\nContent-Length: 0\r\n\r\n"), "", "", 502},
		{"an odd status", loopback.Reply("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n"), "", "", 999},
		{"chunks", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "", "", 200},
		{"chunks with bare line feeds", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n"), "", "", 200},
		{"chunks with an extension and trailers", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 ;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"), "", "", 200},
		{"chunks, said twice", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "", "", 200},
		{"chunks and a length", loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "", "", 200},
		{"chunks without the last line", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"), "", "", 200},
		{"chunks of an older version are none", loopback.Reply("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"), "", "", 200},
		{"no content, in chunks", then("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", loopback.Hold), "", "", 204},
		{"no coding at all", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello"), "", "", 200},

		{"closed at once", func(c net.Conn) { loopback.ReadHead(c) }, evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"reset", func(c net.Conn) { loopback.ReadHead(c); loopback.Reset(c) }, evidence.HTTPRoundTrip, evidence.ConnectionReset, 0},
		{"silent", loopback.Hold, evidence.HTTPRoundTrip, evidence.Timeout, 0},
		{"half a status line", loopback.Reply("HTTP/1.1 20"), evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"half of the headers", loopback.Reply("HTTP/1.1 200 OK\r\nServer: x\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"another protocol", then("SSH-2.0-server\r\n", loopback.Hold), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"bare text", loopback.Reply("<html>HTTP/0.9 lives</html>"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"two letters", loopback.Reply("no"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"a broken status", loopback.Reply("HTTP/1.1 abc OK\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"switching protocols", loopback.Reply("HTTP/1.1 101 Switching Protocols\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"two lengths", loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"endless headers", loopback.Reply("HTTP/1.1 200 OK\r\nX: " + big + "\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"endless interim replies", loopback.Reply(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 4000)), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},

		{"cut short", loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"cut by a reset", then("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", pauseAndReset), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"until a reset", then("HTTP/1.0 200 OK\r\n\r\nhello", pauseAndReset), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"cut inside a chunk", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello"), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"cut between chunks", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"a chunk of a size that is none", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n"), evidence.HTTPBody, evidence.HTTPMalformed, 200},
		{"a chunk of too great a size", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello"), evidence.HTTPBody, evidence.HTTPMalformed, 200},
		{"a chunk that is longer than it says", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello, you\r\n0\r\n\r\n"), evidence.HTTPBody, evidence.HTTPMalformed, 200},
		{"an unknown coding", loopback.Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"stalled inside a chunk", then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello", loopback.Hold), "", "", 200},
		{"stalled", then("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", loopback.Hold), evidence.HTTPBody, evidence.Timeout, 200},
		{"stalled before the first byte", then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", loopback.Hold), evidence.HTTPBody, evidence.Timeout, 200},
		{"a quiet stream of events", then("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", loopback.Hold), "", "", 200},
		{"an open end", then("HTTP/1.1 200 OK\r\n\r\nhello", loopback.Hold), "", "", 200},
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
	loopback.Reset(c)
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
