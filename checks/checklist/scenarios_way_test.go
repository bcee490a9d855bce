package checklist_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
)

func init() { scenarios = append(scenarios, wayScenarios...) }

// wayScenarios are faults of the way between, and of the visitor's side, that look like the site's, and the reverse.
var wayScenarios = []scenario{
	{
		name: "sign-in page for plain HTTP alone, by redirect", address: "http://" + site + "/", want: "you/captive_portal/certain",
		breaks: plainPortal(http.RedirectHandler("http://login.hotel.example/", http.StatusFound)),
	},
	{
		name: "sign-in page for plain HTTP alone, in place", address: "http://" + site + "/", want: "you/captive_portal/certain",
		breaks: plainPortal(status(200, signIn)),
	},
	{
		name: "sign-in page for plain HTTP alone, page asked over https", want: "working/works/certain",
		breaks: plainPortal(status(200, signIn)),
	},
	{
		name: "sign-in page with a certificate of its own, page asked over http", address: "http://" + site + "/", want: "you/captive_portal/certain",
		breaks: func(w world) {
			portal(http.RedirectHandler("https://login.hotel.example/", http.StatusFound))(w)
			w.at("login.hotel.example", otherAt, status(200, signIn))
		},
	},
	{
		name: "a page on the way to another domain, over http", address: "http://" + site + "/", want: "working/works/certain",
		breaks: func(w world) {
			w.page(http.RedirectHandler("https://"+other+"/", http.StatusFound))
			w.at(other, otherAt, loopback.Page)
		},
	},
	{
		name: "block page without a known author, over http", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: onTheWay(status(200, "<title>Stop</title>This page is not for you.")),
	},
	{
		name: "block page behind a redirect to a secure one, over http", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			onTheWay(http.RedirectHandler("https://stop.provider.test/", http.StatusFound))(w)
			w.at("stop.provider.test", otherAt, loopback.Page)
		},
	},
	{
		name: "block page with a number of its own, over http", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: onTheWay(numbered("Access restricted")),
	},
	{
		name: "two servers with the usual title for 403, over http", address: "http://" + site + "/", want: "refused/forbidden/likely",
		breaks: onTheWay(numbered("403 Forbidden")),
	},
	{
		name: "one page hangs over http, the front page does not", address: "http://" + site + "/page", want: "site/not_answering/likely",
		breaks: func(w world) { w.page(frontOr(after(time.Minute, loopback.Page))) },
	},
	{
		name: "one page is cut over http, the front page is not", address: "http://" + site + "/page", want: "site/closes_connection/likely",
		breaks: func(w world) {
			w.page(frontOr(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })))
		},
	},
	{
		name: "the hosts file names a server with another page, over http", address: "http://" + site + "/", want: "you/hosts_file/certain",
		breaks: func(w world) { hosts(foreign)(w); w.Serve(foreign+":80", status(200, "<title>Next</title>door")) },
	},
	{
		name: "the hosts file names a server with the same page, over http", address: "http://" + site + "/", want: "working/works/likely",
		breaks: func(w world) { hosts(foreign)(w); w.Serve(foreign+":80", loopback.Page) },
	},
	{
		name: "the hosts file names a server that fails as the real one does", want: "site/refuses_connections/likely",
		breaks: func(w world) { hosts(foreign)(w); w.Refuse(address + ":443") },
	},
	{
		name: "the hosts file alone knows a name, whose server says 500", address: "http://new.example/", want: "site/server_error/likely",
		breaks: func(w world) {
			w.everybody("new.example", loopback.RCode(dns.RcodeNameError))
			w.OS.Set("new.example", loopback.Addresses(otherAt))
			w.Facts.Hosts = []evidence.HostsEntry{{File: "/etc/hosts", Line: 7, Address: otherAt, Name: "new.example"}}
			w.Serve(otherAt+":80", status(500, "trace"))
		},
	},
	{
		name: "no program finds a name, though the name server answers us", want: "you/dns_not_answering/certain",
		breaks: func(w world) { w.OS.SetAll(loopback.RCode(dns.RcodeNameError)) },
	},
	{
		name: "a dead address for every plain question, the truth over HTTPS", want: "you/dns_wrong_answer/certain",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign))
			for _, s := range w.Resolvers {
				s.Set(site, func(a loopback.Asked) *dns.Msg {
					if a.Over == evidence.OverHTTPS {
						return loopback.Addresses(address)(a)
					}
					return loopback.Addresses(foreign)(a)
				})
			}
			w.Silence(foreign + ":443")
		},
	},
	{
		name: "names are looked up, and nothing else passes", want: "you/no_internet/certain",
		breaks: func(w world) {
			w.dark()
			for a := range w.Resolvers {
				if _, err := w.AddNameServer(a); err != nil {
					panic(err) // an address of this world's own
				}
			}
		},
	},
	{
		name: "public name services are closed, IPv6 works, the site is silent over IPv4", want: "site/unreachable/likely",
		breaks: func(w world) {
			ipv6Everywhere(w)
			w.Silence(address + ":443")
			w.nobodyElse()
		},
	},
	{
		name: "the network's translator is dead", want: "you/network_blocks_site/likely",
		breaks: func(w world) { translated(w); w.Silence("[64:ff9b::c633:6450]:443") },
	},
	{
		name: "the network's translator works, the site is silent", want: "site/unreachable/likely",
		breaks: func(w world) {
			translated(w)
			w.Silence("[64:ff9b::c633:6450]:443")
			for a := range w.Resolvers {
				four := net.ParseIP(a).To4()
				w.ServeRaw(fmt.Sprintf("[64:ff9b::%02x%02x:%02x%02x]:443", four[0], four[1], four[2], four[3]), loopback.Hold)
			}
		},
	},
	{
		name: "a name and a port that speaks plain HTTP", address: site + ":8080", want: "working/works/certain",
		breaks: func(w world) { w.Serve(address+":8080", loopback.Page) },
	},
	{
		name: "a proxy that opens secure connections denies the page", want: "you/proxy_refuses/certain",
		breaks:      proxied(func(w world) { ownSquid(w); w.ServeTLS(otherAt+":443", w.Authority.Valid(site), loopback.Page) }),
		environment: around(otherAt),
	},
	{
		name: "the site's own Squid denies the page, through a proxy that works", want: "refused/forbidden/likely",
		breaks: proxied(ownSquid),
	},
	{
		name: "the site falls silent until a comparison reaches it", address: "http://" + site + "/page", want: "working/recovered/certain",
		breaks: func(w world) {
			var awake atomic.Bool
			w.page(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/" {
					awake.Store(true)
				}
				if !awake.Load() {
					<-r.Context().Done()
					return
				}
				loopback.Page.ServeHTTP(rw, r)
			}))
		},
	},
	{
		name: "a box on the way takes every connection and says nothing", want: "you/no_internet/likely",
		breaks: func(w world) { w.dark(); everywhere(w, loopback.Hold) },
	},
	{
		name: "a box on the way ends every connection", want: "you/no_internet/likely",
		breaks: func(w world) { w.dark(); everywhere(w, func(net.Conn) {}) },
	},
	{
		name: "pages of every site end early", want: "unknown/not_enough_evidence/unsure",
		breaks: func(w world) {
			cut := "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf"
			w.replying(cut)
			w.EachSite(func(host, a string) {
				config := &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(host)}}
				w.ServeRaw(a+":443", func(c net.Conn) {
					if s := tls.Server(c, config); s.Handshake() == nil {
						loopback.Reply(cut)(s)
					}
				})
			})
		},
	},
	{
		name: "plain text from the secure port for this name, wherever it is asked", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			block := loopback.Reply("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
			w.nameReader(address+":443", site, block, w.Authority.Valid(site))
			w.EachSite(func(host, a string) { w.nameReader(a+":443", site, block, w.Authority.Valid(host)) })
		},
	},
	{
		name: "a sign-in page that lets the detectors pass, page asked over http", address: "http://" + site + "/", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			away := http.RedirectHandler("http://login.hotel.example/", http.StatusFound)
			w.nobodyElse()
			w.EachSite(func(_, a string) { w.Silence(a + ":443") })
			w.Silence(address + ":443")
			w.everybody("login.hotel.example", loopback.RCode(dns.RcodeNameError))
			w.Serve(address+":80", away)
			for _, a := range w.Environment().SilentAddresses {
				w.Serve(a+":80", away)
			}
		},
	},
	{
		name: "plain text from every secure port", want: "you/https_blocked/certain",
		breaks: func(w world) {
			block := loopback.Reply("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
			w.raw(block)
			w.EachSite(func(_, a string) { w.ServeRaw(a+":443", block) })
		},
	},
	{
		name: "a proxy sends plain visits to its sign-in page", address: "http://" + site + "/", want: "you/proxy_refuses/certain",
		breaks: proxied(func(w world) {
			w.page(http.RedirectHandler("https://"+other+"/", http.StatusFound))
			w.at(other, otherAt, status(200, signIn))
			w.Serve(second+":80", loopback.Page)
		}),
		environment: func(env *environment.Environment) {
			dial := env.Dial
			env.Dial = func(ctx context.Context, network, goal string, opt environment.DialOptions) (net.Conn, error) {
				if goal == address+":80" {
					goal = second + ":80"
				}
				return dial(ctx, network, goal, opt)
			}
		},
	},
	{
		name: "the name service gives another site's address beside the right one", want: "you/dns_wrong_answer/certain",
		breaks: func(w world) {
			w.home(loopback.Addresses(foreign, address))
			w.ServeTLS(foreign+":443", w.Authority.Valid(other), loopback.Page)
		},
	},
	{
		name: "IPv6 alone is cut when it names the site", want: "you/network_blocks_site/likely",
		breaks: func(w world) {
			ipv6Everywhere(w)
			w.Limits.Fallback = time.Minute // on a busy computer too, IPv6 is first
			w.AddHost(site, second6, address)
			w.nameReader("["+second6+"]:443", site, loopback.Reset, w.Authority.Valid(site))
		},
	},
	{
		name: "the site turns the VPN's country away", options: checklist.Options{BesideVPN: true}, want: "you/vpn_breaks_site/certain",
		breaks: func(w world) {
			w.Facts.VPNs = []evidence.VPN{{Name: "Office", Interface: "tun0", Kind: "tun", HoldsDefault: true, CarriesSite: true}}
			w.ServeTLS(otherAt+":443", w.Authority.Valid(site), loopback.Page)
			says(451)(w)
		},
		environment: beside(otherAt),
	},
	{
		name: "the site turns the VPN away from one page only", options: checklist.Options{BesideVPN: true}, want: "refused/region_blocked/certain",
		breaks: func(w world) {
			w.Facts.VPNs = []evidence.VPN{{Name: "Office", Interface: "tun0", Kind: "tun", HoldsDefault: true, CarriesSite: true}}
			w.page(frontOr(status(451, "")))
		},
	},
}

