package evidence

// Target is the page the visitor asked about, read from what they pasted.
type Target struct {
	// URL is the address to fetch, normalised: punycode host, no user name, password or fragment.
	URL string `json:"url"`
	// Scheme is "http" or "https". SchemeGuessed says that the visitor gave none and https was assumed.
	Scheme        string `json:"scheme"`
	SchemeGuessed bool   `json:"scheme_guessed,omitempty"`
	// Host is the ASCII (punycode) name or the IP literal without brackets; DisplayHost is what a person reads.
	Host        string `json:"host"`
	DisplayHost string `json:"display_host"`
	// Port is the TCP port, always set.
	Port int `json:"port"`
	// Literal is true when Host is an IP address, so that there is no name to look up.
	Literal bool `json:"literal,omitempty"`
	// Private is true for localhost, addresses of private networks and names that only a private network knows.
	// Nothing about such a host is sent to public services without the visitor's yes.
	Private bool `json:"private,omitempty"`
	// OneTime is true when the address looks like a link that works once (reset, confirm, unsubscribe, a token):
	// it is fetched once only.
	OneTime bool `json:"one_time,omitempty"`
	// Hint is the browser's own error code or text found beside the address, in its closed form such as
	// "DNS_PROBE_FINISHED_NXDOMAIN" or "502"; empty when there was none.
	Hint string `json:"hint,omitempty"`
}
