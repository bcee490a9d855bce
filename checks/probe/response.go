package probe

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/signature"
)

// The cuts of what is kept of a reply.
const (
	maxTitle    = 120      // runes
	maxHeader   = 300      // runes of one header's value
	maxLine     = 120      // runes of the status line
	titleWindow = 64 << 10 // bytes of the body in which a title is looked for
)

// keptHeaders are the headers that help an owner. Nothing else is recorded: cookies and tokens never.
var keptHeaders = []string{
	"age", "allow", "alt-svc", "cf-cache-status", "cf-error-origin", "cf-error-type", "cf-mitigated", "cf-ray",
	"content-length", "content-type", "date", "fly-request-id", "location", "proxy-authenticate", "proxy-status",
	"retry-after", "server", "strict-transport-security", "via", "www-authenticate", "x-amz-cf-id", "x-amz-cf-pop",
	"x-amzn-requestid", "x-amzn-trace-id", "x-azure-ref", "x-cache", "x-cache-lookup", "x-fastly-request-id",
	"x-github-request-id", "x-iinfo", "x-nf-request-id", "x-render-origin-server", "x-request-id", "x-served-by",
	"x-squid-error", "x-sucuri-block", "x-sucuri-id", "x-timer", "x-varnish", "x-vercel-error", "x-vercel-id",
}

// response reduces a reply and its body to evidence.
func (p *Prober) response(in *incoming, body content) *evidence.Response {
	sum := sha256.Sum256(body.bytes)
	title := titleOf(body.bytes)
	proto := in.Proto
	if in.ProtoMajor == 2 {
		proto = "HTTP/2"
	}
	reply := signature.Reply{Status: in.StatusCode, Header: in.Header, Body: body.bytes, Title: title}
	return &evidence.Response{
		Status:      in.StatusCode,
		StatusLine:  clean(in.line, maxLine),
		Proto:       proto,
		Header:      keep(in.Header),
		Title:       title,
		BodyBytes:   int64(len(body.bytes)),
		Complete:    body.complete,
		Capped:      body.capped,
		BodySHA256:  hex.EncodeToString(sum[:]),
		RetryAfterS: RetryAfter(in.Header, p.Env.Now()),
		ProxyStatus: parseProxyStatus(in.Header.Values("Proxy-Status")),
		RequestIDs:  signature.RequestIDs(reply),
		Statement:   statementOf(in.Header, body.bytes),
		Signatures:  signature.Match(reply),
	}
}

// keep picks the headers that are recorded, by lower-case name.
func keep(header http.Header) map[string]string {
	kept := map[string]string{}
	for _, name := range keptHeaders {
		values := header.Values(name)
		if len(values) == 0 {
			continue
		}
		value := strings.Join(values, ", ")
		switch name {
		case "location":
			value = withoutQuery(values[0])
		case "www-authenticate", "proxy-authenticate":
			value = schemesOf(values)
		}
		kept[name] = clean(value, maxHeader)
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// withoutQuery masks the query and fragment of a URL, where tokens stand, and the user name before its host.
func withoutQuery(location string) string {
	location, _, _ = strings.Cut(location, "#")
	base, _, had := strings.Cut(location, "?")
	if u, err := url.Parse(base); err == nil && u.User != nil {
		u.User = nil
		base = u.String()
	}
	if had {
		base += "?..."
	}
	return base
}

// schemesOf are the authentication schemes of challenges (RFC 9110, 11.3) without their parameters.
func schemesOf(challenges []string) string {
	var schemes []string
	for _, c := range challenges {
		if scheme, _, _ := strings.Cut(strings.TrimSpace(c), " "); scheme != "" && !slices.Contains(schemes, scheme) {
			schemes = append(schemes, scheme)
		}
	}
	return strings.Join(schemes, ", ")
}

// RetryAfter reads both forms of Retry-After (RFC 9110, 10.2.3) as seconds from the reply on; nil without one that can
// be read. A date is counted from the reply's own Date, so that a wrong clock here does not matter, else from now.
func RetryAfter(header http.Header, now time.Time) *int {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return nil
	}
	if s, err := strconv.ParseUint(value, 10, 31); err == nil {
		seconds := int(s)
		return &seconds
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return nil
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	seconds := max(int(until.Sub(now).Seconds()), 0)
	return &seconds
}
