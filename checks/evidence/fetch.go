package evidence

import (
	"net/http"
	"strings"
	"time"
)

// Way is the path a request took.
type Way string

// The ways.
const (
	ViaDirect Way = "direct"     // as the routing table says, no proxy
	ViaProxy  Way = "proxy"      // through the configured proxy
	BesideVPN Way = "beside_vpn" // bound to the physical interface, after the visitor's yes
)

// Fetch is one GET with everything that happened on the way: every redirect hop, every address tried.
type Fetch struct {
	URL     string    `json:"url"`
	Way     Way       `json:"way"`
	Started time.Time `json:"started"`
	MS      float64   `json:"ms"`
	Hops    []Hop     `json:"hops"`
	// Fault is why the fetch ended without a complete reply; nil when the last hop has a whole Response.
	Fault *Fault `json:"fault,omitempty"`
	// AfterFlush marks a fetch made after the DNS cache was cleared.
	AfterFlush bool `json:"after_flush,omitempty"`
}

// Last is the hop where the fetch ended, nil if nothing was begun.
func (f *Fetch) Last() *Hop {
	if f == nil || len(f.Hops) == 0 {
		return nil
	}
	return &f.Hops[len(f.Hops)-1]
}

// Status is the HTTP status of the last hop, 0 without one.
func (f *Fetch) Status() int {
	if hop := f.Last(); hop != nil && hop.Response != nil {
		return hop.Response.Status
	}
	return 0
}

// Loaded reports whether the page is there: a whole reply with a status that browsers show as a page. Those are the 2xx,
// and of the 3xx all that send nowhere (RFC 9110, 15.4).
func (f *Fetch) Loaded() bool {
	s := f.Status()
	return f != nil && f.Fault == nil && s >= 200 && s < 400 && !SendsOn(s)
}

// SendsOn reports whether a browser follows a reply of this status to its Location.
func SendsOn(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect,
		http.StatusPermanentRedirect:
		return true
	}
	return false
}

// Hop is one request of a fetch.
type Hop struct {
	URL        string    `json:"url"`
	Host       string    `json:"host"`
	Started    time.Time `json:"started"`
	Resolution *Answer   `json:"resolution,omitempty"` // the OS's lookup, of the proxy's name through one; nil where it was not asked
	Connects   []Dial    `json:"connects,omitempty"`   // every address tried, in order of start
	Address    string    `json:"address,omitempty"`    // the address that carried the request; of the proxy, through one
	// ProxyReply is the proxy's answer to CONNECT when it was no 2xx (RFC 9110, 9.3.6).
	ProxyReply *Response `json:"proxy_reply,omitempty"`
	TLS        *TLS      `json:"tls,omitempty"`
	Response   *Response `json:"response,omitempty"`
	Fault      *Fault    `json:"fault,omitempty"`
	Timings    Timings   `json:"timings"`
}

// Timings are the phases of one hop in milliseconds; 0 means the phase did not happen or did not end.
type Timings struct {
	ResolveMS   float64 `json:"resolve_ms,omitempty"`
	ConnectMS   float64 `json:"connect_ms,omitempty"`
	TLSMS       float64 `json:"tls_ms,omitempty"`
	FirstByteMS float64 `json:"first_byte_ms,omitempty"` // from the request's end to the first byte of the reply
	BodyMS      float64 `json:"body_ms,omitempty"`
	TotalMS     float64 `json:"total_ms"`
}

// Dial is one TCP connection attempt to one address.
type Dial struct {
	Address string  `json:"address"`
	Port    int     `json:"port"`
	Failure Failure `json:"failure,omitempty"`
	MS      float64 `json:"ms"`
}

// CertificateProblem is why a presented certificate does not count for the name asked.
type CertificateProblem string

// The certificate problems. Of several at once one is kept: an untrusted issuer before the dates, since nothing in such a
// certificate can be believed, and the dates before the name.
const (
	CertificateFine        CertificateProblem = ""
	CertificateExpired     CertificateProblem = "expired"
	CertificateNotYetValid CertificateProblem = "not_yet_valid"
	CertificateWrongName   CertificateProblem = "wrong_name"
	CertificateUntrusted   CertificateProblem = "untrusted"
	// CertificateIncomplete is untrusted only because an intermediate is missing from what the server sent.
	CertificateIncomplete CertificateProblem = "incomplete_chain"
)

// TLS is what one handshake showed.
type TLS struct {
	ServerName string        `json:"server_name"`
	Version    string        `json:"version,omitempty"` // "TLS 1.3"
	Cipher     string        `json:"cipher,omitempty"`
	Chain      []Certificate `json:"chain,omitempty"` // as presented, leaf first
	// Verified is true only when the chain is valid for ServerName now, by this computer's trust store.
	Verified bool               `json:"verified"`
	Problem  CertificateProblem `json:"problem,omitempty"`
	// Alert is the TLS alert the server sent (RFC 8446, 6), such as "handshake_failure".
	Alert string `json:"alert,omitempty"`
	// PlainHTTP is true when the server answered the handshake in plain text.
	PlainHTTP bool `json:"plain_http,omitempty"`
	// OldVersionOnly is true when a second handshake allowing TLS 1.0 and 1.1 went further than the first.
	OldVersionOnly bool `json:"old_version_only,omitempty"`
	// Interceptor names the security product or debugging proxy that the issuer is known to belong to, by the rules in
	// assets; empty for an ordinary issuer.
	Interceptor string `json:"interceptor,omitempty"`
	// ClientCertificateAsked is true when the server asked for a client certificate.
	ClientCertificateAsked bool `json:"client_certificate_asked,omitempty"`
}

