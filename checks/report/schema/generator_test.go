package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"isitme/checks/report"
)

// generator turns Go types into JSON Schema definitions. docs holds the comment of every type ("evidence.Hop") and field
// ("evidence.Hop.URL"), words the constants of every named string type.
type generator struct {
	docs    map[string]string
	words   map[string][]string
	defs    map[string]any
	missing []string
}

// sources are the folders whose types make up a report, relative to this package.
var sources = []string{"..", "../../evidence", "../../verdict", "../../checklist"}

// generate writes the whole schema.
func generate() ([]byte, []string, error) {
	g := &generator{docs: map[string]string{}, words: map[string][]string{}, defs: map[string]any{}}
	for _, dir := range sources {
		if err := g.read(dir); err != nil {
			return nil, nil, err
		}
	}
	root := g.object(reflect.TypeFor[report.Report]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "urn:isitme:report:1"
	root["title"] = report.Schema
	root["description"] = "One finished or stopped run of Is It Me?. Fields may be added within this major version; readers ignore " +
		"those they do not know. Times are RFC 3339. In a redacted report an address of the visitor's side is one of the words " +
		"own-address, router, name-server-N, private-address, proxy, sign-in-page, and … stands where something was taken out."
	root["properties"].(map[string]any)["schema"].(map[string]any)["const"] = report.Schema
	root["$defs"] = g.defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(root)
	slices.Sort(g.missing)
	return b.Bytes(), slices.Compact(g.missing), err
}

// read collects the comments and constants of one package.
func (g *generator) read(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				g.declaration(f.Name.Name, d)
			}
		}
	}
	return nil
}

func (g *generator) declaration(pkg string, d *ast.GenDecl) {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			name := pkg + "." + s.Name.Name
			g.docs[name] = text(s.Doc, s.Comment)
			if g.docs[name] == "" {
				g.docs[name] = text(d.Doc)
			}
			if st, ok := s.Type.(*ast.StructType); ok {
				for _, field := range st.Fields.List {
					for _, n := range field.Names {
						g.docs[name+"."+n.Name] = text(field.Doc, field.Comment)
					}
				}
			}
		case *ast.ValueSpec:
			kind, named := s.Type.(*ast.Ident)
			if d.Tok != token.CONST || !named || len(s.Values) != 1 {
				continue
			}
			if lit, ok := s.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				word, _ := strconv.Unquote(lit.Value)
				g.words[pkg+"."+kind.Name] = append(g.words[pkg+"."+kind.Name], word)
			}
		}
	}
}

// text joins the comments that stand over and behind something into one line.
func text(groups ...*ast.CommentGroup) string {
	var parts []string
	for _, c := range groups {
		if t := strings.Join(strings.Fields(c.Text()), " "); t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, " ")
}

func typeName(t reflect.Type) string { return t.String() }

// object is the definition of a struct.
func (g *generator) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "" || name == "-" {
			continue
		}
		s := g.schema(f.Type)
		s["description"] = g.describe(t, f, name)
		properties[name] = s
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	return map[string]any{
		"type": "object", "description": g.docs[typeName(t)], "properties": properties, "required": required,
	}
}

// describe is the description of one field: the comment in its code, else the one in descriptions; with its unit.
func (g *generator) describe(t reflect.Type, f reflect.StructField, name string) string {
	key := typeName(t) + "." + f.Name
	d := g.docs[key]
	if own, ok := descriptions[key]; ok {
		d = own
	}
	if d == "" {
		g.missing = append(g.missing, key)
	}
	d = sentence(strings.ReplaceAll(jsonNames(t, d), "nil", "absent"))
	for suffix, unit := range map[string]string{"ms": "milliseconds", "_s": "seconds", "_seconds": "seconds", "_bytes": "bytes"} {
		if (name == suffix || strings.HasSuffix(name, suffix) && (suffix[0] == '_' || strings.HasSuffix(name, "_ms"))) && isNumber(f.Type) {
			d = strings.TrimSuffix(d, ".") + ". Unit: " + unit + "."
		}
	}
	return strings.TrimSpace(d)
}

// jsonNames puts the names of the format into a comment that speaks of Go's fields.
func jsonNames(t reflect.Type, comment string) string {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		verb := regexp.MustCompile(`\b` + f.Name + `( (?:is|are|says?|names?|holds?|counts?|lists?|compares|when|with|and|below)\b)`)
		comment = verb.ReplaceAllString(comment, name+"$1")
		if strings.ContainsFunc(f.Name[1:], unicode.IsUpper) && strings.ContainsFunc(f.Name, unicode.IsLower) {
			comment = regexp.MustCompile(`\b`+f.Name+`\b`).ReplaceAllString(comment, name)
		}
	}
	return comment
}

// sentence makes a remark behind a field a sentence of its own.
func sentence(s string) string {
	if s == "" {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	if word, _, _ := strings.Cut(s, " "); !strings.Contains(word, "_") && !strings.Contains(s, word+" is ") {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "…") {
		s += "."
	}
	return s
}

func isNumber(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Float64 || t.Kind() == reflect.Int || t.Kind() == reflect.Int64
}

// schema is the schema of a value of type t; structs and named strings become definitions of their own.
func (g *generator) schema(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return g.schema(t.Elem())
	case t.Kind() == reflect.Struct:
		name := t.Name()
		if _, ok := g.defs[name]; !ok {
			g.defs[name] = nil // types may contain themselves
			g.defs[name] = g.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": g.schema(t.Elem())}
	case t.Kind() == reflect.Map:
		s := map[string]any{"type": "object"}
		if t.Elem().Kind() != reflect.Interface {
			s["additionalProperties"] = g.schema(t.Elem())
		}
		return s
	case t.Kind() == reflect.String && t != reflect.TypeFor[string]():
		words := slices.Clone(g.words[typeName(t)])
		slices.Sort(words)
		g.defs[t.Name()] = map[string]any{"type": "string", "description": g.docs[typeName(t)], "enum": words}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case t.Kind() == reflect.String:
		return map[string]any{"type": "string"}
	case t.Kind() == reflect.Bool:
		return map[string]any{"type": "boolean"}
	case t.Kind() == reflect.Int || t.Kind() == reflect.Int64:
		return map[string]any{"type": "integer"}
	case t.Kind() == reflect.Float64:
		return map[string]any{"type": "number"}
	}
	panic(fmt.Sprintf("no schema for %s", t))
}
