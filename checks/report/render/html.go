package render

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"

	"isitme/assets"
	"isitme/checks/report"
	"isitme/checks/words"
)

//go:embed report.css
var css string

//go:embed report.html.tmpl
var htmlSource string

// html is parsed once; contextual escaping by html/template makes whatever came from the network harmless, and the
// content security policy lets nothing but this one style sheet do anything.
var html = template.Must(template.New("report").Funcs(template.FuncMap{
	"outline": outline, "placeIcon": placeIcon, "verdictIcon": verdictIcon,
	"badgeIcon": func(s station) string { icon, _ := badge(s.State); return icon },
	"badgeTone": func(s station) string { _, tone := badge(s.State); return tone },
	"long":      long,
}).Parse(htmlSource))

// long reports whether a cell holds a word that must be broken for the others to have room. Addresses stay whole.
func long(cell string) bool {
	return slices.ContainsFunc(strings.Fields(cell), func(word string) bool { return len(word) > 40 || strings.Contains(word, "://") })
}

var reMark = regexp.MustCompile(`fill="(#[0-9a-fA-F]{6})" d="([^"]*)"`)

// shape is one filled outline of the mark.
type shape struct{ Fill, D string }

// markShapes is the program's mark, which keeps its own colours.
func markShapes() []shape {
	svg, err := assets.Icons.ReadFile("icons/mark.svg")
	if err != nil {
		return nil
	}
	var all []shape
	for _, m := range reMark.FindAllSubmatch(svg, -1) {
		all = append(all, shape{string(m[1]), string(m[2])})
	}
	return all
}

// HTML writes the report as one file that loads nothing and runs nothing, prints well, and can be read by ear.
func HTML(w io.Writer, r report.Report, c *words.Catalog) error {
	p, err := newPage(r, c)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(css))
	out := bufio.NewWriter(w)
	err = html.Execute(out, map[string]any{
		"Page": p, "CSS": template.CSS(css), "Mark": markShapes(),
		"Policy": "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
