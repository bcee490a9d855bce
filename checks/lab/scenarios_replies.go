//go:build linux

package lab

import (
	"net"
	"time"

	"isitme/checks/verdict"
)

const plainCart = "http://shop.example.org/cart"

// oddReplies are scenarios whose site answers late, in its own words, or not in a whole reply.
func oddReplies() []Scenario {
	const body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	return []Scenario{
		{
			Name: "nginx shows the shop's own error page", Address: cart,
			Break: []fault{behind(nginx(noBackend, "error_page 502 /sorry; } location = /sorry { internal; return 502 '<h1>Shop</h1>sorry';"))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{{Command: "curl -sS -w %{http_code} " + cart, Shows: "sorry502$"}},
		},
		{
			Name: "nginx sends its errors to a page that says 503", Address: cart,
			Break: []fault{behind(nginx(noBackend, "error_page 502 = @sorry; } location @sorry { return 302 /sorry; } location = /sorry { return 503;"))},
			Want:  want(verdict.Overloaded, verdict.Certain), Within: retried, Hops: 4,
			Proof: []Proof{curl(cart, "^1:503$", "-L", "-w", "%{num_redirects}:%{http_code}")},
		},
		{
			Name: "nginx hangs up without a word", Address: cart,
			Break: []fault{behind(nginx(noBackend, "return 444;"))},
			Want:  want(verdict.ClosesConnection, verdict.Certain), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(52\)`)},
		},
		{
			Name: "nginx, PHP is not running", Address: cart,
			Break: []fault{behind(nginx(noBackend, "} location /cart { fastcgi_pass unix:/run/php-fpm.sock; } location /none {"))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$")},
		},
		{
			Name: "nginx gives up after twelve seconds", Address: cart,
			Break: []fault{behind(nginx(backendSilent, "proxy_read_timeout 12s;"))},
			Want:  want(verdict.GatewayTimeout, verdict.Certain), Within: 25 * time.Second,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "HAProxy drops the request in silence", Address: cart,
			// HAProxy takes its end of the connection away; without the rule, a packet sent again would be reset.
			Break: []fault{behind(haproxy(noBackend, "http-request silent-drop")), blocking(internetOut, "ip saddr "+shopAddress+" tcp flags & rst == rst drop")},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "HAProxy lets visitors wait and then says 500", Address: cart,
			Break: []fault{behind(haproxy(noBackend, "timeout tarpit 2s", "http-request tarpit"))},
			Want:  want(verdict.ServerError, verdict.Certain), Within: 16 * time.Second,
			Proof: []Proof{curl(cart, "^500$")},
		},
		{
			Name: "Apache announces maintenance", Address: cart,
			Break: []fault{behind(apache(noBackend, "Redirect 503 /cart", `ErrorDocument 503 "The shop is closed for scheduled maintenance"`))},
			Want:  want(verdict.Maintenance, verdict.Certain), Within: retried,
			Proof: []Proof{{Command: "curl -sS -w %{http_code} " + cart, Shows: "maintenance503$"}},
		},
		{
			Name: "the site's own Squid finds nothing behind it, over plain http", Address: plainCart,
			Break: []fault{behind(reverseSquid(noBackend))},
			Want:  want(verdict.BadGateway, verdict.Likely), Within: retried,
			Proof: []Proof{curl(plainCart, "(?i)X-Squid-Error(?s:.*)502$", "-D", "-")},
		},
		{
			Name: "the site's own Squid lets nobody in, over plain http", Address: plainCart,
			Break: []fault{behind(reverseSquid(noBackend, "http_access deny all"))},
			Want:  want(verdict.Forbidden, verdict.Likely), Within: 8 * time.Second,
			Proof: []Proof{curl(plainCart, "(?i)X-Squid-Error(?s:.*)403$", "-D", "-")},
		},
		{
			Name: "a busy site that asks to come back in two seconds", Address: cart,
			Break: []fault{behind(inTurn(reply(503, "busy", "Retry-After: 2"), reply(503, "busy", "Retry-After: 2"), reply(200, "come in")))},
			Want:  want(verdict.Recovered), Within: 8 * time.Second,
			Proof: []Proof{curl(cart, "^503$")},
		},
		{
			Name: "one page fails, the others do not", Address: cart,
			Break: []fault{behind(onlyCart(reply(502, "no cart")))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: retried,
			Proof: []Proof{curl(cart, "^502$"), curl("https://shop.example.org/", "^200$")},
		},
		{
			Name: "the first visit hangs, the next ones get a 502", Address: cart,
			Break: []fault{behind(inTurn(late(2*time.Second, reply(502, "no")), late(40*time.Second, reply(502, "no")), reply(502, "no")))},
			Want:  want(verdict.BadGateway, verdict.Certain), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, `^502_[2-4]\.`, "-w", "%{http_code}_%{time_total}")},
		},
		{
			Name: "the server begins a reply and says no more", Address: cart,
			Break: []fault{behind(begins("HTTP/1.1 200 OK\r\nServer: shop"))},
			Want:  want(verdict.NotAnswering, verdict.Likely), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2")},
		},
		{
			Name: "the page stands still half-way", Address: cart,
			Break: []fault{behind(begins(body + "Content-Length: 5000\r\n\r\n<title>Shop</title>and then"))},
			Want:  want(verdict.BadResponse, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(28\).* 27 `, "-m", "2")},
		},
		{
			Name: "a page that is not packed as it says", Address: cart,
			Break: []fault{behind(says(body + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"))},
			Want:  want(verdict.BadResponse, verdict.Certain), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, `\((23|61|56)\)`, "--compressed")},
		},
		{
			Name: "a page in pieces whose sizes are nonsense", Address: cart,
			Break: []fault{behind(says(body + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n"))},
			Want:  want(verdict.BadResponse, verdict.Certain), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, `\(56\)`)},
		},
		{
			Name: "the server takes no requests over HTTP/2", Address: cart,
			// SETTINGS, and GOAWAY with INTERNAL_ERROR (RFC 9113, 6.5 and 6.8).
			Break: []fault{behind(over2("\x00\x00\x00\x04\x00\x00\x00\x00\x00" + "\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02"))},
			Want:  want(verdict.ClosesConnection, verdict.Certain), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\((16|56|92)\)`)},
		},
		{
			Name: "a handshake that takes eight seconds", Address: cart,
			Break: []fault{behind(hesitating(8 * time.Second))},
			Want:  want(verdict.Slow), Within: 14 * time.Second,
			Proof: []Proof{curl(cart, `^200_[89]\.`, "-m", "12", "-w", "%{http_code}_%{time_total}")},
		},
		{
			Name: "SSH on the port of https", Address: cart,
			Break: []fault{behind(raw(func(c net.Conn) { say(c, "SSH-2.0-OpenSSH_9.9\r\n") }))},
			Want:  want(verdict.SecureConnectionFailed), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\(35\).*wrong version number`)},
		},
		{
			Name: "the server takes two seconds to start", Address: cart,
			Break: []fault{behind(startingAfter(2 * time.Second))},
			Want:  want(verdict.Recovered), Within: 10 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`)},
		},
	}
}

// startingAfter is a site that is up only a while after the visitor has asked first.
func startingAfter(wait time.Duration) func(*running, *site) error {
	return func(r *running, s *site) error {
		r.onceAsked(wait, func() { _ = page(200, "open at last")(r, s) })
		return nil
	}
}
