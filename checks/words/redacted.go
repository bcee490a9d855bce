package words

import (
	"net"
	"net/url"
	"strings"

	"isitme/checks/report"
)

// redactedRoles are the texts for the words that a redacted report holds in the place of an address.
var redactedRoles = map[string]string{
	report.OwnAddress:     "report.role.own_address",
	report.RouterAddress:  "report.role.router",
	report.PrivateAddress: "report.role.private_address",
	report.ProxyAddress:   "report.role.proxy",
	report.SignInPage:     "report.role.sign_in_page",
}

// named is the name of something on the visitor's side, empty where a redacted report has a word in its place: a
// sentence about "your name service" gains nothing from "(name-server-1)".
func named(text string) string {
	if text == report.Hidden {
		return ""
	}
	host := text
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		host = u.Hostname()
	} else if h, _, err := net.SplitHostPort(text); err == nil {
		host = h
	}
	if _, redacted := redactedRoles[host]; redacted || strings.HasPrefix(host, report.NameServer) {
		return ""
	}
	return text
}

// Address is a resolver's or another textual address of the evidence as a person reads it: in words where it is the
// system's own lookup, or where a redacted report has a word in its place, else as it stands.
func (c *Catalog) Address(text string) string {
	if key, redacted := redactedRoles[text]; redacted {
		return c.T(key)
	}
	if number, ok := strings.CutPrefix(text, report.NameServer); ok {
		return c.T("report.role.name_server", A{"Number": number})
	}
	if text == "os" {
		return c.T("report.role.os")
	}
	return text
}

// answered is what a name service said: an address, the word that stands for one in a redacted report, or the code of
// another answer.
func (c *Catalog) answered(text string) string {
	if key, redacted := redactedRoles[text]; redacted {
		return c.T(key)
	}
	return c.word("finding_answer.", text)
}
