//go:build linux

package lab

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// proxyAt is the office proxy: a box on the visitor's network.
const proxyAt = homeBox + ":3128"

// proxied sets the visitor's proxy the way a company's login script does.
func proxied(at string) fault {
	return with("https_proxy=http://"+at, "http_proxy=http://"+at, "no_proxy=localhost,127.0.0.1")
}

// squid runs Squid on the visitor's network. Lines come before its last rule, which lets everybody through.
func squid(lines ...string) fault {
	return more(func(r *running) error { return r.squid("squid", "http_port "+proxyAt, lines...) })
}

// squid starts Squid with a port line of its own.
func (r *running) squid(name, port string, lines ...string) error {
	conf, err := r.template("squid.conf", name+".conf", map[string]any{
		"Dir": r.dir, "Name": name, "Port": port, "Lines": strings.Join(lines, "\n"),
	})
	if err != nil {
		return err
	}
	d, err := r.daemon(r.home, name, append(slices.Clone(ordinaryUser), "squid", "--foreground", "-n", r.word(), "-f", conf)...)
	if err != nil {
		return err
	}
	// Squid hangs up on some of the first who come while it is still starting, also after it has answered one.
	return r.await(d, func() error {
		for range 3 {
			if err := r.askSquid(); err != nil {
				return err
			}
			time.Sleep(100 * time.Millisecond)
		}
		return nil
	})
}

// askSquid reports whether Squid answers.
func (r *running) askSquid() error {
	c, err := r.home.dial("tcp", proxyAt, time.Second)
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Second))
	if _, err := io.WriteString(c, "GET / HTTP/1.0\r\n\r\n"); err != nil {
		return err
	}
	_, err = c.Read(make([]byte, 1))
	return err
}

// proxyScript sets a proxy script (PAC) in KDE's settings, served by a device on the visitor's network. Body is what
// the script's one function does.
func proxyScript(body string) fault {
	return func(w *world) {
		with("XDG_CURRENT_DESKTOP=KDE")(w)
		file(".config/kioslaverc", "[Proxy Settings]\nProxyType=2\nProxy Config Script=http://"+deviceAddress+"/proxy.pac\n")(w)
		device(page(200, "function FindProxyForURL(url, host) { "+body+" }", "Content-Type: application/x-ns-proxy-autoconfig"))(w)
	}
}

// word is the world's name for servers that share names across the machine.
func (r *running) word() string {
	return "world" + strings.TrimPrefix(filepath.Base(r.dir), "isitme-lab-")
}

// tinyproxy runs Tinyproxy on the visitor's network.
func tinyproxy() fault {
	return more(func(r *running) error { return r.tinyproxy() })
}

// tinyproxy starts Tinyproxy with further lines of configuration.
func (r *running) tinyproxy(lines ...string) error {
	host, port, err := net.SplitHostPort(proxyAt)
	if err != nil {
		return err
	}
	conf, err := r.write("tinyproxy.conf", fmt.Appendf(nil, "Listen %s\nPort %s\nTimeout 60\nMaxClients 200\n%s\n",
		host, port, strings.Join(lines, "\n")))
	if err != nil {
		return err
	}
	d, err := r.daemon(r.home, "tinyproxy", "tinyproxy", "-d", "-c", conf)
	if err != nil {
		return err
	}
	return r.awaitTCP(d, r.home, proxyAt)
}

// interceptor is a company that opens every secure connection with Squid and signs anew with its own authority.
// Trusted says whether the visitor's computer has that authority in its store.
func interceptor(trusted bool) fault {
	return func(w *world) {
		company, err := newAuthority("Brightwood Web Gateway")
		if trusted && err == nil {
			w.trust = company.rootPEM()
		}
		w.rule(homePre, "iifname \"lan\" meta nfproto ipv4 tcp dport 443 redirect to :3129")
		w.rule(homeForward, "meta nfproto ipv6 tcp dport 443 reject with tcp reset")
		w.extras = append(w.extras, func(r *running) error {
			if err != nil {
				return err
			}
			signer, err := company.signerPEM()
			if err != nil {
				return err
			}
			pem, err := r.write("company.pem", signer)
			if err != nil {
				return err
			}
			if err := quiet("/usr/lib/squid/security_file_certgen", "-c", "-s", r.path("ssl_db"), "-M", "4MB"); err != nil {
				return err
			}
			return r.squid("bump", "http_port "+proxyAt+"\nhttps_port 0.0.0.0:3129 intercept ssl-bump tls-cert="+pem+
				" generate-host-certificates=on dynamic_cert_mem_cache_size=1MB",
				"sslcrtd_program /usr/lib/squid/security_file_certgen -s "+r.path("ssl_db")+" -M 4MB",
				"sslcrtd_children 3 startup=1", "tls_outgoing_options cafile="+r.path("etc-home/ssl/certs/ca-certificates.crt"),
				"acl hello at_step SslBump1", "ssl_bump peek hello", "ssl_bump bump all")
		})
	}
}

// portal is a hotel's sign-in page: it stands in for every page over plain HTTP, and lets nothing else through until
// somebody has signed in. What it answers is the handler's choice.
func portal(h http.HandlerFunc) fault {
	return func(w *world) {
		w.rule(providerPre, "iifname \"line\" meta nfproto ipv4 tcp dport 80 dnat ip to "+portalAddress+":80")
		w.rule(providerWard, "iifname \"line\" ip daddr "+portalAddress+" accept",
			"iifname \"line\" meta l4proto { tcp, udp } th dport 53 accept", "iifname \"line\" drop")
		w.extras = append(w.extras, func(r *running) error {
			return r.http(r.internet, withPort(portalAddress, "80"), h, nil)
		})
	}
}

// signIn is the portal's page: everything is sent there.
func signIn(w http.ResponseWriter, q *http.Request) {
	if q.Host == "login.hotel-lindenhof.net" {
		reply(200, "<title>Welcome to Hotel Lindenhof</title><form>room number <input name=room></form>")(w, q)
		return
	}
	http.Redirect(w, q, "http://login.hotel-lindenhof.net/?from="+q.Host, http.StatusFound)
}

// tinyproxyFilter is Tinyproxy with a list of words that a host must not contain.
func tinyproxyFilter(words string) fault {
	return func(w *world) {
		w.extras = append(w.extras, func(r *running) error {
			path, err := r.write("filter", []byte(words+"\n"))
			if err != nil {
				return err
			}
			return r.tinyproxy("Filter \"" + path + "\"")
		})
	}
}
