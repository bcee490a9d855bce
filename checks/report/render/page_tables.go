package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"isitme/checks/evidence"
)

// tables are the technical part, in the order in which somebody looks for the fault.
func (b *builder) tables() []table {
	return filled([]table{
		b.tries(), b.phases(), b.headers(), b.addresses(), b.certificate(), b.lookups(), b.wellKnown(), b.otherWays(),
		b.elsewhere(), b.computer(), b.steps(),
	})
}

// filled are the tables that say something.
func filled(all []table) []table {
	all = slices.DeleteFunc(all, func(t table) bool { return len(t.Rows) == 0 })
	for i := range all {
		all[i].dropEmpty()
	}
	return all
}

// dropEmpty takes out the columns that say nothing in any row, but for the first, which names the row: nobody needs a
// column of addresses where no name was found.
func (t *table) dropEmpty() {
	for col := len(t.Head) - 1; col > 0; col-- {
		if slices.ContainsFunc(t.Rows, func(cells []string) bool { return cells[col] != "" }) {
			continue
		}
		t.Head = slices.Delete(t.Head, col, col+1)
		for i := range t.Rows {
			t.Rows[i] = slices.Delete(t.Rows[i], col, col+1)
		}
	}
}

// heads looks up the heads of columns.
func (b *builder) heads(names ...string) []string {
	for i, n := range names {
		names[i] = b.c.T("report." + n)
	}
	return names
}

// ms is a time in whole milliseconds with its unit, empty for none.
func ms(f float64) string {
	if f <= 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', 0, 64) + " ms"
}

func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("15:04:05.000 UTC")
}

// hops calls see with every hop of the visits to the page, and the number of the visit.
func (b *builder) hops(see func(try string, h *evidence.Hop)) {
	for i := range b.r.Evidence.Tries {
		f := &b.r.Evidence.Tries[i]
		for j := range f.Hops {
			try := fmt.Sprint(i + 1)
			if len(f.Hops) > 1 {
				try += "." + fmt.Sprint(j+1)
			}
			see(try, &f.Hops[j])
		}
	}
}

func (b *builder) tries() table {
	t := table{Title: b.c.T("report.tries"), Head: b.heads("try", "started", "page", "address", "given_by", "result"), Fixed: true}
	b.hops(func(try string, h *evidence.Hop) {
		addresses, from := b.reached(h), ""
		if h.Resolution != nil && addresses != "" {
			from = b.c.Address(h.Resolution.Resolver)
		}
		t.Rows = append(t.Rows, []string{try, clock(h.Started), h.URL, addresses, from, b.hopOutcome(h)})
	})
	return t
}

// reached is the address that took the connection, or the ones that did not.
func (b *builder) reached(h *evidence.Hop) string {
	if h.Address != "" {
		return b.c.Address(h.Address)
	}
	var tried []string
	for _, d := range h.Connects {
		tried = append(tried, b.c.Address(d.Address))
	}
	return strings.Join(slices.Compact(tried), ", ")
}

func (b *builder) hopOutcome(h *evidence.Hop) string {
	if h.Response != nil {
		return b.reply(h.Response, h.Fault)
	}
	if h.ProxyReply != nil {
		return b.reply(h.ProxyReply, h.Fault)
	}
	if h.Fault != nil {
		return faultText(h.Fault)
	}
	return b.c.T("report.no_reply")
}

func (b *builder) phases() table {
	t := table{
		Title: b.c.T("report.timings"), Note: b.c.T("report.phases_note"), Fixed: true, Named: true,
		Head: b.heads("try", "lookup_time", "connect_time", "secure_time", "first_byte_time", "body_time", "total_time"),
	}
	b.hops(func(try string, h *evidence.Hop) {
		m := h.Timings
		t.Rows = append(t.Rows, []string{try, ms(m.ResolveMS), ms(m.ConnectMS), ms(m.TLSMS), ms(m.FirstByteMS), ms(m.BodyMS), ms(m.TotalMS)})
	})
	return t
}