// Certificate is one presented X.509 certificate, reduced to what a person needs to recognise it.
type Certificate struct {
	Subject     string    `json:"subject"` // common name, or the first DNS name
	Issuer      string    `json:"issuer"`  // common name and organisation of the issuer
	Names       []string  `json:"names,omitempty"`
	NotBefore   time.Time `json:"not_before"`
	NotAfter    time.Time `json:"not_after"`
	SHA256      string    `json:"sha256"`
	IssuerKeyID string    `json:"issuer_key_id,omitempty"` // hex of the raw issuer name's SHA-256, to compare issuers
	SelfSigned  bool      `json:"self_signed,omitempty"`
}

// Response is one HTTP reply. Bodies are not kept, only what was recognised in them.
type Response struct {
	Status     int    `json:"status"`
	StatusLine string `json:"status_line"` // "502 Bad Gateway", as sent
	Proto      string `json:"proto"`       // "HTTP/1.1"
	// Header holds the headers that help an owner, by lower-case name; cookies and tokens never.
	Header map[string]string `json:"header,omitempty"`
	// Title is the page's title, cleaned of control characters and cut.
	Title string `json:"title,omitempty"`
	// BodyBytes counts the decoded body as far as it was read; Complete is false when it ended early or was still
	// coming; Capped says that we stopped reading on purpose.
	BodyBytes int64 `json:"body_bytes"`
	Complete  bool  `json:"complete"`
	Capped    bool  `json:"capped,omitempty"`
	// BodySHA256 compares two replies without keeping them.
	BodySHA256 string `json:"body_sha256,omitempty"`
	// Signatures are the rules of assets that recognise who wrote this reply, best first.
	Signatures []Signature `json:"signatures,omitempty"`
	// RetryAfterS is Retry-After in seconds from the moment of the reply (RFC 9110, 10.2.3), nil without one.
	RetryAfterS *int `json:"retry_after_s,omitempty"`
	// ProxyStatus holds the members of an RFC 9209 Proxy-Status header.
	ProxyStatus []ProxyStatus `json:"proxy_status,omitempty"`
	// RequestIDs are the IDs an owner can search for, by header name.
	RequestIDs []RequestID `json:"request_ids,omitempty"`
	// Statement is the CDN's own machine-readable account, where it gave one.
	Statement *Statement `json:"statement,omitempty"`
}

// Line is the status line for people: as sent, with the registered phrase (RFC 9110, 15) where HTTP/2 leaves it out.
func (r *Response) Line() string {
	if r == nil {
		return ""
	}
	if strings.Contains(r.StatusLine, " ") || http.StatusText(r.Status) == "" {
		return r.StatusLine
	}
	return r.StatusLine + " " + http.StatusText(r.Status)
}

// Signature is one recognised author of a reply.
type Signature struct {
	Rule  string `json:"rule"`  // id in assets
	Name  string `json:"name"`  // "Cloudflare"; empty for an unknown gateway
	Layer Layer  `json:"layer"` // where the author stands
	// Who and Cause are what the rule says the page means, both empty when the status decides.
	Who   string `json:"who,omitempty"`
	Cause string `json:"cause,omitempty"`
	// Meaning is a word for the sentence to use, such as "no_backend" or "backend_timeout"; may be empty.
	Meaning string `json:"meaning,omitempty"`
}

// Layer is where on the way the author of a reply stands.
type Layer string

// The layers, from the visitor outwards.
const (
	LayerVisitorProxy  Layer = "visitor_proxy"  // a proxy on the visitor's side
	LayerVisitorFilter Layer = "visitor_filter" // a filter or security product on the visitor's side
	LayerPortal        Layer = "portal"         // a sign-in page
	LayerCDN           Layer = "cdn"
	LayerFirewall      Layer = "firewall"  // the site's web application firewall
	LayerChallenge     Layer = "challenge" // a page that wants to see a person
	LayerGateway       Layer = "gateway"   // a reverse proxy in front of the site
	LayerHosting       Layer = "hosting"   // the site's hosting platform
	LayerOrigin        Layer = "origin"    // the site's own server
)

// ProxyStatus is one member of an RFC 9209 Proxy-Status header.
type ProxyStatus struct {
	Proxy          string `json:"proxy"`
	Error          string `json:"error,omitempty"`
	ReceivedStatus int    `json:"received_status,omitempty"`
	Details        string `json:"details,omitempty"`
}

// RequestID is a number the owner can find in a log.
type RequestID struct {
	Header string `json:"header"`
	Value  string `json:"value"`
}

// Statement is a CDN's own account of an error (RFC 9457 problem details).
type Statement struct {
	By                  string `json:"by"` // "Cloudflare"
	Code                int    `json:"code,omitempty"`
	Name                string `json:"name,omitempty"`
	Category            string `json:"category,omitempty"` // "origin", "cloudflare", "ssl"…
	Title               string `json:"title,omitempty"`
	OwnerActionRequired bool   `json:"owner_action_required,omitempty"`
	Retryable           bool   `json:"retryable,omitempty"`
	RetryAfterS         int    `json:"retry_after_s,omitempty"`
}
