package line

import (
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// seen says which places the run saw work. An answer of site, refused, address or working is only ever given when the
// visitor's side was seen to work, so there it needs no evidence; on the visitor's side and for unknown every place
// must show itself.
func seen(v verdict.Verdict, ev *evidence.Evidence) map[Place]bool {
	known := map[Place]bool{}
	switch v.Who {
	case verdict.Working:
		known[Computer], known[Connection], known[Lookup], known[Site] = true, true, true, true
		return known
	case verdict.Site, verdict.Refused, verdict.Address:
		known[Computer], known[Connection], known[Lookup], known[Door] = true, true, true, true
		known[Site] = v.Cause == verdict.PageMissing
		return known
	}
	if ev == nil {
		ev = &evidence.Evidence{}
	}
	known[Connection] = connectionWorks(ev) || behindConnection(v.Cause)
	known[Computer] = known[Connection] || computerWorks(ev) || v.Who == verdict.You
	known[Lookup] = lookupWorks(ev)
	known[Site] = siteUp(v, ev)
	return known
}

// behindConnection reports whether a cause on the visitor's side can only be told when the connection works.
func behindConnection(c verdict.Cause) bool {
	switch c {
	case verdict.DNSNotAnswering, verdict.DNSWrongAnswer, verdict.DNSBlocksSite, verdict.ProxyRefuses,
		verdict.ProxyError, verdict.VPNBreaksSite, verdict.TLSIntercepted, verdict.NetworkBlocksSite,
		verdict.HostsFile, verdict.ClockWrong:
		return true
	}
	return false
}

// computerWorks: an interface of this computer is up and leads out.
func computerWorks(ev *evidence.Evidence) bool {
	return ev.System != nil && (ev.System.DefaultV4 != nil || ev.System.DefaultV6 != nil)
}

// connectionWorks: something unrelated to the site answered.
func connectionWorks(ev *evidence.Evidence) bool {
	for i := range ev.WellKnown {
		if ev.WellKnown[i].Fetch.Loaded() {
			return true
		}
	}
	for i := range ev.Portals {
		if ev.Portals[i].Genuine {
			return true
		}
	}
	return false
}

// lookupWorks: the visitor's own lookup gave addresses for the site.
func lookupWorks(ev *evidence.Evidence) bool {
	for _, r := range ev.Resolvers {
		if r.Role == evidence.RolePublic {
			continue
		}
		for _, a := range r.Answers {
			if len(a.Addresses) > 0 {
				return true
			}
		}
	}
	return false
}

// siteUp: the site itself answered, over any way or to computers elsewhere, or the answer says so.
func siteUp(v verdict.Verdict, ev *evidence.Evidence) bool {
	if v.Cause == verdict.VPNBreaksSite || v.Cause == verdict.DNSBlocksSite || v.Cause == verdict.DNSWrongAnswer ||
		v.Cause == verdict.ProxyError {
		return true // these are only told when the site answered another way
	}
	if verdict.UpElsewhere(ev) && v.Who == verdict.You || ev.Around.Loaded() || ev.BesideVPN.Loaded() || ev.AfterFlush.Loaded() || ev.Phone != nil && ev.Phone.Opened ||
		v.Who == verdict.You && ev.Earlier != nil && ev.Earlier.Opened {
		return true
	}
	for i := range ev.Tries {
		if ev.Tries[i].Loaded() {
			return true
		}
	}
	for _, a := range ev.Addresses {
		if a.Hop.Fault == nil && a.Hop.TLS != nil && a.Hop.TLS.Verified && a.Hop.Response != nil && a.Hop.Response.Status < 400 {
			return true
		}
	}
	return false
}
