//go:build linux

package lab

import (
	"net/http"
	"time"

	"isitme/checks/verdict"
)

const day = 24 * time.Hour

// brokenSites are scenarios whose site is set up wrongly: certificates, redirects, names.
func brokenSites() []Scenario {
	return []Scenario{
		{
			Name: "the certificate has expired", Address: cart,
			Break: []fault{secured(certificate{From: -90 * day, To: -2 * day}), behind(nginx(backendPage(200, "hello")))},
			Want:  want(verdict.CertificateExpired, verdict.Certain), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired")},
		},
		{
			Name: "the certificate is for another name", Address: cart,
			Break: []fault{secured(certificate{Names: []string{"hosting.example.net"}}), behind(apache(backendPage(200, "hello")))},
			Want:  want(verdict.CertificateWrongName), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "no alternative certificate subject name matches")},
		},
		{
			Name: "the certificate is signed by itself", Address: cart,
			Break: []fault{secured(certificate{SelfSigned: true}), behind(haproxy(backendPage(200, "hello"), "server shop "+backendAddress))},
			Want:  want(verdict.CertificateUntrusted), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "self-signed certificate")},
		},
		{
			Name: "the certificate is not valid yet", Address: cart,
			Break: []fault{secured(certificate{From: 3 * day}), behind(caddy(backendPage(200, "hello")))},
			Want:  want(verdict.CertificateNotYetValid), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "certificate is not yet valid")},
		},
		{
			Name: "a part of the certificate chain is missing", Address: cart,
			Break: []fault{secured(certificate{Incomplete: true}), behind(nginx(backendPage(200, "hello")))},
			Want:  want(verdict.CertificateUntrusted, verdict.Likely), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "unable to get local issuer certificate")},
		},
		{
			Name: "the server knows only an old TLS version", Address: cart,
			Break: []fault{behind(nginx(backendPage(200, "hello"), "} ssl_protocols TLSv1; ssl_ciphers DEFAULT@SECLEVEL=0; location /none {"))},
			Want:  want(verdict.SecureConnectionFailed), Within: 15 * time.Second,
			Proof: []Proof{
				{Command: "openssl s_client -tls1_2 -connect 185.26.156.10:443", Shows: "unsupported protocol|alert protocol version"},
				{Command: "openssl s_client -tls1 -cipher DEFAULT@SECLEVEL=0 -connect 185.26.156.10:443", Shows: "New, TLSv1.0, Cipher"},
			},
		},
		{
			Name: "the server and we have no cipher in common", Address: cart,
			Break: []fault{behind(nginx(backendPage(200, "hello"),
				"} ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-CAMELLIA128-SHA256; location /none {"))},
			Want: want(verdict.SecureConnectionFailed), Within: 15 * time.Second,
			Proof: []Proof{
				curl(cart, `\(35\).*handshake failure`),
				{
					Command: "openssl s_client -connect 185.26.156.10:443 -tls1_2 -cipher ECDHE-ECDSA-CAMELLIA128-SHA256",
					Shows:   "Cipher is ECDHE-ECDSA-CAMELLIA128-SHA256",
				},
			},
		},
		{
			Name: "nginx has no such name and rejects the handshake", Address: cart,
			Break: []fault{behind(nginx(backendPage(200, "hello"), "} ssl_reject_handshake on; location /none {"))},
			Want:  want(verdict.SecureConnectionFailed), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\(35\).*unrecognized name`)},
		},
		{
			Name: "plain http on the port of https", Address: cart,
			Break: []fault{behind(func(r *running, s *site) error { return s.each(r, "443", reply(200, "hello"), nil) })},
			Want:  want(verdict.SecureConnectionFailed), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\(35\).*wrong version number`), curl("http://shop.example.org:443/", "^200$")},
		},
		{
			Name: "pages that send to each other", Address: cart,
			Break: []fault{behind(handle(func(w http.ResponseWriter, q *http.Request) {
				to := "/a"
				if q.URL.Path == to {
					to = "/b"
				}
				http.Redirect(w, q, to, http.StatusFound)
			}))},
			Want: want(verdict.RedirectLoop), Within: 10 * time.Second, Hops: 10,
			Proof: []Proof{curl(cart, `\(47\)`, "-L", "--max-redirs", "20")},
		},
		{
			Name: "a redirect to an address that cannot be read", Address: cart,
			Break: []fault{behind(page(302, "", "Location: https://"))},
			Want:  want(verdict.BrokenRedirect), Within: 10 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 -o /dev/null -D - " + cart, Shows: `(?mi)^Location: https://\s*$`}},
		},
		{
			Name: "a redirect to a name that does not exist", Address: cart,
			Break: []fault{behind(page(302, "", "Location: https://old-shop.example.org/"))},
			Want:  want(verdict.BrokenRedirect), Within: 12 * time.Second, Hops: 1,
			Proof: []Proof{curl(cart, `\(6\).*old-shop`, "-L"), dig("8.8.8.8", "old-shop.example.org", "NXDOMAIN")},
		},
		{
			Name: "a redirect to a private address", Address: cart,
			Break: []fault{behind(page(302, "", "Location: http://10.0.0.5/setup"))},
			Want:  want(verdict.BrokenRedirect, verdict.Likely), Within: 10 * time.Second,
			Proof: []Proof{{Command: "curl -sS -m 4 -o /dev/null -D - " + cart, Shows: `(?i)Location: http://10\.0\.0\.5`}},
		},
		{
			Name: "the second host of a redirect is silent", Address: cart,
			Break: []fault{behind(page(302, "", "Location: https://login.example.org/in")), dropped("185.26.156.11")},
			Want:  want(verdict.Unreachable, verdict.Likely), Within: whole, Hops: 1,
			Proof: []Proof{curl(cart, "^302$"), curl("https://login.example.org/", `\(28\)`, "-m", "2")},
		},
		{
			Name: "the site's name server is off", Address: cart,
			Break: []fault{nameServers(nobodyAnswers)},
			Want:  want(verdict.DNSBroken), Within: whole,
			Proof: []Proof{
				dig("8.8.8.8", shop, "SERVFAIL|timed out"), dig("8.8.8.8", "www.google.com", "NOERROR"),
				far(dig(nameServerShop, shop, "refused|timed out|no servers")),
			},
		},
		{
			Name: "the site's name server no longer knows it (NSD)", Address: cart,
			Break: []fault{nameServers(nsd(lame))},
			Want:  want(verdict.DNSBroken), Within: 20 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "SERVFAIL"), far(dig(nameServerShop, shop, "REFUSED|SERVFAIL"))},
		},
		{
			Name: "the DNSSEC signatures have run out (NSD, unbound)", Address: cart,
			Break: []fault{signedZone(-5 * day)},
			Want:  want(verdict.DNSSECBroken), Within: 20 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "SERVFAIL"), dig("8.8.8.8", shop, `185\.26\.156\.10`, "+cd")},
		},
		{
			Name: "the name exists but has no address", Address: cart,
			Break: []fault{records(`shop.example.org. 60 IN TXT "moved"`), nameServers(nsd(nil))},
			Want:  want(verdict.DNSNoAddress), Within: 15 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, `NOERROR(?s:.*)ANSWER: 0`), dig("9.9.9.9", shop, "moved", "TXT")},
		},
		{
			Name: "the name points to the visitor's own computer", Address: cart,
			Break: []fault{records("shop.example.org. 60 IN A 127.0.0.1")},
			Want:  want(verdict.DNSPointsNowhere), Within: 15 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, `^127\.0\.0\.1\n$`, "+short")},
		},
		{
			Name: "the name points into a private network", Address: cart,
			Break: []fault{records("shop.example.org. 60 IN A 10.20.30.40")},
			Want:  want(verdict.DNSPointsNowhere), Within: whole,
			Proof: []Proof{dig("8.8.8.8", shop, `^10\.20\.30\.40\n$`, "+short")},
		},
	}
}
