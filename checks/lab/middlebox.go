//go:build linux

package lab

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// middlebox stands in the provider's network, in the way of every connection to some ports.
type middlebox struct {
	// name, where set, is the only host name the box acts on, seen in the TLS server name or the Host header.
	name string
	// act is what it does to such a connection after reading its first bytes; nil passes it on.
	act func(client net.Conn)
	// delay is added to everything that is passed on, in either direction.
	delay time.Duration
}

// middleboxPort is where the firewall hands connections over.
const middleboxPort = "9999"

// inTheWay puts a middlebox in the way of TCP connections to ports, such as "80, 443".
func inTheWay(ports string, box middlebox) fault {
	return func(w *world) {
		w.rule(providerPre, "iifname \"line\" tcp dport { "+ports+" } redirect to :"+middleboxPort)
		w.extras = append(w.extras, func(r *running) error {
			for _, address := range []string{"0.0.0.0", "::"} {
				network := "tcp4"
				if address == "::" {
					network = "tcp6"
				}
				l, err := r.provider.listen(network, withPort(address, middleboxPort))
				if err != nil {
					return err
				}
				r.atClose(func() { l.Close() })
				go r.accept(l, func(c net.Conn) { box.pass(r, c.(*net.TCPConn)) })
			}
			return nil
		})
	}
}

// pass reads the first bytes of a connection, acts where it must, and joins the connection to where it was going.
func (box middlebox) pass(r *running, client *net.TCPConn) {
	to, err := originalDestination(client)
	if err != nil {
		return
	}
	first := make([]byte, 16<<10)
	_ = client.SetReadDeadline(time.Now().Add(30 * time.Second))
	n, err := client.Read(first)
	if err != nil {
		return
	}
	_ = client.SetReadDeadline(time.Time{})
	first = first[:n]
	if box.act != nil && (box.name == "" || strings.EqualFold(box.name, hostIn(first))) {
		box.act(client)
		return
	}
	site, err := r.provider.dial("tcp", to, 20*time.Second)
	if err != nil {
		reset(client)
		return
	}
	defer site.Close()
	go func() {
		box.copy(site, io.MultiReader(bytes.NewReader(first), client))
		_ = site.(*net.TCPConn).CloseWrite()
	}()
	box.copy(client, site)
	_ = client.CloseWrite()
}

// copy passes bytes on, late where the box is slow.
func (box middlebox) copy(to io.Writer, from io.Reader) {
	b := make([]byte, 4<<10)
	for {
		n, err := from.Read(b)
		if n > 0 {
			time.Sleep(box.delay)
			if _, err := to.Write(b[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// originalDestination is where a connection was going before the firewall handed it over (linux/netfilter_ipv4.h:
// SO_ORIGINAL_DST is 80; the same number serves IPv6).
func originalDestination(c *net.TCPConn) (string, error) {
	const soOriginalDst = 80
	raw, err := c.SyscallConn()
	if err != nil {
		return "", err
	}
	v6 := c.LocalAddr().(*net.TCPAddr).IP.To4() == nil
	var to netip.AddrPort
	var failed error
	err = raw.Control(func(fd uintptr) {
		if v6 {
			var info *unix.IPv6MTUInfo // the one call of x/sys that returns a sockaddr_in6
			if info, failed = unix.GetsockoptIPv6MTUInfo(int(fd), unix.IPPROTO_IPV6, soOriginalDst); failed == nil {
				to = netip.AddrPortFrom(netip.AddrFrom16(info.Addr.Addr), swapped(info.Addr.Port))
			}
			return
		}
		var q *unix.IPv6Mreq // sixteen bytes, which a sockaddr_in fits into
		if q, failed = unix.GetsockoptIPv6Mreq(int(fd), unix.IPPROTO_IP, soOriginalDst); failed == nil {
			a := q.Multiaddr
			to = netip.AddrPortFrom(netip.AddrFrom4([4]byte(a[4:8])), binary.BigEndian.Uint16(a[2:4]))
		}
	})
	return to.String(), errors.Join(err, failed)
}

func swapped(port uint16) uint16 { return port<<8 | port>>8 }

// hostIn is the host name in the first bytes of a connection: the server name of a TLS ClientHello (RFC 6066, 3) or
// the Host header of an HTTP request; empty when there is none.
func hostIn(first []byte) string {
	if len(first) > 0 && first[0] == 0x16 {
		name := ""
		_ = tls.Server(heard{from: bytes.NewReader(first)}, &tls.Config{
			GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
				name = hello.ServerName
				return nil, errors.New("only listening")
			},
		}).Handshake()
		return name
	}
	q, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(first)))
	if err != nil {
		return ""
	}
	if host, _, err := net.SplitHostPort(q.Host); err == nil {
		return host
	}
	return q.Host
}

// heard is a connection of which only the first bytes are known; what is written to it is lost.
type heard struct {
	net.Conn
	from io.Reader
}

func (h heard) Read(b []byte) (int, error)  { return h.from.Read(b) }
func (h heard) Write(b []byte) (int, error) { return len(b), nil }
func (h heard) Close() error                { return nil }
