package probe

import (
	"context"
	"net/http"
	"net/url"
	"runtime"
)

// acceptHTML is what a browser accepts for a page.
const acceptHTML = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

// userAgent begins as a current Chrome on goos, since some sites serve nothing to what they do not know, and ends with
// who we are.
func userAgent(goos, version string) string {
	system := "X11; Linux x86_64"
	switch goos {
	case "windows":
		system = "Windows NT 10.0; Win64; x64"
	case "darwin":
		system = "Macintosh; Intel Mac OS X 10_15_7" // frozen in all browsers
	}
	return "Mozilla/5.0 (" + system + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36 IsItMe/" + version
}

// get is the GET that a browser would send for u after a hard refresh.
func (p *Prober) get(ctx context.Context, u *url.URL, accept string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	if accept == "" {
		accept = acceptHTML
	}
	for name, value := range map[string]string{
		"User-Agent":                p.agent(),
		"Accept":                    accept,
		"Accept-Language":           "en-US,en;q=0.9",
		"Accept-Encoding":           "gzip, deflate",
		"Cache-Control":             "no-cache",
		"Pragma":                    "no-cache",
		"Upgrade-Insecure-Requests": "1",
	} {
		req.Header.Set(name, value)
	}
	return req, nil
}

// agent is this program's User-Agent on this computer.
func (p *Prober) agent() string { return userAgent(runtime.GOOS, p.Env.Version) }
