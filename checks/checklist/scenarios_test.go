package checklist_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
)

var status = loopback.Status

// The scenarios, in the order of VERDICTS.md. Numbers in names count OONI's cases (probe-cli, webconnectivityqa).
var scenarios = []scenario{
	// working
	{name: "works over https (ooni 41)", want: "working/works/certain"},
	{name: "a page of choices", want: "working/works/certain", breaks: says(300)},
	{name: "works over http (ooni 40)", address: "http://" + site + "/", want: "working/works/certain"},
	{name: "works, bare host", address: site, want: "working/works/certain"},
	{
		name: "works, international name in lower case (ooni 21)", address: "http://яндекс.рф/", want: "working/works/certain",
		breaks: func(w world) { w.at("xn--d1acpjx3f.xn--p1ai", otherAt, loopback.Page) },
	},
	{
		name: "works, international name with a capital (ooni 22)", address: "http://Яндекс.рф/", want: "working/works/certain",
		breaks: func(w world) { w.at("xn--d1acpjx3f.xn--p1ai", otherAt, loopback.Page) },
	},
	{
		name: "works, large body over http (ooni 23)", address: "http://" + site + "/", want: "working/works/certain",
		breaks: func(w world) { w.page(large()) },
	},
	{
		name: "works, large body over https (ooni 24)", want: "working/works/certain",
		breaks: func(w world) { w.page(large()) },
	},
	{
		name: "works, empty body properly framed", want: "working/works/certain",
		breaks: func(w world) { w.page(header(200, "Content-Length", "0")) },
	},
	{
		name: "works, bare host of a site with http only", address: site, want: "working/works/certain",
		breaks: func(w world) { w.Refuse(address + ":443") },
	},
	{
		name: "works through a redirect", want: "working/works/certain",
		breaks: func(w world) {
			w.page(http.RedirectHandler("https://"+other+"/", http.StatusFound))
			w.at(other, otherAt, loopback.Page)
		},
	},
	{
		name: "works, name services give different addresses of the site (ooni 13)", want: "working/works/certain",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign))
			w.ServeTLS(foreign+":443", w.Authority.Valid(site), loopback.Page)
		},
	},
	{
		name: "works, looked up to a pass-through proxy over http (ooni 12)", address: "http://" + site + "/", want: "working/works/likely",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign))
			w.Serve(foreign+":80", loopback.Page)
		},
	},
	{name: "works though no other name service can be asked (ooni 8)", want: "working/works/certain", breaks: world.nobodyElse},
	{
		name: "works over http though no other can be asked (ooni 7)", address: "http://" + site + "/", want: "working/works/likely",
		breaks: world.nobodyElse,
	},
	{
		name: "works, the site's IPv6 is dead", want: "working/works/certain",
		breaks: func(w world) { w.AddHost(site, six, address); w.Silence("[" + six + "]:443") },
	},
	{
		name: "works through a proxy", want: "working/works/certain",
		breaks: func(w world) { w.AddProxy(proxyAt); w.UseProxy("http://" + proxyAt) },
	},
	{
		name: "recovered after a 503", want: "working/recovered/certain",
		breaks: func(w world) { w.page(turns(status(503, "busy"), loopback.Page)) },
	},
	{
		name: "recovered after a cut", want: "working/recovered/certain",
		breaks: func(w world) {
			w.page(turns(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), loopback.Page))
		},
	},
	{
		name: "fixed by clearing the remembered addresses", want: "working/fixed_by_flush/certain",
		breaks: func(w world) {
			w.OS.Set(site, loopback.Addresses(foreign))
			w.Refuse(foreign + ":443")
			w.OnFlush = func() evidence.Flush {
				w.OS.Set(site, nil)
				return evidence.Flush{Done: true, Method: "systemd-resolved"}
			}
		},
	},
	{
		name: "slow site", want: "working/slow/certain",
		breaks: func(w world) { w.Limits.Run *= 2; w.page(after(5200*time.Millisecond, loopback.Page)) },
	},

	// site: by its word
	{name: "502", want: "site/bad_gateway/certain", breaks: says(502)},
	{name: "502 over http", address: "http://" + site + "/", want: "site/bad_gateway/certain", breaks: says(502)},
	{
		name: "502 over http, no other name service to confirm the address", address: "http://" + site + "/", want: "site/bad_gateway/likely",
		breaks: func(w world) { says(502)(w); w.nobodyElse() },
	},
	{name: "502, no other name service", want: "site/bad_gateway/certain", breaks: func(w world) { says(502)(w); w.nobodyElse() }},
	{name: "520", want: "site/bad_gateway/certain", breaks: says(520)},
	{name: "521", want: "site/bad_gateway/certain", breaks: says(521)},
	{name: "526", want: "site/bad_gateway/certain", breaks: says(526)},
	{name: "530", want: "site/bad_gateway/certain", breaks: says(530)},
	{name: "504", want: "site/gateway_timeout/certain", breaks: says(504)},
	{name: "524", want: "site/gateway_timeout/certain", breaks: says(524)},
	{
		name: "504 that comes late", want: "site/gateway_timeout/certain",
		breaks: func(w world) { w.page(after(4500*time.Millisecond, status(504, "late"))) },
	},
	{name: "503", want: "site/overloaded/certain", breaks: says(503)},
	{name: "503 with a short Retry-After", want: "site/overloaded/certain", breaks: func(w world) { w.page(header(503, "Retry-After", "5")) }},
	{name: "529", want: "site/overloaded/certain", breaks: says(529)},
	{name: "503 with Retry-After of an hour", want: "site/maintenance/certain", breaks: func(w world) { w.page(header(503, "Retry-After", "3600")) }},
	{
		name: "503 that speaks of maintenance", want: "site/maintenance/certain",
		breaks: func(w world) {
			w.page(status(503, "<title>Scheduled maintenance</title><h1>We are down for scheduled maintenance</h1>"))
		},
	},
	{name: "500", want: "site/server_error/certain", breaks: says(500)},
	{name: "508", want: "site/server_error/certain", breaks: says(508)},
	{
		name: "502 through a redirect, at the second site", want: "site/bad_gateway/certain",
		breaks: func(w world) {
			w.page(http.RedirectHandler("https://"+other+"/", http.StatusFound))
			w.at(other, otherAt, status(502, "bad"))
		},
	},
	{
		name: "502 through a proxy, over a secure connection", want: "site/bad_gateway/certain",
		breaks: func(w world) { says(502)(w); w.AddProxy(proxyAt); w.UseProxy("http://" + proxyAt) },
	},

	// site: by its behaviour
	{name: "throttled to a drip over https (ooni 45)", want: "site/not_answering/likely", breaks: func(w world) { w.afterTLS(drip) }},
	{name: "throttled to a drip over http (ooni 44)", address: "http://" + site + "/", want: "site/not_answering/likely", breaks: func(w world) { w.ServeRaw(address+":80", drip) }},
	{name: "no reply", want: "site/not_answering/likely", breaks: func(w world) { w.afterTLS(loopback.Hold) }},
	{
		name: "the page stands still half-way", want: "site/bad_response/likely",
		breaks: func(w world) {
			w.afterTLS(func(c net.Conn) {
				loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf of it")(c)
				loopback.Hold(c)
			})
		},
	},
	{
		name: "a handshake that takes long, and then the page", want: "working/works/certain",
		breaks: func(w world) {
			config := &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}}
			w.Limits.Handshake = 1500 * time.Millisecond
			w.raw(func(c net.Conn) {
				time.Sleep(w.Environment().Limits.Handshake * 3 / 2)
				s := tls.Server(c, config)
				if s.Handshake() == nil {
					loopback.Reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")(s)
				}
			})
		},
	},
	{name: "no reply to the handshake, whatever name", want: "site/not_answering/likely", breaks: func(w world) { w.raw(loopback.Hold) }},
	{name: "refuses (ooni 49)", address: "https://" + site + ":444/", want: "site/refuses_connections/likely", breaks: func(w world) { w.Refuse(address + ":444") }},
	{
		name: "refuses at one address, silent at the other", want: "site/refuses_connections/likely",
		breaks: func(w world) {
			w.AddHost(site, address, second)
			w.Refuse(address + ":443")
			w.Silence(second + ":443")
		},
	},
	{name: "silent (ooni 42)", want: "site/unreachable/likely", breaks: func(w world) { w.Silence(address + ":443") }},
	{name: "silent over http", address: "http://" + site + "/", want: "site/unreachable/likely", breaks: func(w world) { w.Silence(address + ":80") }},
	{
		name: "bare host, silent on both ports", address: site, want: "site/unreachable/likely",
		breaks: func(w world) { w.Silence(address + ":443"); w.Silence(address + ":80") },
	},
	{name: "no route to the site's address", want: "site/unreachable/likely", breaks: func(w world) { w.Unroute(address + ":443") }},
	{name: "reset in the handshake for every name", want: "site/closes_connection/likely", breaks: func(w world) { w.raw(loopback.Reset) }},
	{name: "farewell in the handshake for every name", want: "site/closes_connection/likely", breaks: func(w world) { w.raw(func(net.Conn) {}) }},
	{name: "cut after the handshake", want: "site/closes_connection/certain", breaks: func(w world) { w.afterTLS(func(c net.Conn) { loopback.ReadHead(c) }) }},
	{
		name: "cut before a reply over http for every name", address: "http://" + site + "/", want: "site/closes_connection/likely",
		breaks: func(w world) {
			w.ServeRaw(address+":80", func(c net.Conn) { loopback.ReadHead(c); loopback.Reset(c) })
		},
	},
	{name: "not HTTP", want: "site/bad_response/certain", breaks: func(w world) { w.replying("220 mail.example ESMTP\r\n") }},
	{
		name: "body cut short of its length", want: "site/bad_response/certain",
		breaks: func(w world) { w.replying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf") },
	},
	{
		name: "body cut inside a chunk", want: "site/bad_response/certain",
		breaks: func(w world) { w.replying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf") },
	},
	{name: "certificate expired (ooni 1)", want: "site/certificate_expired/certain", breaks: func(w world) { w.cert(w.Authority.Expired(site)) }},
	{name: "certificate not yet valid", want: "site/certificate_not_yet_valid/certain", breaks: func(w world) { w.cert(w.Authority.NotYetValid(site)) }},
	{name: "certificate for another name (ooni 2)", want: "site/certificate_wrong_name/certain", breaks: func(w world) { w.cert(w.Authority.Valid("else.example")) }},
	{name: "certificate signed by nobody (ooni 3)", want: "site/certificate_untrusted/certain", breaks: func(w world) { w.cert(selfSigned(site)) }},
	{name: "certificate without its intermediate", want: "site/certificate_untrusted/likely", breaks: func(w world) { w.cert(w.Authority.WithoutIntermediate(site)) }},
	{name: "certificate of an unknown authority", want: "site/certificate_untrusted/certain", breaks: func(w world) { w.cert(stranger().Valid(site)) }},
	{
		name: "old protocol only", want: "site/secure_connection_failed/certain",
		breaks: func(w world) {
			w.ServeTLSConfig(address+":443", &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, loopback.Page)
		},
	},
	{
		name: "TLS alert", want: "site/secure_connection_failed/certain",
		breaks: func(w world) {
			w.ServeTLSConfig(address+":443", &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, io.EOF }}, loopback.Page)
		},
	},
	{name: "plain HTTP on the TLS port", want: "site/secure_connection_failed/certain", breaks: func(w world) { w.Serve(address+":443", loopback.Page) }},
	{name: "redirect loop over http (ooni 38)", address: "http://" + site + "/", want: "site/redirect_loop/certain", breaks: func(w world) { w.page(loop()) }},
	{name: "redirect loop over https (ooni 39)", want: "site/redirect_loop/certain", breaks: func(w world) { w.page(loop()) }},
	{
		name: "redirect without a host over http (ooni 36)", address: "http://" + site + "/", want: "site/broken_redirect/certain",
		breaks: func(w world) { w.page(header(302, "Location", "http://")) },
	},
	{name: "redirect without a host over https (ooni 37)", want: "site/broken_redirect/certain", breaks: func(w world) { w.page(header(302, "Location", "https://")) }},
	{
		name: "redirect to a name that exists for nobody", want: "site/broken_redirect/certain",
		breaks: func(w world) { w.page(http.RedirectHandler("https://gone.example/", http.StatusFound)) },
	},
	{
		name: "redirect to a private address", want: "site/broken_redirect/likely",
		breaks: func(w world) { w.page(http.RedirectHandler("http://192.168.7.7/", http.StatusFound)) },
	},
	{name: "second site refuses over http (ooni 27)", address: "http://" + site + "/", want: "site/refuses_connections/likely", breaks: second2("http", (*loopback.World).Refuse)},
	{name: "second site refuses over https (ooni 28)", want: "site/refuses_connections/likely", breaks: second2("https", (*loopback.World).Refuse)},
	{name: "name servers fail for everybody", want: "site/dns_broken/certain", breaks: func(w world) { w.everybody(site, loopback.RCode(dns.RcodeServerFailure)) }},
	{name: "name servers are silent for everybody", want: "site/dns_broken/certain", breaks: func(w world) { w.everybody(site, loopback.NoReply) }},
	{name: "DNSSEC broken", want: "site/dnssec_broken/certain", breaks: func(w world) { w.everybody(site, loopback.BrokenSeal(address)) }},
	{name: "no address (ooni 50)", want: "site/dns_no_address/certain", breaks: func(w world) { w.AddHost(site) }},
	{
		name: "points to this computer over http (ooni 25)", address: "http://" + site + "/", want: "site/dns_points_nowhere/certain",
		breaks: func(w world) { w.AddHost(site, "127.0.0.1"); w.Refuse("127.0.0.1:80") },
	},
	{
		name: "points to this computer over https (ooni 26)", want: "site/dns_points_nowhere/certain",
		breaks: func(w world) { w.AddHost(site, "127.0.0.1"); w.Refuse("127.0.0.1:443") },
	},

	// you
	{
		name: "offline, no interface", want: "you/offline/certain",
		breaks: func(w world) {
			w.dark()
			w.Facts.Interfaces, w.Facts.DefaultV4 = w.Facts.Interfaces[:1], nil
			w.Facts.Nameservers = nil
			w.OS.SetAll(loopback.RCode(dns.RcodeServerFailure))
			unrouted(w)
		},
	},
	{
		name: "offline, no route", want: "you/offline/certain",
		breaks: func(w world) { w.dark(); w.Facts.DefaultV4 = nil; unrouted(w) },
	},
	{
		name: "no way out, but a server in reach says 502", want: "site/bad_gateway/certain",
		breaks: func(w world) { w.dark(); w.Facts.DefaultV4 = nil; unrouted(w); w.page(status(502, "")) },
	},
	{
		name: "no internet, the router is silent too", want: "you/no_internet/certain",
		breaks: func(w world) {
			w.dark()
			w.OS.SetAll(loopback.NoReply)
			w.Router.SetAll(loopback.NoReply)
		},
	},
	{
		name: "no internet, the router answers SERVFAIL", want: "you/no_internet/certain",
		breaks: func(w world) {
			w.dark()
			w.OS.SetAll(loopback.RCode(dns.RcodeServerFailure))
			w.Router.SetAll(loopback.RCode(dns.RcodeServerFailure))
		},
	},
	{
		name: "no internet, the router answers REFUSED", want: "you/no_internet/certain",
		breaks: func(w world) {
			w.dark()
			w.OS.SetAll(loopback.RCode(dns.RcodeRefused))
			w.Router.SetAll(loopback.RCode(dns.RcodeRefused))
		},
	},
	{name: "no internet, names still known", want: "you/no_internet/certain", breaks: world.dark},
	{name: "sign-in page by redirect", want: "you/captive_portal/certain", breaks: portal(http.RedirectHandler("http://login.hotel.example/", http.StatusFound))},
	{name: "sign-in page in place", want: "you/captive_portal/certain", breaks: portal(status(200, signIn))},
	{name: "sign-in page by 511", want: "you/captive_portal/certain", breaks: portal(status(511, signIn))},
	{name: "sign-in page, page asked over http", address: "http://" + site + "/", want: "you/captive_portal/certain", breaks: portal(http.RedirectHandler("http://login.hotel.example/", http.StatusFound))},
	{
		name: "sign-in page that also answers names", want: "you/captive_portal/certain",
		breaks: func(w world) {
			portal(http.RedirectHandler("http://login.hotel.example/", http.StatusFound))(w)
			lying := loopback.Addresses(loopback.PortalAddress(0))
			w.OS.SetAll(lying)
			w.Router.SetAll(lying)
			w.ServeTLS(loopback.PortalAddress(0)+":443", selfSigned("login.hotel.example"), loopback.Page)
		},
	},
	{
		name: "own name service silent", want: "you/dns_not_answering/certain",
		breaks: func(w world) { w.OS.SetAll(loopback.NoReply); w.Router.SetAll(loopback.NoReply) },
	},
	{
		name: "own name service refuses everything", want: "you/dns_not_answering/certain",
		breaks: func(w world) {
			w.OS.SetAll(loopback.RCode(dns.RcodeRefused))
			w.Router.SetAll(loopback.RCode(dns.RcodeRefused))
		},
	},
	{
		name: "own name service silent and no other to be asked", want: "you/dns_not_answering/certain",
		breaks: func(w world) {
			w.OS.SetAll(loopback.NoReply)
			w.Router.SetAll(loopback.NoReply)
			for a := range w.Resolvers {
				w.SilenceNameServer(a)
			}
		},
	},
	{
		name: "wrong address that refuses (ooni 43)", want: "you/dns_wrong_answer/certain",
		breaks: func(w world) { w.home(loopback.Addresses(foreign)); w.Refuse(foreign + ":443") },
	},
	{
		name: "wrong address with another's certificate (ooni 4)", want: "you/dns_wrong_answer/certain",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign))
			w.ServeTLS(foreign+":443", stranger().Valid(site), loopback.Page)
		},
	},
	{
		name: "wrong address that resets (ooni 47)", want: "you/dns_wrong_answer/certain",
		breaks: func(w world) { w.home(loopback.Addresses(foreign)); w.ServeRaw(foreign+":443", loopback.Reset) },
	},
	{
		name: "wrong address with another page over http", address: "http://" + site + "/", want: "you/dns_wrong_answer/likely",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign))
			w.Serve(foreign+":80", status(200, "<title>Search</title>We found other pages for you."))
		},
	},
	{
		name: "502 over http from a server of the site that only our name service gives", address: "http://" + site + "/", want: "site/bad_gateway/likely",
		breaks: func(w world) { otherServer(w, status(502, "")) },
	},
	{
		name: "another page over http from a server of the site that only our name service gives", address: "http://" + site + "/", want: "working/works/likely",
		breaks: func(w world) { otherServer(w, status(200, "<title>Hello</title>from the other side of the world")) },
	},
	{name: "own says no such name (ooni 10)", want: "you/dns_blocks_site/certain", breaks: func(w world) { w.home(loopback.RCode(dns.RcodeNameError)) }},
	{name: "own says no address (ooni 9)", want: "you/dns_blocks_site/certain", breaks: func(w world) { w.home(loopback.Addresses()) }},
	{
		name: "own says 0.0.0.0", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.Addresses("0.0.0.0")); w.Refuse("0.0.0.0:443") },
	},
	{
		name: "own says 127.0.0.1 over http (ooni 14)", address: "http://" + site + "/", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.Addresses("127.0.0.1")); w.Refuse("127.0.0.1:80") },
	},
	{
		name: "own says 127.0.0.1 over https (ooni 15)", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.Addresses("127.0.0.1")); w.Refuse("127.0.0.1:443") },
	},
	{
		name: "own gives a private address (ooni 11)", want: "you/dns_wrong_answer/certain",
		breaks: func(w world) { w.home(loopback.Addresses("10.10.34.35")); w.Silence("10.10.34.35:443") },
	},
	{
		name: "own says that it is blocked (EDE 15)", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.RCode(dns.RcodeNameError, dns.ExtendedErrorCodeBlocked)) },
	},
	{
		name: "own leads to a block page (ooni 20)", address: "http://" + site + "/", want: "you/dns_blocks_site/certain",
		breaks: func(w world) { w.home(loopback.Addresses(foreign)); w.Serve(foreign+":80", status(200, blockPage)) },
	},
	{
		name: "own denies, others only over HTTPS", want: "you/dns_blocks_site/certain",
		breaks: func(w world) {
			w.home(loopback.RCode(dns.RcodeNameError))
			for a := range w.Resolvers {
				w.SilenceNameServer(a)
			}
		},
	},
	{
		name: "own denies and so does whoever answers for the others", want: "you/dns_blocks_site/certain",
		breaks: func(w world) {
			w.home(loopback.RCode(dns.RcodeNameError))
			for _, s := range w.Resolvers {
				s.Set(site, func(a loopback.Asked) *dns.Msg {
					if a.Over == evidence.OverHTTPS {
						return loopback.Addresses(address)(a)
					}
					return loopback.RCode(dns.RcodeNameError)(a)
				})
			}
			for _, a := range w.Environment().SilentAddresses {
				if _, err := w.AddNameServer(a); err != nil {
					panic(err)
				}
			}
		},
	},
	{
		name: "second hop's name is denied at home (ooni 31)", want: "you/dns_blocks_site/certain",
		breaks: func(w world) {
			w.page(http.RedirectHandler("https://"+other+"/", http.StatusFound))
			w.at(other, otherAt, loopback.Page)
			w.OS.Set(other, loopback.RCode(dns.RcodeNameError))
			w.Router.Set(other, loopback.RCode(dns.RcodeNameError))
		},
	},
	{name: "hosts file", want: "you/hosts_file/certain", breaks: hosts("0.0.0.0")},
	{name: "hosts file with another server", want: "you/hosts_file/certain", breaks: hosts(foreign)},
	{name: "hosts file with an old server in the same network", want: "you/hosts_file/certain", breaks: hosts("198.51.100.99")},
	{
		name: "hosts file with the right address, and a 502", want: "site/bad_gateway/certain",
		breaks: func(w world) { hosts(address)(w); says(502)(w) },
	},
	{name: "proxy refuses connections", want: "you/proxy_unreachable/certain", breaks: func(w world) { w.UseProxy("http://" + proxyAt); w.Refuse(proxyAt) }},
	{name: "proxy silent", want: "you/proxy_unreachable/certain", breaks: func(w world) { w.UseProxy("http://" + proxyAt); w.Silence(proxyAt) }},
	{
		name: "proxy wants a password", want: "you/proxy_refuses/certain",
		breaks: func(w world) { p := w.AddProxy(proxyAt); p.User = "u"; w.UseProxy("http://" + proxyAt) },
	},
	{name: "proxy says 403", want: "you/proxy_refuses/certain", breaks: denied(403, "")},
	{name: "proxy says 403 over http", address: "http://" + site + "/", want: "you/proxy_refuses/certain", breaks: denied(403, "")},
	{name: "proxy shows its block page over http", address: "http://" + site + "/", want: "you/proxy_refuses/certain", breaks: denied(200, blockPage)},
	{name: "proxy says 503, the site works without it", want: "you/proxy_error/certain", breaks: denied(503, "")},
	{name: "proxy says 502 over http, the site works without it", address: "http://" + site + "/", want: "you/proxy_error/certain", breaks: denied(502, "")},
	{name: "proxy says 403 for a page over http", address: "http://" + site + "/page", want: "you/proxy_refuses/certain", breaks: denied(403, "")},
	{name: "proxy says 502 for a page over http, the site works without it", address: "http://" + site + "/page", want: "you/proxy_error/certain", breaks: denied(502, "")},
	{name: "page missing over http, through a proxy that works", address: "http://" + site + "/page", want: "address/page_missing/likely", breaks: proxied(onlyPage(404))},
	{name: "no page at all over http, through a proxy that works", address: "http://" + site + "/", want: "address/page_missing/likely", breaks: proxied(says(404))},
	{name: "403 for one page over http, through a proxy that works", address: "http://" + site + "/page", want: "refused/forbidden/likely", breaks: proxied(onlyPage(403))},
	{name: "403 for every page over http, through a proxy that works", address: "http://" + site + "/page", want: "refused/forbidden/likely", breaks: proxied(says(403))},
	{name: "502 for one page over http, through a proxy that works", address: "http://" + site + "/page", want: "site/bad_gateway/likely", breaks: proxied(onlyPage(502))},
	{
		name: "proxy says 502, the site refuses without it too, and name services' secure ports are closed", want: "site/refuses_connections/likely",
		breaks: func(w world) {
			w.AddProxy(proxyAt)
			w.UseProxy("http://" + proxyAt)
			w.Refuse(address + ":443")
			closedSecurePorts(w)
		},
	},
	{
		name: "proxy finds no such name, and name services' secure ports are closed", address: "https://gone.example/", want: "address/no_such_site/certain",
		breaks: func(w world) {
			w.AddProxy(proxyAt)
			w.UseProxy("http://" + proxyAt)
			w.everybody("gone.example", loopback.RCode(dns.RcodeNameError))
			closedSecurePorts(w)
		},
	},
	{
		name: "proxy says 502, and the site refuses without it too", want: "site/refuses_connections/likely",
		breaks: func(w world) { w.AddProxy(proxyAt); w.UseProxy("http://" + proxyAt); w.Refuse(address + ":443") },
	},
	{
		name: "proxy says 502, and there is no way around it", want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) { denied(502, "")(w); w.dark() },
	},
	{
		name: "VPN holds the route and nothing passes", want: "you/vpn_down/likely",
		breaks: func(w world) {
			w.dark()
			w.Facts.VPNs = []evidence.VPN{{Name: "Office", Interface: "tun0", Kind: "tun", HoldsDefault: true, CarriesSite: true}}
		},
	},
	{
		name: "this computer's clock is a year behind", want: "you/clock_wrong/certain",
		breaks: func(w world) { w.Now = func() time.Time { return time.Now().AddDate(-1, -1, 0) } },
	},
	{
		name: "this computer's clock is two years ahead", want: "you/clock_wrong/certain",
		breaks: func(w world) { w.Now = func() time.Time { return time.Now().AddDate(2, 0, 0) } },
	},
	{
		name: "secure connections are rewritten for every site", want: "you/tls_intercepted/certain",
		breaks: func(w world) {
			s := stranger()
			w.cert(s.Valid(site))
			w.EachSite(func(host, a string) { w.ServeTLS(a+":443", s.Valid(host), loopback.Page) })
		},
	},
	{
		name: "reset that follows the name over https (ooni 46)", want: "you/network_blocks_site/likely",
		breaks: func(w world) { w.nameReader(address+":443", site, loopback.Reset, w.Authority.Valid(site)) },
	},
	{
		name: "reset that follows the name over http (ooni 18)", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) { w.plainReader(address+":80", site, loopback.Reset) },
	},
	{
		name: "silence that follows the name", want: "you/network_blocks_site/likely",
		breaks: func(w world) { w.nameReader(address+":443", site, loopback.Hold, w.Authority.Valid(site)) },
	},
	{name: "second hop reset by name over http (ooni 29)", address: "http://" + site + "/", want: "you/network_blocks_site/likely", breaks: hopRead("http", loopback.Reset)},
	{name: "second hop reset by name over https (ooni 30)", want: "you/network_blocks_site/likely", breaks: hopRead("https", loopback.Reset)},
	{name: "second hop cut by name over http (ooni 32)", address: "http://" + site + "/", want: "you/network_blocks_site/likely", breaks: hopRead("http", func(net.Conn) {})},
	{name: "second hop cut by name over https (ooni 33)", want: "you/network_blocks_site/likely", breaks: hopRead("https", func(net.Conn) {})},
	{name: "second hop silenced by name over http (ooni 34)", address: "http://" + site + "/", want: "you/network_blocks_site/likely", breaks: hopRead("http", loopback.Hold)},
	{name: "second hop silenced by name over https (ooni 35)", want: "you/network_blocks_site/likely", breaks: hopRead("https", loopback.Hold)},
	{
		name: "the site's own Squid denies the page over http", address: "http://" + site + "/", want: "refused/forbidden/likely",
		breaks: func(w world) { w.Serve(address+":80", header(403, "X-Squid-Error", "ERR_ACCESS_DENIED 0")) },
	},
	{
		name: "a Squid on the way denies the page over http", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			squid := header(403, "X-Squid-Error", "ERR_ACCESS_DENIED 0")
			w.Serve(address+":80", squid)
			for i, p := range w.Environment().Portals {
				w.Serve(loopback.PortalAddress(i)+":80", forHost(p.URL, header(p.Status), p.Body, squid))
			}
		},
	},
	{
		name: "site behind a front door that a well-known operator is behind too, over http", address: "http://" + site + "/", want: "working/works/certain",
		breaks: func(w world) { w.Serve(loopback.PortalAddress(0)+":80", everybody(w, loopback.Page)) },
	},
	{
		name: "one server for the site and for well-known operators, over http", address: "http://" + site + "/", want: "working/works/certain",
		breaks: func(w world) { oneServer(w, loopback.Page) },
	},
	{
		name: "one server for the site and for well-known operators, 502 over http", address: "http://" + site + "/", want: "site/bad_gateway/certain",
		breaks: func(w world) { oneServer(w, status(502, "<h1>Bad Gateway</h1>")) },
	},
	{
		name: "a silent proxy on the way says 502 of its own over http", address: "http://" + site + "/", want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) {
			all := everybody(w, status(502, "<h1>Bad Gateway</h1>"))
			oneServer(w, status(502, "<h1>Bad Gateway</h1>"))
			for _, a := range w.Environment().SilentAddresses {
				w.Serve(a+":80", all)
			}
		},
	},
	{
		name: "untrusted certificate, one server for the site and for well-known operators", want: "site/certificate_untrusted/certain",
		breaks: func(w world) {
			certificates := map[string]tls.Certificate{site: selfSigned(site)}
			w.EachSite(func(host, _ string) { certificates[host] = w.Authority.Valid(host) })
			config := &tls.Config{GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
				c := certificates[hello.ServerName]
				return &c, nil
			}}
			w.ServeTLSConfig(address+":443", config, loopback.Page)
			w.EachSite(func(_, at string) { w.ServeTLSConfig(at+":443", config, loopback.Page) })
		},
	},
	{
		name: "block page in place of the page (ooni 19)", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) { w.Serve(address+":80", status(200, blockPage)) },
	},
	{
		name: "IPv6 announced but dead, site with IPv6 only", want: "you/ipv6_broken/certain",
		breaks: func(w world) {
			w.AddHost(site, six)
			w.Silence("[" + six + "]:443")
			w.Facts.DefaultV6 = &evidence.Route{Destination: "default", Interface: "eth0"}
			for _, r := range w.Environment().Resolvers {
				w.Silence("[" + r.Address6 + "]:443")
			}
		},
	},
	{
		name: "site with IPv6 only, whose router forbids the connection", want: "site/unreachable/likely",
		breaks: func(w world) {
			w.AddHost(site, six)
			w.Forbid("[" + six + "]:443")
			w.Facts.DefaultV6 = &evidence.Route{Destination: "default", Interface: "eth0"}
		},
	},
	{
		name: "this computer's own firewall forbids the connection", want: "you/network_blocks_site/likely",
		breaks: func(w world) { w.Forbid(address + ":443") },
	},
	{
		name: "IPv6 works here, site with IPv6 only is silent", want: "site/unreachable/likely",
		breaks: func(w world) {
			w.AddHost(site, six)
			w.Silence("[" + six + "]:443")
			w.Facts.DefaultV6 = &evidence.Route{Destination: "default", Interface: "eth0"}
		},
	},
	{
		name: "no IPv6 here, site with IPv6 only", want: "you/ipv6_missing/certain",
		breaks: func(w world) { w.AddHost(site, six); w.Unroute("[" + six + "]:443") },
	},
	{
		name: "secure connections are blocked everywhere", want: "you/https_blocked/certain",
		breaks: func(w world) {
			w.Silence(address + ":443")
			w.EachSite(func(_, a string) { w.Silence(a + ":443") })
			for a := range w.Resolvers {
				w.Silence(a + ":443")
			}
		},
	},

	{
		name: "every site is slow", want: "you/slow_connection/certain",
		breaks: func(w world) {
			w.Limits = environment.DefaultLimits()
			w.page(after(3200*time.Millisecond, loopback.Page))
			w.EachSite(func(host, a string) {
				w.ServeTLS(a+":443", w.Authority.Valid(host), after(3100*time.Millisecond, loopback.Page))
			})
			w.HijackPortals(after(8*time.Second, loopback.Page))
		},
	},
	{
		name: "every site is slow, and this one does not answer in time", want: "you/slow_connection/likely",
		breaks: func(w world) {
			w.Limits = environment.DefaultLimits()
			w.Limits.Run = 9 * time.Second
			w.afterTLS(loopback.Hold)
			w.EachSite(func(host, a string) {
				w.ServeTLS(a+":443", w.Authority.Valid(host), after(3100*time.Millisecond, loopback.Page))
			})
			w.HijackPortals(after(8*time.Second, loopback.Page))
		},
	},
	{name: "511 from one place only", address: "http://" + site + "/", want: "you/captive_portal/likely", breaks: says(511)},
	{
		name: "proxy script cannot be read, and nothing gets out without", want: "you/proxy_unreachable/likely",
		breaks: func(w world) {
			w.dark()
			w.Facts.Proxy = evidence.Proxy{
				Configured: true, Source: "gnome", PACURL: "http://192.168.1.3/proxy.pac",
				PACFault: &evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout},
			}
			w.at("one.example", otherAt, loopback.Page)
			w.Serve(loopback.PortalAddress(0)+":80", header(204)) // one page of the local network's own is no internet
		},
	},
	{
		name: "VPN carries the visit and the site answers beside it", options: checklist.Options{BesideVPN: true}, want: "you/vpn_breaks_site/certain",
		breaks: func(w world) {
			w.Facts.VPNs = []evidence.VPN{{Name: "Office", Interface: "tun0", Kind: "tun", HoldsDefault: true, CarriesSite: true}}
		},
		environment: func(env *environment.Environment) {
			dial := env.Dial
			env.Dial = func(ctx context.Context, network, to string, opt environment.DialOptions) (net.Conn, error) {
				if opt.Interface == "" && to == address+":443" {
					<-ctx.Done()
					return nil, ctx.Err()
				}
				return dial(ctx, network, to, opt)
			}
		},
	},
	{
		name: "plain HTTP is blocked everywhere", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			w.Silence(address + ":80")
			for i := range w.Environment().Portals {
				w.Silence(loopback.PortalAddress(i) + ":80")
			}
		},
	},
	{
		name: "IPv4 is dead here, IPv6 is not", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			w.Facts.DefaultV6 = &evidence.Route{Destination: "default", Interface: "eth0"}
			w.Silence(address + ":443")
			for a := range w.Resolvers {
				w.Silence(a + ":443")
			}
			w.EachSite(func(host, a string) {
				w.AddHost(host, six)
				w.Silence(a + ":443")
			})
			w.ServeTLSConfig("["+six+"]:443", &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
				c := w.Authority.Valid(h.ServerName)
				return &c, nil
			}}, loopback.Page)
			for i := range w.Environment().Portals {
				w.Silence(loopback.PortalAddress(i) + ":80")
			}
		},
	},
	{
		name: "this computer has no route to the site's address", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			w.Unroute(address + ":443")
			w.Facts.SiteRoutes = []evidence.Route{{Destination: address, Failure: evidence.HostUnreachable}}
		},
	},
	{
		name: "a proxy on the way that nobody set says 503", address: "http://" + site + "/", want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) {
			squid := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				rw.Header().Set("X-Squid-Error", "ERR_CONNECT_FAIL 110")
				rw.WriteHeader(503)
				fmt.Fprintf(rw, "<title>ERROR: The requested URL could not be retrieved</title>Generated %s by box (squid)", time.Now())
			})
			w.Serve(address+":80", squid)
			for i, p := range w.Environment().Portals {
				w.Serve(loopback.PortalAddress(i)+":80", forHost(p.URL, header(p.Status), p.Body, squid))
			}
		},
	},
	{
		name: "the hosts file names the host that the site sends on to", want: "you/hosts_file/certain",
		breaks: func(w world) {
			w.page(http.RedirectHandler("https://"+other+"/", http.StatusFound))
			w.at(other, otherAt, loopback.Page)
			w.OS.Set(other, loopback.Addresses("0.0.0.0"))
			w.Refuse("0.0.0.0:443")
			w.Facts.Hosts = []evidence.HostsEntry{{File: "/etc/hosts", Line: 9, Address: "0.0.0.0", Name: other}}
		},
	},
	{
		name: "an alias of a name that does not exist", want: "site/dns_no_address/certain",
		breaks: func(w world) {
			w.everybody(site, func(a loopback.Asked) *dns.Msg {
				m := loopback.RCode(dns.RcodeNameError)(a)
				m.Answer = append(m.Answer, &dns.CNAME{
					Hdr: dns.RR_Header{Name: a.Question.Question[0].Name, Rrtype: dns.TypeCNAME, Class: dns.ClassINET, Ttl: 60}, Target: "gone.hosting.example.",
				})
				return m
			})
		},
	},
	{
		name: "large packets are lost", want: "you/large_packets_lost/certain",
		environment: func(env *environment.Environment) {
			dial := env.Dial
			env.Dial = func(ctx context.Context, network, to string, opt environment.DialOptions) (net.Conn, error) {
				c, err := dial(ctx, network, to, opt)
				if err != nil || opt.MaxSegment > 0 || !strings.HasSuffix(to, ":443") {
					return c, err
				}
				return stalling{c}, nil
			}
		},
	},
	{
		name: "opened on the phone", want: "you/network_blocks_site/likely", breaks: func(w world) { w.Silence(address + ":443") },
		learns: func(ev *evidence.Evidence) { ev.Phone = &evidence.Phone{Opened: true} },
	},

	// refused
	{name: "country block of a CDN", want: "refused/region_blocked/certain", breaks: cloudflare(403, 1009)},
	{name: "rate limit of a CDN with another status", want: "refused/rate_limited/certain", breaks: cloudflare(403, 1015)},
	{name: "a CDN whose customer is over the limit", want: "site/overloaded/certain", breaks: cloudflare(429, 1027)},
	{name: "a CDN that has no server for the name", want: "site/bad_gateway/certain", breaks: cloudflare(409, 1001)},
	{name: "401", want: "refused/forbidden/certain", breaks: says(401)},
	{name: "403", want: "refused/forbidden/likely", breaks: says(403)},
	{name: "429", want: "refused/rate_limited/certain", breaks: says(429)},
	{name: "451", want: "refused/region_blocked/certain", breaks: says(451)},
	{name: "400", want: "refused/request_rejected/certain", breaks: says(400)},
	{name: "405", want: "refused/request_rejected/certain", breaks: says(405)},
	{name: "421", want: "refused/request_rejected/certain", breaks: says(421)},
	{name: "challenge page over https (ooni 6)", want: "refused/robot_check/certain", breaks: func(w world) { w.page(challenge()) }},
	{name: "challenge page over http (ooni 5)", address: "http://" + site + "/", want: "refused/robot_check/certain", breaks: func(w world) { w.page(challenge()) }},
	{
		name: "firewall page", want: "refused/site_firewall/certain",
		breaks: func(w world) {
			w.page(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Server", "Sucuri/Cloudproxy")
				rw.Header().Set("X-Sucuri-ID", "11005")
				rw.WriteHeader(403)
				io.WriteString(rw, "<title>Sucuri WebSite Firewall - Access Denied</title>")
			}))
		},
	},
	{
		name: "client certificate demanded", want: "refused/request_rejected/certain",
		breaks: func(w world) {
			w.ServeTLSConfig(address+":443", &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}, ClientAuth: tls.RequireAnyClientCert}, loopback.Page)
		},
	},

	// address
	{name: "no such site (ooni 48)", address: "https://gone.example/", want: "address/no_such_site/certain"},
	{name: "no such site, own name service makes an address up over http (ooni 16)", address: "http://gone.example/", want: "address/no_such_site/certain", breaks: ghost},
	{name: "no such site, own name service makes an address up over https (ooni 17)", address: "https://gone.example/", want: "address/no_such_site/certain", breaks: ghost},
	{name: "404", want: "address/page_missing/certain", breaks: says(404)},
	{name: "410", want: "address/page_missing/certain", breaks: says(410)},

	// unknown
	{
		name: "own says no such name, and nobody else can be asked", want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) { w.home(loopback.RCode(dns.RcodeNameError)); w.nobodyElse() },
	},
	{
		name: "well-known sites disagree", want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) { w.dark(); w.Serve(loopback.PortalAddress(0)+":80", header(204)) },
	},
	{
		name: "stopped before it could tell", want: "unknown/stopped/unsure", breaks: func(w world) { w.Silence(address + ":443") },
		learns: func(ev *evidence.Evidence) { ev.Stopped = true },
	},
	{
		name: "fails with nothing to compare with", want: "unknown/not_enough_evidence/unsure", options: checklist.Options{NoCompare: true, NoResolvers: true},
		breaks: func(w world) { w.Silence(address + ":443") },
	},
	{name: "private name that nobody here knows", address: "http://printer.local/", want: "unknown/not_enough_evidence/unsure"},

	// a device on the visitor's own network
	{name: "own device works", address: "http://192.168.1.50/", want: "working/works/certain", breaks: func(w world) { w.Serve("192.168.1.50:80", loopback.Page) }},
	{name: "own device refuses", address: "http://192.168.1.50/", want: "site/refuses_connections/likely", breaks: func(w world) { w.Refuse("192.168.1.50:80") }},
	{
		name: "this computer refuses", address: "http://localhost:8080/", want: "site/refuses_connections/certain",
		breaks: func(w world) { w.AddHost("localhost", "127.0.0.1"); w.Refuse("127.0.0.1:8080") },
	},
	{
		name: "own device says 502 while the line is dead", address: "http://192.168.1.50/", want: "site/bad_gateway/likely",
		breaks: func(w world) { w.dark(); w.Serve("192.168.1.50:80", status(502, "bad")) },
	},
}

