package evidence

// Role says why a resolver was asked.
type Role string

// The roles of resolvers.
const (
	RoleSystem     Role = "system"     // the operating system's own lookup, as programs use it
	RoleConfigured Role = "configured" // a name server this computer is set to use, asked directly
	RolePublic     Role = "public"     // a well-known public resolver
)

// Transport is how a DNS question travelled.
type Transport string

// The transports.
const (
	OverOS    Transport = "os"
	OverUDP   Transport = "udp"
	OverTCP   Transport = "tcp"
	OverHTTPS Transport = "doh" // RFC 8484, authenticated by the resolver's certificate
)

// ExtendedError is one RFC 8914 extended DNS error.
type ExtendedError struct {
	Code int    `json:"code"`
	Text string `json:"text,omitempty"`
}

// Answer is one DNS question to one resolver over one transport, and what came back. For the OS's own lookup Type is
// "A+AAAA", since the OS does not say which question failed.
type Answer struct {
	Resolver         string          `json:"resolver"` // address or DoH host; "os" for the OS's lookup
	Role             Role            `json:"role"`
	Transport        Transport       `json:"transport"`
	Name             string          `json:"name"`
	Type             string          `json:"type"`
	Addresses        []string        `json:"addresses,omitempty"`
	CNAMEs           []string        `json:"cnames,omitempty"`
	RCode            string          `json:"rcode,omitempty"` // as in RFC 2136 and the IANA registry: NOERROR, NXDOMAIN, SERVFAIL…
	ExtendedErrors   []ExtendedError `json:"extended_errors,omitempty"`
	CheckingDisabled bool            `json:"checking_disabled,omitempty"` // the question carried the CD bit (RFC 4035, 3.2.2)
	Authenticated    bool            `json:"authenticated,omitempty"`     // the reply carried the AD bit
	TTL              int             `json:"ttl_seconds,omitempty"`       // lowest TTL of the address records
	Failure          Failure         `json:"failure,omitempty"`
	MS               float64         `json:"ms"`
	// AfterFlush is true when this was asked again after the DNS cache had been cleared.
	AfterFlush bool `json:"after_flush,omitempty"`
}

// Replied reports whether the resolver said anything at all, be it an error code.
func (a Answer) Replied() bool { return a.RCode != "" || len(a.Addresses) > 0 }

// ResolverView is all that one resolver said about the site's name.
type ResolverView struct {
	Name    string   `json:"name"`    // "Google", "Cloudflare", "Quad9", or the address
	Address string   `json:"address"` // "8.8.8.8"; "os" for the OS's lookup
	Role    Role     `json:"role"`
	Answers []Answer `json:"answers,omitempty"` // about the site's name, in the order asked
	// Control holds the answers about well-known names, asked to tell "broken for every name" from "broken for this".
	Control []Answer `json:"control,omitempty"`
}
