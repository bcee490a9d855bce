package checklist

import (
	"slices"

	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// row is what a step's row says, its facts in pairs of name and value.
func row(step evidence.Step, state State, code string, pairs ...any) StepResult {
	return StepResult{Step: step, State: state, Finding: verdict.NewFinding(code, pairs...)}
}

func retryRow(ev *evidence.Evidence) StepResult {
	const step = evidence.StepRetry
	n := len(ev.Tries)
	if n == 0 {
		if ev.Stopped {
			return row(step, CouldNot, verdict.StepStopped)
		}
		return row(step, CouldNot, verdict.StepRetryCouldNot, "Reason", string(evidence.NoTime))
	}
	for i := range ev.Tries {
		if ev.Tries[i].Loaded() {
			return row(step, Fine, verdict.StepRetryOpened, "Try", i+1)
		}
	}
	last := &ev.Tries[n-1]
	hop := last.Last()
	if hop != nil && hop.Host != "" && hop.Host != ev.Target.Host {
		return row(step, Found, verdict.StepRetryHop, "Hop", hop.Host)
	}
	if last.Status() != 0 && last.Fault == nil {
		return row(step, Found, verdict.StepRetryStatus, "Tries", n, "Status", hop.Response.Line())
	}
	code := verdict.StepRetryNoReply
	switch f := last.Fault; {
	case f.Is(evidence.HTTPRoundTrip, evidence.HTTPMalformed), f.Is(evidence.HTTPBody), f.Is(evidence.HTTPRedirect):
		code = verdict.StepRetryOdd
	case f.Is(evidence.Resolve):
		code = verdict.StepRetryNoName
	case f.Is(evidence.Connect, evidence.ConnectionRefused):
		code = verdict.StepRetryRefused
	case f.Is(evidence.TLSHandshake, evidence.ConnectionReset, evidence.EOF), f.Is(evidence.HTTPRoundTrip, evidence.ConnectionReset, evidence.EOF):
		code = verdict.StepRetryCut
	case f.Is(evidence.TLSHandshake) && f.Failure != evidence.Timeout:
		code = verdict.StepRetryInsecure
	case f != nil && f.Failure == evidence.Interrupted:
		return row(step, CouldNot, verdict.StepStopped)
	}
	return row(step, Found, code, "Tries", n)
}

func compareRow(ev *evidence.Evidence, v verdict.Verdict, opt Options) StepResult {
	const step = evidence.StepCompare
	if opt.NoCompare {
		return row(step, Skipped, verdict.StepCompareSkipped)
	}
	operators, good := map[string]bool{}, map[string]bool{}
	for _, p := range ev.Portals {
		operators[p.Operator] = true
		good[p.Operator] = good[p.Operator] || p.Genuine
	}
	for _, s := range ev.WellKnown {
		operators[s.Operator] = true
		good[s.Operator] = good[s.Operator] || s.Fetch.Status() > 0 && s.Fetch.Fault == nil
	}
	opened, all := 0, len(operators)
	for _, ok := range good {
		if ok {
			opened++
		}
	}
	switch {
	case v.Cause == verdict.CaptivePortal:
		return row(step, Found, verdict.StepComparePortal)
	case v.Cause == verdict.SlowConnection:
		return row(step, Found, verdict.StepCompareSlow)
	case v.Cause == verdict.HTTPSBlocked, v.Cause == verdict.LargePacketsLost, v.Cause == verdict.TLSIntercepted && opened < all:
		return row(step, Found, verdict.StepCompareInsecure)
	case all == 0 && v.Who == verdict.Working:
		return row(step, Skipped, verdict.StepNotNeeded)
	case all == 0 && ev.Stopped:
		return row(step, CouldNot, verdict.StepStopped)
	case all == 0:
		return row(step, CouldNot, verdict.StepNoTime)
	case opened == 0 && ev.Stopped:
		return row(step, CouldNot, verdict.StepStopped)
	case opened == 0 && v.Who == verdict.Working:
		return row(step, Skipped, verdict.StepNotNeeded)
	case opened == 0:
		return row(step, Found, verdict.StepCompareNone, "All", all)
	case opened == 1 && v.Who != verdict.Working:
		return row(step, CouldNot, verdict.StepCompareUnsure)
	case opened*2 < all && v.Who != verdict.Working:
		return row(step, Found, verdict.StepCompareSome, "Good", opened, "All", all)
	default:
		return row(step, Fine, verdict.StepCompareFine, "Good", opened, "All", all)
	}
}

func namesRow(ev *evidence.Evidence, v verdict.Verdict, opt Options) StepResult {
	const step = evidence.StepResolvers
	if ev.Target.Literal {
		return row(step, Skipped, verdict.StepNamesLiteral)
	}
	asked, replied, agreed := 0, 0, 0
	for _, view := range ev.Resolvers {
		said, addressed := false, false
		for _, a := range view.Answers {
			said = said || a.Replied()
			addressed = addressed || len(a.Addresses) > 0
		}
		asked++
		if said {
			replied++
		}
		if addressed {
			agreed++
		}
	}
	switch v.Cause {
	case verdict.DNSBlocksSite, verdict.DNSWrongAnswer, verdict.HostsFile:
		return row(step, Found, verdict.StepNamesDiffer, "Own", v.Facts.Answered, "Good", v.Facts.Good)
	case verdict.DNSNotAnswering:
		return row(step, Found, verdict.StepNamesSilent)
	case verdict.NoSuchSite:
		return row(step, Found, verdict.StepNamesNone, "All", asked)
	case verdict.DNSBroken, verdict.DNSSECBroken, verdict.DNSNoAddress, verdict.DNSPointsNowhere:
		return row(step, Found, verdict.StepNamesBroken, "All", asked)
	}
	switch {
	case opt.NoResolvers:
		return row(step, Skipped, verdict.StepNamesSkipped)
	case (v.Who == verdict.Working || nothingPasses(v)) && agreed < 2:
		return row(step, Skipped, verdict.StepNotNeeded)
	case ev.Stopped && agreed < 2:
		return row(step, CouldNot, verdict.StepStopped)
	case !ev.PublicAllowed && agreed <= 1:
		return row(step, CouldNot, verdict.StepNamesPrivate)
	case agreed >= 2:
		return row(step, Fine, verdict.StepNamesFine, "Good", agreed, "All", asked)
	case replied > 0 && v.Who != verdict.Unknown:
		return row(step, Found, verdict.StepNamesNone, "All", asked)
	default:
		return row(step, CouldNot, verdict.StepNamesBlocked)
	}
}

// nothingPasses reports whether the answer is that nothing gets out of this computer or its network: then what was asked
// of others says nothing.
func nothingPasses(v verdict.Verdict) bool {
	switch v.Cause {
	case verdict.Offline, verdict.NoInternet, verdict.CaptivePortal, verdict.VPNDown, verdict.ProxyUnreachable:
		return true
	default:
		return false
	}
}

func proxyRow(ev *evidence.Evidence, v verdict.Verdict) StepResult {
	const step = evidence.StepProxyVPN
	s := ev.System
	switch {
	case s == nil:
		return row(step, CouldNot, verdict.StepProxyUnread, "Reason", string(evidence.NoTime))
	case v.Cause == verdict.Offline:
		return row(step, Skipped, verdict.StepProxyOffline)
	case v.Cause == verdict.ProxyUnreachable:
		return row(step, Found, verdict.StepProxyDead, "Proxy", v.Facts.Proxy)
	case v.Cause == verdict.ProxyRefuses && !ev.Around.Loaded(), v.Cause == verdict.ProxyError && !ev.Around.Loaded():
		return row(step, Found, verdict.StepProxyRefuses, "Proxy", v.Facts.Proxy)
	case v.Cause == verdict.ProxyRefuses, v.Cause == verdict.ProxyError:
		return row(step, Found, verdict.StepProxyGuilty, "Proxy", v.Facts.Proxy)
	case v.Cause == verdict.VPNDown:
		return row(step, Found, verdict.StepVPNGuilty, "VPN", v.Facts.VPN)
	case v.Cause == verdict.VPNBreaksSite:
		return row(step, Found, verdict.StepVPNBreaks, "VPN", v.Facts.VPN)
	case slices.ContainsFunc(s.Unread, func(u evidence.Unread) bool { return u.What == "proxy" }):
		return row(step, CouldNot, verdict.StepProxyUnread, "Reason", string(evidence.NotAllowed))
	}
	carrying := ""
	for _, vpn := range s.VPNs {
		if vpn.CarriesSite || vpn.HoldsDefault {
			carrying = vpn.Name
		}
	}
	proxy := s.Proxy.InUse && s.Proxy.URL != ""
	opened := v.Who == verdict.Working
	switch {
	case proxy && (opened || aroundProxy(ev) || verdict.SiteSpoke(ev)):
		return row(step, Fine, verdict.StepProxySame, "Proxy", v.Facts.Proxy)
	case proxy:
		return row(step, CouldNot, verdict.StepProxyNotAround, "Proxy", v.Facts.Proxy)
	case carrying != "" && (opened || besideVPN(ev)):
		return row(step, Fine, verdict.StepVPNSame, "VPN", carrying)
	case carrying != "" && v.Who == verdict.Site && verdict.SiteSpoke(ev):
		return row(step, Skipped, verdict.StepNotNeeded)
	case carrying != "":
		return row(step, CouldNot, verdict.StepVPNNotAround, "VPN", carrying)
	default:
		return row(step, Fine, verdict.StepProxyNone)
	}
}

// aroundProxy reports whether the visit around the proxy says anything about the site: a reply came, or there is a way
// around it, on which an address outside was reached.
func aroundProxy(ev *evidence.Evidence) bool {
	return ev.Around != nil && (ev.Around.Status() != 0 ||
		slices.ContainsFunc(ev.Reachable, func(d evidence.Dial) bool { return d.Failure == evidence.None }))
}

// besideVPN reports whether the visit beside the VPN says anything about the site: it, or a well-known site, gave a reply.
func besideVPN(ev *evidence.Evidence) bool {
	return ev.BesideVPN != nil && (ev.BesideVPN.Status() != 0 ||
		ev.BesideVPNWellKnown != nil && ev.BesideVPNWellKnown.Fetch.Status() != 0)
}

func flushRow(ev *evidence.Evidence, v verdict.Verdict, opt Options) StepResult {
	const step = evidence.StepFlush
	f := ev.Flush
	switch {
	case f == nil && opt.NoFlush:
		return row(step, Skipped, verdict.StepFlushOff)
	case f == nil && (nothingPasses(v) || v.Cause == verdict.DNSNotAnswering || v.Who == verdict.Unknown):
		return row(step, Skipped, verdict.StepNotNeeded)
	case f == nil:
		return row(step, Skipped, verdict.StepFlushNotNeeded)
	case v.Cause == verdict.FixedByFlush:
		return row(step, Found, verdict.StepFlushHelped)
	case f.Done:
		return row(step, Fine, verdict.StepFlushSame)
	case f.NeedsPassword:
		return row(step, CouldNot, verdict.StepFlushPassword)
	case f.NoCache:
		return row(step, CouldNot, verdict.StepFlushNoCache)
	default:
		return row(step, CouldNot, verdict.StepFlushRefused, "Reason", string(evidence.NotAllowed))
	}
}

func answerRow(v verdict.Verdict) StepResult {
	state := Found
	switch v.Who {
	case verdict.Working:
		state = Fine
	case verdict.Unknown:
		state = CouldNot
	}
	return row(evidence.StepAnswer, state, verdict.StepAnswerDone, "Who", string(v.Who), "Certainty", string(v.Certainty))
}

// WithAnswer returns the rows of a run whose evidence was judged again: the answer's row says the new one.
func WithAnswer(rows []StepResult, v verdict.Verdict) []StepResult {
	all := slices.Clone(rows)
	for i := range all {
		if all[i].Step == evidence.StepAnswer {
			took := all[i].MS
			all[i] = answerRow(v)
			all[i].MS = took
		}
	}
	return all
}

// WithElsewhere returns the rows of a run with that of the second opinion as the last.
func WithElsewhere(rows []StepResult, view evidence.Elsewhere) []StepResult {
	up, all := 0, 0
	for _, v := range view.Views {
		if v.Up {
			up++
		}
		if v.Up || v.Down {
			all++
		}
	}
	last := row(evidence.StepElsewhere, CouldNot, verdict.StepElseNone)
	switch {
	case all > 0 && up*2 > all:
		last = row(evidence.StepElsewhere, Fine, verdict.StepElseOpens, "Good", up, "All", all)
	case all > 0:
		last = row(evidence.StepElsewhere, Found, verdict.StepElseFails, "Bad", all-up, "All", all)
	}
	rest := slices.DeleteFunc(slices.Clone(rows), func(s StepResult) bool { return s.Step == evidence.StepElsewhere })
	return append(rest, last)
}