// forHost answers requests for the host of an address as its genuine server does, and others by another handler.
func forHost(address string, genuine http.Handler, body string, others http.Handler) http.Handler {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != u.Host {
			others.ServeHTTP(w, r)
			return
		}
		genuine.ServeHTTP(w, r)
		io.WriteString(w, body)
	})
}

// stalling is a connection whose first full-sized packet is lost for good.
type stalling struct{ net.Conn }

func (s stalling) Write(p []byte) (int, error) {
	if len(p) > 1000 {
		return len(p), nil
	}
	return s.Conn.Write(p)
}

// cloudflare is an error page of Cloudflare's own.
func cloudflare(code, number int) func(world) {
	return func(w world) {
		w.page(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Server", "cloudflare")
			rw.Header().Set("Cf-Ray", "8e6f4c1b2a9d0f37-FRA")
			rw.WriteHeader(code)
			fmt.Fprintf(rw, "error code: %d", number)
		}))
	}
}

// drip answers a byte at a time, so slowly that the head of the reply never comes whole within anybody's patience.
func drip(c net.Conn) {
	loopback.ReadHead(c)
	for _, b := range []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") {
		if _, err := c.Write([]byte{b}); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// everybody is a server that gives each sign-in-page detector's genuine reply for its name, and page for every other.
func everybody(w world, page http.Handler) http.Handler {
	for _, p := range w.Environment().Portals {
		page = forHost(p.URL, header(p.Status), p.Body, page)
	}
	return page
}

// oneServer puts one and the same server at the site's address and at all the detectors'.
func oneServer(w world, page http.Handler) {
	all := everybody(w, page)
	w.Serve(address+":80", all)
	for i := range w.Environment().Portals {
		w.Serve(loopback.PortalAddress(i)+":80", all)
	}
}

func says(code int) func(world) { return func(w world) { w.page(status(code, "")) } }

func large() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write(make([]byte, 3<<20))
	})
}

