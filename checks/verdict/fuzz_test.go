package verdict_test

import (
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// FuzzJudge builds any evidence from bytes: the verdict is always one of VERDICTS.md, and never surer than its evidence.
func FuzzJudge(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("a site that says 502 over a verified connection, and everything else is fine"))
	for i := range 24 {
		seed := make([]byte, 200)
		for j := range seed {
			seed[j] = byte(i*37 + j*j*(i+3))
		}
		f.Add(seed)
	}
	allowed := verdict.Causes()
	f.Fuzz(func(t *testing.T, data []byte) {
		ev := arbitrary(&source{data: data})
		v := verdict.Judge(ev)
		if !slices.ContainsFunc(allowed, func(c struct {
			Who   verdict.Who
			Cause verdict.Cause
		},
		) bool {
			return c.Who == v.Who && c.Cause == v.Cause
		}) {
			t.Fatalf("%s/%s is not in VERDICTS.md", v.Who, v.Cause)
		}
		if (v.Certainty == verdict.Unsure) != (v.Who == verdict.Unknown) {
			t.Fatalf("%s is %s", v.Who, v.Certainty)
		}
		if len(v.Reasons) > 3 {
			t.Fatalf("%d reasons", len(v.Reasons))
		}
		if v.Certainty == verdict.Certain {
			certainNeeds(t, ev, v)
		}
		verdict.Open(ev)
	})
}

// certainNeeds checks, without the rules' own helpers, that what a certain verdict says was seen.
func certainNeeds(t *testing.T, ev *evidence.Evidence, v verdict.Verdict) {
	t.Helper()
	if ev.Elsewhere == nil && (v.Cause == verdict.Unreachable || v.Cause == verdict.NotAnswering || v.Cause == verdict.NetworkBlocksSite) {
		t.Fatalf("%s is certain without a second opinion", v.Cause)
	}
	if v.Cause == verdict.Forbidden && v.Facts.Status == 403 {
		t.Fatal("403 is certain, though a browser might get through")
	}
	if v.Who == verdict.Site && v.Facts.Status >= 500 && !replied(ev, v.Facts.Status) {
		t.Fatalf("certain of %d, which nobody answered", v.Facts.Status)
	}
	independent := map[string]bool{}
	for _, rv := range ev.Resolvers {
		if rv.Role == evidence.RolePublic && len(rv.Answers) > 0 {
			independent[rv.Address] = true
		}
	}
	switch v.Cause {
	case verdict.NoSuchSite, verdict.DNSNoAddress, verdict.DNSBroken, verdict.DNSSECBroken, verdict.DNSPointsNowhere:
		if len(independent) < 2 {
			t.Fatalf("%s is certain by %d independent name services", v.Cause, len(independent))
		}
	case verdict.DNSBlocksSite, verdict.DNSWrongAnswer:
		if len(independent) == 0 || len(ev.Addresses) == 0 {
			t.Fatalf("%s is certain without a witness", v.Cause)
		}
	case verdict.CaptivePortal:
		foreign := map[string]bool{}
		for _, p := range ev.Portals {
			if p.Foreign {
				foreign[p.Operator] = true
			}
		}
		if len(foreign) < 2 {
			t.Fatal("a sign-in page is certain by one operator")
		}
	case verdict.VPNBreaksSite:
		if !ev.BesideVPN.Loaded() {
			t.Fatal("the VPN is certain to be guilty, though the page did not load beside it")
		}
	case verdict.ProxyError:
		if !ev.Around.Loaded() {
			t.Fatal("the proxy is certain to be guilty, though the page did not load around it")
		}
	}
}

func replied(ev *evidence.Evidence, status int) bool {
	for _, f := range append(slices.Clone(ev.Tries), pick(ev.Around), pick(ev.AfterFlush)) {
		if f.Status() == status {
			return true
		}
	}
	return false
}

func pick(f *evidence.Fetch) evidence.Fetch {
	if f == nil {
		return evidence.Fetch{}
	}
	return *f
}

// source turns bytes into choices; past its end every choice is the first.
type source struct{ data []byte }

func (s *source) n(max int) int {
	if len(s.data) == 0 || max <= 1 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b) % max
}

func (s *source) yes() bool { return s.n(2) == 1 }

func (s *source) ms() float64 {
	if len(s.data) < 2 {
		return 10
	}
	v := binary.LittleEndian.Uint16(s.data)
	s.data = s.data[2:]
	return float64(v % 30000)
}

