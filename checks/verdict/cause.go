package verdict

// Cause is the sentence under the headline. The words are public vocabulary (VERDICTS.md): a cause is added where one
// is missing and never renamed.
type Cause string

// The causes, by who.
const (
	Works        Cause = "works"
	Recovered    Cause = "recovered"
	FixedByFlush Cause = "fixed_by_flush"
	Slow         Cause = "slow"

	BadGateway             Cause = "bad_gateway"
	GatewayTimeout         Cause = "gateway_timeout"
	Overloaded             Cause = "overloaded"
	Maintenance            Cause = "maintenance"
	ServerError            Cause = "server_error"
	NotAnswering           Cause = "not_answering"
	RefusesConnections     Cause = "refuses_connections"
	Unreachable            Cause = "unreachable"
	ClosesConnection       Cause = "closes_connection"
	BadResponse            Cause = "bad_response"
	CertificateExpired     Cause = "certificate_expired"
	CertificateWrongName   Cause = "certificate_wrong_name"
	CertificateUntrusted   Cause = "certificate_untrusted"
	CertificateNotYetValid Cause = "certificate_not_yet_valid"
	SecureConnectionFailed Cause = "secure_connection_failed"
	RedirectLoop           Cause = "redirect_loop"
	BrokenRedirect         Cause = "broken_redirect"
	DNSBroken              Cause = "dns_broken"
	DNSSECBroken           Cause = "dnssec_broken"
	DNSNoAddress           Cause = "dns_no_address"
	DNSPointsNowhere       Cause = "dns_points_nowhere"

	Offline           Cause = "offline"
	NoInternet        Cause = "no_internet"
	CaptivePortal     Cause = "captive_portal"
	DNSNotAnswering   Cause = "dns_not_answering"
	DNSWrongAnswer    Cause = "dns_wrong_answer"
	DNSBlocksSite     Cause = "dns_blocks_site"
	HostsFile         Cause = "hosts_file"
	ProxyUnreachable  Cause = "proxy_unreachable"
	ProxyRefuses      Cause = "proxy_refuses"
	ProxyError        Cause = "proxy_error"
	VPNDown           Cause = "vpn_down"
	VPNBreaksSite     Cause = "vpn_breaks_site"
	ClockWrong        Cause = "clock_wrong"
	TLSIntercepted    Cause = "tls_intercepted"
	NetworkBlocksSite Cause = "network_blocks_site"
	IPv6Broken        Cause = "ipv6_broken"
	IPv6Missing       Cause = "ipv6_missing"
	HTTPSBlocked      Cause = "https_blocked"
	LargePacketsLost  Cause = "large_packets_lost"
	SlowConnection    Cause = "slow_connection"

	Forbidden       Cause = "forbidden"
	RateLimited     Cause = "rate_limited"
	RegionBlocked   Cause = "region_blocked"
	RobotCheck      Cause = "robot_check"
	RequestRejected Cause = "request_rejected"
	SiteFirewall    Cause = "site_firewall"

	NoSuchSite  Cause = "no_such_site"
	PageMissing Cause = "page_missing"

	NotEnoughEvidence Cause = "not_enough_evidence"
	Stopped           Cause = "stopped"
)

// Causes lists every cause with the one who it belongs to, in the order of VERDICTS.md.
func Causes() []struct {
	Who   Who
	Cause Cause
} {
	type pair = struct {
		Who   Who
		Cause Cause
	}
	var all []pair
	add := func(who Who, causes ...Cause) {
		for _, c := range causes {
			all = append(all, pair{who, c})
		}
	}
	add(Working, Works, Recovered, FixedByFlush, Slow)
	add(Site, BadGateway, GatewayTimeout, Overloaded, Maintenance, ServerError, NotAnswering, RefusesConnections,
		Unreachable, ClosesConnection, BadResponse, CertificateExpired, CertificateWrongName, CertificateUntrusted,
		CertificateNotYetValid, SecureConnectionFailed, RedirectLoop, BrokenRedirect, DNSBroken, DNSSECBroken,
		DNSNoAddress, DNSPointsNowhere)
	add(You, Offline, NoInternet, CaptivePortal, DNSNotAnswering, DNSWrongAnswer, DNSBlocksSite, HostsFile,
		ProxyUnreachable, ProxyRefuses, ProxyError, VPNDown, VPNBreaksSite, ClockWrong, TLSIntercepted,
		NetworkBlocksSite, IPv6Broken, IPv6Missing, HTTPSBlocked, LargePacketsLost, SlowConnection)
	add(Refused, Forbidden, RateLimited, RegionBlocked, RobotCheck, RequestRejected, SiteFirewall)
	add(Address, NoSuchSite, PageMissing)
	add(Unknown, NotEnoughEvidence, Stopped)
	return all
}
