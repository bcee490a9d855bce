package schema_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/report/schema/schematest"
)

func TestReportsAreValid(t *testing.T) {
	samples := reporttest.Samples()
	samples["canary"], _, _, _ = reporttest.Canary()
	samples["previous"] = reporttest.OtherNetwork()
	for name, private := range samples {
		for kind, r := range map[string]report.Report{"private": private, "redacted": private.Redact(false), "details": private.Redact(true)} {
			var b bytes.Buffer
			if err := report.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			if err := schematest.Validate(b.Bytes()); err != nil {
				t.Errorf("%s, %s: %v", name, kind, err)
			}
		}
	}
}

func TestInvalidReportsAreTold(t *testing.T) {
	for name, edit := range map[string]func(map[string]any){
		"another format": func(m map[string]any) { m["schema"] = "other/1" },
		"no verdict":     func(m map[string]any) { delete(m, "verdict") },
		"unknown answer": func(m map[string]any) { m["verdict"].(map[string]any)["who"] = "nobody" },
		"odd time":       func(m map[string]any) { m["started"] = "yesterday" },
	} {
		var b bytes.Buffer
		if err := report.Write(&b, reporttest.Site().Redact(false)); err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		edit(doc)
		edited, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if schematest.Validate(edited) == nil {
			t.Errorf("%s: passes", name)
		}
	}
}
