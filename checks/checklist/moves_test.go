package checklist_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// move is two runs of one visitor, with something changed in between, and what the second report must say.
type move struct {
	name      string
	then, now func(w world)
	to        func(*evidence.System) // what the visitor changes; nil for nothing
	address   string                 // "" is https://shop.example/page
	age       time.Duration          // between the runs, if it is not a moment
	want      string                 // "who/cause/certainty" of the second
	says      string                 // code of what the two say together, "" for nothing
	changed   []evidence.Change
}

// hotspot is another network, vpn a tunnel over the same one.
func hotspot(s *evidence.System) {
	s.Interfaces = append(s.Interfaces, evidence.Interface{Name: "wlan0", Kind: "wifi", Up: true, HasIPv4: true, Addresses: []string{"172.20.10.2"}})
	s.DefaultV4 = &evidence.Route{Destination: "default", Interface: "wlan0", Gateway: "172.20.10.1", Source: "172.20.10.2"}
}

func vpn(s *evidence.System) {
	s.VPNs = []evidence.VPN{{Name: "Office", Interface: "tun0", Kind: "tun", CarriesSite: true, HoldsDefault: true}}
	s.DefaultV4 = &evidence.Route{Destination: "default", Interface: "tun0", Source: "10.8.0.2"}
}

func dead(w world) { w.Silence(address + ":443"); w.Silence(address + ":80") }

func healthy(world) {}

var (
	elsewhereNow = []evidence.Change{evidence.ChangedGateway, evidence.ChangedInterface}
	throughVPN   = []evidence.Change{evidence.VPNOn}
)

var moves = []move{
	{
		name: "fails on the first network, opens on the second", then: dead, now: healthy, to: hotspot,
		want: "working/works/certain", says: verdict.SinceOpensHere, changed: elsewhereNow,
	},
	{
		name: "opens on the first network, fails on the second", then: healthy, now: dead, to: hotspot,
		want: "you/network_blocks_site/likely", says: verdict.SinceOpenedThere, changed: elsewhereNow,
	},
	{
		name: "opened on the first network an hour ago, fails on the second", then: healthy, now: dead, to: hotspot, age: 50 * time.Minute,
		want: "site/unreachable/likely", says: verdict.SinceOpenedThere, changed: elsewhereNow,
	},
	{
		name: "opened on the first network yesterday, fails on the second", then: healthy, now: dead, to: hotspot, age: 24 * time.Hour,
		want: "site/unreachable/likely", changed: elsewhereNow,
	},
	{
		name: "fails on both networks", then: dead, now: dead, to: hotspot,
		want: "site/unreachable/likely", says: verdict.SinceFailsBoth, changed: elsewhereNow,
	},
	{
		name: "the site breaks while the network changes", then: healthy, now: says(502), to: hotspot,
		want: "site/bad_gateway/certain", changed: elsewhereNow,
	},
	{
		name: "the site recovers while the network changes", then: says(502), now: healthy, to: hotspot,
		want: "working/works/certain", changed: elsewhereNow,
	},
	{
		name: "502 on both networks", then: says(502), now: says(502), to: hotspot,
		want: "site/bad_gateway/certain", says: verdict.SinceFailsBoth, changed: elsewhereNow,
	},
	{
		name: "turned away on the first network only", then: says(403), now: healthy, to: hotspot,
		want: "working/works/certain", says: verdict.SinceLetIn, changed: elsewhereNow,
	},
	{
		name: "turned away on the second network only", then: healthy, now: says(403), to: hotspot,
		want: "refused/forbidden/likely", says: verdict.SinceTurnedAway, changed: elsewhereNow,
	},
	{
		name: "turned away on both networks", then: says(403), now: says(403), to: hotspot,
		want: "refused/forbidden/likely", says: verdict.SinceRefusedBoth, changed: elsewhereNow,
	},
	{
		name: "the first network is not on the internet", then: world.dark, now: healthy, to: hotspot,
		want: "working/works/certain", says: verdict.SinceOpensHere, changed: elsewhereNow,
	},
	{
		name: "the second network is not on the internet", then: healthy, now: world.dark, to: hotspot,
		want: "you/no_internet/certain", says: verdict.SinceOpenedThere, changed: elsewhereNow,
	},
	{
		name: "a line in the hosts file goes along", then: inHosts, now: inHosts, to: hotspot,
		want: "you/hosts_file/certain", says: verdict.SinceThisComputer, changed: elsewhereNow,
	},
	{
		name: "the same network, the site is back", then: dead, now: healthy,
		want: "working/works/certain",
	},
	{
		name: "the same network, the site is gone", then: healthy, now: dead,
		want: "site/unreachable/likely",
	},
	{
		name: "another name service alone is no other network", then: healthy, now: dead,
		to:   func(s *evidence.System) { s.Nameservers[0].Address = "9.9.9.9" },
		want: "site/unreachable/likely", changed: []evidence.Change{evidence.ChangedResolver},
	},
	{
		name: "opens without the VPN, fails through it", then: healthy, now: dead, to: vpn,
		want: "you/vpn_breaks_site/likely", says: verdict.SinceOpenedWithout, changed: throughVPN,
	},
	{
		name: "fails without the VPN, opens through it", then: dead, now: healthy, to: vpn,
		want: "working/works/certain", says: verdict.SinceOpensThrough, changed: throughVPN,
	},
	{
		name: "fails with and without the VPN", then: dead, now: dead, to: vpn,
		want: "site/unreachable/likely", says: verdict.SinceFailsVPN, changed: throughVPN,
	},
	{
		name: "fails through the VPN, opens without it",
		then: func(w world) { dead(w); vpn(&w.Facts) }, now: healthy, to: func(*evidence.System) {},
		want: "working/works/certain", says: verdict.SinceOpensWithout, changed: []evidence.Change{evidence.VPNOff},
	},
	{
		name: "a device at home is another one everywhere else", address: "http://192.168.1.77/", to: hotspot,
		then: func(w world) { w.Serve("192.168.1.77:80", loopback.Page) }, now: func(w world) { w.Silence("192.168.1.77:80") },
		want: "site/unreachable/likely", changed: elsewhereNow,
	},
}

