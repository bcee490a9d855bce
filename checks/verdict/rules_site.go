package verdict

import (
	"slices"

	"isitme/checks/evidence"
)

// maintenanceRetryAfter is the shortest Retry-After, in seconds, that announces a planned pause: some gateways always
// send a small one (VERDICTS.md, overloaded).
const maintenanceRetryAfter = 300

// siteRules are what the site itself does: first by its word, then by its silence.
func siteRules() []Rule {
	rules := []Rule{
		signed("robot_check", RobotCheck, evidence.LayerChallenge, "the reply is a challenge page that wants to see a person in a browser, whatever its status",
			ReasonChallenge),
		signedCause("region_blocked_signature", Refused, RegionBlocked, "a CDN says that it does not serve this country", 0, 999),
		signedCause("rate_limited_signature", Refused, RateLimited, "a CDN says that too many visits came from this network", 0, 999),
		signedCause("site_firewall", Refused, SiteFirewall, "the reply is the denial of a web application firewall in front of the site", 0, 999),
		signedCause("misconfigured_front_door", Site, BadGateway, "a CDN or hosting platform says that it has no server for this site, whatever the status", 400, 499),
		signedCause("paused_front_door", Site, Overloaded, "a CDN or hosting platform says that the site is paused or over its plan's limits, whatever the status", 400, 499),
		refused("rate_limited", RateLimited, "the reply is 429", func(s int) bool { return s == 429 }, false),
		refused("region_blocked", RegionBlocked, "the reply is 451 (RFC 7725)", func(s int) bool { return s == 451 }, false),
		refused("unauthorized", Forbidden, "the reply is 401: the site wants a sign-in", func(s int) bool { return s == 401 }, false),
		refused("forbidden", Forbidden, "the reply is 403; a browser might get through, so this is never certain", func(s int) bool { return s == 403 }, true),
		{
			ID: "page_missing", Who: Address, Cause: PageMissing,
			When:    "the site answers 404 or 410: it works, the page is not there",
			Sure:    "it said so over a verified secure connection, or in plain text from a confirmed address",
			holds:   func(r *reading) bool { return r.status == 404 || r.status == 410 },
			certain: (*reading).ownWord,
			fill:    fillSiteSays,
		},
		refused("request_rejected", RequestRejected, "the reply is any other 4xx", func(s int) bool { return s >= 400 && s < 500 || s >= 600 }, false),
		statusRule("bad_gateway", BadGateway, "502, 520 to 523, 525 to 527 or 530: the front door answered, the server behind it did not",
			func(r *reading) bool {
				s := r.status
				return s == 502 || s >= 520 && s <= 523 || s >= 525 && s <= 527 || s == 530
			}),
		statusRule("gateway_timeout", GatewayTimeout, "504 or 524", func(r *reading) bool { return r.status == 504 || r.status == 524 }),
		statusRule("maintenance", Maintenance, "503 that announces itself: Retry-After of five minutes or more, or a page that says maintenance",
			func(r *reading) bool { return r.status == 503 && announced(r) }),
		statusRule("overloaded", Overloaded, "503 without word of a planned pause, or 529",
			func(r *reading) bool { return r.status == 503 || r.status == 529 }),
		statusRule("server_error", ServerError, "500 or any other 5xx", func(r *reading) bool { return r.status >= 500 }),
		{
			ID: "bad_response", Who: Site, Cause: BadResponse,
			When: "the reply is not HTTP, is malformed, or ends before its stated end, as well-known sites' do not",
			Sure: "it came over a verified secure connection, or in plain text from a confirmed address, and did not merely stand still; or computers elsewhere see the site fail too",
			holds: func(r *reading) bool {
				return r.isFault(evidence.HTTPRoundTrip, evidence.HTTPMalformed) || r.isFault(evidence.HTTPBody) && !r.world.cutShort()
			},
			certain: func(r *reading) bool {
				return r.ownWord() && !r.isFault(evidence.HTTPBody, evidence.Timeout) || r.downElsewhere()
			},
			fill: func(r *reading, v *Verdict) {
				v.Facts.Detail = "cut_off"
				if r.isFault(evidence.HTTPRoundTrip) {
					v.Facts.Detail = "not_http"
				}
				v.Reasons = []Finding{finding(ReasonNotHTTP, "Detail", v.Facts.Detail)}
			},
		},
		{
			ID: "closes_connection", Who: Site, Cause: ClosesConnection,
			When: "the connection is cut before a reply: after a verified handshake, or whatever name is asked for",
			Sure: "the cut came after a verified handshake, or most computers elsewhere see the site fail too",
			holds: func(r *reading) bool {
				cut := []evidence.Failure{evidence.ConnectionReset, evidence.EOF, evidence.ConnectionAborted}
				return (r.othersFine() || r.secure()) && (r.isFault(evidence.TLSHandshake, cut...) || r.isFault(evidence.HTTPRoundTrip, cut...))
			},
			certain: func(r *reading) bool { return r.secure() || r.downElsewhere() },
			fill: func(r *reading, v *Verdict) {
				v.Reasons = r.others(finding(ReasonCutBeforeReply))
				if len(r.ev.OtherNames) > 0 && !r.otherNamePasses() {
					v.Reasons = append(v.Reasons, finding(ReasonCutForAll))
				}
			},
		},
		{
			ID: "not_answering", Who: Site, Cause: NotAnswering,
			When: "the connection stands, and no reply comes within the patience of the run",
			Sure: "computers elsewhere see the site fail too",
			holds: func(r *reading) bool {
				return r.othersFine() && (r.isFault(evidence.HTTPRoundTrip, evidence.Timeout) || r.isFault(evidence.TLSHandshake, evidence.Timeout))
			},
			certain: (*reading).downElsewhere,
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.Seconds = seconds(r)
				v.Reasons = r.others(finding(ReasonConnectedSilent, "Seconds", seconds(r)))
			},
		},
		{
			ID: "refuses_connections", Who: Site, Cause: RefusesConnections,
			When: "every address of the site refuses the connection, or some do and the rest stay silent, while other sites work",
			Sure: "all refuse, and computers elsewhere see the site fail too; or the site is on this very computer",
			holds: func(r *reading) bool {
				return r.othersFine() && r.isFault(evidence.Connect) && r.dialled(evidence.ConnectionRefused) > 0
			},
			certain: func(r *reading) bool {
				all := r.dialled(evidence.ConnectionRefused) == r.dialled()
				return all && (r.downElsewhere() || r.loopback())
			},
			why: "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = r.others(finding(ReasonRefused, "Count", r.dialled(evidence.ConnectionRefused), "Port", v.Facts.Port))
			},
		},
		{
			ID: "unreachable", Who: Site, Cause: Unreachable,
			When:    "every address of the site stays silent or unreachable, while other sites work",
			Sure:    "computers elsewhere see the site fail too",
			holds:   func(r *reading) bool { return r.othersFine() && r.isFault(evidence.Connect) && r.dialled() > 0 },
			certain: (*reading).downElsewhere,
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = r.others(finding(ReasonSilent, "Count", r.dialled(), "Port", v.Facts.Port))
			},
		},
	}
	return rules
}

