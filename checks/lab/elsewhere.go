//go:build linux

package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/elsewhere/standin"
)

// Where the service that asks computers elsewhere lives.
const (
	globalpingHost    = "api.globalping.io"
	globalpingAddress = "172.66.43.119"
)

// abroadNetwork is where all computers of the service are: what comes from there is not the visitor's doing.
var abroadNetwork = netip.MustParsePrefix("45.83.0.0/16")

// abroad is one computer of the service: in a network of its own, at the other end of a cable from the internet.
type abroad struct {
	standin.Place
	*namespace
}

// cable is the name of the internet's end of a computer's cable: the country and a number, such as "de2".
func cable(places []standin.Place, i int) string {
	n := 0
	for _, p := range places[:i+1] {
		if p.Country == places[i].Country {
			n++
		}
	}
	return strings.ToLower(places[i].Country) + strconv.Itoa(n)
}

// settleAbroad builds the computers of the service, each with a cable to the internet.
func (r *running) settleAbroad(places []standin.Place) error {
	for i, place := range places {
		n, err := newNamespace(cable(places, i))
		if err != nil {
			return err
		}
		r.atClose(n.close)
		here, there := fmt.Sprintf("45.83.%d.1", i), fmt.Sprintf("45.83.%d.2", i)
		if err := errors.Join(
			join(r.internet, n.name, n, "eth0", 1500),
			r.internet.address(n.name, here+"/24"),
			n.address("eth0", there+"/24"),
			n.route("default4", here),
		); err != nil {
			return err
		}
		r.abroad = append(r.abroad, abroad{place, n})
	}
	return nil
}

// computer is the first of the service's computers in a country.
func (r *running) computer(country string) (abroad, error) {
	for _, a := range r.abroad {
		if a.Country == country {
			return a, nil
		}
	}
	return abroad{}, fmt.Errorf("nobody in %s", country)
}

// visited counts a request to a site from an "IP:port", unless it came from the service's computers.
func (r *running) visited(from string) {
	if addr, err := netip.ParseAddrPort(from); err != nil || !abroadNetwork.Contains(addr.Addr().Unmap()) {
		r.handled.Add(1)
	}
}

// bodyPassedOn is how much of a page the service passes on, in bytes.
const bodyPassedOn = 10_000

// visit fetches a page as the service's own program does: over IPv4, without following redirects, and with whatever
// certificate there is.
func (a abroad) visit(ctx context.Context, r *running, q standin.Request) standin.Result {
	patience := 10 * time.Second
	if q.Timeout != nil {
		patience = time.Duration(*q.Timeout) * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	address, err := a.lookUp(q.Target)
	if err != nil {
		return standin.Result{Failed: true, Source: "resolver"}
	}
	seen := standin.Result{Address: address, PlainHTTP: q.HTTP.Protocol == "HTTP"}
	resp, err := a.fetch(ctx, r, q, &seen)
	if err != nil {
		return standin.Result{Failed: true, Source: "target"}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, bodyPassedOn))
	if err != nil {
		return standin.Result{Failed: true, Source: "target"}
	}
	seen.Status, seen.Body, seen.Header = resp.StatusCode, string(body), map[string]any{}
	for name, values := range resp.Header {
		if name = strings.ToLower(name); len(values) == 1 {
			seen.Header[name] = values[0]
		} else {
			seen.Header[name] = values
		}
	}
	seen.MS = float64(time.Since(began).Microseconds()) / 1000
	return seen
}

// lookUp is the IPv4 address of a name as a public resolver gives it to this computer.
func (a abroad) lookUp(host string) (string, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String(), nil
	}
	m, err := question(a.namespace, "9.9.9.9", new(dns.Msg).SetQuestion(dns.Fqdn(host), dns.TypeA))
	if err != nil {
		return "", err
	}
	for _, rr := range m.Answer {
		if record, ok := rr.(*dns.A); ok {
			return record.A.String(), nil
		}
	}
	return "", fmt.Errorf("%s: %s", host, dns.RcodeToString[m.Rcode])
}

// fetch asks the server at seen.Address for the page, and notes in seen what is wrong with its certificate.
func (a abroad) fetch(ctx context.Context, r *running, q standin.Request, seen *standin.Result) (*http.Response, error) {
	scheme, port := "https", 443
	if seen.PlainHTTP {
		scheme, port = "http", 80
	}
	if q.HTTP.Port != nil {
		port = *q.HTTP.Port
	}
	at := withPort(seen.Address, strconv.Itoa(port))
	url := scheme + "://" + withPort(q.Target, strconv.Itoa(port)) + q.HTTP.Request.Path
	if q.HTTP.Request.Query != "" {
		url += "?" + q.HTTP.Request.Query
	}
	request, err := http.NewRequestWithContext(ctx, q.HTTP.Request.Method, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "globalping probe (https://github.com/jsdelivr/globalping)")
	return (&http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return a.dialContext(ctx, network, at)
		},
		TLSClientConfig: &tls.Config{
			InsecureSkipVerify: true, // as the service's program does: it tells what is wrong and goes on
			VerifyConnection: func(state tls.ConnectionState) error {
				seen.TLSError = r.distrust(state, q.Target)
				return nil
			},
		},
	}).RoundTrip(request)
}

// distrust is why a certificate does not count, in the words of the service's program (Node.js, "X509 certificate error
// codes"), empty when it does.
func (r *running) distrust(state tls.ConnectionState, host string) string {
	roots, middle := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(r.authority.root)
	for _, c := range state.PeerCertificates[1:] {
		middle.AddCert(c)
	}
	leaf := state.PeerCertificates[0]
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: middle, CurrentTime: r.now()})
	var dates x509.CertificateInvalidError
	var name x509.HostnameError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &name):
		return "ERR_TLS_CERT_ALTNAME_INVALID"
	case errors.As(err, &dates) && dates.Reason == x509.Expired && r.now().Before(leaf.NotBefore):
		return "CERT_NOT_YET_VALID"
	case errors.As(err, &dates) && dates.Reason == x509.Expired:
		return "CERT_HAS_EXPIRED"
	case leaf.Issuer.String() == leaf.Subject.String():
		return "DEPTH_ZERO_SELF_SIGNED_CERT"
	default:
		return "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
	}
}
