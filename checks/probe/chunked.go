package probe

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"isitme/checks/evidence"
)

// maxChunkLine is how long the line with a chunk's size, or a trailer, may be, in bytes; as in Chromium.
const maxChunkLine = 16 << 10

// takeFraming looks for a Transfer-Encoding (RFC 9112, 6.1) in a head and takes it out where it says "chunked", for
// which Content-Length does not count, or "identity", which is no coding at all. Browsers put up with both, and with
// "chunked" said twice; net/http does not. Other codings stay for net/http to refuse.
func takeFraming(head []byte) (rest []byte, chunked bool) {
	if !bytes.HasPrefix(head, []byte("HTTP/1.")) || bytes.HasPrefix(head, []byte("HTTP/1.0")) {
		return head, false
	}
	var kept, without [][]byte // with the length, and without it
	taken := false
	for line := range bytes.Lines(head) {
		if continued := line[0] == ' ' || line[0] == '\t'; continued && taken {
			continue
		}
		taken = false
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch strings.ToLower(string(name)) {
		case "transfer-encoding":
			for token := range bytes.SplitSeq(value, []byte(",")) {
				switch strings.ToLower(string(bytes.TrimSpace(token))) {
				case "chunked":
					chunked = true
				case "identity":
				default:
					return head, false
				}
			}
			taken = true
			continue
		case "content-length":
		default:
			without = append(without, line)
		}
		kept = append(kept, line)
	}
	if chunked {
		kept = without
	}
	return bytes.Join(kept, nil), chunked
}

// unchunk gives resp the body that comes in chunks from r.
func unchunk(resp *http.Response, r *bufio.Reader) {
	if resp.StatusCode == http.StatusNoContent || resp.StatusCode == http.StatusNotModified {
		return // which have none (RFC 9112, 6.3)
	}
	resp.Body, resp.ContentLength, resp.TransferEncoding = io.NopCloser(&chunks{r: r}), -1, []string{"chunked"}
}

// chunks reads a body in chunks (RFC 9112, 7.1) and is as lenient as browsers are: lines may end with a bare line feed.
type chunks struct {
	r     *bufio.Reader
	left  int64 // of the chunk being read
	begun bool
	err   error
}

// Read implements io.Reader. An end inside a chunk, or before the last one, is io.ErrUnexpectedEOF.
func (c *chunks) Read(p []byte) (int, error) {
	if c.err == nil && c.left == 0 {
		c.err = c.next()
	}
	if c.err != nil || len(p) == 0 {
		return 0, c.err
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	c.err = err
	return n, err
}

// next goes on to the data of the next chunk; io.EOF after the last one.
func (c *chunks) next() error {
	if c.begun {
		if line, err := c.line(); err != nil || len(line) > 0 {
			return malformedUnless(err, "a chunk is longer than it says")
		}
	}
	c.begun = true
	line, err := c.line()
	if err != nil {
		return err
	}
	size, _, _ := strings.Cut(string(line), ";") // an extension may follow
	if c.left, err = strconv.ParseInt(strings.TrimRight(size, " \t"), 16, 63); err != nil || c.left < 0 {
		return failed(evidence.HTTPMalformed, "a chunk's size is no number")
	}
	if c.left > 0 {
		return nil
	}
	for { // trailers, and an empty line; nobody misses them where the connection ends here
		if line, err := c.line(); errors.Is(err, io.ErrUnexpectedEOF) || err == nil && len(line) == 0 {
			return io.EOF
		} else if err != nil {
			return err
		}
	}
}

// line reads one line without its end.
func (c *chunks) line() ([]byte, error) {
	limit := int64(maxChunkLine)
	line, err := readLine(c.r, &limit)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return bytes.TrimRight(line, "\r\n"), err
}

// malformedUnless is err, or where there is none, that the body is malformed.
func malformedUnless(err error, why string) error {
	if err != nil {
		return err
	}
	return failed(evidence.HTTPMalformed, why)
}
