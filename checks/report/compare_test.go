package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
)

func TestTheEarlierRunIsCarriedWhole(t *testing.T) {
	then := reporttest.Site()
	now := reporttest.You().After(then)
	earlier, ok := now.Earlier()
	if !ok || earlier.ID != then.ID || earlier.URL != then.URL || earlier.Previous != nil {
		t.Fatalf("%v %+v", ok, earlier)
	}
	if diff := cmp.Diff(then, earlier); diff != "" {
		t.Errorf("not the run that was: %s", diff)
	}
	if p := now.Previous; !p.Compared || len(p.Changed) != 0 || now.Evidence.Earlier != nil {
		t.Errorf("the same network: %v %v %+v", p.Compared, p.Changed, now.Evidence.Earlier)
	}
	if again := reporttest.Site().After(now); again.Previous.Evidence.Earlier != nil && again.Previous.ID != now.ID {
		t.Errorf("a third run: %+v", again.Previous)
	}
}

// Whose redacted file it is nobody knows: there is no network to compare with.
func TestARedactedEarlierRunIsOfAnotherComputer(t *testing.T) {
	two := reporttest.OtherNetwork()
	then, _ := two.Earlier()
	two.Previous, two.Evidence.Earlier = nil, nil
	two = two.After(then.Redact(false))
	if p := two.Previous; p.Compared || len(p.Changed) != 0 || two.Evidence.Earlier != nil {
		t.Errorf("%+v %+v", p.Changed, two.Evidence.Earlier)
	}
}

func TestBothRunsAreRedacted(t *testing.T) {
	two := reporttest.OtherNetwork()
	secret := []string{"192.168.178.1", "192.168.178.42", "2001:db8:77:1::42", "172.20.10.1", "172.20.10.2", "annas-laptop"}
	// What one network shows may stand in a text of the other run.
	two.Previous.Evidence.Tries[0].Fault.Detail = "dial from 172.20.10.2 to annas-laptop"
	two.Evidence.Tries[0].Hops[0].Response.Title = "your address is 192.168.178.42, 2001:db8:77:1:5::1"
	for _, keep := range []bool{false, true} {
		var b bytes.Buffer
		if err := report.Write(&b, two.Redact(keep)); err != nil {
			t.Fatal(err)
		}
		for _, s := range append(slices.Clone(secret), "2001:db8:77:1:5::1") {
			if strings.Contains(b.String(), s) != (keep && s != "annas-laptop") {
				t.Errorf("keep=%v: %q there: %v", keep, s, !keep)
			}
		}
	}
	r := two.Redact(false)
	if !slices.Equal(r.Previous.Changed, two.Previous.Changed) || !r.Previous.Compared || r.Previous.ID != two.Previous.ID {
		t.Errorf("%+v", r.Previous)
	}
	if diff := cmp.Diff(r, r.Redact(false)); diff != "" {
		t.Errorf("not the same when redacted twice: %s", diff)
	}
	if two.Previous.Evidence.System.DefaultV4.Gateway != "192.168.178.1" {
		t.Error("the private report was changed")
	}
}

func TestASavedReportOpensWithBoth(t *testing.T) {
	for _, r := range []report.Report{reporttest.OtherNetwork(), reporttest.OtherNetwork().Redact(false)} {
		var b bytes.Buffer
		if err := report.Write(&b, r); err != nil {
			t.Fatal(err)
		}
		opened, err := report.Read(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r.Previous.Verdict, opened.Previous.Verdict); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(r.Since(), opened.Since()); diff != "" || len(opened.Since()) != 1 {
			t.Errorf("%v: %s", opened.Since(), diff)
		}
	}
	half := strings.NewReader(`{"schema":"isitme.report/1","id":"a","url":"https://a.example/","verdict":{"who":"site","cause":"unreachable"},
		"evidence":{"target":{"host":"a.example"}},"previous":{"id":"b"}}`)
	if r, err := report.Read(half); err != nil || r.Previous != nil {
		t.Errorf("half an earlier run: %v %+v", err, r.Previous)
	}
}

// A view from another network counts for the next run from the same one too, as long as it is fresh.
func TestTheViewFromAnotherNetworkIsPassedOn(t *testing.T) {
	two := reporttest.OtherNetwork()
	home, _ := two.Earlier()
	two.Previous, two.Evidence.Earlier = nil, nil
	at := func(minutes int) report.Report {
		r := home
		r.Started = two.Started.Add(time.Duration(minutes) * time.Minute)
		r.Evidence.Started = r.Started
		return r
	}
	back := at(4).After(two)
	for minutes, want := range map[int]verdict.Cause{6: verdict.NetworkBlocksSite, 20: verdict.Unreachable} {
		again := at(minutes).After(back)
		if again.Verdict.Cause != want || again.Since() != nil {
			t.Errorf("after %d minutes: %s, and the two say %v", minutes, again.Verdict.Cause, again.Since())
		}
	}
	if again := at(90).After(back); again.Evidence.Earlier != nil {
		t.Error("a view of more than an hour ago")
	}
}

func TestLearnJudgesAgain(t *testing.T) {
	two := reporttest.OtherNetwork()
	r, _ := two.Earlier()
	r = r.Learn(func(ev *evidence.Evidence) { ev.Phone = &evidence.Phone{Opened: true} })
	last := r.Steps[len(r.Steps)-1].Finding.Args
	if r.Verdict.Cause != verdict.NetworkBlocksSite || last["Who"] != "you" || last["Certainty"] != "likely" {
		t.Errorf("%+v, the row says %v", r.Verdict, last)
	}
	if two.Previous.Steps[len(r.Steps)-1].Finding.Args["Who"] == "you" {
		t.Error("the report it was made of was changed")
	}
}
