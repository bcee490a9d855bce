//go:build linux

package lab

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// The phone that the visitor makes a second network of: its own side, and its line to the provider.
const (
	hotspotAddress = "172.20.10.1"
	hotspotVisitor = "172.20.10.2"
	hotspotMobile  = "62.54.11.20"
	mobileProvider = "62.54.11.1"
)

// hotspot lays a second way out from the visitor's computer, around the router at home, which is not in use yet.
func (r *running) hotspot(rules string) error {
	phone, err := newNamespace("phone")
	if err != nil {
		return err
	}
	r.atClose(phone.close)
	return errors.Join(
		phone.sysctl("net/ipv4/ip_forward", "1"),
		join(r.visitor, "wlan0", phone, "air", 1500),
		join(phone, "mobile", r.provider, "mobile", 1500),
		r.visitor.address("wlan0", hotspotVisitor+"/28"),
		phone.address("air", hotspotAddress+"/28"),
		phone.address("mobile", hotspotMobile+"/24"),
		r.provider.address("mobile", mobileProvider+"/24"),
		phone.route("default4", mobileProvider),
		phone.nft("table inet lab {\nchain post {\ntype nat hook postrouting priority srcnat\noifname mobile masquerade\n}\n"+
			"chain ward {\ntype filter hook forward priority filter\n"+rules+"\n}\n}\n"),
	)
}

// toHotspot takes the visitor from the home network to the phone's: another interface, gateway and name service.
func (r *running) toHotspot() error {
	r.mu.Lock()
	r.resolvers = []string{providerDNS}
	delete(r.seen, r.visitor) // what programs see of the settings is laid out anew
	r.mu.Unlock()
	return errors.Join(r.visitor.down("eth0"), r.visitor.route("default4", hotspotAddress))
}

// TestMoves takes one visitor from one network to another between two checks of the same page. The second report says
// what changed, and what that means.
func TestMoves(t *testing.T) {
	needLab(t)
	const swallows = "ip daddr " + shopAddress + " drop"
	toHotspot := func(rules string) func(*running) error {
		return func(r *running) error { return errors.Join(r.hotspot(rules), r.toHotspot()) }
	}
	network := []evidence.Change{evidence.ChangedGateway, evidence.ChangedInterface, evidence.ChangedResolver}
	var all []trial
	for name, m := range map[string]struct {
		home    []fault
		move    func(*running) error
		first   Want
		second  Want
		changed []evidence.Change
		says    string
		tunnel  bool
	}{
		"blocked at home": {
			home: []fault{blocking(homeForward, swallows)}, move: toHotspot(""),
			first: want(verdict.Unreachable, verdict.Likely), second: want(verdict.Works),
			changed: network, says: verdict.SinceOpensHere,
		},
		"blocked by the phone's network": {
			move:  toHotspot(swallows),
			first: want(verdict.Works), second: want(verdict.NetworkBlocksSite, verdict.Likely),
			changed: network, says: verdict.SinceOpenedThere,
		},
		"dead for all": {
			home: []fault{dropped(shopAddress)}, move: toHotspot(""),
			first: want(verdict.Unreachable, verdict.Likely), second: want(verdict.Unreachable, verdict.Likely),
			changed: network, says: verdict.SinceFailsBoth,
		},
		"a VPN whose exit blocks the site": {
			home: []fault{func(w *world) { w.rule(internetIn, `iifname "tun0" `+swallows) }, withoutIPv6}, move: (*running).tunnel, tunnel: true,
			first: want(verdict.Works), second: want(verdict.VPNBreaksSite, verdict.Likely),
			changed: []evidence.Change{evidence.VPNOn}, says: verdict.SinceOpenedWithout,
		},
		"nothing changes": {
			home: []fault{blocking(homeForward, swallows)}, move: func(*running) error { return nil },
			first: want(verdict.Unreachable, verdict.Likely), second: want(verdict.Unreachable, verdict.Likely),
		},
	} {
		all = append(all, trial{name, m.tunnel, func(*testing.T) (err error) {
			s := Scenario{Name: name, Break: m.home, Address: cart, Want: m.first, Within: 32 * time.Second}
			r, err := s.build()
			if r != nil {
				defer r.close()
			}
			if err != nil {
				return err
			}
			check := func() (report.Report, error) {
				result, err := s.ask(r)
				if err == nil {
					err = result.fault()
				}
				if err != nil {
					err = fmt.Errorf("%w\n%s\n%s", err, result.JSON, result.Logs)
				}
				return result.Report, err
			}
			first, err := check()
			if err != nil {
				return err
			}
			if first.Previous != nil {
				return fmt.Errorf("compared with %+v", first.Previous)
			}
			if err := m.move(r); err != nil {
				return err
			}
			s.Want = m.second
			second, err := check()
			if err != nil {
				return err
			}
			p := second.Previous
			if p == nil || !p.Compared || !m.first.allows(p.Verdict) || len(p.Evidence.Tries) == 0 {
				return fmt.Errorf("the first check is not in the report: %+v", p)
			}
			if !slices.Equal(p.Changed, m.changed) {
				return fmt.Errorf("changed: %v, want %v", p.Changed, m.changed)
			}
			said := ""
			for _, f := range second.Since() {
				said += f.Code
			}
			if said != m.says {
				return fmt.Errorf("the two say %q, want %q", said, m.says)
			}
			return nil
		}})
	}
	try(t, all)
}

// TestWindowMoves presses Check again on another network.
func TestWindowMoves(t *testing.T) {
	needWindow(t)
	try(t, []trial{{"check again", false, playWindowMove}})
}

func playWindowMove(t *testing.T) error {
	s := Scenario{Break: []fault{blocking(homeForward, "ip daddr "+shopAddress+" drop")}}
	r, err := s.build()
	if r != nil {
		defer r.close()
	}
	if err != nil {
		return err
	}
	d, err := openDesk(r)
	if err != nil {
		return err
	}
	if err := d.ask(cart); err != nil {
		return err
	}
	first, err := d.answer(func(report.Report) bool { return true })
	if err != nil {
		return err
	}
	if err := errors.Join(r.hotspot(""), r.toHotspot()); err != nil {
		return err
	}
	if _, err := d.tool("xdotool", "key", "alt+r"); err != nil {
		return err
	}
	second, err := d.answer(func(r report.Report) bool { return r.ID != first.ID })
	if err != nil {
		return err
	}
	if _, err := d.picture(filepath.Join(t.ArtifactDir(), "check-again.png")); err != nil {
		return err
	}
	p := second.Previous
	if p == nil || p.ID != first.ID || p.Verdict.Cause != verdict.Unreachable || second.Verdict.Cause != verdict.Works {
		return fmt.Errorf("%s, before: %+v", second.Verdict.Cause, p)
	}
	if says := second.Since(); len(says) != 1 || says[0].Code != verdict.SinceOpensHere {
		return fmt.Errorf("the two say %v; changed: %v", says, p.Changed)
	}
	return nil
}
