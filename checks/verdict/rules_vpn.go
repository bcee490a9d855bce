package verdict

import (
	"net/url"
	"slices"

	"isitme/checks/evidence"
)

func vpnRules() []Rule {
	return []Rule{{
		ID: "vpn_breaks_site", Who: You, Cause: VPNBreaksSite,
		When: "a VPN carries this visit, it fails or is turned away through it, as the site's front page is, and the front page opens beside it; or it fails without any word of the site, and the page opened without the VPN at most 15 minutes before",
		Sure: "the page loaded beside the VPN",
		holds: func(r *reading) bool {
			return r.failed() && r.vpn(false) != nil &&
				(besideAnswers(r) && (r.status == 0 || r.frontFails()) || r.ev.BesideVPN == nil && r.openedWithoutVPN())
		},
		certain: func(r *reading) bool { return r.ev.BesideVPN.Loaded() },
		why:     "with_and_without_vpn",
		fill: func(r *reading, v *Verdict) {
			v.Facts.VPN = r.vpn(false).Name
			v.Reasons = []Finding{finding(ReasonVPNFailsSite, "VPN", v.Facts.VPN)}
			if besideAnswers(r) {
				v.Reasons = append(v.Reasons, finding(ReasonBesideVPNOpens, "VPN", v.Facts.VPN))
			} else {
				v.Reasons = append(v.Reasons, r.earlierReason()...)
			}
		},
	}}
}

// turnedAway reports whether the site turns this visitor away, which may be for where the visit seems to come from.
func (r *reading) turnedAway() bool {
	return r.status >= 400 && r.status < 500 && r.status != 404 && r.status != 410
}

// frontFails reports whether the page that failed is the site's front page, or the front page was asked for in the same way
// and got the same reply.
func (r *reading) frontFails() bool {
	u, err := url.Parse(r.hop.URL)
	return err == nil && (u.Path == "" || u.Path == "/") || slices.ContainsFunc(r.ev.Addresses, func(c evidence.AddressCheck) bool {
		return c.Hop.Host == r.subject && c.Hop.Response != nil && c.Hop.Response.Status == r.status
	})
}

// openedWithoutVPN reports whether the page opened a while ago, before the VPN was switched on, and now fails through it
// without any word of the site; whoever was asked since does not say that the site is down.
func (r *reading) openedWithoutVPN() bool {
	return r.unheard() && !r.private() && r.openedThere() && r.upByOwnWord() && slices.Contains(r.ev.Earlier.Changed, evidence.VPNOn)
}

// besideAnswers reports whether the site gave a better reply beside the VPN: one at all where there was none, or no
// server failure and no refusal where there was one.
func besideAnswers(r *reading) bool {
	s := r.ev.BesideVPN.Status()
	return s > 0 && s < 400 && r.ev.BesideVPN.Fault == nil
}
