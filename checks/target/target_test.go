package target

import (
	"errors"
	"strings"
	"testing"

	"isitme/checks/evidence"
)

// parseCases are inputs and the URL, or the error's code, that must come of them. Cases that fuzzing found stay here.
var parseCases = []struct {
	in   string
	want string // a URL, or a Code
	hint string
}{
	// Bare names.
	{in: "example.org", want: "https://example.org/"},
	{in: "www.example.com", want: "https://www.example.com/"},
	{in: "EXAMPLE.Org", want: "https://example.org/"},
	{in: "example.org.", want: "https://example.org/"},
	{in: "example.org..", want: "https://example.org/"},
	{in: "example.org/", want: "https://example.org/"},
	{in: "example.org/a/b?c=d&e", want: "https://example.org/a/b?c=d&e"},
	{in: "example.org?c=d", want: "https://example.org/?c=d"},
	{in: "example.org#top", want: "https://example.org/"},
	{in: "example.org:8443", want: "https://example.org:8443/"},
	{in: "example.org:443", want: "https://example.org/"},
	{in: "example.org:80", want: "http://example.org/"},
	{in: "example.org:", want: "https://example.org/"},
	{in: "//example.org/x", want: "https://example.org/x"},
	{in: "/example.org/x", want: "https://example.org/x"},
	{in: "_dmarc.example.org", want: "https://_dmarc.example.org/"},
	{in: "my_host.example.org", want: "https://my_host.example.org/"},
	{in: "r3---sn-4g5e6nez.example.org", want: "https://r3---sn-4g5e6nez.example.org/"},
	{in: "-leading.example.org", want: "https://-leading.example.org/"},
	{in: "example.unlistedending", want: "https://example.unlistedending/"},
	{in: "router", want: "https://router/"},
	{in: "intranet/wiki", want: "https://intranet/wiki"},
	{in: "localhost", want: "https://localhost/"},
	{in: "localhost:3000/app", want: "https://localhost:3000/app"},
	{in: "nas:5001", want: "https://nas:5001/"},

	// Whole URLs.
	{in: "http://example.org", want: "http://example.org/"},
	{in: "https://example.org", want: "https://example.org/"},
	{in: "HTTPS://Example.ORG/Path", want: "https://example.org/Path"},
	{in: "http://example.org:80/", want: "http://example.org/"},
	{in: "https://example.org:443/", want: "https://example.org/"},
	{in: "http://example.org:443/", want: "http://example.org:443/"},
	{in: "https://example.org:80/", want: "https://example.org:80/"},
	{in: "http://example.org:00080/", want: "http://example.org/"},
	{in: "https://user:secret@example.org/x", want: "https://example.org/x"},
	{in: "https://user@example.org/", want: "https://example.org/"},
	{in: "user:secret@example.org", want: "https://example.org/"},
	{in: "https://a@b@example.org/", want: "https://example.org/"},
	{in: "https://example.org/x#frag?notquery", want: "https://example.org/x"},
	{in: "https://example.org/?", want: "https://example.org/"},
	{in: "https://example.org/a?b=c", want: "https://example.org/a?b=c"},
	{in: "https://example.org/a%20b", want: "https://example.org/a%20b"},
	{in: "https://example.org/a%2Fb", want: "https://example.org/a%2Fb"},
	{in: "https://example.org/a%2fb", want: "https://example.org/a%2fb"},
	{in: "https://example.org/100%", want: "https://example.org/100%25"},
	{in: "https://example.org/%zz", want: "https://example.org/%25zz"},
	{in: "https://example.org/ä/ö?ü=ß", want: "https://example.org/%C3%A4/%C3%B6?%C3%BC=%C3%9F"},
	{in: "https://example.org/a//b/", want: "https://example.org/a//b/"},
	{in: "https://example.org/a/../b/./c", want: "https://example.org/b/c"},
	{in: "https://example.org/a_(b)", want: "https://example.org/a_(b)"},
	{in: "https://example.org/x;y=1,2", want: "https://example.org/x;y=1,2"},
	{in: "https://example.org/?q=[1]", want: "https://example.org/?q=[1]"},
	{in: "https://example.org/x?url=https://other.example/", want: "https://example.org/x?url=https://other.example/"},
	{in: "https://ex%61mple.org/", want: "https://example.org/"},

	// Written by hand, or by filters.
	{in: "http//example.org", want: "http://example.org/"},
	{in: "https//example.org/x", want: "https://example.org/x"},
	{in: "https:/example.org/x", want: "https://example.org/x"},
	{in: "https:example.org", want: "https://example.org/"},
	{in: "http:///example.org", want: "http://example.org/"},
	{in: `http:\\example.org\a\b`, want: "http://example.org/a/b"},
	{in: `example.org\a`, want: "https://example.org/a"},
	{in: "htp://example.org", want: "http://example.org/"},
	{in: "htttps://example.org", want: "https://example.org/"},
	{in: "ttps://example.org", want: "https://example.org/"},
	{in: "https;//example.org", want: "https://example.org/"},
	{in: "http://https://example.org/", want: "https://example.org/"},
	{in: "ttps.//0000000000000000000", want: "https://ttps//0000000000000000000"},
	{in: "hxxp://example.org/x", want: "http://example.org/x"},
	{in: "hXXps://example[.]org/x", want: "https://example.org/x"},
	{in: "example[.]org", want: "https://example.org/"},
	{in: "view-source:https://example.org/x", want: "https://example.org/x"},

	// International names.
	{in: "Яндекс.рф", want: "https://xn--d1acpjx3f.xn--p1ai/"},
	{in: "яндекс.рф", want: "https://xn--d1acpjx3f.xn--p1ai/"},
	{in: "http://ЯНДЕКС.РФ/", want: "http://xn--d1acpjx3f.xn--p1ai/"},
	{in: "bücher.example", want: "https://xn--bcher-kva.example/"},
	{in: "BÜCHER.example", want: "https://xn--bcher-kva.example/"},
	{in: "xn--bcher-kva.example", want: "https://xn--bcher-kva.example/"},
	{in: "straße.de", want: "https://xn--strae-oqa.de/"},
	{in: "例え.jp", want: "https://xn--r8jz45g.jp/"},
	{in: "例え。jp", want: "https://xn--r8jz45g.jp/"},
	{in: "ｅｘａｍｐｌｅ．ｏｒｇ", want: "https://example.org/"},
	{in: "موقع.example", want: "https://xn--4gbrim.example/"},

	// Numbers, as the WHATWG URL standard reads them.
	{in: "93.184.216.34", want: "https://93.184.216.34/"},
	{in: "http://93.184.216.34:8080/x", want: "http://93.184.216.34:8080/x"},
	{in: "http://2130706433/", want: "http://127.0.0.1/"},
	{in: "2130706433", want: "not_address"},
	{in: "12:30", want: "not_address"},
	{in: "3.14", want: "not_address"},
	{in: "http://0x7f.1/", want: "http://127.0.0.1/"},
	{in: "http://0177.0.0.1/", want: "http://127.0.0.1/"},
	{in: "http://1.2.3/", want: "http://1.2.0.3/"},
	{in: "http://256.1.1.1/", want: "bad_host"},
	{in: "http://1.2.3.4.5/", want: "bad_host"},
	{in: "http://1.2.3.09/", want: "bad_host"},
	{in: "http://4294967296/", want: "bad_host"},
	{in: "http://foo.0x4/", want: "bad_host"},

	// IPv6.
	{in: "[2001:db8::1]", want: "https://[2001:db8::1]/"},
	{in: "http://[2001:DB8::1]:8080/x", want: "http://[2001:db8::1]:8080/x"},
	{in: "2001:db8::1", want: "https://[2001:db8::1]/"},
	{in: "2001:db8:0:0:0:0:0:1/x", want: "https://[2001:db8::1]/x"},
	{in: "[::1]:3000", want: "https://[::1]:3000/"},
	{in: "::1", want: "https://[::1]/"},
	{in: "[::ffff:192.0.2.1]", want: "https://192.0.2.1/"},
	{in: "http://[fe80::1%25eth0]/", want: "bad_host"},
	{in: "fe80::1%eth0", want: "bad_host"},
	{in: "http://[2001:db8::1/", want: "bad_host"},
	{in: "http://[not:an:address]/", want: "bad_host"},
	{in: "http://[example.org]/", want: "bad_host"},

	// Wrapped.
	{in: "  https://example.org  ", want: "https://example.org/"},
	{in: "\"https://example.org\"", want: "https://example.org/"},
	{in: "„https://example.org/“", want: "https://example.org/"},
	{in: "«example.org»", want: "https://example.org/"},
	{in: "'example.org'", want: "https://example.org/"},
	{in: "`example.org`", want: "https://example.org/"},
	{in: "<https://example.org/x>", want: "https://example.org/x"},
	{in: "(https://example.org/x)", want: "https://example.org/x"},
	{in: "(see https://example.org/x).", want: "https://example.org/x"},
	{in: "https://example.org/x...", want: "https://example.org/x"},
	{in: "https://example.org/x…", want: "https://example.org/x"},
	{in: "https://example.org/x, ", want: "https://example.org/x"},
	{in: "https://example.org/x?", want: "https://example.org/x"},
	{in: "https://example.org/wiki/Yahoo!", want: "https://example.org/wiki/Yahoo!"},
	{in: "look at https://example.org/x!", want: "https://example.org/x"},
	{in: "example.org!", want: "https://example.org/"},
	{in: "http://0/!#0", want: "http://0.0.0.0/!"},
	{in: "http://00/[?]", want: "http://0.0.0.0/[?]"},
	{in: "https://example.org/x.#0", want: "https://example.org/x"},
	{in: "URL: http://example.org/x", want: "http://example.org/x"},
	{in: "URL:http://example.org/x", want: "http://example.org/x"},
	{in: "<URL:http://example.org/x>", want: "http://example.org/x"},
	{in: "Link: example.org", want: "https://example.org/"},
	{in: "[the shop](https://shop.example.com/a)", want: "https://shop.example.com/a"},
	{in: "[shop](https://shop.example.com/a_(b))", want: "https://shop.example.com/a_(b)"},
	{in: "see [the shop](https://shop.example.com/a), please", want: "https://shop.example.com/a"},
	{in: "[https://shop.example.com/a](https://shop.example.com/b)", want: "https://shop.example.com/b"},
	{in: "**https://example.org/x**", want: "https://example.org/x"},
	{in: "> https://example.org/x", want: "https://example.org/x"},
	{in: "- https://example.org/x", want: "https://example.org/x"},
	{in: "\u200bhttps://example.org/\u200b", want: "https://example.org/"},
	{in: "\ufeffexample.org", want: "https://example.org/"},
	{in: "exam\u00adple.org", want: "https://example.org/"},
	{in: "\u202ahttps://example.org/x\u202c", want: "https://example.org/x"},
	{in: "\u00a0example.org\u00a0", want: "https://example.org/"},
	{in: "example.org\n", want: "https://example.org/"},
	{in: "<a href=\"https://example.org/x\">here</a>", want: "https://example.org/x"},
	{in: "请访问https://example.org/x。", want: "https://example.org/x"},

	// Sentences.
	{in: "Hi, http://a.example/x does not load, nor does b.example", want: "http://a.example/x"},
	{in: "www.example.com does not open for me", want: "https://www.example.com/"},
	{in: "I can't open www.example.com.", want: "https://www.example.com/"},
	{in: `https://example.org/">click</a>`, want: "https://example.org/"},
	{in: "ASP.NET error on shop.example.com", want: "https://shop.example.com/"},
	{in: "Is example.org down?", want: "https://example.org/"},
	{in: "Is example.org/shop?a=b down?", want: "https://example.org/shop?a=b"},
	{in: "e.g. example.org fails", want: "https://example.org/"},
	{in: "it fails, cf. node.js docs at docs.example.org", want: "https://docs.example.org/"},
	{in: "our wiki https://intranet/wiki hangs", want: "https://intranet/wiki"},
	{in: "printer.local does not answer", want: "https://printer.local/"},
	{in: "mail bob@example.net about shop.example.com", want: "https://shop.example.com/"},
	{in: "ping 93.184.216.34 works", want: "https://93.184.216.34/"},
	{in: "version 1.18.0 of nginx fails", want: "not_address"},
	{in: "please open index.html now", want: "not_address"},
	{in: "it does not work", want: "not_address"},
	{in: "hello world", want: "not_address"},

	// Error texts, alone and beside an address.
	{in: "DNS_PROBE_FINISHED_NXDOMAIN", want: "no_address_in_error_text", hint: "DNS_PROBE_FINISHED_NXDOMAIN"},
	{in: "ERR_NAME_NOT_RESOLVED", want: "no_address_in_error_text", hint: "ERR_NAME_NOT_RESOLVED"},
	{in: "net::ERR_CERT_DATE_INVALID", want: "no_address_in_error_text", hint: "ERR_CERT_DATE_INVALID"},
	{in: "err_connection_refused", want: "no_address_in_error_text", hint: "ERR_CONNECTION_REFUSED"},
	{in: "502", want: "no_address_in_error_text", hint: "502"},
	{in: "502 Bad Gateway nginx", want: "no_address_in_error_text", hint: "502"},
	{in: "502 Bad Gateway nginx/1.18.0 (Ubuntu)", want: "no_address_in_error_text", hint: "502"},
	{in: "504 Gateway Time-out", want: "no_address_in_error_text", hint: "504"},
	{in: "HTTP ERROR 504", want: "no_address_in_error_text", hint: "504"},
	{in: "Error 1020", want: "no_address_in_error_text", hint: "1020"},
	{in: "Secure Connection Failed", want: "no_address_in_error_text", hint: "ERR_SSL_PROTOCOL_ERROR"},
	{in: "Safari can’t find the server.", want: "no_address_in_error_text", hint: "ERR_NAME_NOT_RESOLVED"},
	{in: "This site can’t be reached", want: "no_address_in_error_text", hint: "ERR_FAILED"},
	{in: "ERR_SSL_PROTOCOL_ERROR example.org", want: "https://example.org/", hint: "ERR_SSL_PROTOCOL_ERROR"},
	{in: "502 Bad Gateway nginx https://shop.example.com/cart", want: "https://shop.example.com/cart", hint: "502"},
	{in: "shop.example.com 502 Bad Gateway", want: "https://shop.example.com/", hint: "502"},
	{in: "ERR_CONNECTION_REFUSED localhost:3000", want: "https://localhost:3000/", hint: "ERR_CONNECTION_REFUSED"},
	{in: "ERR_CONNECTION_REFUSED nas:5001", want: "https://nas:5001/", hint: "ERR_CONNECTION_REFUSED"},
	{in: "https://example.org/ERR_TIMED_OUT", want: "https://example.org/ERR_TIMED_OUT"},
	{in: "This site can’t be reached\nCheck if there is a typo in shop.example.com.\nDNS_PROBE_FINISHED_NXDOMAIN", want: "https://shop.example.com/", hint: "DNS_PROBE_FINISHED_NXDOMAIN"},
	{in: "example.com’s server IP address could not be found.", want: "https://example.com/", hint: "ERR_NAME_NOT_RESOLVED"},
	{in: "This page isn’t working. example.com is currently unable to handle this request. HTTP ERROR 500", want: "https://example.com/", hint: "500"},
	{in: "Hmm. We’re having trouble finding that site. We can’t connect to the server at www.example.com.", want: "https://www.example.com/", hint: "ERR_NAME_NOT_RESOLVED"},
	{in: "Error code: SEC_ERROR_UNKNOWN_ISSUER www.example.com", want: "https://www.example.com/", hint: "SEC_ERROR_UNKNOWN_ISSUER"},
	{in: "PR_END_OF_FILE_ERROR on www.example.com", want: "https://www.example.com/", hint: "PR_END_OF_FILE_ERROR"},
	{in: "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT example.com", want: "https://example.com/", hint: "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT"},
	{in: "INET_E_RESOURCE_NOT_FOUND example.com", want: "https://example.com/", hint: "INET_E_RESOURCE_NOT_FOUND"},
	{in: "NS_ERROR_NET_TIMEOUT example.com", want: "https://example.com/", hint: "NS_ERROR_NET_TIMEOUT"},
	{in: "Safari can’t open the page “https://example.com/x” because Safari can’t find the server “example.com”.", want: "https://example.com/x", hint: "ERR_NAME_NOT_RESOLVED"},
	{in: "Error 522 Connection timed out example.com", want: "https://example.com/", hint: "522"},

	// Refused, each for its own reason.
	{in: "", want: "empty"},
	{in: " \t\n\u200b", want: "empty"},
	{in: "bob@example.org", want: "mail_address"},
	{in: "mailto:bob@example.org?subject=x", want: "mail_address"},
	{in: "please write to bob@example.org today", want: "mail_address"},
	{in: "file:///etc/hosts", want: "other_scheme"},
	{in: "ftp://example.org/x", want: "other_scheme"},
	{in: "javascript:alert(1)", want: "other_scheme"},
	{in: "data:text/html,x", want: "other_scheme"},
	{in: "about:blank", want: "other_scheme"},
	{in: "chrome-error://chromewebdata/", want: "other_scheme"},
	{in: "tel:+491234", want: "other_scheme"},
	{in: "foo://bar", want: "other_scheme"},
	{in: `C:\Users\me\page.html`, want: "not_address"},
	{in: "C:/Users/me/page.html", want: "not_address"},
	{in: `\\server\share`, want: "not_address"},
	{in: "C:", want: "not_address"},
	{in: "example.org:99999", want: "port"},
	{in: "example.org:0", want: "port"},
	{in: "http://example.org:x/", want: "port"},
	{in: "example.org:-1", want: "port"},
	{in: "www..example.com", want: "bad_host"},
	{in: "http://exa mple.org/", want: "http://exa/"},
	{in: "ht000.%80000000000000#00000", want: "bad_host"},
	{in: "http://ex$mple.org/", want: "bad_host"},
	{in: "http://" + strings.Repeat("a", 64) + ".org/", want: "bad_host"},
	{in: "http:///", want: "bad_host"},
	{in: "http://", want: "bad_host"},
	{in: "???", want: "not_address"},
	{in: "…", want: "not_address"},
	{in: "expyuzz4wqqyqhjn.onion", want: "onion"},
	{in: "http://expyuzz4wqqyqhjn.onion/x", want: "onion"},
	{in: "https://example.org/" + strings.Repeat("a", maxURL), want: "too_long"},
	{in: strings.Repeat("a ", maxInput), want: "too_long"},
}

