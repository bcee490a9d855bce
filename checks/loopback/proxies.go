package loopback

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"

	"isitme/checks/environment"
)

// Proxy is an HTTP proxy inside the World: it looks names up and connects as everybody there.
type Proxy struct {
	w *World
	// User and Password are demanded where User is set.
	User, Password string
	// Deny, where set, answers every request in place of the site.
	Deny http.Handler

	mu    sync.Mutex
	asked []string
}

// AddProxy puts an HTTP proxy at a virtual address. Set its fields before it is used.
func (w *World) AddProxy(address string) *Proxy {
	p := &Proxy{w: w}
	w.Serve(address, p)
	return p
}

// Asked lists what was asked of the proxy: methods and targets.
func (p *Proxy) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.RequestURI)
	p.mu.Unlock()
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(p.User+":"+p.Password))
	switch {
	case p.User != "" && r.Header.Get("Proxy-Authorization") != want:
		w.Header().Set("Proxy-Authenticate", `Basic realm="loopback"`)
		http.Error(w, "sign in first", http.StatusProxyAuthRequired)
	case p.Deny != nil:
		p.Deny.ServeHTTP(w, r)
	case r.Method == http.MethodConnect:
		p.connect(w, r)
	default:
		p.forward(w, r)
	}
}

// connect makes a tunnel.
func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	there, err := p.w.dialName(r.Context(), r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer there.Close()
	here, rest, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer here.Close()
	stop := context.AfterFunc(r.Context(), func() { here.Close(); there.Close() })
	defer stop()
	io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	splice(here, rest, there)
}

// splice copies both ways until either end is done.
func splice(here net.Conn, fromHere io.Reader, there net.Conn) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.Copy(there, fromHere)
		there.Close()
	}()
	io.Copy(here, there)
	here.Close()
	<-done
}

// forward fetches a plain HTTP page.
func (p *Proxy) forward(w http.ResponseWriter, r *http.Request) {
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			return p.w.dialName(ctx, address)
		},
	}
	out := r.Clone(r.Context())
	out.RequestURI = ""
	resp, err := transport.RoundTrip(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	for name, values := range resp.Header {
		w.Header()[name] = values
	}
	w.Header().Set("Via", "1.1 loopback")
	w.WriteHeader(resp.StatusCode)
	io.Copy(w, resp.Body)
}

// dialName connects to "host:port" by the World's names.
func (w *World) dialName(ctx context.Context, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addresses := []string{host}
	if net.ParseIP(host) == nil {
		var ok bool
		if addresses, ok = w.lookup(host); !ok || len(addresses) == 0 {
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		}
	}
	bound, cancel := context.WithTimeout(ctx, w.Limits.Connect)
	defer cancel()
	return w.Dial(bound, "tcp", net.JoinHostPort(addresses[0], port), environment.DialOptions{})
}

// AddSOCKS puts a SOCKS5 proxy at a virtual address. Reply, where not 0, is what it answers to every request (RFC
// 1928, 6); with user set, it demands user and password (RFC 1929).
func (w *World) AddSOCKS(address string, reply byte, user, password string) {
	w.ServeRaw(address, func(c net.Conn) {
		host, port, ok := socksRequest(c, user, password)
		if !ok {
			return
		}
		answer := func(code byte) { c.Write([]byte{5, code, 0, 1, 0, 0, 0, 0, 0, 0}) }
		if reply != 0 {
			answer(reply)
			return
		}
		there, err := w.dialName(context.Background(), net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			answer(5)
			return
		}
		defer there.Close()
		answer(0)
		splice(c, c, there)
	})
}

// socksRequest reads the greeting and the request.
func socksRequest(c net.Conn, user, password string) (host string, port int, ok bool) {
	read := func(n int) []byte {
		b := make([]byte, n)
		if _, err := io.ReadFull(c, b); err != nil {
			return make([]byte, n)
		}
		return b
	}
	methods := read(int(read(2)[1]))
	if user == "" {
		c.Write([]byte{5, 0})
	} else {
		if !bytes.ContainsRune(methods, 2) {
			c.Write([]byte{5, 0xff})
			return "", 0, false
		}
		c.Write([]byte{5, 2})
		name := read(int(read(2)[1]))
		secret := read(int(read(1)[0]))
		if string(name) != user || string(secret) != password {
			c.Write([]byte{1, 1})
			return "", 0, false
		}
		c.Write([]byte{1, 0})
	}
	switch kind := read(4)[3]; kind {
	case 1:
		host = net.IP(read(4)).String()
	case 4:
		host = net.IP(read(16)).String()
	case 3:
		host = string(read(int(read(1)[0])))
	default:
		return "", 0, false
	}
	p := read(2)
	return host, int(p[0])<<8 | int(p[1]), true
}
