package winetest

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
)

// The name service that test.sh names in resolv.conf, and the one name it knows.
const (
	nameserver = "127.0.0.53"
	siteName   = "shop.example"
)

func background() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

// named serves handler, and a name service that knows siteName, and returns the page's address by name.
func named(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	answer := func(w dns.ResponseWriter, query *dns.Msg) {
		reply := new(dns.Msg).SetReply(query)
		reply.RecursionAvailable = true
		switch question := query.Question[0]; {
		case !strings.EqualFold(question.Name, siteName+"."):
			reply.Rcode = dns.RcodeNameError
		case question.Qtype == dns.TypeA:
			reply.Answer = []dns.RR{&dns.A{
				Hdr: dns.RR_Header{Name: question.Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 1},
				A:   net.IPv4(127, 0, 0, 1),
			}}
		}
		_ = w.WriteMsg(reply) // who asked may have gone
	}
	var packets net.PacketConn
	var connections net.Listener
	// On a busy computer the port of the test before has stayed taken for a moment.
	eventually(t, "a free port for the name service", func() (free bool) {
		var err error
		if packets == nil {
			if packets, err = net.ListenPacket("udp", nameserver+":53"); err != nil {
				packets = nil
				return false
			}
		}
		connections, err = net.Listen("tcp", nameserver+":53")
		return err == nil
	})
	for _, server := range []*dns.Server{{PacketConn: packets}, {Listener: connections}} {
		server.Handler = dns.HandlerFunc(answer)
		ready, ended := make(chan struct{}), make(chan error, 1)
		server.NotifyStartedFunc = func() { close(ready) }
		go func() { ended <- server.ActivateAndServe() }()
		select {
		case <-ready:
		case err := <-ended:
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := server.Shutdown(); err != nil {
				t.Error(err)
			}
		})
	}
	address, err := url.Parse(serve(t, handler))
	if err != nil {
		t.Fatal(err)
	}
	address.Host = net.JoinHostPort(siteName, address.Port())
	return address.String()
}

// proxy is a forward proxy for plain HTTP that counts what it was asked for.
func proxy(t *testing.T) (hostPort string, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodConnect || !strings.HasPrefix(r.URL.Host, siteName) {
			http.Error(w, "only the shop", http.StatusForbidden)
			return
		}
		asked.Add(1)
		onward := r.Clone(r.Context())
		onward.RequestURI = ""
		onward.Header.Del("Proxy-Connection")
		onward.URL.Host = net.JoinHostPort("127.0.0.1", r.URL.Port())
		reply, err := http.DefaultTransport.RoundTrip(onward)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer reply.Body.Close()
		w.WriteHeader(reply.StatusCode)
		_, _ = io.Copy(w, reply.Body)
	}))
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://"), asked
}

// systemOf runs the check and returns what it read from the settings.
func (b bench) systemOf(t *testing.T, address string) evidence.System {
	t.Helper()
	r, _ := b.check(t, address)
	if r.Evidence.System == nil {
		t.Fatal("nothing was read from the system")
	}
	return *r.Evidence.System
}

func TestProxySetting(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	hostPort, asked := proxy(t)
	b.set(t, internetOptions, "ProxyEnable", "REG_DWORD", "1")
	b.set(t, internetOptions, "ProxyServer", "REG_SZ", hostPort)

	got := b.systemOf(t, page).Proxy
	if !got.Configured || !got.InUse || got.Source != "windows" || got.URL != "http://"+hostPort {
		t.Errorf("%+v", got)
	}
	if asked.Load() == 0 {
		t.Error("nothing went through the proxy")
	}

	b.set(t, internetOptions, "ProxyOverride", "REG_SZ", "*.example;<local>")
	asked.Store(0)
	if got := b.systemOf(t, page).Proxy; !got.Configured || got.InUse {
		t.Errorf("with an exception for the site: %+v", got)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("with an exception for the site, %d requests went through the proxy", n)
	}
}

// TestProxyPerScheme: only the entry for the page's own scheme counts.
func TestProxyPerScheme(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	hostPort, asked := proxy(t)
	b.set(t, internetOptions, "ProxyEnable", "REG_DWORD", "1")
	b.set(t, internetOptions, "ProxyServer", "REG_SZ", "https=192.0.2.1:8080;http="+hostPort)
	if got := b.systemOf(t, page).Proxy; !got.InUse || got.URL != "http://"+hostPort {
		t.Errorf("%+v", got)
	}
	if asked.Load() == 0 {
		t.Error("nothing went through the proxy")
	}
}

