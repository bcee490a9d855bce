package report

import (
	"reflect"
	"regexp"
	"strings"
)

// The lengths, in runes, that texts from the network are cut to in a redacted report.
const (
	maxText = 300
	maxName = 253 // a host name (RFC 1035, 2.3.4)
	maxList = 200 // entries of one list
)

// Redact returns the report that may leave this computer: a deep copy without the query, fragment and password of any
// address, without path segments that look like tokens, cookies, credentials, and names of this computer and its user.
// Unless keep is true, which is the visitor's "include my network details", the addresses, interfaces, name services,
// proxies, VPNs and sign-in pages of the visitor's side are replaced by the words of address.go too. What is the site's
// or belongs to public name services stays: the owner needs it.
//
// All texts are cleaned and cut. What an earlier redaction took out does not come back.
func (r Report) Redact(keep bool) Report {
	out := clone(r)
	if r.Redacted && (keep || !r.NetworkDetails) {
		return out
	}
	before, two := out.Earlier()
	out.Previous = nil
	now := newRedactor(&out, keep)
	if two {
		then := newRedactor(&before, keep)
		now.know(then)
		then.know(now)
		then.redact(&before)
	}
	now.redact(&out)
	if two {
		p := previous(before)
		p.Compared, p.Changed = r.Previous.Compared, r.Previous.Changed
		out.Previous = &p
	}
	return out
}

func newRedactor(r *Report, keep bool) *redactor {
	d := &redactor{keep: keep, sides: newSides(r)}
	d.collect(r)
	return d
}

// know takes over what must not be seen of another run: whatever one network shows may stand in a text of the other run.
func (d *redactor) know(other *redactor) {
	d.words = append(d.words, other.words...)
	d.sides.know(other.sides)
}

// redact redacts one run in place.
func (d *redactor) redact(r *Report) {
	if !d.keep {
		d.system(r.Evidence.System)
		d.fetches(r)
	}
	each(r, d.headers)
	eachString(reflect.ValueOf(r).Elem(), "", d.field)
	r.Secrets = nil
	r.Redacted, r.NetworkDetails = true, d.keep
}

// redactor holds what one redaction takes out.
type redactor struct {
	keep  bool
	sides *sides
	words []secretWord
}

// secretWord is one string that must not stand anywhere.
type secretWord struct {
	pattern *regexp.Regexp
	short   bool
}

// collect gathers the words that the final pass over every string takes out.
func (d *redactor) collect(r *Report) {
	words := r.words()
	if sys := r.Evidence.System; sys != nil && !d.keep {
		for _, v := range sys.VPNs {
			if v.Name != v.Kind {
				words = append(words, v.Name)
			}
		}
		for _, n := range sys.Nameservers {
			words = append(words, n.Domains...)
		}
		for _, i := range sys.Interfaces {
			if i.Name != i.Kind {
				words = append(words, i.Name)
			}
			for _, a := range i.Addresses {
				// Providers build host names of addresses: "198-51-100-7.dsl.example".
				words = append(words, strings.NewReplacer(".", "-", ":", "-").Replace(a))
			}
		}
	}
	if !d.keep {
		for name := range d.sides.hosts {
			words = append(words, name)
		}
		words = append(words, reasons(&r.Evidence)...)
	}
	for _, w := range words {
		d.takeOut(w, len([]rune(w)) < 6)
	}
	for _, part := range r.nameParts() {
		d.takeOut(part, true)
	}
}

// takeOut adds one word; an alone one is left inside longer words.
func (d *redactor) takeOut(w string, alone bool) {
	if len(w) >= 3 && !containsFold(everyday, w) {
		d.words = append(d.words, secretWord{regexp.MustCompile(`(?i)` + regexp.QuoteMeta(strings.ToValidUTF8(w, ""))), alone})
	}
}

func containsFold(list []string, s string) bool {
	for _, l := range list {
		if strings.EqualFold(l, s) {
			return true
		}
	}
	return false
}

