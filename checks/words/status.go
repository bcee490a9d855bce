package words

import (
	"strconv"
	"strings"
)

// StatusCode explains an HTTP status: what it means in a few words, in plain words, and who usually fixes it. It is false
// for a status that is no problem.
func (c *Catalog) StatusCode(code int) (short, plain, who string, ok bool) {
	row := statusRow(code)
	if row == "" {
		return "", "", "", false
	}
	key := "status." + row + "."
	return c.T(key + "short"), c.T(key + "plain"), c.T(key + "who"), true
}

// statusRow names the row of the word list's table. 520 to 530 are Cloudflare's own, 529 is used by several hosts.
func statusRow(code int) string {
	switch code {
	case 401, 403:
		return "403"
	case 404, 410:
		return "404"
	case 407, 429, 451, 500, 502, 503, 504, 529:
		return strconv.Itoa(code)
	case 520, 521, 522, 523, 524, 525, 526, 527, 530:
		return "52x"
	}
	switch code / 100 {
	case 4:
		return "4xx"
	case 5:
		return "5xx"
	}
	return ""
}

// hints are the explanations of browsers' own codes, by a part of the code. The first that fits counts, so that
// DNS_PROBE_FINISHED_NO_INTERNET is found before DNS_PROBE. The codes are Chromium's net_error_list.h and Firefox'
// appstrings and NSS errors.
var hints = []struct{ part, key string }{
	{"NO_INTERNET", "no_internet"},
	{"INTERNET_DISCONNECTED", "no_internet"},
	{"NETOFFLINE", "no_internet"},
	{"NETWORK_CHANGED", "network_changed"},
	{"NETWORK_IO_SUSPENDED", "network_changed"},
	{"PROXY", "proxy"},
	{"TUNNEL_CONNECTION", "proxy"},
	{"DNS_", "name_not_found"},
	{"NAME_NOT_RESOLVED", "name_not_found"},
	{"NAME_RESOLUTION", "name_not_found"},
	{"UNKNOWN_HOST", "name_not_found"},
	{"DATE_INVALID", "certificate_date"},
	{"EXPIRED", "certificate_date"},
	{"NOT_YET_VALID", "certificate_date"},
	{"COMMON_NAME", "certificate_name"},
	{"BAD_CERT_DOMAIN", "certificate_name"},
	{"AUTHORITY_INVALID", "certificate_issuer"},
	{"ISSUER", "certificate_issuer"},
	{"SELF_SIGNED", "certificate_issuer"},
	{"MITM_DETECTED", "certificate_issuer"},
	{"CERT", "certificate_issuer"},
	{"RESET", "cut"},
	{"CONNECTION_CLOSED", "cut"},
	{"CONNECTION_ABORTED", "cut"},
	{"END_OF_FILE", "cut"},
	{"SSL", "secure"},
	{"TLS", "secure"},
	{"CYPHER", "secure"},
	{"REFUSED", "refused"},
	{"TIMED_OUT", "timed_out"},
	{"TIMEOUT", "timed_out"},
	{"ADDRESS_UNREACHABLE", "timed_out"},
	{"REDIRECT", "redirects"},
	{"BLOCKED", "blocked_here"},
	{"EMPTY_RESPONSE", "bad_reply"},
	{"INVALID_RESPONSE", "bad_reply"},
	{"CONTENT", "bad_reply"},
	{"HTTP2", "bad_reply"},
	{"QUIC", "bad_reply"},
}

// Hint explains a browser's own problem code, or a status such as "502", in one plain sentence.
func (c *Catalog) Hint(code string) string {
	if status, err := strconv.Atoi(code); err == nil {
		if short, _, _, ok := c.StatusCode(status); ok {
			return c.T("hint.status", A{"Status": code, "Short": short})
		}
	}
	for _, h := range hints {
		if strings.Contains(strings.ToUpper(code), h.part) {
			return c.T("hint." + h.key)
		}
	}
	return c.T("hint.other")
}
