//go:build linux

package lab

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"

	"isitme/checks/verdict"
)

// browserScenarios are sites whose replies, cookies, certificates and handshakes a browser takes in its own way, which this
// program must take too, and faults that lie beside the first suspicion.
func browserScenarios() []Scenario {
	const forThePage = "<Location /cart>\nSSLVerifyClient "
	return []Scenario{
		{
			Name: "Apache would take a client certificate once it knows the page", Address: cart,
			Break: []fault{behind(apache(backendPage(200, "hello"), "SSLProtocol TLSv1.2", forThePage+"optional_no_ca\n</Location>"))},
			Want:  want(verdict.Works, verdict.Certain), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, "(?i)hello request(?s:.*)200$", "-v", "--tls-max", "1.2", "--http1.1")},
		},
		{
			Name: "Apache wants a client certificate once it knows the page", Address: cart,
			Break: []fault{behind(apache(backendPage(200, "hello"), "SSLProtocol TLSv1.2", forThePage+"require\n</Location>"))},
			Want:  want(verdict.RequestRejected), Within: 12 * time.Second,
			Proof: []Proof{curl(cart, "(?i)hello request(?s:.*)000$", "-v", "--tls-max", "1.2", "--http1.1")},
		},
		{
			Name: "a client certificate is welcome, and the server says nothing", Address: cart,
			Break: []fault{behind(welcoming(hold))},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `Request CERT(?s:.*)\(28\)`, "-v", "-m", "2")},
		},
		{
			Name: "a client certificate is welcome, and the reply is not HTTP", Address: cart,
			Break: []fault{behind(welcoming(func(c net.Conn) { say(c, "not a reply\r\n\r\n") }))},
			Want:  want(verdict.BadResponse), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, `Request CERT(?s:.*)\(1\)`, "-v")},
		},
		{
			Name: "the intermediate certificate has run out, the computer's clock is three minutes behind", Address: cart,
			Break: []fault{secured(certificate{OldMiddle: true}), clockBehind(3 * time.Minute)},
			Want:  want(verdict.CertificateExpired), Within: 12 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired")},
		},
		{
			Name: "the certificate has run out, the computer's clock is an hour ahead", Address: cart,
			Break: []fault{secured(certificate{From: -90 * day, To: -2 * day}), clockBehind(-time.Hour)},
			Want:  want(verdict.CertificateExpired), Within: 12 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired")},
		},
		{
			Name: "the intermediate certificate sent is the one from before", Address: cart,
			Break: []fault{secured(certificate{Renewed: true})},
			Want:  want(verdict.CertificateUntrusted, verdict.Likely), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, `\(60\)`)},
		},
		{
			Name: "a cookie against the grammar, without which the page sends in circles", Address: cart, Hops: 1,
			Break: []fault{behind(handle(cookieFirst(`state={"seen":1}`)))},
			Want:  want(verdict.Works, verdict.Certain), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, `(?i)set-cookie: state=\{(?s:.*)302$`, "-D", "-")},
		},
		{
			Name: "two different places to go on to", Address: cart,
			Break: []fault{behind(says("HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"))},
			Want:  want(verdict.BrokenRedirect), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, `(?i)location: /a(?s:.*)location: /b`, "-D", "-")},
		},
		{
			Name: "a page in pieces that end with bare line feeds", Address: cart,
			Break: []fault{behind(says("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n"))},
			Want:  want(verdict.Works, verdict.Certain), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, `(?i)chunked(?s:.*)chunked`, "-D", "-")},
		},
		{
			Name: "an error page with a captcha in its contact form", Address: cart,
			Break: []fault{behind(page(503, `<title>Sorry</title><p>Too many visitors. Write to us:</p><form><div class="g-recaptcha"></div></form>`))},
			Want:  want(verdict.Overloaded, verdict.Certain), Within: retried,
			Proof: []Proof{{Command: "curl -sS -w %{http_code} " + cart, Shows: "g-recaptcha(?s:.*)503$"}},
		},
	}
}

// welcoming is a site that asks visitors for a certificate, goes on without one, and does something to the connection.
func welcoming(serve func(net.Conn)) func(*running, *site) error {
	return func(r *running, s *site) error {
		config, err := r.tlsFor(s)
		if err != nil {
			return err
		}
		config.ClientAuth = tls.RequestClientCert
		return r.tcp(r.internet, withPort(s.addresses[0], "443"), func(c net.Conn) {
			if t := tls.Server(c, config); t.Handshake() == nil {
				serve(t)
				t.Close()
			}
		})
	}
}

// cookieFirst sends visitors back to the page until they bring the cookie.
func cookieFirst(cookie string) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		if q.Header.Get("Cookie") == cookie {
			reply(200, "hello")(w, q)
			return
		}
		w.Header().Set("Set-Cookie", cookie+"; Path=/")
		w.Header().Set("Location", q.URL.Path)
		w.WriteHeader(http.StatusFound)
	}
}