// field redacts one string by the rule for the field it stands in; a field without a rule is free text.
func (d *redactor) field(field, s string) string {
	if s == "" || field == codeField {
		return s
	}
	if name, ok := strings.CutPrefix(field, "Finding.Args."); ok {
		return d.argument(name, s)
	}
	switch rules[field] {
	case ruleCode:
		return Clean(s, maxText)
	case ruleURL:
		return d.url(s)
	case ruleHost:
		return Clean(d.hostName(s), maxName)
	case ruleAddress:
		return Clean(d.hostName(s), maxName)
	case ruleNamed:
		return d.named(s)
	case rulePortal:
		if d.keep {
			return d.url(s)
		}
		return Hidden
	default:
		return d.text(s)
	}
}

// argument redacts a particular of a finding, which ends up inside a sentence: there the words of address.go would be
// out of place. A name that has one of its own in every language ("a proxy") is left empty, anything else is Hidden.
func (d *redactor) argument(name, s string) string {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name {
	case "resolver", "proxy", "vpn":
		return d.named(s)
	case "portal":
		return d.field("Facts.Portal", s)
	case "url":
		if d.keep {
			return d.url(s)
		}
		return Hidden
	case "address", "answer", "other", "own", "answered":
		if role := d.role(s); role != "" {
			return Hidden
		}
		if _, isAddress := parse(s); isAddress {
			return s
		}
	case "host", "hop":
		return Clean(d.hostName(s), maxName)
	}
	return d.text(s)
}

// named keeps a proxy, VPN or name service of the visitor only with the switch, or when it says nothing about them.
func (d *redactor) named(s string) string {
	s = Clean(s, maxName)
	if d.keep {
		if strings.Contains(s, "://") || strings.Contains(s, "@") {
			s = s[strings.LastIndexByte(s, '@')+1:]
		}
		return s
	}
	host := s
	if i := strings.LastIndexByte(s, ':'); i > 0 && strings.Count(s, ":") == 1 {
		host = s[:i]
	}
	ip, isAddress := parse(host)
	if isAddress && (ip.IsLoopback() || d.sides.open[ip] && d.role(host) == "") || strings.EqualFold(host, "localhost") {
		return s
	}
	return ""
}

// role is the word for a host on the visitor's side, empty for all others and with the switch.
func (d *redactor) role(name string) string {
	if d.keep {
		return ""
	}
	return d.sides.role(name)
}

func (d *redactor) hostName(name string) string {
	if role := d.role(name); role != "" {
		return role
	}
	return name
}

// url redacts a URL; secret words and the visitor's addresses are taken out of its path too: pages that turn somebody
// away carry the address they turned away.
func (d *redactor) url(s string) string {
	short := webAddress(s, d.hostName)
	head := len(short)
	if i := strings.Index(short, "://"); i >= 0 {
		if j := strings.IndexByte(short[i+3:], '/'); j >= 0 {
			head = i + 3 + j
		}
	} else {
		head = 0
	}
	return short[:head] + d.scrub(d.addresses(short[head:]))
}

// rule says what kind of string stands in a field.
type rule int

const (
	ruleText    rule = iota // free text, possibly from the network
	ruleCode                // a code of ours, a number or a date as text: nothing in it is the visitor's
	ruleURL                 // an absolute URL, or the reference in a Location header
	ruleHost                // a host name or address
	ruleAddress             // an address, or the name of a name service
	ruleNamed               // a proxy, VPN or name service in a sentence, which has a word for an unnamed one
	rulePortal              // the URL of a sign-in page, in a sentence
)