func TestParse(t *testing.T) {
	for _, tc := range parseCases {
		t.Run(tc.in[:min(len(tc.in), 60)], func(t *testing.T) {
			got, err := Parse(tc.in)
			var refused *Error
			if errors.As(err, &refused) {
				if string(refused.Code) != tc.want {
					t.Errorf("Parse(%q) is refused as %s, want %s", tc.in, refused.Code, tc.want)
				}
				if refused.Hint != tc.hint {
					t.Errorf("Parse(%q) has the hint %q, want %q", tc.in, refused.Hint, tc.hint)
				}
				return
			}
			if err != nil {
				t.Fatalf("Parse(%q) returned %T, which is no *Error", tc.in, err)
			}
			if got.URL != tc.want {
				t.Errorf("Parse(%q) = %s, want %s", tc.in, got.URL, tc.want)
			}
			if got.Hint != tc.hint {
				t.Errorf("Parse(%q) has the hint %q, want %q", tc.in, got.Hint, tc.hint)
			}
		})
	}
}

// TestFields checks the fields beside the URL.
func TestFields(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want evidence.Target
	}{
		{"example.org", evidence.Target{
			URL: "https://example.org/", Scheme: "https", SchemeGuessed: true, Host: "example.org", DisplayHost: "example.org", Port: 443,
		}},
		{"http://Bücher.example:8080/x", evidence.Target{
			URL: "http://xn--bcher-kva.example:8080/x", Scheme: "http", Host: "xn--bcher-kva.example", DisplayHost: "bücher.example", Port: 8080,
		}},
		{"http://[2001:db8::1]/", evidence.Target{
			URL: "http://[2001:db8::1]/", Scheme: "http", Host: "2001:db8::1", DisplayHost: "2001:db8::1", Port: 80, Literal: true,
		}},
		{"192.168.1.1", evidence.Target{
			URL: "https://192.168.1.1/", Scheme: "https", SchemeGuessed: true, Host: "192.168.1.1", DisplayHost: "192.168.1.1", Port: 443,
			Literal: true, Private: true,
		}},
		{"HTTP ERROR 502 http://me:pw@shop.example/reset?token=abc#x", evidence.Target{
			URL: "http://shop.example/reset?token=abc", Scheme: "http", Host: "shop.example", DisplayHost: "shop.example", Port: 80,
			OneTime: true, Hint: "502",
		}},
	} {
		got, err := Parse(tc.in)
		if err != nil || got != tc.want {
			t.Errorf("Parse(%q) = %+v, %v\nwant %+v", tc.in, got, err, tc.want)
		}
	}
}

