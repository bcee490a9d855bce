package report_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"isitme/checks/report"
	"isitme/checks/report/reporttest"
)

func TestReadWhatWasWritten(t *testing.T) {
	for name, r := range reporttest.Samples() {
		got, err := report.Read(strings.NewReader(asJSON(t, r)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(r, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	whole := asJSON(t, reporttest.Site())
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":         {"", report.ErrNotReport},
		"half":            {whole[:len(whole)/2], report.ErrNotReport},
		"no json":         {"<html>", report.ErrNotReport},
		"other json":      {`{"a":1}`, report.ErrNotReport},
		"a list":          {`[]`, report.ErrNotReport},
		"newer":           {strings.Replace(whole, "report/1", "report/2", 1), report.ErrNewer},
		"newer, rest odd": {`{"schema":"isitme.report/9","verdict":7}`, report.ErrNewer},
		"odd version":     {strings.Replace(whole, "report/1", "report/one", 1), report.ErrNotReport},
		"version zero":    {strings.Replace(whole, "report/1", "report/0", 1), report.ErrNotReport},
		"wrong types":     {strings.Replace(whole, `"redacted": false`, `"redacted": "no"`, 1), report.ErrNotReport},
		"id as a path":    {strings.Replace(whole, `"id": "site2bad3gateway"`, `"id": "../../etc/passwd"`, 1), report.ErrNotReport},
		"code as script":  {strings.Replace(whole, `"who": "site"`, `"who": "<script>"`, 1), report.ErrNotReport},
		"too large":       {`{"schema":"isitme.report/1","x":"` + strings.Repeat("a", 9<<20) + `"}`, report.ErrNotReport},
		"deeply nested":   {`{"schema":"isitme.report/1","x":` + strings.Repeat("[", 100000) + strings.Repeat("]", 100000) + `}`, report.ErrNotReport},
	} {
		if _, err := report.Read(strings.NewReader(c.text)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestUnknownFieldsAreTolerated(t *testing.T) {
	text := strings.Replace(asJSON(t, reporttest.Site()), `"tool": {`, `"later": {"x": [1]}, "tool": {"later": true, `, 1)
	if _, err := report.Read(strings.NewReader(text)); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	// Small seeds: the fuzzer spends all its time on making large ones small.
	f.Add([]byte(`{"schema":"isitme.report/1","id":"a1","url":"https://a.example/x?q=1","verdict":{"who":"site","cause":"bad_gateway",` +
		`"reasons":[{"code":"x","args":{"Good":3,"Names":["a"]}}],"facts":{"host":"a.example","proxy":"p:1"}},` +
		`"evidence":{"target":{"host":"a.example"},"tries":[{"hops":[{"url":"//u:p@b/%zz","response":{"header":{"location":"/r?x#y"}}}]}],` +
		`"system":{"interfaces":[{"name":"e","kind":"wifi","addresses":["fe80::1%e"]}],"proxy":{"pac_result":"PROXY a:1"}}}}`))
	f.Add([]byte(`{"schema":"isitme.report/2"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := report.Read(bytes.NewReader(data))
		if err != nil {
			var known *report.ReadError
			if !errors.As(err, &known) {
				t.Errorf("error without a code: %v", err)
			}
			return
		}
		var b bytes.Buffer
		if err := report.Write(&b, r); err != nil {
			t.Fatalf("read, but cannot be written: %v", err)
		}
		if _, err := report.Read(&b); err != nil {
			t.Fatalf("written, but cannot be read: %v", err)
		}
		r.Redacted = false
		if once := r.Redact(false); !once.Redacted {
			t.Error("not redacted")
		}
	})
}
