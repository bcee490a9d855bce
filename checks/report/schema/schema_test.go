package schema

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
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
