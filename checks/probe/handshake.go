package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/signature"
)

// The application protocols offered (RFC 7301).
var (
	alpnBrowser = []string{"h2", "http/1.1"}
	alpnHTTP1   = []string{"http/1.1"}
)

// browserCiphers are what browsers offer for TLS 1.2: Go's choice and the plain RSA key exchange, which Go has dropped.
func browserCiphers() []uint16 {
	var ids []uint16
	for _, c := range tls.CipherSuites() {
		ids = append(ids, c.ID)
	}
	return append(ids, tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_256_CBC_SHA)
}

// allCiphers adds every cipher that crypto/tls can still speak.
func allCiphers() []uint16 {
	ids := browserCiphers()
	for _, c := range tls.InsecureCipherSuites() {
		ids = append(ids, c.ID)
	}
	return ids
}

// handshake does a TLS handshake on raw for name, as a browser would, and records it. The certificate is judged by
// this package rather than crypto/tls, so that the chain is there whatever is wrong with it. A bad one ends the
// handshake with an alert, as in a browser. It may take as long as patience.
func (p *Prober) handshake(ctx context.Context, raw net.Conn, name string, alpn []string, patience time.Duration) (*tls.Conn, *evidence.TLS, error) {
	name = strings.TrimSuffix(name, ".") // RFC 6066, 3: without the trailing dot
	seen := &evidence.TLS{ServerName: name}
	conn := tls.Client(raw, &tls.Config{
		ServerName:   name,
		NextProtos:   alpn,
		MinVersion:   tls.VersionTLS12,
		CipherSuites: browserCiphers(),
		// Some servers ask for a client certificate only once they know the page, by a second handshake; browsers go along.
		Renegotiation:      tls.RenegotiateOnceAsClient,
		InsecureSkipVerify: true, // VerifyConnection below does it
		VerifyConnection: func(state tls.ConnectionState) error {
			return p.judge(state, seen)
		},
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			seen.ClientCertificateAsked = true
			return &tls.Certificate{}, nil // none, as a browser without one
		},
	})
	guarded, release := guard(ctx, raw, patience)
	defer release()
	err := conn.HandshakeContext(guarded)
	if err == nil {
		return conn, seen, nil
	}
	if alert, ok := alertOf(err); ok {
		seen.Alert = alert
	}
	if header, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		seen.PlainHTTP = isASCII(header.RecordHeader[:])
	}
	return nil, seen, err
}

// judge records the connection's state and returns why the certificate does not count for the name asked.
func (p *Prober) judge(state tls.ConnectionState, seen *evidence.TLS) error {
	seen.Version = tls.VersionName(state.Version)
	seen.Cipher = tls.CipherSuiteName(state.CipherSuite)
	seen.Chain = chainOf(state.PeerCertificates)
	for _, c := range state.PeerCertificates {
		if seen.Interceptor == "" {
			seen.Interceptor, _ = signature.Interceptor(c.Issuer.String())
		}
	}
	problem, failure := judgeChain(state.PeerCertificates, seen.ServerName, p.Env.Roots, p.Env.Now())
	seen.Problem, seen.Verified = problem, failure == evidence.None
	if failure != evidence.None {
		return failed(failure, string(problem))
	}
	return nil
}

// oldVersionsPass reports whether a handshake that allows TLS 1.0, 1.1 and old ciphers gets through where an ordinary
// one did not. Nothing else is done on raw, and no certificate is looked at.
func (p *Prober) oldVersionsPass(ctx context.Context, raw net.Conn, name string) bool {
	conn := tls.Client(raw, &tls.Config{
		ServerName:         strings.TrimSuffix(name, "."),
		MinVersion:         tls.VersionTLS10,
		MaxVersion:         tls.VersionTLS12,
		CipherSuites:       allCiphers(),
		InsecureSkipVerify: true, // only whether the handshake ends well matters here; nothing is sent
	})
	guarded, release := guard(ctx, raw, p.Env.Limits.Handshake)
	defer release()
	return conn.HandshakeContext(guarded) == nil
}

// isASCII reports whether b is printable text.
func isASCII(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\r' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
