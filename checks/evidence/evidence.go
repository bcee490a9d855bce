package evidence

import "time"

// Evidence is everything one run learned. The zero value of any field means "not checked": a finding is only ever
// drawn from something that is there.
type Evidence struct {
	Target   Target    `json:"target"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`

	// Tries are the visits to the page itself, in order of start (step 1).
	Tries []Fetch `json:"tries,omitempty"`
	// TriesPlanned is how many there could have been; fewer were made when a reply made more of them pointless.
	TriesPlanned int `json:"tries_planned,omitempty"`

	System *System `json:"system,omitempty"`

	// Portals are the plain-HTTP questions to sign-in-page detectors, WellKnown the HTTPS visits (step 2).
	Portals   []PortalCheck `json:"portals,omitempty"`
	WellKnown []SiteCheck   `json:"well_known,omitempty"`
	// Reachable are connections to public addresses by number, which need no name lookup.
	Reachable []Dial `json:"reachable,omitempty"`
	// Later are connections, late in the run, to places that had answered at its beginning: a line may die while a site is
	// waited for.
	Later []Dial `json:"later,omitempty"`

	// Resolvers are the views of the site's name (step 3). Interception holds questions sent to addresses that run
	// no resolver: an answer means somebody answers in other name services' name.
	Resolvers    []ResolverView `json:"resolvers,omitempty"`
	Interception []Answer       `json:"interception,omitempty"`
	// NAT64 is true when ipv4only.arpa resolves to a synthesised IPv6 address here (RFC 7050).
	NAT64 bool `json:"nat64,omitempty"`
	// PublicAllowed is false when the name is private and the visitor gave no yes to asking public resolvers.
	PublicAllowed bool `json:"public_allowed"`

	// Addresses is the sweep: every address that anybody returned, tried for this name.
	Addresses []AddressCheck `json:"addresses,omitempty"`
	// Vouched are addresses that only this computer's lookup gave for a visit in plain text, asked over https for the same
	// name: a valid certificate shows that they are the site's.
	Vouched []AddressCheck `json:"vouched,omitempty"`
	// OtherNames are visits to the site's own address under another name, and of the site's name at an unrelated
	// operator's address, where the reply cannot depend on the site.
	OtherNames []NameCheck `json:"other_names,omitempty"`

	// OtherScheme is the visit to the site's "/" over http where https was cut off or silent, or the reverse, at the same
	// address.
	OtherScheme *Fetch `json:"other_scheme,omitempty"`

	// Around is the visit to the site's "/" around the proxy, BesideVPN the one around the VPN (step 4). ProxyDial is a
	// bare connection to the proxy.
	Around *Fetch `json:"around_proxy,omitempty"`
	// ThroughProxy is the visit to the site's "/" through the proxy, where another page failed in plain text: it tells
	// a proxy that does not let the site through from a page that fails by itself.
	ThroughProxy *Fetch `json:"through_proxy,omitempty"`
	ProxyDial    *Dial  `json:"proxy_dial,omitempty"`
	BesideVPN    *Fetch `json:"beside_vpn,omitempty"`
	// BesideVPNWellKnown is a well-known site asked beside the VPN.
	BesideVPNWellKnown *SiteCheck `json:"beside_vpn_well_known,omitempty"`

	// LargePackets compares small and full-sized packets to unrelated sites.
	LargePackets []PacketCheck `json:"large_packets,omitempty"`

	Flush      *Flush `json:"flush,omitempty"`       // step 5
	AfterFlush *Fetch `json:"after_flush,omitempty"` // the page once more, after the flush

	Elsewhere *Elsewhere `json:"elsewhere,omitempty"` // step 7
	Phone     *Phone     `json:"phone,omitempty"`
	Earlier   *Earlier   `json:"earlier,omitempty"` // the same page, from another network

	// Suggestions are existing names that differ from one that does not exist by a sign or two; empty, not nil, when
	// none was found.
	Suggestions []string `json:"suggestions,omitempty"`

	// Gaps are the checks that could not run, with their reason.
	Gaps []Gap `json:"gaps,omitempty"`
	// Stopped is true when the visitor stopped the run, OutOfTime when its budget did.
	Stopped   bool `json:"stopped,omitempty"`
	OutOfTime bool `json:"out_of_time,omitempty"`
	// Requests and Connections count what reached for the site's addresses in this run.
	Requests    int `json:"requests_to_site"`
	Connections int `json:"connections_to_site"`
}

// PortalCheck is one sign-in-page detector asked over plain HTTP.
type PortalCheck struct {
	Operator string `json:"operator"` // "Apple"
	Fetch    Fetch  `json:"fetch"`
	// Genuine is true when the reply is the detector's own. Foreign is true when something else replied in its place
	// (another status, body or a redirect). Both are false when nothing replied.
	Genuine bool `json:"genuine,omitempty"`
	Foreign bool `json:"foreign,omitempty"`
	// LeadsTo is the URL a foreign reply redirects to.
	LeadsTo string `json:"leads_to,omitempty"`
	// ClockOffsetS is as in SiteCheck: plain HTTP tells the time even where this computer's clock spoils every
	// certificate.
	ClockOffsetS *float64 `json:"clock_offset_s,omitempty"`
}