func loop() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	})
}

func challenge() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Server", "cloudflare")
		w.Header().Set("Cf-Ray", "8e6f4c1b2a9d0f37-FRA")
		w.Header().Set("Cf-Mitigated", "challenge")
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(403)
		io.WriteString(w, `<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script>`)
	})
}

func selfSigned(names ...string) tls.Certificate {
	return loopback.SelfSigned(time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, 0), names...)
}

func stranger() *loopback.Authority {
	a, err := loopback.NewAuthority("Stranger")
	if err != nil {
		panic(err)
	}
	return a
}

func portal(h http.Handler) func(world) {
	return func(w world) {
		w.HijackPortals(h)
		w.AddHost("login.hotel.example", "192.168.1.1")
		w.Serve("192.168.1.1:80", status(200, signIn))
		w.Serve(address+":80", h)
		w.Silence(address + ":443")
		w.EachSite(func(_, a string) { w.Silence(a + ":443") })
		w.nobodyElse()
	}
}

// unrouted takes the route to everything away.
func unrouted(w world) {
	w.Unroute(address + ":443")
	w.EachSite(func(_, a string) { w.Unroute(a + ":443") })
	for i := range w.Environment().Portals {
		w.Unroute(loopback.PortalAddress(i) + ":80")
	}
	for a := range w.Resolvers {
		w.Unroute(a + ":443")
	}
}

