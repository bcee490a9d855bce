package probe

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"

	"isitme/checks/evidence"
)

// statusSlop is how many stray bytes before the status line are forgiven, as browsers do: left-overs of a reply that
// was longer than it said.
const statusSlop = 4

// incoming is a reply whose body has not been read yet.
type incoming struct {
	*http.Response
	// line is the status line without the protocol, as sent.
	line string
	// firstByteMS is the time from the end of the request to the reply.
	firstByteMS float64
	// rest is what follows the head, in HTTP/1.
	rest *bufio.Reader
}

// readReply reads an HTTP/1 reply up to its body and skips interim replies (RFC 9110, 15.2). Headers may take limit
// bytes in all. Errors: what is not HTTP is http_malformed_response, an end before a status line is EOF.
func readReply(r *bufio.Reader, req *http.Request, limit int64) (*incoming, error) {
	for {
		head, err := readHead(r, &limit)
		if err != nil {
			return nil, err
		}
		head, chunked := takeFraming(head)
		r = bufio.NewReader(io.MultiReader(bytes.NewReader(head), r))
		resp, err := http.ReadResponse(r, req)
		if err != nil || resp.StatusCode < 100 || resp.StatusCode == http.StatusSwitchingProtocols {
			return nil, failed(evidence.HTTPMalformed, "unreadable status line or headers")
		}
		if chunked {
			unchunk(resp, r)
		}
		if resp.StatusCode >= 200 {
			return &incoming{Response: resp, line: resp.Status, rest: r}, nil
		}
	}
}

// readHead reads one status line with its headers, and the empty line after them. It takes what it read from limit.
// Like a browser it passes over lines that are no header, rather than give the whole reply up.
func readHead(r *bufio.Reader, limit *int64) ([]byte, error) {
	if err := skipToStatus(r); err != nil {
		return nil, err
	}
	var head []byte
	for {
		line, err := readLine(r, limit)
		switch {
		case err != nil && len(head) > 0 && isEnd(err):
			return nil, failed(evidence.HTTPMalformed, "ended inside the headers")
		case err != nil:
			return nil, err
		}
		empty := len(bytes.TrimRight(line, "\r\n")) == 0
		switch {
		case len(head) == 0:
			head = append(head, "HTTP/"...) // the letters may have been small
			head = append(head, line[len("HTTP/"):]...)
		case empty:
			return append(head, "\r\n"...), nil
		case isHeaderLine(line):
			head = append(head, withoutControls(line)...)
		}
	}
}

// skipToStatus stops before "HTTP/", looking at no more bytes than that takes, so that a server which speaks another
// protocol and then waits is recognised at once.
func skipToStatus(r *bufio.Reader) error {
	const want = "http/"
	for n := 1; ; n++ {
		got, err := r.Peek(n)
		got = lowerASCII(got)
		possible := false
		for skip := 0; skip <= statusSlop && skip <= len(got); skip++ {
			rest := got[skip:]
			if bytes.HasPrefix(rest, []byte(want)) {
				_, err := r.Discard(skip)
				return err
			}
			possible = possible || bytes.HasPrefix([]byte(want), rest)
		}
		switch {
		case err != nil && isEnd(err) && len(got) > 0 && !bytes.HasPrefix([]byte(want), got):
			return failed(evidence.HTTPMalformed, "not HTTP")
		case err != nil:
			return err
		case !possible:
			return failed(evidence.HTTPMalformed, "not HTTP")
		}
	}
}

// readLine reads up to and with a line feed and takes its length from limit.
func readLine(r *bufio.Reader, limit *int64) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		*limit -= int64(len(part))
		switch {
		case *limit < 0:
			return nil, failed(evidence.HTTPMalformed, "headers too large")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		default:
			return line, err
		}
	}
}

// isHeaderLine reports whether line is a header field or the continuation of one (RFC 9112, 5).
func isHeaderLine(line []byte) bool {
	if line[0] == ' ' || line[0] == '\t' {
		return true
	}
	name, _, found := bytes.Cut(line, []byte(":"))
	if !found || len(name) == 0 {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f || bytes.IndexByte([]byte(`"(),/:;<=>?@[\]{}`), c) >= 0 {
			return false
		}
	}
	return true
}

// withoutControls replaces the control characters in a header line that browsers put up with: all but NUL.
func withoutControls(line []byte) []byte {
	for i, c := range line {
		if c != 0 && c != '\t' && c != '\r' && c != '\n' && (c < ' ' || c == 0x7f) {
			line[i] = ' '
		}
	}
	return line
}

// isEnd reports whether err is the orderly or early end of a stream.
func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
