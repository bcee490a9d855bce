//go:build linux

package lab

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"strings"
	"time"
)

// publicHost is a host of the internet that is nobody's fault.
type publicHost struct {
	host      string
	addresses []string
	serve     http.HandlerFunc // nil for names that only have to resolve
	secure    bool             // over https too
}

// publicHosts are the well-known sites and sign-in-page detectors with their genuine replies, and the names of the
// public resolvers.
func publicHosts() []publicHost {
	noContent := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	text := func(kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, body)
		}
	}
	front := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// As long as front pages are, so that it takes several full packets.
		_, _ = io.WriteString(w, "<title>"+r.Host+"</title>"+strings.Repeat("<p>well-known and up</p>\n", 800))
	}
	return []publicHost{
		{"www.google.com", []string{"142.250.74.36", "2a00:1450:4001:82b::2004"}, front, true},
		{"www.wikipedia.org", []string{"185.15.59.224", "2a02:ec80:300:ed1a::1"}, front, true},
		{"www.apple.com", []string{"23.37.0.101", "2a02:26f0:dc:5a3::1aca"}, front, true},
		{"www.microsoft.com", []string{"23.55.161.181", "2a02:26f0:3500:88b::356e"}, front, true},
		{"www.cloudflare.com", []string{"104.16.124.96", "2606:4700::6810:7c60"}, front, true},
		{"example.com", []string{"93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"}, front, true},
		{"cp.cloudflare.com", []string{"104.16.132.229", "2606:4700::6810:84e5"}, noContent, false},
		{"connectivitycheck.gstatic.com", []string{"142.250.186.99", "2a00:1450:4001:829::2003"}, noContent, false},
		{"captive.apple.com", []string{"17.253.39.202", "2403:300:a42:a02::2"}, text("text/html",
			"<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"), false},
		{"detectportal.firefox.com", []string{"34.107.221.82", "2600:1901:0:38d7::"}, text("text/plain", "success\n"), false},
		{"www.msftconnecttest.com", []string{"23.55.163.73", "2a02:26f0:3500:1b::1724:a3a0"}, text("text/plain",
			"Microsoft Connect Test"), false},
		{"dns.google", []string{"8.8.8.8", "2001:4860:4860::8888"}, nil, false},
		{"cloudflare-dns.com", []string{"1.1.1.1", "2606:4700:4700::1111"}, nil, false},
		{"dns.quad9.net", []string{"9.9.9.9", "2620:fe::fe"}, nil, false},
	}
}

// internetAddresses are all addresses that live in the internet, in CIDR notation.
func (r *running) internetAddresses() []string {
	cidrs := []string{providerDNS + "/32", rootServer + "/32", nameServerShop + "/32", vpnServer + "/32", portalAddress + "/32"}
	add := func(addresses []string) {
		for _, address := range addresses {
			switch {
			case private(address):
			case isIPv6(address):
				cidrs = append(cidrs, address+"/128")
			default:
				cidrs = append(cidrs, address+"/32")
			}
		}
	}
	for _, h := range publicHosts() {
		add(h.addresses)
	}
	for _, s := range r.sites {
		add(s.addresses)
	}
	return cidrs
}

// internetServers puts the well-known hosts into service.
func internetServers(r *running) error {
	for _, h := range publicHosts() {
		if h.serve == nil {
			continue
		}
		if status, ok := r.unwell[h.host]; ok {
			h.serve = reply(status, "<title>Trouble</title>")
		}
		for _, address := range h.addresses {
			if err := r.http(r.internet, withPort(address, "80"), h.serve, nil); err != nil {
				return err
			}
			if !h.secure {
				continue
			}
			chain, err := r.authority.issue(certificate{}, r.now(), h.host)
			if err != nil {
				return err
			}
			if err := r.http(r.internet, withPort(address, "443"), h.serve, &tls.Config{
				Certificates: []tls.Certificate{chain},
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// http serves a handler at an address; with a TLS configuration over https.
func (r *running) http(n *namespace, address string, h http.Handler, config *tls.Config) error {
	l, err := n.listen("tcp", address)
	if err != nil {
		return err
	}
	if config != nil {
		l = tls.NewListener(l, config)
	}
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			w.Header().Set("Date", r.now().UTC().Format(http.TimeFormat))
			h.ServeHTTP(w, q)
		}),
		ErrorLog:          log.New(io.Discard, "", 0), // clients that hang up are the lab's daily bread
		ReadHeaderTimeout: time.Minute,
	}
	r.atClose(func() { server.Close() })
	go func() { _ = server.Serve(l) }()
	return nil
}

// reply is a handler that answers everything with one reply. Headers are "Name: value".
func reply(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}