// statusRule is one of the causes that a server failure's status decides.
func statusRule(id string, cause Cause, status string, holds func(*reading) bool) Rule {
	return Rule{
		ID: id, Who: Site, Cause: cause,
		When:    "the reply, written by nobody on the visitor's side, is " + status,
		Sure:    "it came over a verified secure connection that nobody opens, or in plain text from an address that an independent name service confirms, with no proxy and no sign-in page about; or computers elsewhere get a server's failure from the site too",
		holds:   holds,
		certain: func(r *reading) bool { return r.ownWord() || r.brokenElsewhere() },
		fill:    fillSiteSays,
	}
}

// refused is one of the causes of turning away that a status decides.
func refused(id string, cause Cause, when string, status func(int) bool, neverCertain bool) Rule {
	rule := Rule{
		ID: id, Who: Refused, Cause: cause, When: when,
		holds: func(r *reading) bool { return status(r.status) },
		fill: func(r *reading, v *Verdict) {
			fillSiteSays(r, v)
			if neverCertain {
				v.Notes = append(v.Notes, finding(NoteMaybeSharedBlock))
			}
		},
	}
	if !neverCertain {
		rule.Sure = "it came over a verified secure connection, or in plain text from a confirmed address"
		rule.certain = (*reading).ownWord
	}
	return rule
}

// signed is a cause that the layer of a recognised page decides, before its status (VERDICTS.md, Boundaries).
func signed(id string, cause Cause, layer evidence.Layer, when, reason string) Rule {
	return Rule{
		ID: id, Who: Refused, Cause: cause, When: when,
		Sure:    "it came over a verified secure connection, or in plain text from a confirmed address",
		holds:   func(r *reading) bool { _, ok := r.signedBy(layer); return ok },
		certain: (*reading).ownWord,
		fill: func(r *reading, v *Verdict) {
			v.Reasons = []Finding{finding(reason, "Gateway", v.Facts.Gateway)}
		},
	}
}

// signedCause is a cause that a recognised page states by itself, at a status from low to high.
func signedCause(id string, who Who, cause Cause, when string, low, high int) Rule {
	return Rule{
		ID: id, Who: who, Cause: cause, When: when,
		Sure: "it came over a verified secure connection, or in plain text from a confirmed address",
		holds: func(r *reading) bool {
			if r.hop.Response == nil || r.status < low || r.status > high {
				return false
			}
			return slices.ContainsFunc(r.hop.Response.Signatures, func(s evidence.Signature) bool {
				return s.Who == string(who) && s.Cause == string(cause)
			})
		},
		certain: (*reading).ownWord,
		fill:    fillSiteSays,
	}
}

