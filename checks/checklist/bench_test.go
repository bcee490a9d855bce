package checklist_test

import (
	"context"
	"testing"

	"isitme/checks/checklist"
	"isitme/checks/loopback"
	"isitme/checks/target"
	"isitme/checks/verdict"
)

// quiet is a world of a benchmark, which ends it.
func quiet(b *testing.B, breaks func(world)) world {
	b.Helper()
	w := world{loopback.Start(b)}
	w.AddHost(site, address)
	w.page(loopback.Page)
	if breaks != nil {
		breaks(w)
	}
	return w
}

// BenchmarkHealthyRun is a whole run about a page that loads. The ratio is its time to that of the page alone, which is
// what the visitor waits for anyway.
func BenchmarkHealthyRun(b *testing.B) {
	w := quiet(b, nil)
	goal, err := target.Parse("https://" + site + "/page")
	if err != nil {
		b.Fatal(err)
	}
	var page, all float64
	for b.Loop() {
		res := checklist.Run(context.Background(), *w.Environment(), goal, checklist.Options{}, nil)
		if res.Verdict.Cause != verdict.Works {
			b.Fatalf("%s/%s", res.Verdict.Who, res.Verdict.Cause)
		}
		page += res.Evidence.Tries[0].MS
		all += float64(res.Evidence.Finished.Sub(res.Evidence.Started).Microseconds()) / 1000
	}
	b.ReportMetric(all/page, "run/page")
}

// BenchmarkJudge is the verdict on the evidence of a run that used every step: it is asked for after each thing learnt.
func BenchmarkJudge(b *testing.B) {
	w := quiet(b, func(w world) { w.page(status(502, "nginx")) })
	goal, err := target.Parse("https://" + site + "/page")
	if err != nil {
		b.Fatal(err)
	}
	res := checklist.Run(context.Background(), *w.Environment(), goal, checklist.Options{}, nil)
	for b.Loop() {
		if v := verdict.Judge(&res.Evidence); v.Cause != verdict.BadGateway {
			b.Fatal(v.Cause)
		}
	}
}
