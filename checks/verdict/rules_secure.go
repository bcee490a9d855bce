package verdict

import (
	"slices"
	"time"

	"isitme/checks/evidence"
)

func clockRules() []Rule {
	return []Rule{{
		ID: "clock_wrong", Who: You, Cause: ClockWrong,
		When: "the site's certificate is outside its dates by this computer's clock, but inside them at the time that the Date headers of two unrelated operators tell; or the certificates of two well-known sites are out of date in the same way",
		Sure: "two operators agree on the time within ten minutes",
		holds: func(r *reading) bool {
			return badDate(r) && (correctedFine(r) || sameDateProblem(r) >= 2)
		},
		certain: correctedFine,
		why:     "independent_agree",
		fill: func(r *reading, v *Verdict) {
			if off, ok := r.world.clock(); ok {
				v.Facts.OffsetS = off.Seconds()
			}
			v.Reasons = []Finding{finding(ReasonClockOff, "Offset", v.Facts.OffsetS, "Good", len(r.world.opened))}
		},
	}}
}

// badDate reports whether the visit ended because of the certificate's dates.
func badDate(r *reading) bool {
	p := r.problem()
	return p == evidence.CertificateExpired || p == evidence.CertificateNotYetValid
}

// correctedFine reports whether the site's own certificate counts at the true time, though not by this computer's clock.
func correctedFine(r *reading) bool {
	off, ok := r.world.clock()
	return ok && off.Abs() >= time.Minute && r.leaf() != nil && !timely(r.leaf(), r.hop.Started) && timely(r.leaf(), r.hop.Started.Add(-off))
}

// timely reports whether a certificate is within its dates at a moment.
func timely(c *evidence.Certificate, at time.Time) bool {
	return !at.Before(c.NotBefore) && !at.After(c.NotAfter)
}

// clockExcluded reports whether this computer's clock has no part in the certificate's problem: several operators agree on the
// time, and either the clock is right, or the problem is not one of dates, or it is there at the true time too.
func clockExcluded(r *reading) bool {
	_, known := r.world.clock()
	return r.world.clockRight() || known && (!badDate(r) || !correctedFine(r))
}

// sameDateProblem counts the well-known sites whose certificates are out of date here in the same direction.
func sameDateProblem(r *reading) int {
	n := 0
	for _, s := range r.ev.WellKnown {
		if hop := s.Fetch.Last(); hop != nil && hop.TLS != nil && hop.TLS.Problem == r.problem() {
			n++
		}
	}
	return n
}

// problem is why the certificate of the last hop does not count, empty without one.
func (r *reading) problem() evidence.CertificateProblem {
	if r.hop.TLS == nil || !r.isFault(evidence.TLSHandshake) {
		return evidence.CertificateFine
	}
	return r.hop.TLS.Problem
}

// leaf is the certificate the last hop presented, nil without one.
func (r *reading) leaf() *evidence.Certificate {
	if r.hop.TLS == nil || len(r.hop.TLS.Chain) == 0 {
		return nil
	}
	return &r.hop.TLS.Chain[0]
}

// program is the name of a security product or debugging proxy known to stand behind the certificate of this visit.
func (r *reading) program() string {
	if r.hop.TLS == nil {
		return ""
	}
	return r.hop.TLS.Interceptor
}

func secureRules() []Rule {
	untrusted := func(r *reading) bool {
		return r.problem() == evidence.CertificateUntrusted || r.problem() == evidence.CertificateIncomplete
	}
	return []Rule{
		{
			ID: "tls_intercepted", Who: You, Cause: TLSIntercepted,
			When: "the certificate is untrusted, and the same issuer also presents itself for unrelated well-known sites, or for this name at an unrelated server, or is a known security product",
			Sure: "the same issuer stands in for two unrelated well-known sites",
			holds: func(r *reading) bool {
				return untrusted(r) && (issuerElsewhere(r) > 0 || r.program() != "" || issuerCopied(r) && !sharedServer(r))
			},
			certain: func(r *reading) bool { return issuerElsewhere(r) >= 2 },
			why:     "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Reasons = []Finding{finding(ReasonIssuerElsewhere, "Issuer", v.Facts.Issuer, "Count", issuerElsewhere(r))}
			},
		},
		certificateRule("certificate_expired", CertificateExpired, evidence.CertificateExpired, "has run out"),
		certificateRule("certificate_not_yet_valid", CertificateNotYetValid, evidence.CertificateNotYetValid, "does not count yet"),
		certificateRule("certificate_wrong_name", CertificateWrongName, evidence.CertificateWrongName, "is made for other names"),
		certificateRule("certificate_untrusted", CertificateUntrusted, evidence.CertificateUntrusted, "was signed by nobody this computer trusts"),
		{
			ID: "certificate_incomplete", Who: Site, Cause: CertificateUntrusted,
			When:  "the site sends its certificate without the one that vouches for it, so that the chain ends nowhere; a browser may have the missing piece",
			holds: func(r *reading) bool { return r.problem() == evidence.CertificateIncomplete },
			fill: func(r *reading, v *Verdict) {
				v.Settle = []string{"open_browser", "phone"}
				v.Notes = append(v.Notes, finding(NoteBrowserCopes))
				fillCertificate(r, v)
			},
		},
		{
			ID: "client_certificate", Who: Refused, Cause: RequestRejected,
			When: "the site asked for a client certificate, and ended the connection when none came: with an alert that is about certificates, or without a word",
			Sure: "it said so with an alert, and its own certificate is valid",
			holds: func(r *reading) bool {
				cut := []evidence.Failure{evidence.ConnectionReset, evidence.EOF, evidence.ConnectionAborted}
				wordless := r.isFault(evidence.TLSHandshake, cut...) || r.isFault(evidence.HTTPRoundTrip, cut...)
				return r.hop.TLS != nil && r.hop.TLS.ClientCertificateAsked && r.status == 0 && (wantsCertificate(r) || wordless)
			},
			certain: func(r *reading) bool { return r.secure() && wantsCertificate(r) },
			fill: func(r *reading, v *Verdict) {
				v.Facts.Detail = "client_certificate"
				v.Reasons = []Finding{finding(ReasonHandshake, "Detail", "client_certificate")}
			},
		},
		{
			ID: "secure_connection_failed", Who: Site, Cause: SecureConnectionFailed,
			When:  "the handshake ends with a TLS alert, finds no common version or cipher, or the port speaks plain HTTP",
			Sure:  "an independent name service confirms the address, and well-known sites' secure connections work; or computers elsewhere see the site fail too",
			holds: func(r *reading) bool { return r.isFault(evidence.TLSHandshake, evidence.TLSFailedHandshake) },
			certain: func(r *reading) bool {
				return r.confirmed() && r.world.secureOpened >= 2 && !r.viaProxy() || r.downElsewhere()
			},
			why: "independent_agree",
			fill: func(r *reading, v *Verdict) {
				v.Facts.Detail = handshakeDetail(r)
				v.Reasons = []Finding{finding(ReasonHandshake, "Detail", v.Facts.Detail)}
			},
		},
	}
}