func TestMailAddressNamesItsSite(t *testing.T) {
	for _, in := range []string{"bob@Example.org", "mailto:bob@example.org", "ask bob@example.org, please"} {
		_, err := Parse(in)
		var refused *Error
		if !errors.As(err, &refused) || refused.Code != MailAddress || refused.Host != "example.org" {
			t.Errorf("Parse(%q) returned %#v, want a mail address at example.org", in, err)
		}
	}
}

func TestPrivate(t *testing.T) {
	for in, want := range map[string]bool{
		"localhost": true, "app.localhost": true, "router": true, "printer.local": true, "git.internal": true, "x.intranet": true,
		"nas.lan": true, "nas.home": true, "mail.corp": true, "x.private": true, "pi.home.arpa": true, "fritz.box": true,
		"127.0.0.1": true, "10.1.2.3": true, "172.16.0.1": true, "172.31.255.255": true, "192.168.0.1": true, "100.64.0.1": true,
		"169.254.1.1": true, "0.0.0.0": true, "[::1]": true, "[::]": true, "[fd00::1]": true, "[fe80::1]": true,
		"[::ffff:10.0.0.1]": true, "http://2130706433/": true,
		"example.org": false, "local.example.org": false, "notlocal": true, "x.test": false, "x.example": false, "x.invalid": false,
		"172.32.0.1": false, "100.128.0.1": false, "192.0.2.1": false, "8.8.8.8": false, "[2001:db8::1]": false,
		"home.arpa.example.org": false, "mylan.example": false,
	} {
		got, err := Parse(in)
		if err != nil || got.Private != want {
			t.Errorf("Parse(%q).Private = %v, %v; want %v", in, got.Private, err, want)
		}
	}
}

