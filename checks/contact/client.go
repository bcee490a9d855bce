package contact

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// maxBody caps what is read of any reply, in bytes: the registries' list of services, the largest, has 60 KiB.
const maxBody = 512 << 10

// client makes requests through the environment's dialer, over verified HTTPS only.
type client struct{ http.Client }

// errInsecure ends a visit that a redirect leads off HTTPS.
var errInsecure = errors.New("redirect leads off https")

func newClient(env *environment.Environment) *client {
	dial := func(ctx context.Context, _, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		addresses := []string{host}
		if net.ParseIP(host) == nil {
			addresses = env.LookupHost(ctx, host).Addresses
		}
		err = fmt.Errorf("no public address for %s", host)
		for _, a := range addresses {
			if evidence.Local(a) {
				continue // a public name that leads into a private network is not followed
			}
			var conn net.Conn
			attempt, cancel := context.WithTimeout(ctx, 4*time.Second)
			conn, err = env.Dial(attempt, "tcp", net.JoinHostPort(a, port), environment.DialOptions{})
			cancel()
			if err == nil {
				return conn, nil
			}
		}
		return nil, err
	}
	return &client{http.Client{
		Transport: &http.Transport{
			DialContext: dial, TLSClientConfig: &tls.Config{RootCAs: env.Roots, Time: env.Now}, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 6 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if req.URL.Scheme != "https" {
				return errInsecure
			}
			if len(via) > 3 {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}}
}

// page is one reply.
type page struct {
	status int
	kind   string // Content-Type
	url    string // where redirects led
	path   string
	body   []byte
}

// get fetches one page. Accept may be empty.
func (c *client) get(ctx context.Context, url, accept string, version string) (page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return page{}, err
	}
	if accept != "" {
		req.Header.Set("Accept", accept)
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (compatible) IsItMe/"+version)
	res, err := c.Do(req)
	if err != nil {
		return page{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	last := res.Request.URL
	return page{res.StatusCode, res.Header.Get("Content-Type"), last.String(), last.Path, body}, err
}
