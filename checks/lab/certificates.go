//go:build linux

package lab

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"
)

// authority is a certificate authority with one intermediate, as public ones have.
type authority struct {
	root, middle       *x509.Certificate
	rootKey, middleKey *ecdsa.PrivateKey
}

// newAuthority makes an authority called name that is valid for many years around now.
func newAuthority(name string) (*authority, error) {
	a := &authority{}
	var err error
	if a.rootKey, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	if a.middleKey, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	now := time.Now()
	template := x509.Certificate{
		Subject:               pkix.Name{CommonName: name + " Root", Organization: []string{name}},
		NotBefore:             now.AddDate(-10, 0, 0),
		NotAfter:              now.AddDate(10, 0, 0),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if a.root, err = sign(template, template, a.rootKey, a.rootKey); err != nil {
		return nil, err
	}
	template.Subject.CommonName = name + " Servers"
	if a.middle, err = sign(template, *a.root, a.middleKey, a.rootKey); err != nil {
		return nil, err
	}
	return a, nil
}

// certificate says what a server's certificate is like; the zero value is a good one for the server's own name.
type certificate struct {
	Names      []string      // instead of the server's own
	From, To   time.Duration // validity relative to the true time; zero is 30 days ago to 60 days ahead
	SelfSigned bool
	Incomplete bool // the intermediate is not sent
	Renewed    bool // the intermediate that is sent is one of the same name from before
	OldMiddle  bool // the intermediate has run out
}

// intermediate is another intermediate of the same authority and name, valid from and to so long from now.
func (a *authority) intermediate(now time.Time, from, to time.Duration) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := *a.middle
	template.NotBefore, template.NotAfter = now.Add(from), now.Add(to)
	template.SubjectKeyId, template.AuthorityKeyId = nil, nil
	middle, err := sign(template, *a.root, key, a.rootKey)
	return &authority{root: a.root, rootKey: a.rootKey, middle: middle, middleKey: key}, err
}

// issue makes a certificate for names with its key. Now is the true time of the world.
func (a *authority) issue(spec certificate, now time.Time, names ...string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	if len(spec.Names) > 0 {
		names = spec.Names
	}
	if spec.From == 0 {
		spec.From = -30 * 24 * time.Hour
	}
	if spec.To == 0 {
		spec.To = 60 * 24 * time.Hour
	}
	template := x509.Certificate{
		Subject:   pkix.Name{CommonName: names[0]},
		NotBefore: now.Add(spec.From),
		NotAfter:  now.Add(spec.To),
		KeyUsage:  x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{
			x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth,
		},
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	if spec.SelfSigned {
		leaf, err := sign(template, template, key, key)
		if err != nil {
			return tls.Certificate{}, err
		}
		return tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}, nil
	}
	issuer, sent := a, a.middle
	if spec.OldMiddle {
		if issuer, err = a.intermediate(now, -400*24*time.Hour, -24*time.Hour); err != nil {
			return tls.Certificate{}, err
		}
		sent = issuer.middle
	}
	if spec.Renewed {
		before, err := a.intermediate(now, -400*24*time.Hour, 400*24*time.Hour)
		if err != nil {
			return tls.Certificate{}, err
		}
		sent = before.middle
	}
	leaf, err := sign(template, *issuer.middle, key, issuer.middleKey)
	if err != nil {
		return tls.Certificate{}, err
	}
	chain := [][]byte{leaf.Raw, sent.Raw}
	if spec.Incomplete {
		chain = chain[:1]
	}
	return tls.Certificate{Certificate: chain, PrivateKey: key, Leaf: leaf}, nil
}

// sign makes the certificate described by template for key, signed by parent.
func sign(template, parent x509.Certificate, key, parentKey *ecdsa.PrivateKey) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial
	raw, err := x509.CreateCertificate(rand.Reader, &template, &parent, key.Public(), parentKey)
	if err != nil {
		return nil, fmt.Errorf("sign %s: %w", template.Subject.CommonName, err)
	}
	return x509.ParseCertificate(raw)
}

// rootPEM is what a visitor who trusts the authority has in the trust store.
func (a *authority) rootPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
}

// signerPEM is the intermediate with its key, for a proxy that makes certificates itself.
func (a *authority) signerPEM() ([]byte, error) {
	return pemOf(tls.Certificate{Certificate: [][]byte{a.middle.Raw, a.root.Raw}, PrivateKey: a.middleKey})
}

// pemOf is a chain and its key in one file, the form every server can read.
func pemOf(c tls.Certificate) ([]byte, error) {
	var b bytes.Buffer
	for _, raw := range c.Certificate {
		if err := pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: raw}); err != nil {
			return nil, err
		}
	}
	key, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		return nil, err
	}
	err = pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: key})
	return b.Bytes(), err
}
