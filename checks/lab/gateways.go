//go:build linux

package lab

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"
)

// backendAddress is where every gateway of the lab expects the server behind it. Each site's gateway stands alone in
// its scenario, so one address is enough.
const backendAddress = "127.0.0.1:8081"

// backend is what stands behind a gateway.
type backend func(r *running) error

// noBackend leaves nothing behind the gateway: its connections are refused.
func noBackend(*running) error { return nil }

// backendPage answers everything with one reply.
func backendPage(status int, body string, headers ...string) backend {
	return func(r *running) error {
		return r.http(r.internet, backendAddress, reply(status, body, headers...), nil)
	}
}

// backendSilent accepts and never answers; backendGarbage answers with something that is not HTTP, and
// backendHangsUp ends the connection.
func backendSilent(r *running) error { return r.tcp(r.internet, backendAddress, hold) }

func backendGarbage(r *running) error {
	return r.tcp(r.internet, backendAddress, func(c net.Conn) { say(c, "\x00\x01 not a reply\r\n\r\n") })
}

func backendHangsUp(r *running) error {
	return r.tcp(r.internet, backendAddress, func(c net.Conn) { drain(c) })
}

// backendAfter comes up only after a while, as one that is being restarted.
func backendAfter(wait time.Duration) backend {
	return func(r *running) error {
		r.onceAsked(wait, func() { _ = backendPage(200, "back again")(r) })
		return nil
	}
}

// onceAsked does something a while after the visitor has asked for a site, however long a busy computer takes to do that.
func (r *running) onceAsked(wait time.Duration, do func()) {
	stop := make(chan struct{})
	r.atClose(func() { close(stop) })
	sleep := func(d time.Duration) bool {
		select {
		case <-stop:
			return false
		case <-time.After(d):
			return true
		}
	}
	r.begin = append(r.begin, func() {
		asked := false
		for !asked && sleep(200*time.Millisecond) {
			_, connections, err := r.counters()
			asked = err == nil && connections > 0
		}
		if asked && sleep(wait) {
			do()
		}
	})
}

// tcp serves raw connections at an address until the world ends.
func (r *running) tcp(n *namespace, address string, serve func(net.Conn)) error {
	l, err := n.listen("tcp", address)
	if err != nil {
		return err
	}
	r.atClose(func() { l.Close() })
	go r.accept(l, serve)
	return nil
}

// accept serves each connection to l on a goroutine of its own, until l is closed; the end of the world ends them all.
func (r *running) accept(l net.Listener, serve func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		r.atClose(func() { c.Close() })
		go func() {
			defer c.Close()
			serve(c)
		}()
	}
}

