package probe_test

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

// The proxy of the tests.
const (
	proxyName    = "proxy.example"
	proxyAddress = "192.0.2.80"
)

func via(t *testing.T, p *probe.Prober, proxy, page string) evidence.Fetch {
	t.Helper()
	u, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	return get(t, p, probe.Request{URL: page, Way: evidence.ViaProxy, Proxy: u})
}

// startProxied is a World with a site that only the proxy can resolve.
func startProxied(t *testing.T) (*loopback.World, *probe.Prober) {
	w, p := start(t)
	w.AddHost(proxyName, proxyAddress)
	w.OS.Set(siteName, loopback.RCode(3))
	w.Serve(siteAddress+":80", loopback.Page)
	w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), loopback.Page)
	return w, p
}

func TestThroughProxies(t *testing.T) {
	for _, proxy := range []string{
		"http://proxy.example:3128", "http://user:pass@proxy.example:3128", "https://proxy.example", "socks5://proxy.example",
		"socks5h://192.0.2.80:1081", "socks5://user:pass@proxy.example:1082",
	} {
		for _, page := range []string{"http://site.example/", "https://site.example/"} {
			t.Run(proxy+" "+page, func(t *testing.T) {
				w, p := startProxied(t)
				open := w.AddProxy(proxyAddress + ":3128")
				if strings.Contains(proxy, "user") {
					open.User, open.Password = "user", "pass"
				}
				// A tunnel needs the connection itself, which HTTP/2 does not give away.
				w.ServeTLSConfig(proxyAddress+":443", onlyHTTP1(w, proxyName), open)
				w.AddSOCKS(proxyAddress+":1080", 0, "", "")
				w.AddSOCKS(proxyAddress+":1081", 0, "", "")
				w.AddSOCKS(proxyAddress+":1082", 0, "user", "pass")
				f := via(t, p, proxy, page)
				wantStatus(t, f, 200)
				hop := f.Last()
				if hop.Address != proxyAddress || len(hop.Connects) != 1 || hop.Connects[0].Address != proxyAddress {
					t.Errorf("address %q, connects %+v", hop.Address, hop.Connects)
				}
				if secure := strings.HasPrefix(page, "https"); secure != (hop.TLS != nil && hop.TLS.Verified) {
					t.Errorf("TLS %+v", hop.TLS)
				}
				if strings.HasPrefix(proxy, "http") {
					want := "GET http://site.example/"
					if strings.HasPrefix(page, "https") {
						want = "CONNECT site.example:443"
					}
					if asked := open.Asked(); len(asked) != 1 || asked[0] != want {
						t.Errorf("asked %q, want %q", asked, want)
					}
				}
			})
		}
	}
}

func TestProxiesThatCannotBeReached(t *testing.T) {
	cases := []struct {
		name, proxy string
		set         func(w *loopback.World)
		dials       int
	}{
		{"refuses", "http://proxy.example:3128", func(w *loopback.World) { w.Refuse(proxyAddress + ":3128") }, 1},
		{"silent", "socks5://192.0.2.80", func(w *loopback.World) { w.Silence(proxyAddress + ":1080") }, 1},
		{"unknown name", "http://nowhere.example:3128", func(*loopback.World) {}, 0},
		{"certificate", "https://proxy.example", func(w *loopback.World) {
			w.ServeTLS(proxyAddress+":443", w.Authority.Expired(proxyName), loopback.Page)
		}, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, p := startProxied(t)
			c.set(w)
			for _, page := range []string{"http://site.example/", "https://site.example/"} {
				f := via(t, p, c.proxy, page)
				wantFault(t, f, evidence.ProxyConnect, evidence.ProxyUnreachable)
				hop := f.Last()
				if len(hop.Connects) != c.dials {
					t.Errorf("connects %+v", hop.Connects)
				}
				if c.name == "unknown name" && (hop.Resolution == nil || hop.Resolution.Failure == evidence.None) {
					t.Errorf("resolution %+v", hop.Resolution)
				}
			}
		})
	}
}

func TestProxiesThatRefuse(t *testing.T) {
	for _, status := range []int{403, 407, 502, 503} {
		w, p := startProxied(t)
		deny := w.AddProxy(proxyAddress + ":3128")
		deny.Deny = http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("X-Squid-Error", "ERR_ACCESS_DENIED 0")
			rw.Header().Set("Proxy-Authenticate", `Negotiate token`)
			rw.WriteHeader(status)
			io.WriteString(rw, "<title>ERROR: The requested URL could not be retrieved</title>")
		})
		f := via(t, p, "http://proxy.example:3128", "https://site.example/")
		wantFault(t, f, evidence.ProxyConnect, evidence.ProxyRefused)
		reply := f.Last().ProxyReply
		if reply == nil || reply.Status != status || !strings.HasPrefix(reply.Title, "ERROR") || reply.Header["x-squid-error"] == "" || reply.Header["proxy-authenticate"] != "Negotiate" {
			t.Fatalf("reply %+v", reply)
		}
		if len(reply.Signatures) == 0 {
			t.Error("nobody was recognised")
		}
		f = via(t, p, "http://proxy.example:3128", "http://site.example/")
		if wantStatus(t, f, status); f.Last().ProxyReply != nil {
			t.Error("a reply without CONNECT is the hop's own")
		}
	}
}

