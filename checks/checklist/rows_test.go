package checklist

import (
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// TestProxyRowSaysOnlyWhatWasSeen: that a proxy or a VPN makes no difference, or that the site opens without it, is said
// only where the visit without it showed so.
func TestProxyRowSaysOnlyWhatWasSeen(t *testing.T) {
	opened := &evidence.Fetch{Hops: []evidence.Hop{{Response: &evidence.Response{Status: 200}}}}
	failed := &evidence.Fetch{Hops: []evidence.Hop{{}}, Fault: &evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout}}
	proxy := evidence.Proxy{InUse: true, URL: "http://proxy.example:3128"}
	vpn := []evidence.VPN{{Name: "wg0", Interface: "wg0", HoldsDefault: true}}
	reached := []evidence.Dial{{Address: "192.0.2.1"}}
	for name, c := range map[string]struct {
		ev    evidence.Evidence
		cause verdict.Cause
		who   verdict.Who
		code  string
		state State
	}{
		"the proxy, never gone around":             {evidence.Evidence{System: &evidence.System{Proxy: proxy}}, "", verdict.Unknown, verdict.StepProxyNotAround, CouldNot},
		"the proxy, and no way around it":          {evidence.Evidence{System: &evidence.System{Proxy: proxy}, Around: failed}, "", verdict.Unknown, verdict.StepProxyNotAround, CouldNot},
		"the proxy, and the site fails around it":  {evidence.Evidence{System: &evidence.System{Proxy: proxy}, Around: failed, Reachable: reached}, verdict.NotAnswering, verdict.Site, verdict.StepProxySame, Fine},
		"the proxy, and the page loads through it": {evidence.Evidence{System: &evidence.System{Proxy: proxy}}, "", verdict.Working, verdict.StepProxySame, Fine},
		"the proxy asks for a password":            {evidence.Evidence{System: &evidence.System{Proxy: proxy}}, verdict.ProxyRefuses, verdict.You, verdict.StepProxyRefuses, Found},
		"the proxy refuses what opens without it":  {evidence.Evidence{System: &evidence.System{Proxy: proxy}, Around: opened}, verdict.ProxyRefuses, verdict.You, verdict.StepProxyGuilty, Found},
		"the VPN, never gone around":               {evidence.Evidence{System: &evidence.System{VPNs: vpn}}, "", verdict.Unknown, verdict.StepVPNNotAround, CouldNot},
		"the VPN, and the site's own word": {evidence.Evidence{
			System: &evidence.System{VPNs: vpn},
			Tries: []evidence.Fetch{{Hops: []evidence.Hop{{
				TLS: &evidence.TLS{Verified: true}, Response: &evidence.Response{Status: 502},
			}}}},
		}, verdict.BadGateway, verdict.Site, verdict.StepNotNeeded, Skipped},
		"the VPN, and no way beside it":             {evidence.Evidence{System: &evidence.System{VPNs: vpn}, BesideVPN: failed}, "", verdict.Unknown, verdict.StepVPNNotAround, CouldNot},
		"the VPN, and the site fails beside it too": {evidence.Evidence{System: &evidence.System{VPNs: vpn}, BesideVPN: failed, BesideVPNWellKnown: &evidence.SiteCheck{Fetch: *opened}}, verdict.NotAnswering, verdict.Site, verdict.StepVPNSame, Fine},
		"the VPN lets all but this site through":    {evidence.Evidence{System: &evidence.System{VPNs: vpn}, BesideVPN: opened}, verdict.VPNBreaksSite, verdict.You, verdict.StepVPNBreaks, Found},
		"the VPN lets nothing through":              {evidence.Evidence{System: &evidence.System{VPNs: vpn}}, verdict.VPNDown, verdict.You, verdict.StepVPNGuilty, Found},
		"neither":                                   {evidence.Evidence{System: &evidence.System{}}, "", verdict.Unknown, verdict.StepProxyNone, Fine},
	} {
		t.Run(name, func(t *testing.T) {
			got := proxyRow(&c.ev, verdict.Verdict{Who: c.who, Cause: c.cause})
			if got.Finding.Code != c.code || got.State != c.state {
				t.Errorf("the row says %s (%s), want %s (%s)", got.Finding.Code, got.State, c.code, c.state)
			}
		})
	}
}
