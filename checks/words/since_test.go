package words

import (
	"strings"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
)

func TestEveryChangeHasItsTexts(t *testing.T) {
	changes := constants(t, "../evidence/earlier.go", "Changed", "VPN", "Proxy")
	if len(changes) != 9 {
		t.Fatalf("changes %q", changes)
	}
	each(t, func(t *testing.T, c *Catalog) {
		for _, change := range changes {
			wants(t, change, c.T("compare."+change))
			wants(t, change, c.T("report.changed."+change))
			r := reporttest.OtherNetwork()
			r.Evidence.Earlier, r.Previous.Changed = nil, []evidence.Change{evidence.Change(change)}
			_, note := c.Before(r)
			wants(t, change, note)
			for _, line := range c.Since(r, Picture).Lines() {
				wants(t, change, line)
			}
		}
	})
}

func TestNothingBefore(t *testing.T) {
	c := For("en")
	if line, note := c.Before(report.Report{}); line+note != "" || len(c.Since(report.Report{}, Short).Lines()) > 0 {
		t.Errorf("%q %q", line, note)
	}
}

func TestNewsOfTheNetworkLeads(t *testing.T) {
	c := For("en")
	r := reporttest.OtherNetwork()
	if got := c.Lead(r); !strings.Contains(got, "did not from the one before") {
		t.Errorf("leads with %q", got)
	}
	r.Previous = nil
	if got := c.Lead(r); got != c.Say(r.Verdict) {
		t.Errorf("without an earlier run it leads with %q", got)
	}
}
