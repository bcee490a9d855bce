package probe

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// dnsMessage is the media type of RFC 8484.
const dnsMessage = "application/dns-message"

// putHTTPS sends msg as an RFC 8484 POST over a connection of its own. The resolver's certificate authenticates the
// answer, which makes it a witness that nobody on the way can speak for.
func (p *Prober) putHTTPS(ctx context.Context, q Question, msg *dns.Msg) (*dns.Msg, error) {
	endpoint, err := url.Parse(q.DoHURL)
	if err != nil || endpoint.Scheme != "https" || endpoint.Hostname() == "" {
		return nil, failed(evidence.Unknown, "not a DNS over HTTPS endpoint")
	}
	anonymous := msg.Copy()
	anonymous.Id = 0 // RFC 8484, 4.1
	wire, err := anonymous.Pack()
	if err != nil {
		return nil, failed(evidence.Unknown, "the name does not fit into a question")
	}
	raw, err := p.Env.Dial(ctx, "tcp", net.JoinHostPort(bareAddress(q.Address), strconv.Itoa(portOf(endpoint))), environment.DialOptions{})
	if err != nil {
		return nil, err
	}
	l := plain(raw)
	defer l.close()
	secure, _, err := p.handshake(ctx, l.conn, endpoint.Hostname(), alpnBrowser, p.Env.Limits.Handshake)
	if err != nil {
		return nil, l.raw.truer(err)
	}
	l.secured(secure)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint.String(), bytes.NewReader(wire))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", dnsMessage)
	req.Header.Set("Accept", dnsMessage)
	req.Header.Set("User-Agent", p.agent())
	in, err := p.exchange(ctx, l, req, 0, false)
	if err != nil {
		return nil, err
	}
	guarded, release := guard(ctx, l.raw, 0)
	defer release()
	body, err := io.ReadAll(io.LimitReader(in.Body, dns.MaxMsgSize))
	kind, _, _ := mime.ParseMediaType(in.Header.Get("Content-Type"))
	switch {
	case guarded.Err() != nil:
		return nil, guarded.Err()
	case err != nil:
		return nil, failed(evidence.HTTPTruncated, "")
	case in.StatusCode != http.StatusOK || kind != dnsMessage:
		return nil, failed(evidence.HTTPRequestFailed, strconv.Itoa(in.StatusCode))
	}
	return readDNSReply(anonymous, body)
}

// bareAddress is an address without a port.
func bareAddress(address string) string {
	if ap, err := netip.ParseAddrPort(address); err == nil {
		return ap.Addr().String()
	}
	return address
}

// hostOf is the host of a URL, empty where it has none.
func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