// second6 is an IPv6 address of the site.
const second6 = "2001:db8:80::81"

// everywhere lets somebody on the way take the connections to every address.
func everywhere(w world, do func(net.Conn)) {
	take := func(a string) {
		w.ServeRaw(a+":443", do)
		w.ServeRaw(a+":80", do)
	}
	take(address)
	w.EachSite(func(_, a string) { take(a) })
	for i := range w.Environment().Portals {
		take(loopback.PortalAddress(i))
	}
	for a := range w.Resolvers {
		w.ServeRaw(a+":443", do)
	}
}

// plainPortal stands in for every page over plain HTTP and lets secure ones pass.
func plainPortal(h http.Handler) func(world) {
	return func(w world) {
		w.HijackPortals(h)
		w.Serve(address+":80", h)
	}
}

// onTheWay answers plain HTTP in the site's name, whatever server is asked.
func onTheWay(h http.Handler) func(world) {
	return func(w world) {
		w.Serve(address+":80", h)
		for i, p := range w.Environment().Portals {
			w.Serve(loopback.PortalAddress(i)+":80", forHost(p.URL, header(p.Status), p.Body, h))
		}
	}
}

// numbered is a 403 page that is never the same twice but for its title.
func numbered(title string) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "<title>%s</title>incident %d", title, n.Add(1))
	})
}