func hosts(to string) func(world) {
	return func(w world) {
		w.OS.Set(site, loopback.Addresses(to))
		w.Facts.Hosts = []evidence.HostsEntry{{File: "/etc/hosts", Line: 7, Address: to, Name: site}}
		if to != address {
			w.Refuse(to + ":443")
		}
	}
}

// otherServer is a second server of the site, with its certificate, which only this computer's name service gives.
func otherServer(w world, plain http.Handler) {
	w.home(loopback.Addresses(foreign))
	w.Serve(foreign+":80", plain)
	w.ServeTLS(foreign+":443", w.Authority.Valid(site), loopback.Page)
}

// onlyPage is a site whose pages but the first are answered with a status.
func onlyPage(code int) func(world) {
	return func(w world) {
		w.page(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				loopback.Page.ServeHTTP(rw, r)
				return
			}
			rw.WriteHeader(code)
		}))
	}
}

// proxied puts a proxy that works between the visitor and a broken site.
func proxied(breaks func(world)) func(world) {
	return func(w world) {
		breaks(w)
		w.AddProxy(proxyAt)
		w.UseProxy("http://" + proxyAt)
	}
}

func denied(code int, body string) func(world) {
	return func(w world) {
		p := w.AddProxy(proxyAt)
		p.Deny = status(code, body)
		w.UseProxy("http://" + proxyAt)
	}
}

func second2(scheme string, do func(*loopback.World, string)) func(world) {
	return func(w world) {
		w.page(http.RedirectHandler(scheme+"://"+other+"/", http.StatusFound))
		w.AddHost(other, otherAt)
		port := map[string]string{"http": ":80", "https": ":443"}[scheme]
		do(w.World, otherAt+port)
	}
}

func hopRead(scheme string, to func(net.Conn)) func(world) {
	return func(w world) {
		w.page(http.RedirectHandler(scheme+"://"+other+"/", http.StatusFound))
		w.AddHost(other, otherAt)
		if scheme == "http" {
			w.plainReader(otherAt+":80", other, to)
		} else {
			w.nameReader(otherAt+":443", other, to, w.Authority.Valid(other))
		}
	}
}

// ghost is a name service that gives an address for names that do not exist.
func ghost(w world) {
	w.OS.Invent(foreign)
	w.Router.Invent(foreign)
	w.Serve(foreign+":80", status(200, "<title>Did you mean</title>"))
	w.Refuse(foreign + ":443")
}

// closedSecurePorts closes the name services' ports for secure connections, which serve as landmarks.
func closedSecurePorts(w world) {
	for a := range w.Resolvers {
		w.Refuse(a + ":443")
	}
}