// TestPolicyProxy: what a company sets goes before the user's own setting.
func TestPolicyProxy(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	hostPort, _ := proxy(t)
	b.set(t, internetOptions, "ProxyEnable", "REG_DWORD", "1")
	b.set(t, internetOptions, "ProxyServer", "REG_SZ", "192.0.2.1:8080")
	b.set(t, internetPolicy, "ProxyEnable", "REG_DWORD", "1")
	b.set(t, internetPolicy, "ProxyServer", "REG_SZ", hostPort)
	if got := b.systemOf(t, page).Proxy; got.URL != "http://"+hostPort {
		t.Errorf("%+v", got)
	}
}

// TestWinHTTPProxy: the proxy that services use is noted and not followed.
func TestWinHTTPProxy(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	hostPort, asked := proxy(t)
	// WinHttpSettings: size of the head, unused, flags (direct and proxy), then length and text of proxy and exceptions.
	blob := binary.LittleEndian.AppendUint32(nil, 24)
	for _, n := range []uint32{0, 3, uint32(len(hostPort))} {
		blob = binary.LittleEndian.AppendUint32(blob, n)
	}
	blob = append(blob, hostPort...)
	blob = binary.LittleEndian.AppendUint32(blob, 0)
	b.set(t, winHTTPOptions, "WinHttpSettings", "REG_BINARY", hex.EncodeToString(blob))
	if got := b.systemOf(t, page).Proxy; !got.Configured || got.InUse || got.Source != "winhttp" {
		t.Errorf("%+v", got)
	}
	if asked.Load() != 0 {
		t.Error("the page went through the services' proxy")
	}
}

func TestScript(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	hostPort, asked := proxy(t)
	script := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-ns-proxy-autoconfig")
		fmt.Fprintf(w, `function FindProxyForURL(url, host) {
			return dnsDomainIs(host, ".example") ? "PROXY %s; DIRECT" : "DIRECT";
		}`, hostPort)
	}) + "proxy.pac"
	b.set(t, internetOptions, "AutoConfigURL", "REG_SZ", script)
	got := b.systemOf(t, page).Proxy
	if got.Source != "pac" || got.PACURL != script || got.PACResult != "PROXY "+hostPort+"; DIRECT" || !got.InUse || got.PACFault != nil {
		t.Errorf("%+v", got)
	}
	if asked.Load() == 0 {
		t.Error("nothing went through the proxy that the script names")
	}
}

// TestHostsFile: the file of the Windows folder is read, in the form that Windows editors leave it in.
func TestHostsFile(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	file := filepath.Join(b.prefix, "drive_c/windows/system32/drivers/etc/hosts")
	before, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("# a comment\r\n127.0.0.1 localhost\r\n192.0.2.7\tshop.example www.shop.example\r\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.WriteFile(file, before, 0o644); err != nil {
			t.Error(err)
		}
	})
	hosts := b.systemOf(t, page).Hosts
	if len(hosts) != 1 || hosts[0].Line != 3 || hosts[0].Address != "192.0.2.7" || hosts[0].Name != siteName {
		t.Errorf("%+v", hosts)
	}
}

func TestNameservers(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	system := b.systemOf(t, page)
	if !slices.ContainsFunc(system.Nameservers, func(n evidence.Nameserver) bool {
		return n.Address == nameserver && n.Source == "windows" && len(n.Domains) == 0
	}) {
		t.Errorf("%+v", system.Nameservers)
	}
	if system.EncryptedDNS != "" {
		t.Errorf("encrypted: %q", system.EncryptedDNS)
	}
}

func TestSecureNameservers(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	b.set(t, dnsClient, "EnableAutoDoh", "REG_DWORD", "2")
	if got := b.systemOf(t, page).EncryptedDNS; got != "doh" {
		t.Errorf("%q", got)
	}
}

// TestNamePolicy: a rule of the Name Resolution Policy Table sends the site's name to a server of its own.
func TestNamePolicy(t *testing.T) {
	b := newBench(t)
	page := named(t, works)
	rule := dnsClient + `\DnsPolicyConfig\{0f1f2f3f-0000-4000-8000-000000000001}`
	b.addKey(t, rule)
	b.set(t, rule, "Name", "REG_MULTI_SZ", ".example")
	b.set(t, rule, "GenericDNSServers", "REG_SZ", "192.0.2.53")
	system := b.systemOf(t, page)
	if system.EncryptedDNS != "nrpt" || !slices.ContainsFunc(system.Nameservers, func(n evidence.Nameserver) bool {
		return n.Address == "192.0.2.53" && slices.Contains(n.Domains, "example")
	}) {
		t.Errorf("%q %+v", system.EncryptedDNS, system.Nameservers)
	}
}
