package checklist_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"

	"isitme/checks/loopback"
)

func init() { scenarios = append(scenarios, browserScenarios...) }

// browserScenarios are replies, cookies and handshakes that a browser takes otherwise than net/http and crypto/tls do, and
// certificates whose fault lies elsewhere than in the site's own dates.
var browserScenarios = []scenario{
	{
		name: "a cookie against the grammar, without which the page sends in circles", want: "working/works/certain",
		breaks: func(w world) {
			w.page(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Cookie") != `state={"seen":1}` {
					rw.Header().Set("Set-Cookie", `state={"seen":1}; Path=/`)
					http.Redirect(rw, r, "/page", http.StatusFound)
				}
			}))
		},
	},
	{
		name: "a gateway that sends a visitor back to the page once", want: "working/works/certain",
		breaks: func(w world) {
			w.page(turns(http.RedirectHandler("/page", http.StatusFound), loopback.Page))
		},
	},
	{
		name: "two different Locations", want: "site/broken_redirect/certain",
		breaks: func(w world) {
			w.replying("HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")
		},
	},
	{
		name: "a box on the way answers every plain page with a 502", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			w.Serve(address+":80", status(502, "no way through"))
			for i := range w.Environment().Portals {
				w.Serve(loopback.PortalAddress(i)+":80", status(502, "no way through"))
			}
		},
	},
	{
		name: "a 502 and then a 404, from a server that is starting", want: "site/bad_gateway/certain",
		breaks: func(w world) { w.page(turns(status(502, ""), status(404, ""))) },
	},
	{
		name: "503 until the retries are too many", want: "site/overloaded/certain",
		breaks: func(w world) { w.page(turns(status(503, ""), status(503, ""), status(429, ""))) },
	},
	{name: "a 3xx that sends nowhere", want: "working/works/certain", breaks: says(399)},
	{
		name: "chunks as old servers write them", want: "working/works/certain",
		breaks: func(w world) {
			w.replying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n")
		},
	},
	{
		name: "a client certificate is welcome, and the server is silent", want: "site/not_answering/likely",
		breaks: func(w world) { w.askingCertificate(loopback.Hold) },
	},
	{
		name: "a client certificate is welcome, and the reply is not HTTP", want: "site/bad_response/certain",
		breaks: func(w world) { w.askingCertificate(loopback.Reply("no reply at all\r\n\r\n")) },
	},
	{
		name: "a client certificate is asked for, and the connection ends", want: "refused/request_rejected/likely",
		breaks: func(w world) { w.askingCertificate(func(c net.Conn) { loopback.ReadHead(c) }) },
	},
	{
		name: "the intermediate has expired, and this computer's clock is three minutes off", want: "site/certificate_expired/certain",
		breaks: func(w world) {
			w.Now = func() time.Time { return time.Now().Add(-3 * time.Minute) }
			w.cert(w.withIntermediate(time.Now().AddDate(-2, 0, 0), time.Now().AddDate(0, -1, 0)))
		},
	},
	{
		name: "the certificate expired long ago, and this computer's clock is an hour off", want: "site/certificate_expired/certain",
		breaks: func(w world) {
			w.Now = func() time.Time { return time.Now().Add(-time.Hour) }
			w.cert(w.Authority.Expired(site))
		},
	},
	{
		name: "a certificate for another name, and this computer's clock is an hour off", want: "site/certificate_wrong_name/certain",
		breaks: func(w world) {
			w.Now = func() time.Time { return time.Now().Add(-time.Hour) }
			w.cert(w.Authority.Valid("nobody.example"))
		},
	},
	{
		name: "the certificate is an hour old, and this computer's clock two hours behind", want: "you/clock_wrong/certain",
		breaks: func(w world) {
			w.Now = func() time.Time { return time.Now().Add(-2 * time.Hour) }
			w.cert(w.Authority.Between(time.Now().Add(-time.Hour), time.Now().AddDate(0, 3, 0), site))
		},
	},
	{
		name: "the site sends another's intermediate", want: "site/certificate_untrusted/likely",
		breaks: func(w world) {
			c := w.Authority.Valid(site)
			c.Certificate[1] = w.withIntermediate(time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0)).Certificate[1]
			w.cert(c)
		},
	},
	{
		name: "HTTP/2 alone", want: "working/works/certain",
		breaks: func(w world) {
			w.ServeTLSConfig(address+":443", &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}, NextProtos: []string{"h2"}}, loopback.Page)
		},
	},
	{
		name: "no protocol in common above TLS", want: "site/secure_connection_failed/certain",
		breaks: func(w world) {
			w.ServeTLSConfig(address+":443", &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}, NextProtos: []string{"mail"}}, loopback.Page)
		},
	},
}

// askingCertificate asks for a client certificate, goes on without one, and lets handle misbehave.
func (w world) askingCertificate(handle func(net.Conn)) {
	config := &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}, NextProtos: []string{"http/1.1"}, ClientAuth: tls.RequestClientCert}
	w.raw(func(c net.Conn) {
		if s := tls.Server(c, config); s.Handshake() == nil {
			handle(s)
			s.Close()
		}
	})
}

// withIntermediate is a certificate for the site by the authority that everybody trusts, by way of an intermediate of
// these dates.
func (w world) withIntermediate(from, to time.Time) tls.Certificate {
	a, err := w.Authority.WithIntermediate(from, to)
	if err != nil {
		panic(fmt.Sprintf("make an intermediate: %v", err)) // the system has no randomness
	}
	return a.Valid(site)
}