func from[T any](s *source, all ...T) T { return all[s.n(len(all))] }

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func address(s *source) string {
	return from(s, "198.51.100.80", "198.51.100.81", "198.18.7.7", "0.0.0.0", "127.0.0.1", "10.1.2.3", "2001:db8::1", "")
}

func failure(s *source) evidence.Failure {
	return from(s, evidence.ConnectionRefused, evidence.ConnectionReset, evidence.Timeout, evidence.EOF, evidence.Interrupted,
		evidence.DNSNXDomain, evidence.DNSNoAnswer, evidence.DNSServfail, evidence.DNSRefused, evidence.DNSNotFound,
		evidence.TLSFailedHandshake, evidence.TLSInvalidCertificate, evidence.TLSInvalidHostname, evidence.TLSUnknownAuthority,
		evidence.HTTPMalformed, evidence.HTTPTruncated, evidence.HTTPInvalidRedirect, evidence.HTTPTooManyRedirects,
		evidence.HTTPPrivateRedirect, evidence.ProxyUnreachable, evidence.ProxyRefused, evidence.NetworkUnreachable, evidence.Unknown)
}

func fault(s *source) *evidence.Fault {
	if s.yes() {
		return nil
	}
	op := from(s, evidence.Resolve, evidence.Connect, evidence.ProxyConnect, evidence.TLSHandshake, evidence.HTTPRoundTrip,
		evidence.HTTPBody, evidence.HTTPRedirect)
	return &evidence.Fault{Operation: op, Failure: failure(s)}
}

func response(s *source) *evidence.Response {
	if s.yes() {
		return nil
	}
	status := from(s, 200, 204, 301, 400, 401, 403, 404, 407, 410, 421, 429, 451, 500, 502, 503, 504, 511, 520, 524, 529, 530, 999)
	r := &evidence.Response{Status: status, StatusLine: "x", Complete: s.yes(), BodySHA256: from(s, "a", "b"), Header: map[string]string{}}
	if s.yes() {
		after := int(s.ms())
		r.RetryAfterS = &after
	}
	for range s.n(3) {
		r.Signatures = append(r.Signatures, evidence.Signature{
			Rule: "x", Name: "X",
			Layer: from(s, evidence.LayerCDN, evidence.LayerChallenge, evidence.LayerFirewall, evidence.LayerGateway, evidence.LayerPortal,
				evidence.LayerVisitorFilter, evidence.LayerVisitorProxy, evidence.LayerOrigin),
			Who: from(s, "", "site", "refused", "you"), Cause: from(s, "", "region_blocked", "rate_limited", "site_firewall", "maintenance", "bad_gateway"),
		})
	}
	return r
}

func hop(s *source, host string) evidence.Hop {
	h := evidence.Hop{Host: host, URL: from(s, "https://", "http://") + host + "/", Started: noon, Address: address(s), Fault: fault(s), Response: response(s)}
	for range s.n(3) {
		h.Connects = append(h.Connects, evidence.Dial{Address: address(s), Port: 443, Failure: from(s, evidence.None, failure(s)), MS: s.ms()})
	}
	if s.yes() {
		h.TLS = &evidence.TLS{
			Verified: s.yes(), Alert: from(s, "", "handshake_failure"), PlainHTTP: s.yes(), ClientCertificateAsked: s.yes(),
			Interceptor: from(s, "", "", "Fortinet"),
			Problem: from(s, evidence.CertificateFine, evidence.CertificateExpired, evidence.CertificateNotYetValid,
				evidence.CertificateWrongName, evidence.CertificateUntrusted, evidence.CertificateIncomplete),
		}
		if s.yes() {
			h.TLS.Chain = []evidence.Certificate{{Names: []string{host}, IssuerKeyID: from(s, "a", "b"), NotBefore: noon.AddDate(0, -1, 0), NotAfter: noon.AddDate(0, s.n(3)-1, 0)}}
		}
	}
	if s.yes() {
		h.ProxyReply = response(s)
	}
	return h
}

func fetch(s *source) evidence.Fetch {
	f := evidence.Fetch{Way: from(s, evidence.ViaDirect, evidence.ViaProxy, evidence.BesideVPN), Started: noon, MS: s.ms(), URL: "https://shop.example/"}
	for range s.n(3) {
		f.Hops = append(f.Hops, hop(s, from(s, "shop.example", "next.example")))
	}
	f.Fault = fault(s)
	if last := f.Last(); last != nil && last.Fault != nil {
		f.Fault = last.Fault
	}
	return f
}

