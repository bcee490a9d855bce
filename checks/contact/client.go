package contact

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/probe"
)

// maxBody caps what is read of any reply, in bytes: the registries' list of services, the largest, has 60 KiB.
const maxBody = 512 << 10

// client makes requests through the environment's dialer, over verified HTTPS only.
type client struct{ http.Client }

// errInsecure ends a visit that a redirect leads off HTTPS.
var errInsecure = errors.New("redirect leads off https")

// The bounds of one request. Each is shorter than the patience for the whole search, so that a dead host leaves time to ask
// another.
const (
	handshakePatience = 5 * time.Second
	replyPatience     = 6 * time.Second // for the head of the reply, after the request
	maxHeader         = 64 << 10        // bytes
	maxRedirects      = 3               // to another host and to a page's true address; what leads on and on is none
)

// newClient makes the client of one search, which takes the way that this computer takes to the site: behind a proxy there
// is no other. Without one, a public name that leads into a private network is not followed there.
func newClient(ctx context.Context, env *environment.Environment, target evidence.Target) *client {
	allowed := func(address string) bool { return !evidence.Local(address) }
	var proxy func(*http.Request) (*url.URL, error)
	if _, at := env.System(ctx, target, nil); at != nil {
		proxy, allowed = http.ProxyURL(at), nil // the proxy may well be in the private network
	}
	return &client{http.Client{
		Transport: &http.Transport{
			DialContext: probe.DialContext(env, allowed), ForceAttemptHTTP2: true, Proxy: proxy,
			TLSClientConfig:     &tls.Config{RootCAs: env.Roots, Time: env.Now},
			TLSHandshakeTimeout: handshakePatience, ResponseHeaderTimeout: replyPatience, MaxResponseHeaderBytes: maxHeader,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if req.URL.Scheme != "https" {
				return errInsecure
			}
			if len(via) > maxRedirects {
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
func (c *client) get(ctx context.Context, address, accept, version string) (page, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
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
