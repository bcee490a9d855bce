package loopback

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"time"
)

// Authority is a certificate authority with a root and an intermediate.
type Authority struct {
	root, between       *x509.Certificate
	rootKey, betweenKey *ecdsa.PrivateKey
}

// NewAuthority makes an authority whose names begin with name.
func NewAuthority(name string) (*Authority, error) {
	now := time.Now()
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name + " Root", Organization: []string{name}},
		NotBefore: now.AddDate(-20, 0, 0), NotAfter: now.AddDate(20, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	if root, err = sign(root, root, rootKey, rootKey); err != nil {
		return nil, err
	}
	return (&Authority{root: root, rootKey: rootKey}).WithIntermediate(now.AddDate(-10, 0, 0), now.AddDate(10, 0, 0))
}

// WithIntermediate is the same authority with another intermediate, of the dates given.
func (a *Authority) WithIntermediate(from, to time.Time) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	organization := a.root.Subject.Organization
	between, err := sign(&x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: organization[0] + " Intermediate", Organization: organization},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, a.root, key, a.rootKey)
	return &Authority{root: a.root, rootKey: a.rootKey, between: between, betweenKey: key}, err
}

// sign makes a certificate for key's public half, signed by parentKey.
func sign(template, parent *x509.Certificate, key, parentKey *ecdsa.PrivateKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// Roots is a pool that trusts this authority only.
func (a *Authority) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	return pool
}

// Valid is a certificate for names (or IP addresses) that is valid for a year around now.
func (a *Authority) Valid(names ...string) tls.Certificate {
	return a.Between(time.Now().AddDate(0, -6, 0), time.Now().AddDate(0, 6, 0), names...)
}

// Expired is a certificate that ended a month ago.
func (a *Authority) Expired(names ...string) tls.Certificate {
	return a.Between(time.Now().AddDate(-1, 0, 0), time.Now().AddDate(0, -1, 0), names...)
}

// NotYetValid is a certificate that begins in a month.
func (a *Authority) NotYetValid(names ...string) tls.Certificate {
	return a.Between(time.Now().AddDate(0, 1, 0), time.Now().AddDate(1, 0, 0), names...)
}

// WithoutIntermediate is a valid certificate of which only the leaf is sent.
func (a *Authority) WithoutIntermediate(names ...string) tls.Certificate {
	c := a.Valid(names...)
	c.Certificate = c.Certificate[:1]
	return c
}

// Between is a certificate with the dates given, sent with the intermediate.
func (a *Authority) Between(from, to time.Time, names ...string) tls.Certificate {
	leaf, key := a.leaf(from, to, a.between, a.betweenKey, names)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw, a.between.Raw}, PrivateKey: key}
}

// SelfSigned is a certificate that nobody else signed, valid between the dates given.
func SelfSigned(from, to time.Time, names ...string) tls.Certificate {
	leaf, key := new(Authority).leaf(from, to, nil, nil, names)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}
}

// leaf makes a server certificate; without a parent it signs itself.
func (a *Authority) leaf(from, to time.Time, parent *x509.Certificate, parentKey *ecdsa.PrivateKey, names []string) (*x509.Certificate, *ecdsa.PrivateKey) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // the system has no randomness
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: names[0]},
		NotBefore: from, NotAfter: to,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, n)
		}
	}
	if parent == nil {
		parent, parentKey = template, key
	}
	leaf, err := sign(template, parent, key, parentKey)
	if err != nil {
		panic(err) // a template that cannot be signed is a mistake here
	}
	return leaf, key
}