// announced reports whether a 503 speaks of a planned pause.
func announced(r *reading) bool {
	resp := r.hop.Response
	if resp.RetryAfterS != nil && *resp.RetryAfterS >= maintenanceRetryAfter {
		return true
	}
	return slices.ContainsFunc(resp.Signatures, func(s evidence.Signature) bool { return s.Cause == string(Maintenance) })
}

// othersFine reports whether the site stands alone with its trouble: unrelated sites work from here, or it needs none of
// them.
func (r *reading) othersFine() bool {
	return r.world.othersWork() || r.private()
}

// dialled counts the site's addresses that were tried and failed, with one of the failures where some are named.
func (r *reading) dialled(failures ...evidence.Failure) int {
	failed := map[string]evidence.Failure{}
	note := func(h *evidence.Hop) {
		if h.Host != r.subject {
			return
		}
		for _, d := range h.Connects {
			if d.Failure == evidence.None {
				delete(failed, d.Address)
				continue
			}
			failed[d.Address] = d.Failure
		}
	}
	note(r.hop)
	for i := range r.ev.Addresses {
		note(&r.ev.Addresses[i].Hop)
	}
	n := 0
	for _, f := range failed {
		if len(failures) == 0 || slices.Contains(failures, f) {
			n++
		}
	}
	return n
}

// others puts the comparison with well-known sites before the decisive reason, and what computers elsewhere see, or
// this one saw from another network, after it.
func (r *reading) others(decisive Finding) []Finding {
	var out []Finding
	if n := len(r.world.opened); n > 0 {
		out = append(out, finding(ReasonWellKnownOpen, "Good", n, "All", len(r.world.asked)))
	}
	out = append(out, decisive)
	if up, down := elsewhere(r.ev); down > 0 {
		out = append(out, finding(ReasonElsewhereFails, "Bad", down, "All", up+down))
	}
	if e := r.ev.Earlier; e != nil && e.Unheard {
		out = append(out, r.earlierReason()...)
	}
	if p := r.ev.Phone; p != nil && !p.Opened {
		out = append(out, finding(ReasonPhoneFailed))
	}
	return out
}

func fillSiteSays(r *reading, v *Verdict) {
	v.Reasons = nil
	if n := len(r.world.opened); n > 0 {
		v.Reasons = append(v.Reasons, finding(ReasonWellKnownOpen, "Good", n, "All", len(r.world.asked)))
	}
	if n := sameReplies(r); n > 1 {
		v.Reasons = append(v.Reasons, finding(ReasonSameAfterTries, "Tries", n, "Seconds", v.Facts.Seconds))
	}
	if v.Who == Site && v.Facts.Status > 500 && v.Facts.Status != 503 {
		v.Reasons = append(v.Reasons, finding(ReasonGatewaySays, "Gateway", v.Facts.Gateway, "Status", v.Facts.StatusLine))
	} else {
		v.Reasons = append(v.Reasons, finding(ReasonSiteSays, "Status", v.Facts.StatusLine))
	}
	if s := r.hop.Response.Statement; s != nil && v.Who == Site {
		v.Reasons = append(v.Reasons, finding(ReasonCDNStates, "Gateway", s.By, "Title", s.Title))
	}
	if ra := r.hop.Response.RetryAfterS; ra != nil && *ra > 0 {
		v.Facts.RetryAfterS = *ra
		v.Notes = append(v.Notes, finding(NoteRetryAfter, "Seconds", *ra))
	}
}

func unknownRules() []Rule {
	return []Rule{
		{
			ID: "stopped", Who: Unknown, Cause: Stopped,
			When:  "the visitor stopped the run before the evidence made any answer certain",
			holds: func(r *reading) bool { return r.ev.Stopped },
			fill: func(_ *reading, v *Verdict) {
				v.Why = "stopped"
				v.Settle = []string{"again"}
			},
		},
		{
			ID: "well_known_disagree", Who: Unknown, Cause: NotEnoughEvidence,
			When:  "the visit failed without a word of the site, and well-known sites do not agree on whether the internet works from here",
			holds: func(r *reading) bool { return r.failed() && len(r.world.asked) > 0 },
			fill: func(_ *reading, v *Verdict) {
				v.Why = "well_known_disagree"
				v.Settle = []string{"elsewhere", "phone"}
				v.Reasons = []Finding{finding(ReasonContradiction)}
			},
		},
		{
			ID: "not_enough_evidence", Who: Unknown, Cause: NotEnoughEvidence,
			When:  "no rule above holds",
			holds: always,
			fill: func(_ *reading, v *Verdict) {
				v.Why = "one_view"
				v.Settle = []string{"elsewhere", "phone"}
				v.Reasons = []Finding{finding(ReasonOneView)}
			},
		},
	}
}
