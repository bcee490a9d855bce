package winetest

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

const errorPage = "<!doctype html><title>%[1]s</title><h1>%[1]s</h1><p>The shop is closed.</p>"

// status answers with an error page of that status; header holds names and values by turns.
func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(code)
		fmt.Fprintf(w, errorPage, http.StatusText(code))
	}
}

func works(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprint(w, "<!doctype html><title>A shop</title><p>Everything is in stock.</p>")
}

func redirectsToItself(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.URL.Path, http.StatusFound)
}

// endsEarly promises more than it sends.
func endsEarly(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Content-Length", "5000")
	fmt.Fprint(w, "<!doctype html><title>A shop</title>")
}

// endless sends a little forever, as a live stream does.
func endless(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprint(w, "<!doctype html><title>A shop</title>")
	for r.Context().Err() == nil {
		if _, err := fmt.Fprint(w, "<p>more</p>"); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// serve serves handler over plain HTTP on loopback and returns the address.
func serve(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// serveTLS serves handler over TLS with a certificate that nobody trusts.
func serveTLS(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are what is tested
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// serveRaw hands each connection to talk and closes it afterwards.
func serveRaw(t *testing.T, talk func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				talk(conn)
			}()
		}
	}()
	return "http://" + listener.Addr().String() + "/"
}

// readRequest waits for the beginning of a request.
func readRequest(conn net.Conn) {
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	conn.Read(make([]byte, 4096))
}

func hangsUp(conn net.Conn) { readRequest(conn) }

func resets(conn net.Conn) {
	readRequest(conn)
	conn.(*net.TCPConn).SetLinger(0) // RST in place of FIN
}

func speaksAnother(conn net.Conn) {
	readRequest(conn)
	fmt.Fprint(conn, "220 mail.example ESMTP\r\n")
}

// saysNothing takes the request and never answers, until the visitor gives up.
func saysNothing(conn net.Conn) {
	readRequest(conn)
	conn.SetReadDeadline(time.Now().Add(2 * patience))
	conn.Read(make([]byte, 1))
}

// closedPort is the address of a port where nothing listens any more.
func closedPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return "http://" + listener.Addr().String() + "/"
}
