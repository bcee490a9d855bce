//go:build linux

package lab

import (
	"bytes"
	"embed"
	"text/template"
)

// The servers' configurations, as an administrator would write them.
//
//go:embed testdata
var configurations embed.FS

// template writes the configuration testdata/source, filled in with data, to a file of this world.
func (r *running) template(source, name string, data any) (string, error) {
	t, err := template.ParseFS(configurations, "testdata/"+source)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return "", err
	}
	return r.write(name, b.Bytes())
}
