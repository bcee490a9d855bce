// Package schema holds the published JSON Schema (draft 2020-12) of isitme.report/1. It is written from the Go types of
// the report and their doc comments, by the generator in this package's tests, so that it cannot say anything else than
// the program does.
package schema

import _ "embed"

// JSON is the schema, as `isitme schema` prints it.
//
//go:embed isitme.report-1.schema.json
var JSON []byte

//go:generate go test -run TestSchemaIsCurrent -update