// frontOr answers "/" with a page and everything else with h.
func frontOr(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			loopback.Page.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// ipv6Everywhere gives this computer and the well-known sites IPv6; the site has none.
func ipv6Everywhere(w world) {
	w.Facts.DefaultV6 = &evidence.Route{Destination: "default", Interface: "eth0"}
	w.EachSite(func(host, a string) { w.AddHost(host, six, a) })
	w.ServeTLSConfig("["+six+"]:443", &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
		c := w.Authority.Valid(h.ServerName)
		return &c, nil
	}}, loopback.Page)
}

// translated is a network with IPv6 only, whose name server makes up IPv6 addresses (DNS64, RFC 6147).
func translated(w world) {
	ipv6Everywhere(w)
	w.Facts.DefaultV4 = nil
	w.OS.Set("ipv4only.arpa", loopback.Addresses("64:ff9b::c000:aa"))
	w.home(loopback.Addresses("64:ff9b::c633:6450"))
	w.Unroute(address + ":443")
}

// ownSquid has the site answer as a Squid that denies the page.
func ownSquid(w world) { w.page(header(403, "X-Squid-Error", "ERR_ACCESS_DENIED 0")) }

// around leads what does not go through the proxy to another server of the site.
func around(to string) func(*environment.Environment) {
	return func(env *environment.Environment) {
		dial := env.Dial
		env.Dial = func(ctx context.Context, network, goal string, opt environment.DialOptions) (net.Conn, error) {
			if goal == address+":443" {
				goal = to + ":443"
			}
			return dial(ctx, network, goal, opt)
		}
	}
}

// beside leads what goes beside the VPN to another server.
func beside(to string) func(*environment.Environment) {
	return func(env *environment.Environment) {
		dial := env.Dial
		env.Dial = func(ctx context.Context, network, goal string, opt environment.DialOptions) (net.Conn, error) {
			if opt.Interface != "" && goal == address+":443" {
				goal = to + ":443"
			}
			return dial(ctx, network, goal, opt)
		}
	}
}
