package elsewhere

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"

	"isitme/checks/evidence"
	"isitme/checks/probe"
	"isitme/checks/target"
)

// maxReply caps a decoded reply in bytes: five results of 20 kB each are documented.
const maxReply = 1 << 20

// client returns an HTTP client that reaches the world through the environment only, by the proxy that this computer uses
// for the service, and what closes its connections. Redirects are not followed: what is sent stays with the service.
func (c *Client) client(ctx context.Context) (*http.Client, func()) {
	transport := &http.Transport{
		DialContext: probe.DialContext(c.Env, nil), ForceAttemptHTTP2: true, DisableCompression: true,
		TLSClientConfig: &tls.Config{RootCAs: c.Env.Roots, Time: c.Env.Now},
	}
	if service, err := target.Parse(c.endpoint()); err == nil {
		if _, proxy := c.Env.System(ctx, service, nil); proxy != nil {
			transport.Proxy = http.ProxyURL(proxy)
		}
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, transport.CloseIdleConnections
}

func (c *Client) endpoint() string {
	return strings.TrimSuffix(cmp.Or(c.Endpoint, DefaultEndpoint), "/")
}

// validID is the form of the service's ids; one becomes part of the next request's path.
var validID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// create starts the measurement and returns its id.
func (s *session) create(ctx context.Context, target evidence.Target, country string) (string, error) {
	body, err := json.Marshal(newRequest(target, country))
	if err != nil {
		return "", err
	}
	resp, data, err := s.do(ctx, http.MethodPost, "/measurements", body)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusAccepted {
		return "", refusal(resp)
	}
	var created struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(data, &created); err != nil || !validID.MatchString(created.ID) {
		return "", fault{reason: malformed, cause: err}
	}
	return created.ID, nil
}

// poll asks for the result; nil means that nothing is new since the last time.
func (s *session) poll(ctx context.Context, id string) (*measurement, error) {
	resp, data, err := s.do(ctx, http.MethodGet, "/measurements/"+id, nil)
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusNotModified:
		return nil, nil
	case http.StatusOK:
	default:
		return nil, refusal(resp)
	}
	s.etag = resp.Header.Get("ETag")
	var m measurement
	if err := json.Unmarshal(data, &m); err != nil || m.Status == "" {
		return nil, fault{reason: malformed, cause: err}
	}
	return &m, nil
}

// do makes one request, not sooner than the API's pace allows, and reads the whole reply.
func (s *session) do(ctx context.Context, method, path string, body []byte) (*http.Response, []byte, error) {
	if !s.last.IsZero() {
		wait := time.NewTimer(time.Until(s.last.Add(pace)))
		defer wait.Stop()
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-wait.C:
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, s.endpoint()+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("User-Agent", cmp.Or(s.UserAgent, "IsItMe/"+s.Env.Version))
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Accept-Encoding", "br, gzip")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if s.Token != "" {
		req.Header.Set("Authorization", "Bearer "+s.Token)
	}
	if s.etag != "" {
		req.Header.Set("If-None-Match", s.etag)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, nil, fault{reason: unreachable, cause: err}
	}
	defer resp.Body.Close()
	data, err := decoded(resp)
	s.last = time.Now()
	if err != nil {
		return nil, nil, fault{reason: malformed, cause: err}
	}
	return resp, data, nil
}

// decoded reads a body in the encoding it came in, up to maxReply.
func decoded(resp *http.Response) ([]byte, error) {
	var from io.Reader = resp.Body
	switch strings.ToLower(resp.Header.Get("Content-Encoding")) {
	case "br":
		from = brotli.NewReader(resp.Body)
	case "gzip":
		unzipped, err := gzip.NewReader(resp.Body)
		if err != nil {
			return nil, err
		}
		from = unzipped
	}
	data, err := io.ReadAll(io.LimitReader(from, maxReply+1))
	if err == nil && len(data) > maxReply {
		err = errors.New("reply too long")
	}
	return data, err
}

// refusal turns a reply without a result into the reason for it.
func refusal(resp *http.Response) error {
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests:
		return fault{reason: quota, retry: quotaFreeIn(resp.Header)}
	case code >= 500:
		return fault{reason: unreachable}
	default:
		return fault{reason: refused}
	}
}

// quotaFreeIn is in how many seconds there is a quota again, 0 where the service does not say. Its own header goes before the
// standard one, which others on the way may send.
func quotaFreeIn(header http.Header) int {
	if seconds, err := strconv.ParseUint(header.Get("X-RateLimit-Reset"), 10, 31); err == nil {
		return int(seconds)
	}
	if seconds := probe.RetryAfter(header, time.Now()); seconds != nil {
		return *seconds
	}
	return 0
}