func maybe(s *source) *evidence.Fetch {
	if s.yes() {
		return nil
	}
	f := fetch(s)
	return &f
}

func answers(s *source) []evidence.Answer {
	var all []evidence.Answer
	for range s.n(4) {
		a := evidence.Answer{
			Name: from(s, "shop.example", "next.example", verdict.NonsensePrefix+"x.com"), Type: "A", CheckingDisabled: s.yes(),
			Transport: from(s, evidence.OverUDP, evidence.OverTCP, evidence.OverHTTPS, evidence.OverOS), MS: s.ms(),
		}
		if s.yes() {
			a.RCode, a.Addresses = "NOERROR", []string{address(s)}
		} else {
			a.Failure, a.RCode = failure(s), from(s, "", "NXDOMAIN", "SERVFAIL")
		}
		all = append(all, a)
	}
	return all
}

func arbitrary(s *source) *evidence.Evidence {
	ev := &evidence.Evidence{
		Target:        evidence.Target{URL: "https://shop.example/", Scheme: "https", Host: "shop.example", Port: 443, Private: s.yes(), Literal: s.yes(), SchemeGuessed: s.yes()},
		PublicAllowed: s.yes(), Stopped: s.yes(), OutOfTime: s.yes(),
	}
	for range s.n(4) {
		ev.Tries = append(ev.Tries, fetch(s))
	}
	for range s.n(5) {
		ev.Resolvers = append(ev.Resolvers, evidence.ResolverView{
			Address: from(s, "os", "192.168.1.1", "8.8.8.8", "1.1.1.1", "9.9.9.9"),
			Role:    from(s, evidence.RoleSystem, evidence.RoleConfigured, evidence.RolePublic), Answers: answers(s), Control: answers(s),
		})
	}
	for range s.n(5) {
		p := evidence.PortalCheck{Operator: from(s, "Apple", "Google", "Mozilla"), Fetch: fetch(s), Genuine: s.yes(), Foreign: s.yes()}
		if s.yes() {
			off := s.ms() * 1000
			p.ClockOffsetS = &off
		}
		ev.Portals = append(ev.Portals, p)
	}
	for range s.n(5) {
		ev.WellKnown = append(ev.WellKnown, evidence.SiteCheck{Operator: from(s, "Apple", "Google", "IANA"), Fetch: fetch(s), ByAddress: s.yes()})
	}
	for range s.n(6) {
		ev.Reachable = append(ev.Reachable, evidence.Dial{Address: address(s), Failure: from(s, evidence.None, failure(s)), MS: s.ms()})
	}
	for range s.n(4) {
		ev.Addresses = append(ev.Addresses, evidence.AddressCheck{Address: address(s), Hop: hop(s, "shop.example")})
	}
	for range s.n(3) {
		ev.OtherNames = append(ev.OtherNames, evidence.NameCheck{Scheme: from(s, "http", "https"), SiteName: s.yes(), Hop: hop(s, "example.com")})
	}
	for range s.n(3) {
		ev.LargePackets = append(ev.LargePackets, evidence.PacketCheck{SmallDone: s.yes(), FullDone: s.yes(), Small: fault(s), Full: fault(s)})
	}
	ev.Around, ev.BesideVPN, ev.AfterFlush = maybe(s), maybe(s), maybe(s)
	if s.yes() {
		ev.Flush = &evidence.Flush{Done: s.yes(), Changed: s.yes()}
	}
	if s.yes() {
		ev.System = &evidence.System{
			Interfaces: []evidence.Interface{{Name: "eth0", Up: s.yes(), HasIPv4: true}},
			Proxy:      evidence.Proxy{InUse: s.yes(), URL: "http://192.168.1.2:3128", PACFault: fault(s)},
		}
		if s.yes() {
			ev.System.DefaultV4 = &evidence.Route{Interface: "eth0"}
		}
		if s.yes() {
			ev.System.VPNs = []evidence.VPN{{Name: "Office", HoldsDefault: s.yes(), CarriesSite: s.yes()}}
		}
		if s.yes() {
			ev.System.Hosts = []evidence.HostsEntry{{Address: address(s), Name: "shop.example"}}
		}
	}
	if s.yes() {
		ev.Elsewhere = &evidence.Elsewhere{}
		for range s.n(6) {
			ev.Elsewhere.Views = append(ev.Elsewhere.Views, evidence.ElseView{Up: s.yes(), Down: s.yes()})
		}
	}
	if s.yes() {
		ev.Phone = &evidence.Phone{Opened: s.yes()}
	}
	return ev
}