func (b *builder) headers() table {
	t := table{Title: b.c.T("report.headers"), Head: b.heads("name", "value"), Fixed: true}
	h := b.lastHop()
	if h == nil || h.Response == nil {
		return t
	}
	for name, value := range h.Response.Header {
		t.Rows = append(t.Rows, []string{name, value})
	}
	slices.SortFunc(t.Rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	if title := h.Response.Title; title != "" {
		t.Rows = append(t.Rows, []string{"<title>", title})
	}
	return t
}

func (b *builder) addresses() table {
	t := table{Title: b.c.T("report.addresses"), Head: b.heads("address", "given_by", "result", "certificate"), Fixed: true}
	for i := range b.r.Evidence.Addresses {
		a := &b.r.Evidence.Addresses[i]
		var from []string
		for _, f := range a.From {
			from = append(from, b.c.Address(f))
		}
		t.Rows = append(t.Rows, []string{b.c.Address(a.Address), strings.Join(from, ", "), b.hopOutcome(&a.Hop), b.certificateState(a.Hop.TLS)})
	}
	return t
}

func (b *builder) certificateState(t *evidence.TLS) string {
	switch {
	case t == nil || len(t.Chain) == 0:
		return ""
	case t.Verified:
		return b.c.T("report.certificate_fine")
	case t.Problem != "":
		return b.c.T("report.certificate_" + string(t.Problem))
	}
	return b.c.T("report.certificate_not_checked")
}

// certificate shows the one the page's own host presented, or the first that any of its addresses did.
func (b *builder) certificate() table {
	t := table{Title: b.c.T("report.certificate")}
	var shown *evidence.TLS
	b.hops(func(_ string, h *evidence.Hop) {
		if h.TLS != nil && len(h.TLS.Chain) > 0 {
			shown = h.TLS
		}
	})
	for i := range b.r.Evidence.Addresses {
		if tls := b.r.Evidence.Addresses[i].Hop.TLS; shown == nil && tls != nil && len(tls.Chain) > 0 {
			shown = tls
		}
	}
	if shown == nil {
		return t
	}
	leaf := shown.Chain[0]
	for _, row := range [][2]string{
		{"certificate_subject", leaf.Subject},
		{"certificate_names", strings.Join(leaf.Names[:min(len(leaf.Names), 12)], ", ")},
		{"certificate_issuer", leaf.Issuer},
		{"certificate_from", day(leaf.NotBefore)},
		{"certificate_until", day(leaf.NotAfter)},
		{"certificate_state", b.certificateState(shown)},
		{"certificate_sha256", leaf.SHA256},
		{"tls_version", strings.TrimSpace(shown.Version + " " + shown.Cipher)},
	} {
		if row[1] != "" {
			t.Rows = append(t.Rows, []string{b.c.T("report." + row[0]), row[1]})
		}
	}
	return t
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

func (b *builder) lookups() table {
	t := table{Title: b.c.T("report.name_services"), Head: b.heads("name_service", "transport", "question", "says", "total_time"), Fixed: true}
	for _, view := range b.r.Evidence.Resolvers {
		for _, a := range view.Answers {
			name := b.c.Address(view.Name)
			if view.Address != view.Name && view.Address != "os" {
				name += " " + b.c.Address(view.Address)
			}
			t.Rows = append(t.Rows, []string{name, string(a.Transport), a.Type + " " + a.Name, b.answer(a), ms(a.MS)})
		}
	}
	return t
}

func (b *builder) answer(a evidence.Answer) string {
	var parts []string
	for _, address := range a.Addresses {
		parts = append(parts, b.c.Address(address))
	}
	if len(parts) == 0 && a.RCode != "" {
		parts = append(parts, a.RCode)
	}
	for _, e := range a.ExtendedErrors {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("EDE %d %s", e.Code, e.Text)))
	}
	if a.Failure != "" {
		parts = append(parts, string(a.Failure))
	}
	if a.CheckingDisabled {
		parts = append(parts, "(CD)")
	}
	return strings.Join(parts, ", ")
}

func (b *builder) wellKnown() table {
	t := table{Title: b.c.T("report.well_known"), Head: b.heads("operator", "page", "result", "total_time"), Fixed: true}
	for i := range b.r.Evidence.WellKnown {
		s := &b.r.Evidence.WellKnown[i]
		t.Rows = append(t.Rows, []string{s.Operator, s.Fetch.URL, b.outcome(&s.Fetch), ms(s.Fetch.MS)})
	}
	for i := range b.r.Evidence.Portals {
		p := &b.r.Evidence.Portals[i]
		result := b.outcome(&p.Fetch)
		if p.Foreign {
			result = b.c.T("report.role.sign_in_page")
			if b.r.NetworkDetails && p.LeadsTo != "" {
				result += ": " + p.LeadsTo
			}
		}
		t.Rows = append(t.Rows, []string{p.Operator, p.Fetch.URL, result, ms(p.Fetch.MS)})
	}
	return t
}

func (b *builder) otherWays() table {
	t := table{Title: b.c.T("report.other_ways"), Head: b.heads("way", "page", "result", "total_time"), Fixed: true}
	ev := &b.r.Evidence
	for _, w := range []struct {
		name  string
		fetch *evidence.Fetch
	}{
		{"around", ev.Around}, {"beside_vpn", ev.BesideVPN}, {"after_flush", ev.AfterFlush},
	} {
		if w.fetch != nil {
			t.Rows = append(t.Rows, []string{b.c.T("report.way." + w.name), w.fetch.URL, b.outcome(w.fetch), ms(w.fetch.MS)})
		}
	}
	for i := range ev.OtherNames {
		n := &ev.OtherNames[i]
		t.Rows = append(t.Rows, []string{b.c.Address(n.Address), n.Scheme + "://" + n.Name, b.hopOutcome(&n.Hop), ms(n.Hop.Timings.TotalMS)})
	}
	return t
}

func (b *builder) elsewhere() table {
	t := table{Title: b.c.T("report.elsewhere"), Head: b.heads("place", "name", "result", "total_time"), Fixed: true}
	e := b.r.Evidence.Elsewhere
	if e == nil {
		return t
	}
	if e.Unavailable != "" {
		t.Rows = append(t.Rows, []string{e.Service, e.Target, b.c.T("elsewhere.unavailable." + e.Unavailable), ""})
	}
	for _, v := range e.Views {
		result := b.c.Vote(v)
		if v.Status > 0 {
			result += " (" + fmt.Sprint(v.Status) + ")"
		}
		t.Rows = append(t.Rows, []string{strings.Trim(v.Country+" "+v.City, " "), v.Network, result, ms(v.MS)})
	}
	return t
}

func (b *builder) steps() table {
	t := table{Title: b.c.T("report.checks"), Head: b.heads("step", "state", "finding", "took")}
	for _, s := range b.r.Steps {
		t.Rows = append(t.Rows, []string{b.c.StepTitle(s.Step), b.c.StateWord(s.State), b.c.Reported(s.Finding), ms(s.MS)})
	}
	return t
}
