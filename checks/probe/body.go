package probe

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"isitme/checks/evidence"
)

// content is a body as far as it was read, decoded.
type content struct {
	bytes            []byte
	complete, capped bool
}

// readBody reads and decodes the body of in up to the limits of bytes and time. A body that is still coming then is
// fine and capped; one that ends early, or stands still although more was announced, is a fault.
func (p *Prober) readBody(ctx context.Context, l *link, in *incoming) (content, *evidence.Fault) {
	limits := p.Env.Limits
	guarded, release := guard(ctx, l.raw, limits.Body)
	defer release()
	flow := &flow{r: in.Body, begin: time.Now()}
	data, err := io.ReadAll(io.LimitReader(decoded(flow, in.Header), limits.BodyBytes+1))
	if int64(len(data)) > limits.BodyBytes {
		return content{bytes: data[:limits.BodyBytes], capped: true}, nil
	}
	if err == nil {
		// The decoder may be done before the framing is.
		_, err = io.CopyN(io.Discard, flow, drainBytes)
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			err = nil
		}
	}
	switch {
	case err == nil, endsWithConnection(in.Response) && isEnd(flow.err):
		// Without a length the end of the connection is the end of the body; that it came without TLS's own farewell
		// (close_notify) is common and passed over by browsers.
		return content{bytes: data, complete: true}, nil
	case ctx.Err() == context.Canceled:
		return content{bytes: data}, &evidence.Fault{Operation: evidence.HTTPBody, Failure: evidence.Interrupted}
	case guarded.Err() != nil && flow.stalled(in.Response):
		return content{bytes: data}, &evidence.Fault{Operation: evidence.HTTPBody, Failure: evidence.Timeout}
	case guarded.Err() != nil:
		return content{bytes: data, capped: true}, nil
	case flow.err == nil || flow.err == io.EOF && !errors.Is(err, io.ErrUnexpectedEOF):
		// The bytes arrived, but the decoder cannot make sense of them.
		return content{bytes: data}, &evidence.Fault{
			Operation: evidence.HTTPBody, Failure: evidence.HTTPMalformed, Detail: "the content does not decode",
		}
	}
	failure, why := classify(err, evidence.HTTPBody)
	if failure != evidence.HTTPMalformed {
		failure = evidence.HTTPTruncated
	}
	return content{bytes: data}, &evidence.Fault{Operation: evidence.HTTPBody, Failure: failure, Detail: scrub(why)}
}

// drainBytes is how much may follow the end of compressed content before it no longer matters how the body ends.
const drainBytes = 64 << 10

// endsWithConnection reports whether the end of the connection is the end of the body (RFC 9112, 6.3, rule 8).
func endsWithConnection(resp *http.Response) bool {
	return resp.ProtoMajor == 1 && resp.ContentLength < 0 && len(resp.TransferEncoding) == 0
}

// flow counts the bytes of a body as they come off the wire and remembers when.
type flow struct {
	r           io.Reader
	n           int64
	begin, last time.Time
	err         error
}

func (f *flow) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if n > 0 {
		f.n += int64(n)
		f.last = time.Now()
	}
	f.err = err
	return n, err
}

// stalled tells a body that stopped coming from one that is still flowing when time is up: nothing came in the later
// half of the time, although more was announced or nothing had come at all. A stream of events may rightly be quiet.
func (f *flow) stalled(resp *http.Response) bool {
	last := f.last
	if last.IsZero() {
		last = f.begin
	}
	if time.Since(last) < time.Since(f.begin)/2 {
		return false
	}
	quiet := strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream")
	return resp.ContentLength > f.n || f.n == 0 && !quiet
}

// decoded undoes the content codings that were offered (RFC 9110, 8.4.1). Others are left as they are.
func decoded(r io.Reader, header http.Header) io.Reader {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Encoding"))) {
	case "gzip", "x-gzip":
		return &lazy{r: r, open: func(r *bufio.Reader) (io.Reader, error) {
			z, err := gzip.NewReader(r)
			if err == nil {
				z.Multistream(false) // what follows the end is passed over, as browsers do
			}
			return z, err
		}}
	case "deflate":
		return &lazy{r: r, open: inflate}
	}
	return r
}

// inflate reads "deflate" content, which is zlib by the standard and bare deflate by some servers.
func inflate(r *bufio.Reader) (io.Reader, error) {
	start, err := r.Peek(2)
	if err == nil && start[0]&0x0f == 8 && (int(start[0])<<8|int(start[1]))%31 == 0 {
		return zlib.NewReader(r)
	}
	return flate.NewReader(r), nil
}

// lazy opens a decoder at the first byte, so that an empty body is one whatever coding it claims.
type lazy struct {
	r    io.Reader
	open func(*bufio.Reader) (io.Reader, error)
	dec  io.Reader
}

func (l *lazy) Read(p []byte) (int, error) {
	if l.dec == nil {
		r := bufio.NewReader(l.r)
		if _, err := r.Peek(1); err != nil {
			return 0, err
		}
		dec, err := l.open(r)
		if err != nil {
			return 0, err
		}
		l.dec = dec
	}
	return l.dec.Read(p)
}
