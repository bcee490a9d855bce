//go:build linux

package lab

import (
	"crypto/tls"
	"net/http"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/verdict"
)

// wrongSetups are scenarios whose site is set up wrongly in ways that are seldom met: names, certificates, redirects.
func wrongSetups() []Scenario {
	answer := func(kind uint16, code int) fault {
		return nameServers(answering(func(q *dns.Msg) *dns.Msg {
			if q.Question[0].Name == shop+"." && q.Question[0].Qtype == kind {
				return new(dns.Msg).SetRcode(q, code)
			}
			return nil
		}))
	}
	return []Scenario{
		{
			Name: "the name server fails when asked for IPv6", Address: cart,
			Break: []fault{answer(dns.TypeAAAA, dns.RcodeServerFailure)},
			Want:  want(verdict.Works, verdict.Certain), Within: 8 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "SERVFAIL", "AAAA"), curl(cart, "^200$", "-4")},
		},
		{
			Name: "the name server fails when asked for IPv4, and there is no IPv6", Address: cart,
			Break: []fault{answer(dns.TypeA, dns.RcodeServerFailure)},
			Want:  want(verdict.DNSBroken), Within: 20 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "SERVFAIL"), dig("8.8.8.8", shop, "NOERROR", "AAAA")},
		},
		{
			Name: "the site's name server is silent", Address: cart,
			Break: []fault{blocking(internetIn, "ip daddr "+nameServerShop+" drop"), nameServers(nobodyAnswers)},
			Want:  want(verdict.DNSBroken), Within: whole,
			Proof: []Proof{dig("8.8.8.8", shop, "SERVFAIL|timed out"), dig("8.8.8.8", "www.google.com", "NOERROR")},
		},
		{
			Name: "the name is an alias of one that does not exist", Address: cart,
			Break: []fault{records(shop + ". 60 IN CNAME shop.hosting-lapsed.com.")},
			Want:  want(verdict.DNSNoAddress), Within: 15 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "hosting-lapsed", "CNAME"), dig("8.8.8.8", "shop.hosting-lapsed.com", "NXDOMAIN")},
		},
		{
			Name: "the name is an alias of itself in the end", Address: cart,
			Break: []fault{records(shop+". 60 IN CNAME b.example.org.", "b.example.org. 60 IN CNAME "+shop+".")},
			Want:  want(verdict.DNSBroken), Within: 20 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, "SERVFAIL")},
		},
		{
			Name: "the name points to 0.0.0.0", Address: cart,
			Break: []fault{records(shop + ". 60 IN A 0.0.0.0")},
			Want:  want(verdict.DNSPointsNowhere), Within: 15 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, `^0\.0\.0\.0\n$`, "+short")},
		},
		{
			Name: "the name points into a private network, and the router suppresses that", Address: cart,
			Break: []fault{records(shop + ". 60 IN A 10.20.30.40"), resolver(dnsmasq("stop-dns-rebind"))},
			Want:  want(verdict.DNSPointsNowhere), Within: 15 * time.Second,
			Proof: []Proof{dig("8.8.8.8", shop, `^10\.20\.30\.40\n$`, "+short"), dig(homeAddress, shop, `ANSWER: 0|REFUSED`)},
		},
		{
			Name: "a certificate of a private authority", Address: cart,
			Break: []fault{behind(ownAuthority)},
			Want:  want(verdict.CertificateUntrusted), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, "unable to get local issuer certificate|self-signed certificate in certificate chain")},
		},
		{
			Name: "a wildcard certificate for one level too few", Address: "https://a.shop.example.org/",
			Break: []fault{func(w *world) {
				w.site("a.shop.example.org", page(200, "hello"), "185.26.156.31").certificate = certificate{Names: []string{"*.example.org"}}
			}},
			Want: want(verdict.CertificateWrongName), Within: 10 * time.Second,
			Proof: []Proof{curl("https://a.shop.example.org/", "no alternative certificate subject name matches")},
		},
		{
			Name: "a site by number, whose certificate is for its name", Address: "https://185.26.156.10/", Healthy: true,
			Want: want(verdict.CertificateWrongName), Within: 10 * time.Second,
			Proof: []Proof{curl("https://185.26.156.10/", `\(60\)`)},
		},
		{
			Name: "http sends to https and https sends to http", Address: "http://shop.example.org/",
			Break: []fault{behind(handle(func(w http.ResponseWriter, q *http.Request) {
				scheme := "https://"
				if q.TLS != nil {
					scheme = "http://"
				}
				http.Redirect(w, q, scheme+q.Host+q.URL.Path, http.StatusMovedPermanently)
			}))},
			Want: want(verdict.RedirectLoop, verdict.Certain), Within: 10 * time.Second, Hops: 10,
			Proof: []Proof{curl("http://shop.example.org/", `\(47\)`, "-L", "--max-redirs", "20")},
		},
		{
			Name: "two hosts that send to each other", Address: cart,
			Break: []fault{behind(sendsTo("https://login.example.org/")), secondHost(sendsTo(cart))},
			Want:  want(verdict.RedirectLoop, verdict.Certain), Within: 10 * time.Second, Hops: 10,
			Proof: []Proof{curl(cart, `\(47\)`, "-L", "--max-redirs", "20")},
		},
		{
			Name: "a redirect to a host whose certificate has expired", Address: cart,
			Break: []fault{behind(sendsTo("https://login.example.org/in")), func(w *world) {
				w.sites[login].certificate = certificate{From: -90 * day, To: -2 * day}
			}},
			Want: want(verdict.CertificateExpired), Within: 12 * time.Second, Hops: 1,
			Proof: []Proof{curl(cart, "certificate has expired", "-L")},
		},
		{
			Name: "a redirect to an app", Address: cart,
			Break: []fault{behind(sendsTo("shop-app://open/cart"))},
			Want:  want(verdict.BrokenRedirect, verdict.Certain), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, `\(1\)`, "-L")},
		},
		{
			Name: "a bare name, https silent and http fine", Address: shop,
			Break: []fault{blocking(internetIn, "ip daddr "+shopAddress+" tcp dport 443 drop")},
			Want:  want(verdict.Works), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("http://shop.example.org/", "^200$")},
		},
	}
}

// ownAuthority is a site whose certificate a company signed for itself, chain and all.
func ownAuthority(r *running, s *site) error {
	company, err := newAuthority("Brightwood Internal")
	if err != nil {
		return err
	}
	chain, err := company.issue(s.certificate, r.now(), s.host)
	if err != nil {
		return err
	}
	return s.each(r, "443", reply(200, "hello"), &tls.Config{Certificates: []tls.Certificate{chain}})
}
