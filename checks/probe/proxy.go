package probe

import (
	"bufio"
	"context"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// proxyPort is the port of a proxy URL, by its scheme where it has none; 0 for a scheme that is not spoken.
func proxyPort(u *url.URL) int {
	if port, err := strconv.Atoi(u.Port()); err == nil {
		return port
	}
	switch u.Scheme {
	case "http":
		return 80
	case "https":
		return 443
	case "socks5", "socks5h":
		return 1080
	}
	return 0
}

// isSocks reports whether the proxy speaks SOCKS5 rather than HTTP.
func isSocks(u *url.URL) bool { return u.Scheme == "socks5" || u.Scheme == "socks5h" }

// proxyAuthorization is the Basic credentials of a proxy URL (RFC 7617), empty without a user name.
func proxyAuthorization(u *url.URL) string {
	if u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
}

// reachProxy connects to the proxy and, for an https one, does its TLS. Whatever fails on the way is
// proxy_unreachable: nothing behind the proxy has been asked yet. The hop gets the lookup and the dials.
func (p *Prober) reachProxy(ctx context.Context, proxy *url.URL, opt environment.DialOptions, hop *evidence.Hop) (*link, *evidence.Fault) {
	unreachable := func(why *evidence.Fault) *evidence.Fault {
		if why.Failure == evidence.Interrupted {
			return &evidence.Fault{Operation: evidence.ProxyConnect, Failure: evidence.Interrupted}
		}
		return &evidence.Fault{
			Operation: evidence.ProxyConnect, Failure: evidence.ProxyUnreachable, Detail: string(why.Failure),
		}
	}
	port := proxyPort(proxy)
	if port == 0 {
		return nil, &evidence.Fault{
			Operation: evidence.ProxyConnect, Failure: evidence.Unknown, Detail: "a proxy of an unknown kind: " + clean(proxy.Scheme, 20),
		}
	}
	addresses, fault := p.resolve(ctx, proxy.Hostname(), nil, hop)
	if fault != nil {
		return nil, unreachable(fault)
	}
	begin := time.Now()
	conn, address, dials, err := racer{env: p.Env, opt: opt, port: port}.race(ctx, addresses)
	hop.Connects = dials
	if err != nil {
		return nil, unreachable(faultOf(ctx, err, evidence.Connect))
	}
	hop.Timings.ConnectMS = since(begin)
	hop.Address = withoutZone(address)
	l := plain(conn)
	if proxy.Scheme == "https" {
		secure, _, err := p.handshake(ctx, l.conn, proxy.Hostname(), alpnHTTP1, p.Env.Limits.Handshake)
		if err != nil {
			l.close()
			return nil, unreachable(faultOf(ctx, l.raw.truer(err), evidence.TLSHandshake))
		}
		l.secured(secure)
	}
	return l, nil
}

// tunnel asks an HTTP proxy for a tunnel to authority, "host:port" (RFC 9110, 9.3.6). An answer other than 2xx is
// returned with its body, and is proxy_refused.
func (p *Prober) tunnel(ctx context.Context, l *link, proxy *url.URL, authority string, patience time.Duration) (*evidence.Response, *evidence.Fault) {
	// Proxy-Connection stands in no standard, but browsers send it, and old proxies hang up without.
	req := &http.Request{
		Method: http.MethodConnect, URL: &url.URL{Opaque: authority}, Host: authority,
		Header: http.Header{"User-Agent": {p.agent()}, "Proxy-Connection": {"keep-alive"}},
	}
	if credentials := proxyAuthorization(proxy); credentials != "" {
		req.Header.Set("Proxy-Authorization", credentials)
	}
	in, err := p.connectReply(ctx, l, req, patience)
	if err != nil {
		return nil, faultOf(ctx, l.raw.truer(err), evidence.ProxyConnect)
	}
	if in.StatusCode/100 == 2 {
		l.conn = &buffered{l.conn, in.rest}
		return nil, nil
	}
	body, _ := p.readBody(ctx, l, in)
	return p.response(in, body), &evidence.Fault{
		Operation: evidence.ProxyConnect, Failure: evidence.ProxyRefused, Detail: clean(in.line, maxLine),
	}
}

// connectReply sends a CONNECT and reads the head of its reply. Bytes behind it stay in the reader.
func (p *Prober) connectReply(ctx context.Context, l *link, req *http.Request, patience time.Duration) (*incoming, error) {
	guarded, release := guard(ctx, l.raw, patience)
	defer release()
	if err := req.Write(l.conn); err != nil {
		return nil, err
	}
	in, err := readReply(bufio.NewReader(l.conn), req, p.Env.Limits.HeaderBytes)
	if err != nil && guarded.Err() != nil && ctx.Err() == nil {
		return nil, guarded.Err()
	}
	return in, err
}

// authorityOf is "host:port" of u, with brackets around an IPv6 literal and always with a port.
func authorityOf(u *url.URL) string {
	return net.JoinHostPort(u.Hostname(), strconv.Itoa(portOf(u)))
}

// portOf is the port of an http or https URL.
func portOf(u *url.URL) int {
	if port, err := strconv.Atoi(u.Port()); err == nil {
		return port
	}
	if u.Scheme == "https" {
		return 443
	}
	return 80
}
