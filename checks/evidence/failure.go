package evidence

// Failure names what went wrong with one operation. The vocabulary is closed and follows OONI's
// (ooni/spec data-formats/df-007-errors.md), so that reports can be read by tools of the field; the empty
// Failure means success. Names that OONI lacks are marked.
type Failure string

// The closed vocabulary.
const (
	None                  Failure = ""
	ConnectionRefused     Failure = "connection_refused"
	ConnectionReset       Failure = "connection_reset"
	ConnectionAborted     Failure = "connection_aborted"
	HostUnreachable       Failure = "host_unreachable"
	NetworkUnreachable    Failure = "network_unreachable"
	NetworkDown           Failure = "network_down"
	PermissionDenied      Failure = "permission_denied"
	Timeout               Failure = "generic_timeout_error"
	EOF                   Failure = "eof_error"
	Interrupted           Failure = "interrupted"
	DNSNXDomain           Failure = "dns_nxdomain_error"
	DNSNoAnswer           Failure = "dns_no_answer"
	DNSServfail           Failure = "dns_servfail_error"
	DNSRefused            Failure = "dns_refused_error"
	DNSMisbehaving        Failure = "dns_server_misbehaving"
	DNSTemporary          Failure = "dns_temporary_failure"
	DNSNotFound           Failure = "dns_not_found" // ours: the OS says "no such name" and does not say why
	TLSFailedHandshake    Failure = "ssl_failed_handshake"
	TLSInvalidHostname    Failure = "ssl_invalid_hostname"
	TLSUnknownAuthority   Failure = "ssl_unknown_authority"
	TLSInvalidCertificate Failure = "ssl_invalid_certificate"
	HTTPRequestFailed     Failure = "http_request_failed"
	HTTPMalformed         Failure = "http_malformed_response" // ours: bytes came back, but not HTTP
	HTTPTruncated         Failure = "http_truncated_body"     // ours: the body ended before its stated end
	HTTPInvalidRedirect   Failure = "http_invalid_redirect_location_host"
	HTTPTooManyRedirects  Failure = "http_too_many_redirects"  // ours
	HTTPPrivateRedirect   Failure = "http_redirect_to_private" // ours: from a public to a private address, not followed
	ProxyUnreachable      Failure = "proxy_unreachable"        // ours: the proxy itself could not be connected
	ProxyRefused          Failure = "proxy_refused"            // ours: the proxy answered CONNECT with no 2xx, or SOCKS with a refusal
	BudgetExhausted       Failure = "request_budget_exhausted" // ours: politeness towards the site, not a fault
	Unknown               Failure = "unknown_failure"
)

// Operation names the stage in which a Failure happened, in OONI's words.
type Operation string

// The stages of one fetch, in order.
const (
	Resolve       Operation = "resolve"
	Connect       Operation = "connect"
	ProxyConnect  Operation = "proxy_connect"
	TLSHandshake  Operation = "tls_handshake"
	HTTPRoundTrip Operation = "http_round_trip"
	HTTPBody      Operation = "http_body"
	HTTPRedirect  Operation = "http_redirect"
)

// Fault is one Failure with the stage it happened in. Detail is for the technical part of the report only: it is
// free text without addresses, and no verdict may rest on it.
type Fault struct {
	Operation Operation `json:"operation"`
	Failure   Failure   `json:"failure"`
	Detail    string    `json:"detail,omitempty"`
}

// Is reports whether f is a fault of the given stage and, where failures are named, one of them.
func (f *Fault) Is(op Operation, failures ...Failure) bool {
	if f == nil || f.Operation != op {
		return false
	}
	if len(failures) == 0 {
		return true
	}
	for _, want := range failures {
		if f.Failure == want {
			return true
		}
	}
	return false
}
