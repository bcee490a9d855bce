package probe

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/http2"
)

// link is one connection to the server, or to the proxy, as far as it has been brought up.
type link struct {
	// conn is spoken on, raw is the TCP connection under it, whose deadlines and closing govern both.
	conn net.Conn
	raw  *witness
	// speaksHTTP2 says that the handshake agreed on HTTP/2, h2 is the session once begun.
	speaksHTTP2 bool
	h2          *http.ClientConn
}

// plain is a link without TLS.
func plain(conn net.Conn) *link {
	raw := &witness{Conn: conn}
	return &link{conn: raw, raw: raw}
}

// witness remembers the first failure of a connection. The system tells of a reset once, to whichever of reading and
// writing comes first; after that the stream only looks ended.
type witness struct {
	net.Conn
	mu    sync.Mutex
	first error
	ended bool // by the other side
}

func (w *witness) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	w.note(err)
	return n, err
}

func (w *witness) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.note(err)
	return n, err
}

func (w *witness) note(err error) {
	if err == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	netErr, ok := errors.AsType[net.Error](err)
	switch {
	case isEnd(err):
		w.ended = true
	case ok && netErr.Timeout(), errors.Is(err, net.ErrClosed): // our own doing
	case w.first == nil:
		w.first = err
	}
}

// fate is the first failure seen, and whether the other side ended the connection.
func (w *witness) fate() (first error, ended bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.first, w.ended
}

// truer is the first failure seen where err only says that the stream ended.
func (w *witness) truer(err error) error {
	if first, _ := w.fate(); err != nil && isEnd(err) && first != nil {
		return first
	}
	return err
}

// secured is the link after a handshake on it.
func (l *link) secured(conn *tls.Conn) {
	l.conn = conn
	l.speaksHTTP2 = conn.ConnectionState().NegotiatedProtocol == http2.NextProtoTLS
}

// listen gives the other side d to say something first, and keeps what it says for the next Read. The error is a TLS
// alert; whatever else happens shows again when the link is used.
func (l *link) listen(ctx context.Context, d time.Duration) error {
	guarded, release := guard(ctx, l.raw, 0)
	defer release()
	l.raw.SetReadDeadline(time.Now().Add(d))
	if guarded.Err() != nil {
		return nil // the next guard says so
	}
	early := make([]byte, 4096)
	n, err := l.conn.Read(early)
	if _, ok := alertOf(err); ok {
		return err
	}
	if n > 0 {
		l.conn = &buffered{l.conn, bufio.NewReader(io.MultiReader(bytes.NewReader(early[:n]), l.conn))}
	}
	l.raw.SetReadDeadline(time.Time{})
	return nil
}

// close ends everything at once: nothing is reused.
func (l *link) close() {
	if l.h2 != nil {
		l.h2.Close()
	}
	l.raw.Close()
}

// buffered is a connection of which some bytes were already read.
type buffered struct {
	net.Conn
	r *bufio.Reader
}

func (b *buffered) Read(p []byte) (int, error) { return b.r.Read(p) }
