package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"regexp"
	"syscall"

	"golang.org/x/net/http2"

	"isitme/checks/evidence"
)

// failedError is an error whose place in the vocabulary is known where it is made.
type failedError struct {
	failure evidence.Failure
	detail  string
}

func (e *failedError) Error() string {
	if e.detail == "" {
		return string(e.failure)
	}
	return string(e.failure) + ": " + e.detail
}

// failed makes a failedError; detail must not hold addresses.
func failed(f evidence.Failure, detail string) error { return &failedError{f, detail} }

// Classify names err in the closed vocabulary, for an operation op. System error numbers are looked at first, since
// they are the same in every language and on every version of an OS; then the types that the standard library gives
// out; only what is left is "unknown_failure", with its words kept but without addresses. A nil err gives nil.
func Classify(err error, op evidence.Operation) *evidence.Fault {
	if err == nil {
		return nil
	}
	failure, detail := classify(err, op)
	return &evidence.Fault{Operation: op, Failure: failure, Detail: scrub(detail)}
}

func classify(err error, op evidence.Operation) (evidence.Failure, string) {
	if own, ok := errors.AsType[*failedError](err); ok {
		return own.failure, own.detail
	}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		if f := errnoFailure(errno); f != evidence.None {
			return f, ""
		}
	}
	switch {
	case errors.Is(err, context.Canceled):
		return evidence.Interrupted, ""
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return evidence.Timeout, ""
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dnsErrorFailure(dns), ""
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return evidence.Timeout, ""
	}
	if f := tlsFailure(err); f != evidence.None {
		return f, err.Error()
	}
	if f := http2Failure(err); f != evidence.None {
		return f, err.Error()
	}
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return evidence.EOF, ""
	case errors.Is(err, net.ErrClosed), errors.Is(err, io.ErrClosedPipe):
		return evidence.ConnectionAborted, ""
	case op == evidence.TLSHandshake:
		// What is left of a handshake that is neither the network nor a certificate is a disagreement about TLS itself.
		return evidence.TLSFailedHandshake, err.Error()
	}
	return evidence.Unknown, err.Error()
}

// dnsErrorFailure maps what Go's resolver says. It does not tell NXDOMAIN from a name without addresses.
func dnsErrorFailure(err *net.DNSError) evidence.Failure {
	switch {
	case err.IsNotFound:
		return evidence.DNSNotFound
	case err.IsTimeout:
		return evidence.Timeout
	case err.IsTemporary:
		return evidence.DNSTemporary
	}
	return evidence.DNSMisbehaving
}

func tlsFailure(err error) evidence.Failure {
	if _, ok := alertOf(err); ok {
		return evidence.TLSFailedHandshake
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return evidence.TLSFailedHandshake
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return evidence.TLSInvalidHostname
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return evidence.TLSUnknownAuthority
	}
	if _, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		return evidence.TLSInvalidCertificate
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return evidence.TLSInvalidCertificate
	}
	return evidence.None
}

// http2Failure maps the end of an HTTP/2 stream. One that the server resets is the HTTP/2 form of a cut connection;
// one that breaks the protocol (RFC 9113, 5.4.2) is a reply that is not HTTP.
func http2Failure(err error) evidence.Failure {
	stream, ok := errors.AsType[http2.StreamError](err)
	switch {
	case !ok:
		return evidence.None
	case stream.Code == http2.ErrCodeProtocol:
		return evidence.HTTPMalformed
	}
	return evidence.ConnectionReset
}

// addressPattern matches what may be an IP address, with or without brackets, zone and port: a report must not carry
// the visitor's own by way of an error text.
var addressPattern = regexp.MustCompile(
	`\[?(?:\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%[\w.-]+)?)\]?(?::\d{1,5})?`)

// maxDetail is how much of an error's text is kept, in runes.
const maxDetail = 200

// scrub removes addresses and control characters from an error's text and cuts it.
func scrub(s string) string {
	return clean(addressPattern.ReplaceAllString(s, "[address]"), maxDetail)
}
