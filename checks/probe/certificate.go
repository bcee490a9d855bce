package probe

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"isitme/checks/evidence"
)

// The cuts of what is kept of certificates; a server may present as much as it likes.
const (
	maxChain = 10
	maxNames = 50
	maxName  = 253
)

// judgeChain says what is wrong with a presented chain for name at now, and the failure it ends a fetch with. Name,
// time and trust are looked at separately, since several may be wrong at once. An untrusted chain goes first, because
// nothing in it can be believed; then the dates, then the name. Only facts of the certificates are used, not the
// verifier's words: on Windows and macOS the system verifies when roots is nil, and its errors differ.
func judgeChain(chain []*x509.Certificate, name string, roots *x509.CertPool, now time.Time) (evidence.CertificateProblem, evidence.Failure) {
	if len(chain) == 0 {
		return evidence.CertificateUntrusted, evidence.TLSUnknownAuthority
	}
	leaf := chain[0]
	if err := verify(chain, roots, now); err != nil {
		if !trustedAtSomeTime(chain, roots, now) {
			return untrusted(chain, now, err)
		}
		if notYet(chain, now) {
			return evidence.CertificateNotYetValid, evidence.TLSInvalidCertificate
		}
		return evidence.CertificateExpired, evidence.TLSInvalidCertificate
	}
	if leaf.VerifyHostname(name) != nil {
		return evidence.CertificateWrongName, evidence.TLSInvalidHostname
	}
	return evidence.CertificateFine, evidence.None
}

// verify checks trust and time, not the name.
func verify(chain []*x509.Certificate, roots *x509.CertPool, at time.Time) error {
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at})
	return err
}

// trustedAtSomeTime reports whether the chain leads to a trusted root at a moment when its certificates are valid:
// then only its dates are wrong. The moments tried are the edges of the presented certificates' lives.
func trustedAtSomeTime(chain []*x509.Certificate, roots *x509.CertPool, now time.Time) bool {
	for i, c := range chain {
		if i == maxChain {
			break
		}
		var at time.Time
		switch {
		case now.After(c.NotAfter):
			at = c.NotAfter.Add(-time.Second)
		case now.Before(c.NotBefore):
			at = c.NotBefore.Add(time.Second)
		default:
			continue
		}
		if verify(chain, roots, at) == nil {
			return true
		}
	}
	return false
}

// notYet reports whether a certificate of the chain is not valid yet, the leaf before the others.
func notYet(chain []*x509.Certificate, now time.Time) bool {
	for _, c := range chain {
		switch {
		case now.Before(c.NotBefore):
			return true
		case now.After(c.NotAfter):
			return false
		}
	}
	return false
}

// untrusted tells an unknown issuer from an intermediate that the server forgot: nobody of those that were sent signed the
// leaf, which is within its dates and not signed by itself. A private authority that sends only its leaf looks alike.
func untrusted(chain []*x509.Certificate, now time.Time, err error) (evidence.CertificateProblem, evidence.Failure) {
	leaf := chain[0]
	if _, unfit := errors.AsType[x509.CertificateInvalidError](err); unfit && !isExpiry(err) {
		return evidence.CertificateUntrusted, evidence.TLSInvalidCertificate
	}
	timely := !now.Before(leaf.NotBefore) && !now.After(leaf.NotAfter)
	signed := slices.ContainsFunc(chain[1:], func(c *x509.Certificate) bool { return mayHaveSigned(c, leaf) })
	if timely && !signed && !issuedByItself(leaf) {
		return evidence.CertificateIncomplete, evidence.TLSUnknownAuthority
	}
	return evidence.CertificateUntrusted, evidence.TLSUnknownAuthority
}

// mayHaveSigned reports whether c is named as the issuer of leaf, by name and, where both give it, by key (RFC 5280,
// 4.2.1.1).
func mayHaveSigned(c, leaf *x509.Certificate) bool {
	sameKey := len(c.SubjectKeyId) == 0 || len(leaf.AuthorityKeyId) == 0 || bytes.Equal(c.SubjectKeyId, leaf.AuthorityKeyId)
	return bytes.Equal(c.RawSubject, leaf.RawIssuer) && sameKey
}

// isExpiry reports whether the verifier stopped at a date, which says nothing about trust.
func isExpiry(err error) bool {
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	return ok && invalid.Reason == x509.Expired
}

func issuedByItself(c *x509.Certificate) bool { return string(c.RawIssuer) == string(c.RawSubject) }

// chainOf reduces presented certificates to what a person needs.
func chainOf(chain []*x509.Certificate) []evidence.Certificate {
	if len(chain) > maxChain {
		chain = chain[:maxChain]
	}
	out := make([]evidence.Certificate, 0, len(chain))
	for _, c := range chain {
		digest, issuer := sha256.Sum256(c.Raw), sha256.Sum256(c.RawIssuer)
		out = append(out, evidence.Certificate{
			Subject:     subjectOf(c),
			Issuer:      issuerOf(c),
			Names:       namesOf(c),
			NotBefore:   c.NotBefore,
			NotAfter:    c.NotAfter,
			SHA256:      hex.EncodeToString(digest[:]),
			IssuerKeyID: hex.EncodeToString(issuer[:]),
			SelfSigned:  issuedByItself(c),
		})
	}
	return out
}

// subjectOf is the common name, or the first name of the certificate.
func subjectOf(c *x509.Certificate) string {
	if c.Subject.CommonName == "" && len(c.DNSNames) > 0 {
		return clean(c.DNSNames[0], maxName)
	}
	return clean(c.Subject.CommonName, maxName)
}

// issuerOf is the issuer's common name and organisation.
func issuerOf(c *x509.Certificate) string {
	parts := append([]string{c.Issuer.CommonName}, c.Issuer.Organization...)
	kept := parts[:0]
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return clean(strings.Join(kept, ", "), maxName)
}

// namesOf lists the names and addresses that the certificate is for.
func namesOf(c *x509.Certificate) []string {
	var names []string
	for _, n := range c.DNSNames {
		names = append(names, clean(n, maxName))
	}
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) > maxNames {
		names = names[:maxNames]
	}
	return names
}