// rules are the fields that are not free text.
var rules = map[string]rule{
	"Report.Schema": ruleCode, "Report.ID": ruleCode, "Report.URL": ruleURL, "Tool.Name": ruleCode, "Tool.Version": ruleCode,

	"Verdict.Rule": ruleCode, "Verdict.Why": ruleCode, "Verdict.Settle": ruleCode, "Finding.Code": ruleCode,
	"Facts.Host": ruleHost, "Facts.Meaning": ruleCode, "Facts.Hop": ruleHost, "Facts.Addresses": ruleAddress,
	"Facts.Resolver": ruleNamed, "Facts.Answered": ruleAddress, "Facts.Other": ruleAddress, "Facts.How": ruleCode,
	"Facts.Proxy": ruleNamed, "Facts.VPN": ruleNamed, "Facts.Date": ruleCode, "Facts.Portal": rulePortal,
	"Facts.RequestName": ruleCode, "Facts.Suggestion": ruleHost, "Facts.Names": ruleHost,

	"Evidence.Suggestions": ruleHost, "Target.URL": ruleURL, "Target.Scheme": ruleCode, "Target.Host": ruleHost, "Target.DisplayHost": ruleHost,
	"Fetch.URL": ruleURL, "Hop.URL": ruleURL, "Hop.Host": ruleHost, "Hop.Address": ruleAddress, "Dial.Address": ruleAddress,
	"TLS.ServerName": ruleHost, "TLS.Version": ruleCode, "TLS.Cipher": ruleCode, "TLS.Alert": ruleCode,
	"Certificate.SHA256": ruleCode, "Certificate.IssuerKeyID": ruleCode, "Certificate.Names": ruleHost,
	"Response.Proto": ruleCode, "Response.BodySHA256": ruleCode, "Response.Header.location": ruleURL,
	"Response.Header.content-location": ruleURL, "Response.Header.date": ruleCode, "Response.Header.content-type": ruleCode,
	"RequestID.Header": ruleCode, "Signature.Rule": ruleCode, "Signature.Who": ruleCode, "Signature.Cause": ruleCode,
	"Signature.Meaning": ruleCode,

	"Answer.Resolver": ruleAddress, "Answer.Name": ruleHost, "Answer.Type": ruleCode, "Answer.Addresses": ruleAddress,
	"Answer.CNAMEs": ruleHost, "Answer.RCode": ruleCode, "ResolverView.Name": ruleAddress, "ResolverView.Address": ruleAddress,
	"PortalCheck.Operator": ruleCode, "PortalCheck.LeadsTo": ruleURL, "SiteCheck.Operator": ruleCode,
	"SiteCheck.Host": ruleHost, "AddressCheck.Address": ruleAddress, "AddressCheck.From": ruleAddress,
	"NameCheck.Address": ruleAddress, "NameCheck.Name": ruleHost, "NameCheck.Scheme": ruleCode, "PacketCheck.Host": ruleHost,
	"Elsewhere.Service": ruleCode, "Elsewhere.Target": ruleURL, "Elsewhere.ID": ruleCode, "Elsewhere.Unavailable": ruleCode,
	"ElseView.Country": ruleCode, "ElseView.Address": ruleAddress, "ElseView.Failure": ruleCode,

	"System.OS": ruleCode, "System.Desktop": ruleCode, "System.Sandbox": ruleCode, "System.StubResolver": ruleCode,
	"System.EncryptedDNS": ruleCode, "Interface.Name": ruleCode, "Interface.Kind": ruleCode,
	"Interface.Addresses": ruleAddress, "Route.Destination": ruleAddress, "Route.Interface": ruleCode,
	"Route.Gateway": ruleAddress, "Route.Source": ruleAddress, "Nameserver.Address": ruleAddress,
	"Nameserver.Interface": ruleCode, "Nameserver.Source": ruleCode, "HostsEntry.Address": ruleAddress,
	"HostsEntry.Name": ruleHost, "Proxy.URL": ruleURL, "Proxy.Source": ruleCode, "Proxy.PACURL": ruleURL,
	"Proxy.Variable": ruleCode, "VPN.Interface": ruleCode, "VPN.Kind": ruleCode, "Flush.Method": ruleCode,
}
