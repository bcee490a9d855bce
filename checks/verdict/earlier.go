package verdict

import (
	"slices"
	"time"

	"isitme/checks/evidence"
)

const (
	// earlierAge is how old a run from another network may be to be told beside this one: later, the trouble may be another.
	earlierAge = time.Hour
	// earlierCounts is how old it may be to decide anything. A site seldom breaks in the few minutes that it takes to
	// change the network; in an hour it may.
	earlierCounts = 15 * time.Minute
)

// Earlier makes of an earlier run's evidence what it says of the page that now is about: a view from another network. From
// the same network it passes on the view that it had itself. It is nil where there is none: of another page, or from too
// long ago. A device of a private network is another one, or none, on every other network.
func Earlier(then, now *evidence.Evidence) *evidence.Earlier {
	changed, known := Changes(then.System, now.System)
	if !known || then.Target.URL != now.Target.URL || now.Target.Private {
		return nil
	}
	view := then.Earlier
	if otherNetwork(changed) {
		r := read(then)
		view = &evidence.Earlier{
			At: then.Started, Changed: changed, Opened: r.loaded() && r.ownWord(), Unheard: !then.Stopped && r.unheard(),
		}
	}
	if view == nil || now.Started.Before(view.At) || now.Started.Sub(view.At) > earlierAge {
		return nil
	}
	return view
}

// otherNetwork reports whether a run with these changes looks from somewhere else. Another name service or proxy alone
// does not: the way to the site is the same.
func otherNetwork(changed []evidence.Change) bool {
	return slices.ContainsFunc(changed, func(c evidence.Change) bool {
		switch c {
		case evidence.ChangedGateway, evidence.ChangedInterface, evidence.ChangedVPN, evidence.VPNOn, evidence.VPNOff:
			return true
		}
		return false
	})
}

// Since is what an earlier run from another network and this one say together, for the person to read; empty where they say
// nothing. e is the earlier one's view. A reply of the site itself blames no network, and nothing here blames anybody for sure whom the verdicts do not.
func Since(then, now Verdict, e *evidence.Earlier) []Finding {
	way := evidence.Change("")
	for _, c := range e.Changed {
		if c == evidence.VPNOn || c == evidence.VPNOff {
			way = c
		}
	}
	by := func(network, on, off string) []Finding {
		code := network
		switch way {
		case evidence.VPNOn:
			code = on
		case evidence.VPNOff:
			code = off
		}
		return []Finding{finding(code)}
	}
	unheard := now.Facts.Status == 0 && now.Facts.StatusLine == ""
	switch {
	case now.Who == Working && then.Who == Refused:
		return []Finding{finding(SinceLetIn)}
	case now.Who == Working && (e.Unheard || then.Who == You && !ofComputer[then.Cause]):
		all := by(SinceOpensHere, SinceOpensThrough, SinceOpensWithout)
		if then.Who == You && then.Certainty == Certain {
			all[0].Args = map[string]any{"Sure": "yes"}
		}
		return all
	case e.Opened && now.Who == Refused:
		return []Finding{finding(SinceTurnedAway)}
	case e.Opened && unheard && (now.Who == Site || now.Who == You && !ofComputer[now.Cause]):
		return by(SinceOpenedThere, SinceOpenedWithout, SinceOpenedThrough)
	case now.Who == Site && then.Who == Site:
		return by(SinceFailsBoth, SinceFailsVPN, SinceFailsVPN)
	case now.Who == You && now.Cause == then.Cause && ofComputer[now.Cause]:
		return []Finding{finding(SinceThisComputer)}
	case now.Who == Refused && then.Who == Refused:
		return []Finding{finding(SinceRefusedBoth)}
	}
	return nil
}

// ofComputer are the causes that a computer takes along to every network.
var ofComputer = map[Cause]bool{HostsFile: true, ClockWrong: true, TLSIntercepted: true, ProxyUnreachable: true}

// openedThere reports whether the page opened from another network so short a while ago that the site is likely up.
func (r *reading) openedThere() bool {
	e := r.ev.Earlier
	return e != nil && e.Opened && r.ev.Started.Sub(e.At) <= earlierCounts
}

// earlierReason is the reason that the earlier run gives, none where it says nothing of a visit without any word of the site.
func (r *reading) earlierReason() []Finding {
	e := r.ev.Earlier
	if e == nil || !r.unheard() {
		return nil
	}
	ago := r.ev.Started.Sub(e.At).Seconds()
	switch {
	case r.openedThere() && slices.Contains(e.Changed, evidence.VPNOn):
		return []Finding{finding(ReasonEarlierNoVPN, "Seconds", ago)}
	case r.openedThere():
		return []Finding{finding(ReasonEarlierOpened, "Seconds", ago)}
	case e.Unheard:
		return []Finding{finding(ReasonEarlierFails, "Seconds", ago)}
	}
	return nil
}
