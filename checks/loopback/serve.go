package loopback

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

// Serve puts an HTTP server at a virtual address.
func (w *World) Serve(address string, handler http.Handler) {
	l, p := w.listen(address)
	w.run(l, p, &http.Server{Handler: handler})
}

// ServeTLS puts an HTTPS server (HTTP/1.1 and HTTP/2) at a virtual address, with the certificate given.
func (w *World) ServeTLS(address string, certificate tls.Certificate, handler http.Handler) {
	w.ServeTLSConfig(address, &tls.Config{Certificates: []tls.Certificate{certificate}}, handler)
}

// ServeTLSConfig is ServeTLS with a whole configuration. HTTP/2 is offered unless NextProtos says otherwise.
func (w *World) ServeTLSConfig(address string, config *tls.Config, handler http.Handler) {
	l, p := w.listen(address)
	config = config.Clone()
	if config.NextProtos == nil {
		config.NextProtos = []string{"h2", "http/1.1"}
	}
	w.run(tls.NewListener(l, config), p, &http.Server{Handler: handler, TLSConfig: config})
}

// run serves until the port is put to another use or the World closes.
func (w *World) run(l net.Listener, p *port, s *http.Server) {
	s.ErrorLog = log.New(io.Discard, "", 0)
	done := make(chan struct{})
	base, stop := context.WithCancel(context.Background())
	s.BaseContext = func(net.Listener) context.Context { return base }
	end := sync.OnceFunc(func() {
		stop()
		s.Close()
		l.Close()
		<-done
	})
	w.mu.Lock()
	p.end = end
	w.mu.Unlock()
	w.atEnd(end)
	w.wg.Go(func() {
		defer close(done)
		s.Serve(l)
	})
}

// ServeRaw puts a server at a virtual address that handles each connection by itself. The connection is closed when
// handle returns.
func (w *World) ServeRaw(address string, handle func(net.Conn)) {
	l, p := w.listen(address)
	var mu sync.Mutex
	open := map[net.Conn]bool{}
	ended := false
	end := sync.OnceFunc(func() {
		l.Close()
		mu.Lock()
		defer mu.Unlock()
		ended = true
		for c := range open {
			c.Close()
		}
	})
	w.mu.Lock()
	p.end = end
	w.mu.Unlock()
	w.atEnd(end)
	w.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open[c] = true
			if ended {
				c.Close()
			}
			mu.Unlock()
			w.wg.Go(func() {
				handle(c)
				c.Close()
				mu.Lock()
				delete(open, c)
				mu.Unlock()
			})
		}
	})
}

// Handlers for ServeRaw.

// Reply reads the request's head and sends the bytes given.
func Reply(raw string) func(net.Conn) {
	return func(c net.Conn) {
		ReadHead(c)
		io.WriteString(c, raw)
	}
}

// Hold reads until the other side goes away, and says nothing.
func Hold(c net.Conn) { io.Copy(io.Discard, c) }

// Reset ends a connection with a RST instead of a farewell.
func Reset(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		t.SetLinger(0)
	}
	c.Close()
}

// ReadHead reads up to the empty line that ends a request's head, and returns it.
func ReadHead(c net.Conn) string {
	var head []byte
	one := make([]byte, 1)
	for {
		if _, err := c.Read(one); err != nil {
			return string(head)
		}
		head = append(head, one[0])
		if n := len(head); n >= 4 && string(head[n-4:]) == "\r\n\r\n" {
			return string(head)
		}
	}
}

// Status is a handler that answers with a status and a page.
func Status(code int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(code)
		io.WriteString(w, body)
	})
}

// Page is a handler that answers with a small, whole page.
var Page = Status(http.StatusOK, "<!doctype html><title>Hello</title><p>It works.")

// Counter counts the requests that reach a handler.
type Counter struct {
	Handler http.Handler
	mu      sync.Mutex
	n       int
}

func (c *Counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
	c.Handler.ServeHTTP(w, r)
}

// Count is how many requests there were.
func (c *Counter) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
