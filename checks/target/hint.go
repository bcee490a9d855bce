package target

import (
	"regexp"
	"strings"
)

var (
	// code is an error code of Chromium, Firefox (with NSS and NSPR) or the old Edge.
	code = regexp.MustCompile(`(?i)\b(?:DNS_PROBE_[A-Z_]+|ERR_[A-Z0-9_]+|NS_ERROR_[A-Z0-9_]+|SSL_ERROR_[A-Z0-9_]+|SEC_ERROR_[A-Z0-9_]+|PR_[A-Z0-9_]+_ERROR|MOZILLA_PKIX_[A-Z0-9_]+|INET_E_[A-Z0-9_]+)\b`)
	// status is an HTTP status as browsers and gateways print it, with a word that says it is one.
	status = regexp.MustCompile(`(?i)\b(?:(?:http(?:/\d(?:\.\d)?)?(?: status)?(?: error)?(?: code)?|error(?: code)?|status(?: code)?|fehler(?:code)?|erreur|código|errore)[ :#-]{1,3}([1345]\d{2}|1\d{3})|([45]\d{2})(?: -)?(?: |: )(?:bad gateway|gateway time-?out|service (?:temporarily )?unavailable|internal server error|proxy error|web server is (?:down|returning an unknown error)|connection timed out|origin is unreachable|a timeout occurred|ssl handshake failed|invalid ssl certificate|forbidden|not found|too many requests|unauthorized|gone|bad request|error))\b`)
	bare   = regexp.MustCompile(`^[45]\d{2}$`)
)

// texts are error texts of browsers that show no code, with the Chromium code that says the same.
var texts = []struct {
	words *regexp.Regexp
	code  string
}{
	{regexp.MustCompile(`(?i)can[’']?t find the server|server not found|trouble finding that site|server ip address could not be found|dns address could not be found|server nicht gefunden|kann den server nicht finden`), "ERR_NAME_NOT_RESOLVED"},
	{regexp.MustCompile(`(?i)can[’']?t connect to the server|refused to connect|unable to connect|can[’']?t establish a connection to the server`), "ERR_CONNECTION_REFUSED"},
	{regexp.MustCompile(`(?i)can[’']?t establish a secure connection|secure connection failed|can[’']?t provide a secure connection`), "ERR_SSL_PROTOCOL_ERROR"},
	{regexp.MustCompile(`(?i)unexpectedly (?:dropped|closed) the connection|connection was (?:reset|interrupted)`), "ERR_CONNECTION_CLOSED"},
	{regexp.MustCompile(`(?i)took too long to respond|server (?:isn[’']?t|is not|stopped) responding|connection has timed out`), "ERR_CONNECTION_TIMED_OUT"},
	{regexp.MustCompile(`(?i)redirected you too many times|too many redirects|isn[’']?t redirecting properly`), "ERR_TOO_MANY_REDIRECTS"},
	{regexp.MustCompile(`(?i)connection (?:isn[’']?t|is not) private|this connection is not private|potential security risk ahead`), "ERR_CERT_INVALID"},
	{regexp.MustCompile(`(?i)not connected to the internet|no internet(?: connection)?\b|you[’']?re offline`), "ERR_INTERNET_DISCONNECTED"},
	{regexp.MustCompile(`(?i)proxy server (?:is refusing connections|isn[’']?t responding)|something wrong with the proxy server`), "ERR_PROXY_CONNECTION_FAILED"},
	{regexp.MustCompile(`(?i)this site can[’']?t be reached|can[’']?t reach this page|website ist nicht erreichbar`), "ERR_FAILED"},
}

// isCode reports whether a word is a browser's error code, isStatus whether it is a bare HTTP error status.
func isCode(word string) bool {
	return code.FindString(word) == strings.TrimPrefix(word, "net::") && word != ""
}

func isStatus(word string) bool { return bare.MatchString(word) }

// findHint returns the browser's error in a text, in its closed form: a code in capitals, else a status of three or four
// digits, else the Chromium code for the words; "" when there is none.
func findHint(text string) string {
	text = link.ReplaceAllString(text, " ")
	if c := code.FindString(text); c != "" {
		return strings.ToUpper(c)
	}
	if m := status.FindStringSubmatch(text); m != nil {
		return m[1] + m[2]
	}
	if isStatus(text) {
		return text
	}
	for _, t := range texts {
		if t.words.MatchString(text) {
			return t.code
		}
	}
	return ""
}

// removeHints takes codes and statuses out of a text, so that what is left can only be an address or prose.
func removeHints(text string) string {
	return status.ReplaceAllString(code.ReplaceAllString(text, " "), " ")
}
