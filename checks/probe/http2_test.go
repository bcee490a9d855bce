package probe_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
)

// framed is a server that speaks HTTP/2 frame by frame: it reads the request's headers and hands over.
func framed(certificate tls.Certificate, answer func(fr *http2.Framer, stream uint32, c net.Conn)) func(net.Conn) {
	return func(c net.Conn) {
		s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2", "http/1.1"}})
		if s.Handshake() != nil {
			return
		}
		if s.ConnectionState().NegotiatedProtocol != "h2" {
			loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")(s)
			return
		}
		preface := make([]byte, len(http2.ClientPreface))
		if _, err := io.ReadFull(s, preface); err != nil {
			return
		}
		fr := http2.NewFramer(s, s)
		fr.WriteSettings()
		for {
			f, err := fr.ReadFrame()
			if err != nil {
				return
			}
			if h, ok := f.(*http2.HeadersFrame); ok {
				answer(fr, h.StreamID, c)
				return
			}
		}
	}
}

// headers sends the head of a reply.
func headers(fr *http2.Framer, stream uint32, end bool, fields ...string) {
	var b bytes.Buffer
	enc := hpack.NewEncoder(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		enc.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	fr.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: b.Bytes(), EndHeaders: true, EndStream: end})
}

func TestHTTP2(t *testing.T) {
	hold := func(fr *http2.Framer, _ uint32, _ net.Conn) {
		for {
			if _, err := fr.ReadFrame(); err != nil {
				return
			}
		}
	}
	cases := []struct {
		name    string
		answer  func(fr *http2.Framer, stream uint32, c net.Conn)
		op      evidence.Operation
		failure evidence.Failure
		status  int
	}{
		{"whole", func(fr *http2.Framer, id uint32, c net.Conn) {
			headers(fr, id, false, ":status", "502", "server", "edge")
			fr.WriteData(id, true, []byte("bad"))
			hold(fr, id, c)
		}, "", "", 502},
		{"interim", func(fr *http2.Framer, id uint32, c net.Conn) {
			headers(fr, id, false, ":status", "103")
			headers(fr, id, true, ":status", "200")
			hold(fr, id, c)
		}, "", "", 200},
		{"HTTP/1.1 required", func(fr *http2.Framer, id uint32, c net.Conn) {
			fr.WriteRSTStream(id, http2.ErrCodeHTTP11Required)
			hold(fr, id, c)
		}, "", "", 200},
		{"stream reset", func(fr *http2.Framer, id uint32, c net.Conn) {
			fr.WriteRSTStream(id, http2.ErrCodeInternal)
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.ConnectionReset, 0},
		{"connection given up", func(fr *http2.Framer, id uint32, c net.Conn) {
			fr.WriteGoAway(id, http2.ErrCodeInternal, nil)
			c.(*net.TCPConn).CloseWrite()
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"connection given up and left standing", func(fr *http2.Framer, id uint32, c net.Conn) {
			fr.WriteGoAway(0, http2.ErrCodeInternal, nil)
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"connection given up in an orderly way and left standing", func(fr *http2.Framer, id uint32, c net.Conn) {
			fr.WriteGoAway(0, http2.ErrCodeNo, nil)
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"end", func(fr *http2.Framer, id uint32, c net.Conn) {
			c.(*net.TCPConn).CloseWrite()
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.EOF, 0},
		{"reset", func(_ *http2.Framer, _ uint32, c net.Conn) { loopback.Reset(c) }, evidence.HTTPRoundTrip, evidence.ConnectionReset, 0},
		{"silence", hold, evidence.HTTPRoundTrip, evidence.Timeout, 0},
		{"broken frames", func(fr *http2.Framer, id uint32, c net.Conn) {
			fr.AllowIllegalWrites = true
			fr.WriteRawFrame(http2.FrameHeaders, 0, 0, []byte{0xff, 0xff})
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"no status", func(fr *http2.Framer, id uint32, c net.Conn) {
			headers(fr, id, true, "server", "edge")
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"headers too large", func(fr *http2.Framer, id uint32, c net.Conn) {
			var b bytes.Buffer
			enc := hpack.NewEncoder(&b)
			enc.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
			for range 30 {
				enc.WriteField(hpack.HeaderField{Name: "x", Value: strings.Repeat("~", 4096), Sensitive: true})
			}
			block := b.Bytes()
			fr.WriteHeaders(http2.HeadersFrameParam{StreamID: id, BlockFragment: block[:16000], EndStream: true})
			for block = block[16000:]; len(block) > 16000; block = block[16000:] {
				fr.WriteContinuation(id, false, block[:16000])
			}
			fr.WriteContinuation(id, true, block)
			hold(fr, id, c)
		}, evidence.HTTPRoundTrip, evidence.HTTPMalformed, 0},
		{"body cut by a stream reset", func(fr *http2.Framer, id uint32, c net.Conn) {
			headers(fr, id, false, ":status", "200")
			fr.WriteData(id, false, []byte("hel"))
			fr.WriteRSTStream(id, http2.ErrCodeInternal)
			hold(fr, id, c)
		}, evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"body cut by the end", func(fr *http2.Framer, id uint32, _ net.Conn) {
			headers(fr, id, false, ":status", "200")
			fr.WriteData(id, false, []byte("hel"))
		}, evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"body shorter than announced", func(fr *http2.Framer, id uint32, c net.Conn) {
			headers(fr, id, false, ":status", "200", "content-length", "50")
			fr.WriteData(id, true, []byte("hel"))
			hold(fr, id, c)
		}, evidence.HTTPBody, evidence.HTTPTruncated, 200},
		{"body stalled", func(fr *http2.Framer, id uint32, c net.Conn) {
			headers(fr, id, false, ":status", "200", "content-length", "50")
			fr.WriteData(id, false, []byte("hel"))
			hold(fr, id, c)
		}, evidence.HTTPBody, evidence.Timeout, 200},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, p := start(t)
			w.ServeRaw(siteAddress+":443", framed(w.Authority.Valid(siteName), c.answer))
			f := fetch(t, p, "https://"+siteName+"/")
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

func TestHTTP2StatusLine(t *testing.T) {
	w, p := start(t)
	w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), loopback.Status(http.StatusBadGateway, "no"))
	r := wantStatus(t, fetch(t, p, "https://"+siteName+"/"), 502)
	if r.StatusLine != "502" || r.Proto != "HTTP/2" {
		t.Errorf("%q over %s", r.StatusLine, r.Proto)
	}
}