// certificateRule is one of the site's four certificate causes: the clock is right, nobody else's certificate shows the
// same fault, and it is the site's address that presents it.
func certificateRule(id string, cause Cause, problem evidence.CertificateProblem, what string) Rule {
	return Rule{
		ID: id, Who: Site, Cause: cause,
		When:  "the certificate that the site presents " + what + ", with nobody in between rewriting it",
		Sure:  "two operators confirm this computer's clock, or that its error is not the cause, well-known sites' certificates are fine, an independent name service confirms the address, and computers elsewhere, where they were asked, do not mostly open the site; or the certificate does not count for computers elsewhere either",
		holds: func(r *reading) bool { return r.problem() == problem },
		certain: func(r *reading) bool {
			here := clockExcluded(r) && r.world.secureOpened >= 2 && r.confirmed() && !r.viaProxy()
			return here && !r.upElsewhere() || r.badCertificateElsewhere()
		},
		why:  "independent_agree",
		fill: fillCertificate,
	}
}

func fillCertificate(r *reading, v *Verdict) {
	args := []any{"Problem", string(r.problem()), "Date", v.Facts.Date, "Issuer", v.Facts.Issuer, "Names", v.Facts.Names}
	v.Reasons = []Finding{finding(ReasonCertificate, args...)}
	if r.world.clockRight() {
		v.Reasons = append([]Finding{finding(ReasonClockRight)}, v.Reasons...)
	}
}

// wantsCertificate reports whether the server's alert is one of those that servers send for want of a client certificate
// (RFC 8446, 6.2; before TLS 1.3 there was none of its own).
func wantsCertificate(r *reading) bool {
	switch r.hop.TLS.Alert {
	case "certificate_required", "bad_certificate", "no_certificate", "handshake_failure", "access_denied", "certificate_unknown",
		"unknown_ca", "unsupported_certificate":
		return true
	}
	return false
}

func handshakeDetail(r *reading) string {
	tls := r.hop.TLS
	switch {
	case tls == nil:
		return ""
	case tls.PlainHTTP:
		return "plain_http"
	case tls.OldVersionOnly:
		return "old_version"
	default:
		return tls.Alert
	}
}

// issuerElsewhere counts the unrelated well-known sites for which the issuer of this visit's untrusted certificate
// presents itself too.
func issuerElsewhere(r *reading) int {
	leaf := r.leaf()
	if leaf == nil || r.hop.TLS.Verified {
		return 0
	}
	n := 0
	for _, s := range r.ev.WellKnown {
		if hop := s.Fetch.Last(); hop != nil && sameStranger(hop.TLS, leaf) {
			n++
		}
	}
	return n
}

// sameStranger reports whether a handshake showed an untrusted certificate by the issuer of leaf.
func sameStranger(tls *evidence.TLS, leaf *evidence.Certificate) bool {
	return tls != nil && (tls.Problem == evidence.CertificateUntrusted || tls.Problem == evidence.CertificateIncomplete) &&
		len(tls.Chain) > 0 && tls.Chain[0].IssuerKeyID == leaf.IssuerKeyID
}

// issuerCopied reports whether an unrelated operator's server seems to present the same issuer for this name.
func issuerCopied(r *reading) bool {
	leaf := r.leaf()
	for _, c := range r.ev.OtherNames {
		// The unrelated server's own certificate is for its own names.
		if c.SiteName && leaf != nil && sameStranger(c.Hop.TLS, leaf) && slices.Contains(c.Hop.TLS.Chain[0].Names, r.subject) {
			return true
		}
	}
	return false
}