func TestCredentialsAreDemanded(t *testing.T) {
	w, p := startProxied(t)
	w.AddProxy(proxyAddress + ":3128").User = "user"
	w.AddSOCKS(proxyAddress+":1080", 0, "user", "pass")
	f := via(t, p, "http://proxy.example:3128", "https://site.example/")
	wantFault(t, f, evidence.ProxyConnect, evidence.ProxyRefused)
	for _, proxy := range []string{"socks5://proxy.example", "socks5://user:wrong@proxy.example"} {
		wantFault(t, via(t, p, proxy, "https://site.example/"), evidence.ProxyConnect, evidence.ProxyRefused)
	}
}

func TestProxiesThatFailOnTheWay(t *testing.T) {
	cases := []struct {
		name    string
		proxy   string
		serve   func(net.Conn)
		failure evidence.Failure
	}{
		{"CONNECT: silence", "http", loopback.Hold, evidence.Timeout},
		{"CONNECT: end", "http", func(c net.Conn) { loopback.ReadHead(c) }, evidence.EOF},
		{"CONNECT: reset", "http", func(c net.Conn) { loopback.ReadHead(c); loopback.Reset(c) }, evidence.ConnectionReset},
		{"CONNECT: noise", "http", loopback.Reply("what?"), evidence.HTTPMalformed},
		{"SOCKS: silence", "socks5", loopback.Hold, evidence.Timeout},
		{"SOCKS: end", "socks5", func(c net.Conn) { c.Read(make([]byte, 3)) }, evidence.EOF},
		{"SOCKS: an HTTP server", "socks5", func(c net.Conn) { c.Read(make([]byte, 3)); io.WriteString(c, "HTTP/1.1 400 Bad\r\n\r\n") }, evidence.HTTPMalformed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, p := startProxied(t)
			w.ServeRaw(proxyAddress+":80", c.serve)
			wantFault(t, via(t, p, c.proxy+"://proxy.example:80", "https://site.example/"), evidence.ProxyConnect, c.failure)
		})
	}
}

func TestSOCKSReplies(t *testing.T) {
	for code, want := range map[byte]evidence.Failure{
		1: evidence.Unknown, 2: evidence.ProxyRefused, 3: evidence.NetworkUnreachable, 4: evidence.HostUnreachable,
		5: evidence.ConnectionRefused, 6: evidence.HostUnreachable, 7: evidence.ProxyRefused, 8: evidence.ProxyRefused, 99: evidence.Unknown,
	} {
		w, p := startProxied(t)
		w.AddSOCKS(proxyAddress+":1080", code, "", "")
		wantFault(t, via(t, p, "socks5://proxy.example", "https://site.example/"), evidence.ProxyConnect, want)
	}
}

func TestThroughATunnelTheSitesFaultsAreItsOwn(t *testing.T) {
	w, p := startProxied(t)
	w.AddProxy(proxyAddress + ":3128")
	w.ServeTLS(siteAddress+":443", w.Authority.Expired(siteName), loopback.Page)
	f := via(t, p, "http://proxy.example:3128", "https://site.example/")
	wantFault(t, f, evidence.TLSHandshake, evidence.TLSInvalidCertificate)
	if f.Last().TLS.Problem != evidence.CertificateExpired {
		t.Errorf("%+v", f.Last().TLS)
	}
}

func TestUnknownKindsOfProxies(t *testing.T) {
	_, p := startProxied(t)
	wantFault(t, via(t, p, "gopher://proxy.example", "https://site.example/"), evidence.ProxyConnect, evidence.Unknown)
}

func TestThroughAProxyOneConnectionIsCharged(t *testing.T) {
	w, p := startProxied(t)
	w.AddProxy(proxyAddress + ":3128")
	u, err := url.Parse("http://proxy.example:3128")
	if err != nil {
		t.Fatal(err)
	}
	wantStatus(t, get(t, p, probe.Request{URL: "https://site.example/", Proxy: u, Counted: true}), 200)
	if requests, connections := p.Budget.Counts(); requests != 1 || connections != 1 {
		t.Errorf("%d requests, %d connections", requests, connections)
	}
}