// hold reads until the other side gives up.
func hold(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// drain reads what is there, so that closing afterwards is an orderly end and not a reset.
func drain(c net.Conn) {
	_ = c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	_, _ = io.Copy(io.Discard, c)
}

// say reads the request and answers with text.
func say(c net.Conn, text string) {
	drain(c)
	_, _ = io.WriteString(c, text)
}

// reset ends a connection with a TCP reset.
func reset(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	c.Close()
}

// front is the data of a gateway's configuration.
type front struct {
	Addresses []string // "IP:port" of https, "IP:port" of http
	Plain     []string
	Binds     []string // the addresses without ports
	Host      string
	PEM       string
	Log       string
	Dir       string
	Backend   string
	Extra     string
}

// accessEnding is how the access log of a gateway ends; HAProxy's is what it prints.
var accessEnding = map[string]string{"haproxy": ".log", "nginx": ".access", "apache": ".access", "caddy": ".access"}

// prepare issues the site's certificate, starts the backend and describes the gateway.
func (r *running) prepare(s *site, name string, behind backend, extra string) (front, error) {
	chain, err := r.authority.issue(s.certificate, r.now(), s.host)
	if err != nil {
		return front{}, err
	}
	pem, err := pemOf(chain)
	if err != nil {
		return front{}, err
	}
	f := front{Host: s.host, Dir: r.dir, Backend: backendAddress, Extra: extra}
	if f.PEM, err = r.write(s.host+".pem", pem); err != nil {
		return front{}, err
	}
	f.Log = r.accessLog(name + "-" + s.host + accessEnding[name])
	for _, address := range s.addresses {
		f.Binds = append(f.Binds, address)
		if isIPv6(address) {
			address = "[" + address + "]"
		}
		f.Addresses = append(f.Addresses, address+":443")
		f.Plain = append(f.Plain, address+":80")
	}
	return f, behind(r)
}

// gateway starts a real gateway from its template.
func gateway(name string, argv func(conf, dir string) []string, behind backend, extra []string) func(*running, *site) error {
	return func(r *running, s *site) error {
		f, err := r.prepare(s, name, behind, strings.Join(extra, "\n"))
		if err != nil {
			return err
		}
		conf, err := r.template(name+".conf", name+"-"+s.host+".conf", f)
		if err != nil {
			return err
		}
		d, err := r.daemon(r.internet, name+"-"+s.host, argv(conf, r.dir)...)
		if err != nil {
			return err
		}
		return r.awaitTCP(d, r.internet, f.Addresses[0])
	}
}

// ordinaryUser is put before a server that refuses to be root: it then runs under another number for the same user.
var ordinaryUser = []string{"unshare", "--map-user=1000", "--map-group=1000"}

// nginx is nginx in front of a backend; extra lines go into its location.
func nginx(behind backend, extra ...string) func(*running, *site) error {
	return gateway("nginx", func(conf, dir string) []string {
		return []string{"nginx", "-e", "stderr", "-p", dir, "-c", conf}
	}, behind, extra)
}

// haproxy is HAProxy with one server behind it; extra lines go into its backend.
func haproxy(behind backend, extra ...string) func(*running, *site) error {
	return gateway("haproxy", func(conf, _ string) []string {
		return []string{"haproxy", "-db", "-f", conf}
	}, behind, extra)
}

// apache is Apache with mod_proxy; extra lines go into its virtual host.
func apache(behind backend, extra ...string) func(*running, *site) error {
	return gateway("apache", func(conf, _ string) []string {
		return append(slices.Clone(ordinaryUser), "apache2", "-D", "FOREGROUND", "-f", conf)
	}, behind, extra)
}

// caddy is Caddy with reverse_proxy; extra lines go into its site block.
func caddy(behind backend, extra ...string) func(*running, *site) error {
	return gateway("caddy", func(conf, _ string) []string {
		return []string{"caddy", "run", "--adapter", "caddyfile", "--config", conf}
	}, behind, extra)
}

// varnish is Varnish behind HAProxy, which only takes TLS off, as it has none itself.
func varnish(behind backend) func(*running, *site) error {
	const inner = "127.0.0.1:6081"
	return func(r *running, s *site) error {
		host, port, _ := net.SplitHostPort(backendAddress)
		vcl, err := r.write("varnish.vcl", fmt.Appendf(nil,
			"vcl 4.1;\nbackend default { .host = %q; .port = %q; .connect_timeout = 1s; .first_byte_timeout = 2s; }\n", host, port))
		if err != nil {
			return err
		}
		d, err := r.daemon(r.internet, "varnish", "varnishd", "-F", "-j", "none", "-n", r.path("varnish"), "-a", inner,
			"-f", vcl, "-s", "malloc,8m")
		if err != nil {
			return err
		}
		if err := r.awaitTCP(d, r.internet, inner); err != nil {
			return err
		}
		if err := behind(r); err != nil {
			return err
		}
		return haproxy(noBackend, "server varnish "+inner)(r, s)
	}
}

// wantsClientCertificate is nginx that lets only visitors with a certificate in.
func wantsClientCertificate(r *running, s *site) error {
	ca, err := r.write("clients.pem", r.authority.rootPEM())
	if err != nil {
		return err
	}
	return nginx(noBackend, "} ssl_verify_client on; ssl_client_certificate "+ca+"; location /none {")(r, s)
}

// reverseSquid is Squid in front of a backend, as the site's own gateway. Lines come before its last rule, which lets
// everybody through.
func reverseSquid(behind backend, lines ...string) func(*running, *site) error {
	return func(r *running, s *site) error {
		f, err := r.prepare(s, "squid", behind, "")
		if err != nil {
			return err
		}
		var ports []string
		for _, address := range f.Addresses {
			ports = append(ports, "https_port "+address+" accel defaultsite="+s.host+" tls-cert="+f.PEM)
		}
		for _, address := range f.Plain {
			ports = append(ports, "http_port "+address+" accel defaultsite="+s.host)
		}
		host, port, _ := net.SplitHostPort(backendAddress)
		lines := append([]string{"cache_peer " + host + " parent " + port + " 0 no-query originserver", "never_direct allow all"}, lines...)
		conf, err := r.template("squid.conf", "reverse.conf", map[string]any{
			"Dir": r.dir, "Name": "reverse", "Port": strings.Join(ports, "\n"), "Lines": strings.Join(lines, "\n"),
		})
		if err != nil {
			return err
		}
		d, err := r.daemon(r.internet, "reverse", append(slices.Clone(ordinaryUser), "squid", "--foreground", "-n", r.word()+"reverse", "-f", conf)...)
		if err != nil {
			return err
		}
		return r.awaitTCP(d, r.internet, f.Addresses[0])
	}
}
