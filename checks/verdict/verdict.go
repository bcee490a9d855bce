// Package verdict turns evidence into the one answer of a run. It is pure: no input or output, no clock, no
// randomness, so the same evidence always gives the same answer. It knows rules and codes, never words.
package verdict

// Who decides the headline: on whose side the problem lies.
type Who string

// The six kinds of answer.
const (
	Working Who = "working"
	Site    Who = "site"
	You     Who = "you"
	Refused Who = "refused"
	Address Who = "address"
	Unknown Who = "unknown"
)

// ExitStatus is the process exit status of `isitme check` for this kind of answer.
func (w Who) ExitStatus() int {
	switch w {
	case Working:
		return 0
	case Site:
		return 10
	case You:
		return 20
	case Refused:
		return 30
	case Address:
		return 40
	default:
		return 50
	}
}

// Certainty says how firmly the answer is worded.
type Certainty string

// The certainties. Unsure belongs to Unknown alone.
const (
	Certain Certainty = "certain"
	Likely  Certainty = "likely"
	Unsure  Certainty = "unsure"
)

// Verdict is the answer of one run, with all that is needed to word it.
type Verdict struct {
	Who       Who       `json:"who"`
	Cause     Cause     `json:"cause"`
	Certainty Certainty `json:"certainty"`
	// Rule is the id of the rule that decided; `isitme explain` prints the rules.
	Rule string `json:"rule"`
	// Why says what the certainty rests on: "secure_reply", "independent_agree", "with_and_without_proxy",
	// "computer_says_so"; for unknown, why nothing could be said: "resolvers_blocked", "contradiction",
	// "private_name", "well_known_disagree", "stopped", "one_view".
	Why string `json:"why,omitempty"`
	// Settle names what would settle a likely answer: "elsewhere", "phone", "again".
	Settle []string `json:"settle,omitempty"`
	// Reasons are the findings behind the answer, three at most, the decisive one last.
	Reasons []Finding `json:"reasons,omitempty"`
	// RuledOut are the explanations that the evidence excludes.
	RuledOut []Finding `json:"ruled_out,omitempty"`
	// Notes are findings that are true but did not decide.
	Notes []Finding `json:"notes"`
	// Facts are the particulars that the sentences about this cause mention.
	Facts Facts `json:"facts"`
}

// Finding is one finding as a code of the word list with its particulars.
type Finding struct {
	Code string         `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

// Facts are the particulars of the answer. A field is empty where the run did not learn it.
type Facts struct {
	Host        string   `json:"host"`
	Status      int      `json:"status,omitempty"`
	StatusLine  string   `json:"status_line,omitempty"` // "502 Bad Gateway"
	Gateway     string   `json:"gateway,omitempty"`     // name of the front door, empty when unknown
	GatewayCDN  bool     `json:"gateway_cdn,omitempty"` // the front door is a CDN
	Meaning     string   `json:"meaning,omitempty"`     // the gateway rule's word for what the page means
	Hop         string   `json:"hop,omitempty"`         // host that failed, when it is not the one that was asked for
	Port        int      `json:"port,omitempty"`
	Addresses   []string `json:"addresses,omitempty"`     // the site's addresses that were tried
	Resolver    string   `json:"resolver,omitempty"`      // the visitor's name service
	Answered    string   `json:"answered,omitempty"`      // the address it gave
	Other       string   `json:"other,omitempty"`         // the address others gave
	Good        int      `json:"good,omitempty"`          // how many name services (or sites) agree
	All         int      `json:"all,omitempty"`           // of how many
	How         string   `json:"how,omitempty"`           // "nxdomain", "sinkhole", "extended_error", "reset", "silence", "block_page"…
	Proxy       string   `json:"proxy,omitempty"`         // host and port of the proxy
	Direct      string   `json:"direct,omitempty"`        // what the site answers around the proxy
	VPN         string   `json:"vpn,omitempty"`           // the VPN's name
	Program     string   `json:"program,omitempty"`       // who rewrites secure connections
	Issuer      string   `json:"issuer,omitempty"`        // issuer of the certificate in question
	Date        string   `json:"date,omitempty"`          // RFC 3339: the certificate's end or start
	Names       []string `json:"names,omitempty"`         // names the certificate covers
	Portal      string   `json:"portal,omitempty"`        // URL of the sign-in page
	HostsLine   int      `json:"hosts_line,omitempty"`    // line in the hosts file
	OffsetS     float64  `json:"offset_s,omitempty"`      // this computer's clock minus the true time
	Seconds     float64  `json:"seconds,omitempty"`       // how long the page took, or was waited for
	Reference   float64  `json:"reference_s,omitempty"`   // how long well-known sites took
	Tries       int      `json:"tries,omitempty"`         // how many tries
	RetryAfterS int      `json:"retry_after_s,omitempty"` // what the site asked for
	Detail      string   `json:"detail,omitempty"`        // "empty", "cut_off", "not_http", a TLS alert…
	RequestID   string   `json:"request_id,omitempty"`
	RequestName string   `json:"request_id_name,omitempty"` // header the ID came in
	Suggestion  string   `json:"suggestion,omitempty"`      // a name that exists and differs by one or two signs
	Redirects   int      `json:"redirects,omitempty"`
}