// SiteCheck is one well-known site visited over HTTPS.
type SiteCheck struct {
	Operator string `json:"operator"`
	Host     string `json:"host"`
	Fetch    Fetch  `json:"fetch"`
	// ByAddress is true when its address came from a public resolver because this computer's own did not give one.
	ByAddress bool `json:"by_address,omitempty"`
	// ClockOffsetS is the site's Date header minus this computer's clock, in seconds, corrected for half the round trip
	// and for Age (RFC 9110, 6.6.1); nil without a Date.
	ClockOffsetS *float64 `json:"clock_offset_s,omitempty"`
}

// AddressCheck is one of the site's possible addresses, visited for the site's name.
type AddressCheck struct {
	Address string `json:"address"`
	// From names the resolvers that gave it: their addresses, or "os".
	From []string `json:"from"`
	Hop  Hop      `json:"hop"`
}

// NameCheck is a visit to Address under Name instead of the site's own name.
type NameCheck struct {
	Address string `json:"address"`
	Name    string `json:"name"`
	Scheme  string `json:"scheme"`
	// SiteName is true for the counter-check: the site's own name asked at an address that is not the site's.
	SiteName bool `json:"site_name,omitempty"`
	// Silent is true where the address runs no server (RFC 5737), so that whoever replies stands on the way.
	Silent bool `json:"silent,omitempty"`
	Hop    Hop  `json:"hop"`
}

// PacketCheck is one exchange with an unrelated site with small and with full-sized packets.
type PacketCheck struct {
	Host string `json:"host"`
	// Small is the outcome with a small segment size, Full with the ordinary one; nil when not tried.
	Small *Fault `json:"small,omitempty"`
	Full  *Fault `json:"full,omitempty"`
	// SmallDone and FullDone say that the exchange was tried to its end.
	SmallDone bool `json:"small_done"`
	FullDone  bool `json:"full_done"`
}

// Elsewhere is the second opinion.
type Elsewhere struct {
	Service string `json:"service"`
	Target  string `json:"target"` // scheme, host and port: all that was sent
	ID      string `json:"id,omitempty"`
	// Unavailable is why there was no opinion: "quota", "unreachable", "refused", "timeout", "malformed", "stopped".
	Unavailable string     `json:"unavailable,omitempty"`
	RetryInS    int        `json:"retry_in_s,omitempty"` // when a quota is free again
	Views       []ElseView `json:"views,omitempty"`
}

// ElseView is what one computer elsewhere saw of the site's front page.
type ElseView struct {
	Country    string `json:"country"` // ISO 3166-1 alpha-2
	City       string `json:"city,omitempty"`
	Network    string `json:"network,omitempty"`
	ASN        int    `json:"asn,omitempty"`
	HomeLine   bool   `json:"home_line,omitempty"` // an eyeball network, not a data centre
	Status     int    `json:"status,omitempty"`    // 0: no HTTP reply
	Address    string `json:"address,omitempty"`
	TLSProblem string `json:"tls_problem,omitempty"` // why the certificate did not count there
	// Up is true when the site answered there, Down when it failed there by its own doing; both false: no vote.
	Up   bool `json:"up,omitempty"`
	Down bool `json:"down,omitempty"`
	// RefusesRobots is true when the reply was 403, 405, 429 or a challenge: up, but not for robots.
	RefusesRobots bool    `json:"refuses_robots,omitempty"`
	Failure       string  `json:"failure,omitempty"` // the service's word: "target", "resolver", "internal", "offline"
	MS            float64 `json:"ms,omitempty"`
}

// Phone is the visitor's own word from another network.
type Phone struct {
	Opened bool      `json:"opened"`
	At     time.Time `json:"at"`
}

// Gap is a check that could not run.
type Gap struct {
	Step   Step   `json:"step"`
	Reason Reason `json:"reason"`
}

// Reason is why a check could not run.
type Reason string

// The reasons.
const (
	NoNetwork     Reason = "no_network"
	NoTime        Reason = "no_time"
	NotAllowed    Reason = "system_said_no"
	NeedsPassword Reason = "needs_password"
	WasStopped    Reason = "stopped"
	NoConsent     Reason = "no_consent"
	SwitchedOff   Reason = "switched_off"
	Blocked       Reason = "blocked"
	NotPossible   Reason = "not_possible"
)

// Step is one step of the visitor's checklist.
type Step string

// The steps, in the order they are shown.
const (
	StepRetry     Step = "try_again"
	StepCompare   Step = "compare"
	StepResolvers Step = "name_services"
	StepProxyVPN  Step = "proxy_vpn"
	StepFlush     Step = "flush"
	StepAnswer    Step = "answer"
	StepElsewhere Step = "elsewhere"
)

// Steps are the six steps of every run, in order; StepElsewhere is added when it is asked for.
func Steps() []Step {
	return []Step{StepRetry, StepCompare, StepResolvers, StepProxyVPN, StepFlush, StepAnswer}
}
