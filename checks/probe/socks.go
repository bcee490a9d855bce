package probe

import (
	"context"
	"io"
	"net"
	"net/netip"
	"net/url"
	"time"

	"isitme/checks/evidence"
)

// socksReplies are the replies of RFC 1928, 6: what the proxy says became of the connection.
var socksReplies = map[byte]evidence.Failure{
	1: evidence.Unknown, // general failure
	2: evidence.ProxyRefused,
	3: evidence.NetworkUnreachable,
	4: evidence.HostUnreachable,
	5: evidence.ConnectionRefused,
	6: evidence.HostUnreachable, // TTL expired
	7: evidence.ProxyRefused,    // command not supported
	8: evidence.ProxyRefused,    // address type not supported
}

// socksConnect asks a SOCKS5 proxy for a connection to host and port (RFC 1928), with the user name of its URL where
// it has one (RFC 1929). The name is left to the proxy to look up, with socks5 as with socks5h, since that is what a
// browser does.
func (p *Prober) socksConnect(ctx context.Context, l *link, proxy *url.URL, host string, port int, patience time.Duration) *evidence.Fault {
	guarded, release := guard(ctx, l.raw, patience)
	defer release()
	err := socksGreet(l.conn, proxy.User)
	if err == nil {
		err = socksRequest(l.conn, host, port)
	}
	if err != nil && guarded.Err() != nil && ctx.Err() == nil {
		err = guarded.Err()
	}
	return faultOf(ctx, l.raw.truer(err), evidence.ProxyConnect)
}

// socksGreet agrees on a method and gives the credentials.
func socksGreet(conn net.Conn, user *url.Userinfo) error {
	const none, byPassword, noneFits = 0, 2, 0xff
	methods := []byte{none}
	if user != nil {
		methods = append(methods, byPassword)
	}
	if _, err := conn.Write(append([]byte{5, byte(len(methods))}, methods...)); err != nil {
		return err
	}
	var choice [2]byte
	if _, err := io.ReadFull(conn, choice[:]); err != nil {
		return err
	}
	switch {
	case choice[0] != 5:
		return failed(evidence.HTTPMalformed, "not a SOCKS5 proxy")
	case choice[1] == none:
		return nil
	case choice[1] == byPassword && user != nil:
		return socksPassword(conn, user)
	case choice[1] == noneFits:
		return failed(evidence.ProxyRefused, "no way to sign in is accepted")
	}
	return failed(evidence.ProxyRefused, "an unknown way to sign in is demanded")
}

func socksPassword(conn net.Conn, user *url.Userinfo) error {
	name := user.Username()
	password, _ := user.Password()
	if len(name) > 255 || len(password) > 255 {
		return failed(evidence.ProxyRefused, "the credentials are too long for SOCKS5")
	}
	msg := append([]byte{1, byte(len(name))}, name...)
	msg = append(append(msg, byte(len(password))), password...)
	if _, err := conn.Write(msg); err != nil {
		return err
	}
	var status [2]byte
	if _, err := io.ReadFull(conn, status[:]); err != nil {
		return err
	}
	if status[1] != 0 {
		return failed(evidence.ProxyRefused, "the credentials are refused")
	}
	return nil
}

// socksRequest asks for the connection and reads the reply with the address bound at the proxy.
func socksRequest(conn net.Conn, host string, port int) error {
	msg := []byte{5, 1, 0}
	switch a, err := netip.ParseAddr(host); {
	case err == nil && a.Unmap().Is4():
		msg = append(append(msg, 1), a.Unmap().AsSlice()...)
	case err == nil:
		msg = append(append(msg, 4), a.AsSlice()...)
	case len(host) > 255:
		return failed(evidence.ProxyRefused, "the name is too long for SOCKS5")
	default:
		msg = append(append(msg, 3, byte(len(host))), host...)
	}
	if _, err := conn.Write(append(msg, byte(port>>8), byte(port))); err != nil {
		return err
	}
	var head [5]byte // version, reply, reserved, address type, and the first byte of the address
	if _, err := io.ReadFull(conn, head[:4]); err != nil {
		return err
	}
	if head[0] != 5 {
		return failed(evidence.HTTPMalformed, "not a SOCKS5 proxy")
	}
	if head[1] != 0 {
		failure, known := socksReplies[head[1]]
		if !known {
			failure = evidence.Unknown
		}
		return failed(failure, "the SOCKS5 proxy's reply")
	}
	left := 2 // the port
	switch head[3] {
	case 1:
		left += net.IPv4len
	case 4:
		left += net.IPv6len
	case 3:
		if _, err := io.ReadFull(conn, head[4:]); err != nil {
			return err
		}
		left += int(head[4])
	default:
		return failed(evidence.HTTPMalformed, "not a SOCKS5 reply")
	}
	_, err := io.CopyN(io.Discard, conn, int64(left))
	return err
}
