package probe_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
)

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
