package probe

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http2"

	"isitme/checks/evidence"
)

// exchange sends req on l and waits at most patience for the head of the reply; 0 or negative means as long as ctx
// lasts. With absolute the request line holds the whole URL, as an HTTP proxy wants it (RFC 9112, 3.2.2).
func (p *Prober) exchange(ctx context.Context, l *link, req *http.Request, patience time.Duration, absolute bool) (*incoming, error) {
	guarded, release := guard(ctx, l.raw, patience)
	defer release()
	send := p.exchange1
	if l.speaksHTTP2 {
		send = p.exchange2
	}
	reply, err := send(ctx, l, req, absolute)
	if err != nil && guarded.Err() != nil && ctx.Err() == nil {
		return nil, guarded.Err()
	}
	return reply, l.raw.truer(err)
}

// exchange1 is exchange over HTTP/1.1. A server may reply and close before it has read the request, so a failed write
// does not end the exchange.
func (p *Prober) exchange1(_ context.Context, l *link, req *http.Request, absolute bool) (*incoming, error) {
	write := req.Write
	if absolute {
		write = req.WriteProxy
	}
	if out := bufio.NewWriter(l.conn); write(out) == nil {
		out.Flush()
	}
	sent := time.Now()
	in := bufio.NewReader(l.conn)
	if _, err := in.Peek(1); err != nil {
		return nil, err
	}
	firstByte := since(sent)
	reply, err := readReply(in, req, p.Env.Limits.HeaderBytes)
	if err != nil {
		return nil, err
	}
	reply.firstByteMS = firstByte
	return reply, nil
}

// exchange2 is exchange over HTTP/2 (RFC 9113). The request lives as long as ctx, since its body is read later.
func (p *Prober) exchange2(ctx context.Context, l *link, req *http.Request, _ bool) (*incoming, error) {
	// The connection is there, and TLS with it, so net/http is told to speak HTTP/2 on what the dialler gives it.
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{
		Protocols:              protocols,
		DialContext:            func(context.Context, string, string) (net.Conn, error) { return l.conn, nil },
		DisableCompression:     true,
		MaxResponseHeaderBytes: p.Env.Limits.HeaderBytes,
	}
	session, err := transport.NewClientConn(ctx, "http", authorityOf(req.URL))
	if err != nil {
		return nil, l.http2Error(err)
	}
	l.h2 = session
	begin := time.Now()
	resp, err := session.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, l.http2Error(err)
	}
	// There is no reason phrase in HTTP/2.
	return &incoming{Response: resp, line: strconv.Itoa(resp.StatusCode), firstByteMS: since(begin)}, nil
}

// http2Error gives what ended an HTTP/2 exchange a name. net/http keeps its error types for that to itself, apart from
// a stream's, so the rest is told by what became of the connection: it failed, the server ended it (with GOAWAY or
// without), or it still stands and what came over it was not HTTP/2.
func (l *link) http2Error(err error) error {
	_, alert := alertOf(err)
	_, stream := errors.AsType[http2.StreamError](err)
	first, ended := l.raw.fate()
	switch {
	case alert, stream, isEnd(err), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case first != nil:
		return first
	case ended, strings.Contains(err.Error(), "GOAWAY"): // the type of this error is not exported; the server takes no more requests
		return failed(evidence.EOF, err.Error())
	}
	return failed(evidence.HTTPMalformed, err.Error())
}