// inHosts leads the site to a place where nothing is, by a line of this computer's own list.
func inHosts(w world) {
	w.OS.Set(site, loopback.Addresses(foreign))
	w.Refuse(foreign + ":443")
	w.Facts.Hosts = []evidence.HostsEntry{{File: "/etc/hosts", Line: 9, Address: foreign, Name: site}}
}

func TestMoves(t *testing.T) {
	for _, m := range moves {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			full := func(breaks func(world)) report.Report {
				res := scenario{address: m.address, breaks: breaks}.runWith(t, context.Background(), checklist.Options{}, nil)
				return report.New(report.NewID(), report.ToolOf("1.0.0", res), res)
			}
			then := full(m.then)
			now := full(func(w world) {
				m.now(w)
				if m.to != nil {
					m.to(&w.Facts)
				}
			})
			then.Started = then.Started.Add(-m.age)
			then.Evidence.Started = then.Started
			r := now.After(then)
			v := r.Verdict
			if got := fmt.Sprintf("%s/%s/%s", v.Who, v.Cause, v.Certainty); got != m.want {
				t.Errorf("got %s by rule %s, want %s", got, v.Rule, m.want)
			}
			if !r.Previous.Compared || !slices.Equal(r.Previous.Changed, m.changed) {
				t.Errorf("changed: %v, want %v", r.Previous.Changed, m.changed)
			}
			said := ""
			for _, f := range r.Since() {
				said += f.Code
			}
			if said != m.says {
				t.Errorf("the two say %q, want %q", said, m.says)
			}
			if err := fitsSchema(checklist.Result{Evidence: r.Evidence, Verdict: v, Steps: r.Steps}); err != nil {
				t.Errorf("the report does not fit its schema: %v", err)
			}
		})
	}
}
