package probe

import (
	"context"
	"errors"
	"net/url"
	"time"

	"golang.org/x/net/http2"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// visit is one hop of a fetch in the making.
type visit struct {
	p   *Prober
	req *Request
	u   *url.URL
	// first marks the first hop, for which the request's overrides hold.
	first bool
	// counted charges the hop to the budget, private allows it to lead to private addresses.
	counted, private bool
	hop              evidence.Hop
}

// run does the visit. What came of it is in v.hop; the reply's headers and body are returned as far as there are any.
func (v *visit) run(ctx context.Context) *arrival {
	begin := time.Now()
	v.hop = evidence.Hop{URL: v.u.String(), Host: v.u.Hostname(), Started: v.p.Env.Now()}
	defer func() { v.hop.Timings.TotalMS = since(begin) }()
	if v.counted && !v.p.Budget.hasRequest() {
		v.fail(exhausted(evidence.HTTPRoundTrip))
		return nil
	}
	l := v.open(ctx)
	if l == nil {
		return nil
	}
	defer func() { l.close() }()
	if v.u.Scheme == "https" && !v.secure(ctx, l, alpnBrowser) {
		return nil
	}
	in, err := v.ask(ctx, l)
	if wantsHTTP1(err) {
		l.close()
		again := v.reopen(ctx)
		if again == nil {
			return nil
		}
		l = again
		if !v.secure(ctx, l, alpnHTTP1) {
			return nil
		}
		in, err = v.ask(ctx, l)
	}
	if err != nil {
		v.fail(v.replyFault(ctx, err))
		return nil
	}
	return v.receive(ctx, l, in)
}

// wantsHTTP1 reports whether a server that agreed on HTTP/2 then asks for HTTP/1.1 after all, which a browser does
// (RFC 9113, 7).
func wantsHTTP1(err error) bool {
	stream, ok := errors.AsType[http2.StreamError](err)
	return ok && stream.Code == http2.ErrCodeHTTP11Required
}

func (v *visit) fail(fault *evidence.Fault) { v.hop.Fault = fault }

func exhausted(op evidence.Operation) *evidence.Fault {
	return &evidence.Fault{Operation: op, Failure: evidence.BudgetExhausted}
}

// options are the socket options of the fetch.
func (v *visit) options() environment.DialOptions {
	return environment.DialOptions{Interface: v.req.Interface, MaxSegment: v.req.MaxSegment}
}

// patience is how long the first byte of a reply is waited for; 0 means as long as the run lasts.
func (v *visit) patience() time.Duration {
	switch {
	case v.req.Reply < 0:
		return 0
	case v.req.Reply > 0:
		return v.req.Reply
	}
	return v.p.Env.Limits.Reply
}

// heldHandshake is how many times longer than others a visit that is held open waits for TLS.
const heldHandshake = 2.5

// handshakePatience is how long the handshake may take.
func (v *visit) handshakePatience() time.Duration {
	limit := v.p.Env.Limits.Handshake
	if v.req.Reply < 0 {
		return time.Duration(heldHandshake * float64(limit))
	}
	return limit
}

// serverName is the name for SNI and the certificate.
func (v *visit) serverName() string {
	if v.first && v.req.ServerName != "" {
		return v.req.ServerName
	}
	return v.u.Hostname()
}

// charge takes one connection from the budget where the hop is counted.
func (v *visit) charge() bool { return !v.counted || v.p.Budget.Connection() }

// open brings a connection up to the point where TLS or HTTP begins; nil after a fault.
func (v *visit) open(ctx context.Context) *link {
	if v.req.Proxy != nil {
		return v.openThroughProxy(ctx)
	}
	var addresses []string
	if v.first && v.req.Address != "" {
		addresses = []string{v.req.Address}
	} else {
		var fault *evidence.Fault
		if addresses, fault = v.p.resolve(ctx, v.u.Hostname(), v.req.Lookup, &v.hop); fault != nil {
			v.fail(fault)
			return nil
		}
	}
	if !v.private && allPrivate(addresses) {
		v.fail(&evidence.Fault{Operation: evidence.HTTPRedirect, Failure: evidence.HTTPPrivateRedirect})
		return nil
	}
	return v.connect(ctx, addresses)
}

// connect races the addresses.
func (v *visit) connect(ctx context.Context, addresses []string) *link {
	begin := time.Now()
	r := racer{env: v.p.Env, opt: v.options(), port: portOf(v.u), charge: v.charge}
	conn, address, dials, err := r.race(ctx, v.p.dead.last(addresses, r.port))
	v.p.dead.note(dials)
	v.hop.Connects = append(v.hop.Connects, dials...)
	if err != nil {
		v.fail(faultOf(ctx, err, evidence.Connect))
		return nil
	}
	v.hop.Timings.ConnectMS = since(begin)
	v.hop.Address = withoutZone(address)
	return plain(conn)
}

// openThroughProxy connects to the proxy and has it connect to the site, where a tunnel is needed for that.
func (v *visit) openThroughProxy(ctx context.Context) *link {
	if !v.charge() {
		v.fail(exhausted(evidence.ProxyConnect))
		return nil
	}
	l, fault := v.p.reachProxy(ctx, v.req.Proxy, v.options(), &v.hop)
	if fault != nil {
		v.fail(fault)
		return nil
	}
	switch {
	case isSocks(v.req.Proxy):
		fault = v.p.socksConnect(ctx, l, v.req.Proxy, v.u.Hostname(), portOf(v.u), v.patience())
	case v.u.Scheme == "https":
		v.hop.ProxyReply, fault = v.p.tunnel(ctx, l, v.req.Proxy, authorityOf(v.u), v.patience())
	}
	if fault != nil {
		l.close()
		v.fail(fault)
		return nil
	}
	return l
}

// reopen makes another connection along the way that worked.
func (v *visit) reopen(ctx context.Context) *link {
	if v.req.Proxy != nil {
		return v.openThroughProxy(ctx)
	}
	return v.connect(ctx, []string{v.hop.Address})
}

// alertGrace is what a server may take beyond a round trip to refuse a handshake.
const alertGrace = 50 * time.Millisecond

// secure does the TLS handshake on l and reports whether it went well.
func (v *visit) secure(ctx context.Context, l *link, alpn []string) bool {
	begin := time.Now()
	conn, seen, err := v.p.handshake(ctx, l.conn, v.serverName(), alpn, v.handshakePatience())
	v.hop.TLS = seen
	if err == nil {
		v.hop.Timings.TLSMS = since(begin)
		l.secured(conn)
		if !seen.ClientCertificateAsked {
			return true
		}
		// With TLS 1.3 the server says only now that it insists on one (RFC 8446, 4.4.2.4) and hangs up. Were the request
		// already on its way, the system might throw the alert away for the reset that follows.
		if err = l.listen(ctx, 2*time.Since(begin)+alertGrace); err == nil {
			return true
		}
		seen.Alert, _ = alertOf(err)
	}
	fault := faultOf(ctx, l.raw.truer(err), evidence.TLSHandshake)
	v.fail(fault)
	if fault.Failure == evidence.TLSFailedHandshake && seen.Version == "" && !seen.PlainHTTP && v.req.Proxy == nil {
		seen.OldVersionOnly = v.oldVersionsPass(ctx)
	}
	return false
}

// oldVersionsPass makes a second connection to the same address to see whether the server only speaks what browsers no
// longer do.
func (v *visit) oldVersionsPass(ctx context.Context) bool {
	if !v.charge() {
		return false
	}
	conn := racer{env: v.p.Env, opt: v.options(), port: portOf(v.u)}.try(ctx, v.hop.Address).conn
	if conn == nil {
		return false
	}
	defer conn.Close()
	return v.p.oldVersionsPass(ctx, conn, v.serverName())
}

// ask sends the request and waits for the head of the reply.
func (v *visit) ask(ctx context.Context, l *link) (*incoming, error) {
	req, err := v.p.get(ctx, v.u, v.req.Accept)
	if err != nil {
		return nil, err
	}
	if v.first && v.req.Host != "" {
		req.Host = v.req.Host
	}
	if cookies := cookieHeader(v.req.Jar, v.u); cookies != "" {
		req.Header.Set("Cookie", cookies)
	}
	forwarded := v.req.Proxy != nil && !isSocks(v.req.Proxy) && v.u.Scheme == "http"
	if forwarded {
		if credentials := proxyAuthorization(v.req.Proxy); credentials != "" {
			req.Header.Set("Proxy-Authorization", credentials)
		}
	}
	if v.counted && !v.p.Budget.Request() {
		return nil, failed(evidence.BudgetExhausted, "")
	}
	in, err := v.p.exchange(ctx, l, req, v.patience(), forwarded)
	if err != nil {
		return nil, err
	}
	v.hop.Timings.FirstByteMS = in.firstByteMS
	return in, nil
}

// replyFault is why no reply came. With TLS 1.3 the server's refusal of the handshake, such as for want of a client
// certificate, only arrives when the reply is read (RFC 8446, 4.4.2.4); it is a fault of the handshake all the same.
func (v *visit) replyFault(ctx context.Context, err error) *evidence.Fault {
	fault := faultOf(ctx, err, evidence.HTTPRoundTrip)
	if alert, ok := alertOf(err); ok && v.hop.TLS != nil {
		v.hop.TLS.Alert = alert
		fault.Operation = evidence.TLSHandshake
	}
	return fault
}

// receive reads the body and records the reply. A redirect that is to be followed is not waited for beyond its head.
func (v *visit) receive(ctx context.Context, l *link, in *incoming) *arrival {
	var body content
	if evidence.SendsOn(in.StatusCode) && !v.req.NoRedirects {
		body.capped = true
	} else {
		begin := time.Now()
		var fault *evidence.Fault
		body, fault = v.p.readBody(ctx, l, in)
		v.hop.Timings.BodyMS = since(begin)
		v.fail(fault)
	}
	v.hop.Response = v.p.response(in, body)
	return &arrival{header: in.Header, body: body.bytes}
}

// reachedPrivate reports whether the hop ended at a private address.
func (v *visit) reachedPrivate() bool { return v.req.Proxy == nil && evidence.Local(v.hop.Address) }

// allPrivate reports whether there are addresses and every one of them is private.
func allPrivate(addresses []string) bool {
	for _, a := range addresses {
		if !evidence.Local(a) {
			return false
		}
	}
	return len(addresses) > 0
}
