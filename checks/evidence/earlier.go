package evidence

import "time"

// Earlier is what this computer saw of the same page a while before, from another network or with the VPN the other way:
// a second place to look from.
type Earlier struct {
	At time.Time `json:"at"` // when that run began
	// Changed names what is different now.
	Changed []Change `json:"changed"`
	// Opened is true when the page opened there, beyond doubt the site's own.
	Opened bool `json:"opened,omitempty"`
	// Unheard is true when it failed there without any word of the site. Both are false for everything else, such as a reply
	// that turned the visitor away.
	Unheard bool `json:"unheard,omitempty"`
}

// Change is one thing on the visitor's side that is not what it was in an earlier run.
type Change string

// The changes.
const (
	ChangedGateway   Change = "gateway"   // the first hop of the ways out
	ChangedInterface Change = "interface" // what the ways out leave through
	ChangedResolver  Change = "resolver"  // the name services this computer is set to use
	ChangedVPN       Change = "vpn"       // another VPN carries the visit
	VPNOn            Change = "vpn_on"    // a VPN carries the visit now
	VPNOff           Change = "vpn_off"   // none does any more
	ChangedProxy     Change = "proxy"     // another proxy applies to the page
	ProxyOn          Change = "proxy_on"  // a proxy applies now
	ProxyOff         Change = "proxy_off" // none does any more
)
