package line

import (
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// shape is how the line of one cause looks: which stations, which of them is broken, what stands under it, and where
// the break is drawn. The zero shape has nothing broken and nothing cut.
type shape struct {
	places []Place
	broken Place // empty: none
	word   Word  // under the broken station
	cut    cut
}

// cut says where the break lies, seen from the broken station.
type cut int

const (
	uncut        cut = iota // it answered: nothing is cut
	before                  // on the join before the broken station
	after                   // on the join after it
	beforeLast              // on the join before the last station
	beforeSilent            // before the broken station, unless the site itself gave a reply
)

func way(third, last Place) []Place { return []Place{Computer, Connection, third, last} }

// front is the line of a fault behind the site's front door.
func front(w Word) shape {
	return shape{way(Door, Server), Server, w, before}
}

// atSite is the line of a fault of the site where no door in front of it is involved.
func atSite(w Word, c cut) shape {
	return shape{way(Lookup, Site), Site, w, c}
}

// here is the line of a fault on the visitor's side, third being the station that stands between connection and site.
func here(third, broken Place, w Word, c cut) shape {
	return shape{way(third, Site), broken, w, c}
}

// shapes holds the line of every cause. A cause that is missing here is drawn as unknown.
var shapes = map[verdict.Cause]shape{
	verdict.Works:        {places: way(Lookup, Site)},
	verdict.Recovered:    {places: way(Lookup, Site)},
	verdict.FixedByFlush: {places: way(Lookup, Site)},
	verdict.Slow:         {places: way(Lookup, Site)},

	verdict.BadGateway:             front(NoReply),
	verdict.GatewayTimeout:         front(TooLate),
	verdict.Overloaded:             atSite(Full, uncut),
	verdict.Maintenance:            atSite(Resting, uncut),
	verdict.ServerError:            atSite(IsBroken, uncut),
	verdict.NotAnswering:           atSite(Silent, beforeSilent),
	verdict.RefusesConnections:     atSite(Closed, before),
	verdict.Unreachable:            atSite(Silent, before),
	verdict.ClosesConnection:       atSite(HangsUp, before),
	verdict.BadResponse:            atSite(IsBroken, uncut),
	verdict.CertificateExpired:     atSite(BadCertificate, before),
	verdict.CertificateWrongName:   atSite(BadCertificate, before),
	verdict.CertificateUntrusted:   atSite(BadCertificate, before),
	verdict.CertificateNotYetValid: atSite(BadCertificate, before),
	verdict.SecureConnectionFailed: atSite(IsBroken, before),
	verdict.RedirectLoop:           atSite(IsBroken, uncut),
	verdict.BrokenRedirect:         atSite(IsBroken, uncut),
	verdict.DNSBroken:              {way(Listing, Site), Listing, IsBroken, beforeLast},
	verdict.DNSSECBroken:           {way(Listing, Site), Listing, IsBroken, beforeLast},
	verdict.DNSNoAddress:           {way(Listing, Site), Listing, EntryEmpty, beforeLast},
	verdict.DNSPointsNowhere:       {way(Listing, Site), Listing, EntryNowhere, beforeLast},

	verdict.Offline:           here(Lookup, Computer, Offline, after),
	verdict.ClockWrong:        here(Lookup, Computer, WrongDate, beforeLast),
	verdict.HostsFile:         here(Lookup, Computer, OwnList, beforeLast),
	verdict.NoInternet:        here(Lookup, Connection, NothingOut, after),
	verdict.CaptivePortal:     here(Lookup, Connection, SignIn, after),
	verdict.SlowConnection:    here(Lookup, Connection, Slow, uncut),
	verdict.IPv6Broken:        here(Lookup, Connection, IPv6Dead, after),
	verdict.IPv6Missing:       here(Lookup, Connection, NoIPv6, after),
	verdict.HTTPSBlocked:      here(Lookup, Connection, BlocksIt, after),
	verdict.LargePacketsLost:  here(Lookup, Connection, LosesData, after),
	verdict.DNSNotAnswering:   here(Lookup, Lookup, Silent, after),
	verdict.DNSWrongAnswer:    here(Lookup, Lookup, WrongPlace, after),
	verdict.DNSBlocksSite:     here(Lookup, Lookup, BlocksIt, after),
	verdict.ProxyUnreachable:  here(Proxy, Proxy, Silent, after),
	verdict.ProxyRefuses:      here(Proxy, Proxy, SaysNo, after),
	verdict.ProxyError:        here(Proxy, Proxy, InTheWay, after),
	verdict.VPNDown:           here(VPN, VPN, Silent, after),
	verdict.VPNBreaksSite:     here(VPN, VPN, InTheWay, after),
	verdict.TLSIntercepted:    here(Security, Security, InTheWay, after),
	verdict.NetworkBlocksSite: here(Way, Way, BlocksIt, after),

	verdict.Forbidden:       atSite(SaysNo, uncut),
	verdict.RateLimited:     atSite(SaysNo, uncut),
	verdict.RegionBlocked:   atSite(SaysNo, uncut),
	verdict.RobotCheck:      atSite(SaysNo, uncut),
	verdict.RequestRejected: atSite(SaysNo, uncut),
	verdict.SiteFirewall:    atSite(SaysNo, uncut),

	verdict.NoSuchSite:  {way(Lookup, Site), Lookup, NotListed, after},
	verdict.PageMissing: {way(Site, Page), Page, NotThere, before},

	verdict.NotEnoughEvidence: {places: way(Way, Site)},
	verdict.Stopped:           {places: way(Way, Site)},
}

// Of draws the line of an answer. ev, which may be nil, decides what is known of the stations beyond the break: a
// station is only ever shown as working where the run saw it work.
func Of(v verdict.Verdict, ev *evidence.Evidence) Line {
	sh, ok := shapes[v.Cause]
	if !ok {
		sh = shapes[verdict.NotEnoughEvidence]
	}
	if v.Facts.GatewayCDN && (v.Cause == verdict.ServerError || v.Cause == verdict.Overloaded) {
		sh = front(sh.word) // a CDN wrote the reply, so what broke stands behind it
	}
	if ev != nil && ev.Target.Literal && sh.broken != Lookup && sh.broken != Listing {
		sh.places = without(sh.places, Lookup) // a number address is not looked up
	}
	known := seen(v, ev)
	line := Line{Stations: make([]Station, len(sh.places)), Joins: make([]Join, len(sh.places)-1)}
	for i, p := range sh.places {
		line.Stations[i] = station(p, sh, known, v)
	}
	if v.Cause == verdict.Stopped {
		line.Stations[len(line.Stations)-1] = lastSeen(line.Stations[len(line.Stations)-1], ev)
	}
	line.join(sh, v.Facts.Status != 0)
	return line
}

// station fills in one place of a line.
func station(p Place, sh shape, known map[Place]bool, v verdict.Verdict) Station {
	s := Station{Place: p, State: Unknown, Word: CannotTell, Name: name(p, v.Facts)}
	switch {
	case p == sh.broken:
		s.State, s.Word = Broken, sh.word
	case known[p]:
		s.State, s.Word = Works, working(p)
		if p == Site && v.Cause == verdict.Slow {
			s.Word = Slow
		}
	}
	return s
}

// working is what stands under a place that was seen to work.
func working(p Place) Word {
	switch p {
	case Door:
		return Answers
	case Site, Page:
		return IsUp
	default:
		return Fine
	}
}

// name is what the system or the reply calls a place.
func name(p Place, f verdict.Facts) string {
	switch p {
	case Door:
		return f.Gateway
	case Proxy:
		return f.Proxy
	case VPN:
		return f.VPN
	case Security:
		return f.Program
	default:
		return ""
	}
}

// lastSeen shows what the site answered before the visitor stopped the run: a fact, not a verdict.
func lastSeen(s Station, ev *evidence.Evidence) Station {
	if ev == nil || s.State == Works {
		return s
	}
	for i := len(ev.Tries) - 1; i >= 0; i-- {
		if code := ev.Tries[i].Status(); code >= 400 {
			s.State, s.Word, s.Code = Seen, AnsweredCode, code
			return s
		}
	}
	return s
}

// join draws the joins: solid as far as both ends are known, the cut where the shape puts it, dots elsewhere.
func (l Line) join(sh shape, answered bool) {
	at := l.Broken()
	for i := range l.Joins {
		a, b := l.Stations[i].State, l.Stations[i+1].State
		l.Joins[i] = Dots
		if reached(a) && reached(b) {
			l.Joins[i] = Solid
		}
	}
	where := -1
	switch sh.cut {
	case before:
		where = at - 1
	case beforeSilent:
		if !answered {
			where = at - 1
		}
	case after:
		where = at
	case beforeLast:
		where = len(l.Joins) - 1
	}
	if where >= 0 && where < len(l.Joins) {
		l.Joins[where] = Cut
	}
}

// reached reports whether the visit is known to have come as far as a station of this state.
func reached(s State) bool { return s == Works || s == Broken }

func without(places []Place, p Place) []Place {
	var kept []Place
	for _, q := range places {
		if q != p {
			kept = append(kept, q)
		}
	}
	return kept
}
