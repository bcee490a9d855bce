package evidence

// System is what this computer says of itself, as far as it concerns this visit.
type System struct {
	OS         string      `json:"os"`                // "linux", "windows", "darwin"
	OSName     string      `json:"os_name,omitempty"` // "Debian GNU/Linux 12", "Windows 11"
	Desktop    string      `json:"desktop,omitempty"` // "gnome", "kde", empty
	Sandbox    string      `json:"sandbox,omitempty"` // "flatpak", "snap", empty
	Managed    bool        `json:"managed,omitempty"` // looks like a work or school computer
	Interfaces []Interface `json:"interfaces,omitempty"`
	DefaultV4  *Route      `json:"default_v4,omitempty"` // nil: no IPv4 way out
	DefaultV6  *Route      `json:"default_v6,omitempty"`
	// SiteRoutes are the routes that carry traffic to the site's own addresses.
	SiteRoutes  []Route      `json:"site_routes,omitempty"`
	Nameservers []Nameserver `json:"nameservers,omitempty"`
	// StubResolver names the local daemon that answers for this computer, "systemd-resolved" or "dnsmasq".
	StubResolver string       `json:"stub_resolver,omitempty"`
	Hosts        []HostsEntry `json:"hosts,omitempty"` // entries for the site's name only
	Proxy        Proxy        `json:"proxy"`
	VPNs         []VPN        `json:"vpns,omitempty"`
	// EncryptedDNS says how the OS's own lookup is told to travel, where a policy says so: "doh", "dot", "nrpt".
	EncryptedDNS string `json:"encrypted_dns,omitempty"`
	// Unread lists what could not be read, and why: unknown is never shown as fine.
	Unread []Unread `json:"unread,omitempty"`
}

// Interface is one network interface.
type Interface struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"` // "ethernet", "wifi", "loopback", "tun", "wireguard", "ppp", "bridge", "virtual", "cellular"
	Up        bool     `json:"up"`   // administratively up and with carrier
	HasIPv4   bool     `json:"has_ipv4"`
	HasIPv6   bool     `json:"has_ipv6"` // a global address, not only link-local
	Addresses []string `json:"addresses,omitempty"`
}

// Route is the way to one destination.
type Route struct {
	Destination string `json:"destination"` // address, or "default"
	Interface   string `json:"interface"`
	Gateway     string `json:"gateway,omitempty"`
	Source      string `json:"source,omitempty"` // the visitor's own address on it
	// Failure is why there is no route, such as network_unreachable.
	Failure Failure `json:"failure,omitempty"`
}

// Nameserver is one resolver this computer is set to use.
type Nameserver struct {
	Address   string `json:"address"`
	Interface string `json:"interface,omitempty"`
	Source    string `json:"source"` // "resolv.conf", "systemd-resolved", "windows", "scutil"
	// Domains are the only names this server is asked for; empty means all.
	Domains []string `json:"domains,omitempty"`
}

// HostsEntry is one line of the hosts file (RFC 952's descendant) that names the site.
type HostsEntry struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Address string `json:"address"`
	Name    string `json:"name"`
}

// Proxy is the proxy the OS would use for this address.
type Proxy struct {
	// Configured is true when any proxy setting exists, InUse when it applies to this address.
	Configured bool `json:"configured,omitempty"`
	InUse      bool `json:"in_use,omitempty"`
	// URL is the proxy without credentials: "http://proxy.example:3128", "socks5://127.0.0.1:1080".
	URL string `json:"url,omitempty"`
	// HasCredentials says that a user name was set; it is never recorded.
	HasCredentials bool `json:"has_credentials,omitempty"`
	// Source is where the setting stands: "environment", "gnome", "kde", "windows", "winhttp", "macos", "pac".
	Source string `json:"source,omitempty"`
	// PACURL is the automatic configuration script; PACFault is set when it could not be fetched or evaluated.
	PACURL    string `json:"pac_url,omitempty"`
	PACFault  *Fault `json:"pac_fault,omitempty"`
	PACResult string `json:"pac_result,omitempty"` // "PROXY a:3128; DIRECT"
	// Variable is the name of the environment variable or setting key that named it.
	Variable string `json:"variable,omitempty"`
}

// VPN is one tunnel interface.
type VPN struct {
	Name      string `json:"name"` // as the system names the connection, else the interface
	Interface string `json:"interface"`
	Kind      string `json:"kind"` // "tun", "wireguard", "ppp", "ipsec"
	// CarriesSite is true when traffic to this site goes through it, HoldsDefault when all traffic does.
	CarriesSite  bool `json:"carries_site,omitempty"`
	HoldsDefault bool `json:"holds_default,omitempty"`
}

// Unread is a setting that could not be read.
type Unread struct {
	What    string  `json:"what"`
	Failure Failure `json:"failure"`
	Detail  string  `json:"detail,omitempty"`
}

// Flush is the attempt to clear this computer's DNS cache.
type Flush struct {
	Done   bool   `json:"done"`
	Method string `json:"method,omitempty"` // "systemd-resolved", "nscd", "dnsmasq", "dnsapi", "dscacheutil"
	// NeedsPassword is true when the system would ask for one; nothing was done then.
	NeedsPassword bool   `json:"needs_password,omitempty"`
	NoCache       bool   `json:"no_cache,omitempty"` // this system keeps no such cache
	Detail        string `json:"detail,omitempty"`
	// Changed says whether the OS's answer for the site was another one afterwards.
	Changed bool `json:"changed,omitempty"`
}