func TestOneTime(t *testing.T) {
	for in, want := range map[string]bool{
		"example.org/reset":                                       true,
		"example.org/password-reset/x":                            true,
		"example.org/users/confirm_email":                         true,
		"example.org/verify?u=1":                                  true,
		"example.org/opt-out":                                     true,
		"example.org/magic-link/1":                                true,
		"example.org/invite/abc":                                  true,
		"example.org/?token=x":                                    true,
		"example.org/?access_token=x":                             true,
		"example.org/?code=4f9a7b21":                              true,
		"example.org/?sig=abcdefgh":                               true,
		"example.org/?action=unsubscribe":                         true,
		"example.org/l/eyJhbGciOi.eyJzdWIiOi.c2ln":                true,
		"example.org/l/Zx81kQmN2pLrT7vWyB4cDfGhJ3sAeU9o":          true,
		"example.org/":                                            false,
		"example.org/shop/cart":                                   false,
		"example.org/blog/how-to-reset-your-password":             false,
		"example.org/?code=de":                                    false,
		"example.org/?key=1":                                      false,
		"example.org/?token=":                                     false,
		"example.org/c/2f1e4d5c6b7a89900112233445566778899aabbc":  false,
		"example.org/d/123e4567-e89b-12d3-a456-426614174000":      false,
		"example.org/presets":                                     false,
		"example.org/?q=a+very+long+search+with+many+words+in+it": false,
		"example.org/wiki/Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbea": false,
	} {
		got, err := Parse(in)
		if err != nil || got.OneTime != want {
			t.Errorf("Parse(%q).OneTime = %v, %v; want %v", in, got.OneTime, err, want)
		}
	}
}

func TestCount(t *testing.T) {
	for in, want := range map[string]int{
		"":            0,
		"hello world": 0,
		"example.org": 1,
		"https://example.org/x and https://example.org/y":                                       2,
		"Hi, http://a.example/x does not load, nor does b.example":                              2,
		"https://example.org/x https://example.org/x":                                           1,
		"can’t open “https://example.com/x” because Safari can’t find the server “example.com”": 1,
		"502 Bad Gateway nginx/1.18.0":                                                          0,
		"a.example, b.example; c.example":                                                       3,
	} {
		if got := Count(in); got != want {
			t.Errorf("Count(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, code := range []Code{Empty, NotAddress, MailAddress, OtherScheme, NoAddressInErrorText, BadPort, TooLong, BadHost, Onion} {
		text := (&Error{Code: code, Host: "example.org", Hint: "502"}).Error()
		if text == "" || text != strings.ToLower(text[:1])+text[1:] || strings.HasSuffix(text, ".") {
			t.Errorf("the text of %s is %q", code, text)
		}
	}
}
