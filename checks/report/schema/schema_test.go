package schema

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"isitme/checks/report"
	"isitme/checks/report/reporttest"
)

var update = flag.Bool("update", false, "write the schema anew")

func TestSchemaIsCurrent(t *testing.T) {
	want, missing, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if len(missing) > 0 {
		t.Errorf("fields without a word of what they mean:\n%s", strings.Join(missing, "\n"))
	}
	if *update {
		if err := os.WriteFile("isitme.report-1.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, JSON) {
		t.Error("the schema is not what the types say: run go generate in checks/report/schema")
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSON))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReportsAreValid(t *testing.T) {
	s := compile(t)
	samples := reporttest.Samples()
	samples["canary"], _, _, _ = reporttest.Canary()
	samples["previous"] = reporttest.OtherNetwork()
	for name, private := range samples {
		for kind, r := range map[string]report.Report{"private": private, "redacted": private.Redact(false), "details": private.Redact(true)} {
			var b bytes.Buffer
			if err := report.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(doc); err != nil {
				t.Errorf("%s, %s: %v", name, kind, err)
			}
		}
	}
}

func TestInvalidReportsAreTold(t *testing.T) {
	s := compile(t)
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
		if s.Validate(doc) == nil {
			t.Errorf("%s: passes", name)
		}
	}
}
