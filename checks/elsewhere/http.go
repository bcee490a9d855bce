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
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/target"
)

// maxReply caps a decoded reply in bytes: five results of 20 kB each are documented.
const maxReply = 1 << 20

// client returns an HTTP client that reaches the world through the environment only, by the proxy that this computer uses
// for the service, and what closes its connections. Redirects are not followed: what is sent stays with the service.
func (c *Client) client(ctx context.Context) (*http.Client, func()) {
	transport := &http.Transport{
		DialContext: c.dial, ForceAttemptHTTP2: true, DisableCompression: true,
		TLSClientConfig: &tls.Config{RootCAs: c.Env.Roots, MinVersion: tls.VersionTLS12},
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

// dial connects to the first of a name's addresses that answers.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addresses := []string{host}
	if _, err := netip.ParseAddr(host); err != nil {
		if addresses = c.Env.LookupHost(ctx, host).Addresses; len(addresses) == 0 {
			return nil, &net.DNSError{Err: "no address", Name: host}
		}
	}
	var failed []error
	for _, a := range addresses {
		one, cancel := context.WithTimeout(ctx, c.connectPatience())
		conn, err := c.Env.Dial(one, network, net.JoinHostPort(a, port), environment.DialOptions{})
		cancel()
		if err == nil {
			return conn, nil
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

func (c *Client) endpoint() string {
	return strings.TrimSuffix(cmp.Or(c.Endpoint, DefaultEndpoint), "/")
}

func (c *Client) connectPatience() time.Duration {
	return cmp.Or(c.Env.Limits.Connect, environment.DefaultLimits().Connect)
}

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
		retry, _ := strconv.Atoi(cmp.Or(resp.Header.Get("X-RateLimit-Reset"), resp.Header.Get("Retry-After")))
		return fault{reason: quota, retry: max(retry, 0)}
	case code >= 500:
		return fault{reason: unreachable}
	default:
		return fault{reason: refused}
	}
}
