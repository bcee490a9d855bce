// Package signature recognises who wrote a reply: the site's own server, something in front of it, or something on the
// visitor's side. It knows only what assets tells it; a reply that no rule recognises has no signature, and its author
// is then "a server in front of the site". It reads what it is given, fetches nothing and words nothing.
package signature

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"isitme/assets"
	"isitme/checks/evidence"
)

// Rule is one way to recognise an author. All of All, at least one of Any where there are some, and none of None must
// hold, and the status must be one of Statuses where there are some.
type Rule struct {
	ID    string
	Name  string // of the author, as a person knows it; empty where the rule names nobody
	Layer evidence.Layer
	// Weight orders rules that match the same reply, 1 to 100: over 70 the page names its author and its fault, 40 to 70 it
	// names its author, below 40 it only hints.
	Weight int
	// Statuses are the reply's possible statuses; a value below 10 stands for a class, 5 for every 5xx.
	Statuses       []int
	All, Any, None []Condition
	// Who and Cause are what the page means, in the words of VERDICTS.md; both empty when the status decides.
	Who, Cause string
	// Meaning is the word for the sentence to use, empty when the status says it all.
	Meaning string
	// OriginPassthrough is true when the rule shows only that the author stood on the way: the words of the reply may be
	// those of a server behind it.
	OriginPassthrough bool
	// IDs are the numbers in the reply that the owner can search for, best first.
	IDs []IDSource
}

// Condition is one pattern and the place where it is looked for.
type Condition struct {
	// Place is "body", "title" or a header's lower-case name.
	Place   string
	Pattern *regexp.Regexp
	needles []string
}

// IDSource is a place in a reply that holds a request ID.
type IDSource struct {
	// Header is the header's lower-case name, or the label that stands before the number in the page.
	Header string
	// Pattern finds the ID in the raw body as its first group; nil when it stands in the header.
	Pattern *regexp.Regexp
	// Where is the key of the sentence that says where the owner finds it: "where_id.<Where>" in the translations.
	Where string
}

// Lookup returns the rule with this id.
func Lookup(rule string) (Rule, bool) {
	r, ok := catalogue().byID[rule]
	return r, ok
}

// Rules returns every rule, in the order of assets.
func Rules() []Rule { return catalogue().rules }

type catalog struct {
	rules   []Rule
	byID    map[string]Rule
	generic []IDSource
}

// catalogue parses the embedded rules once. They are part of the program, so a fault in them is a fault of the build.
var catalogue = sync.OnceValue(func() catalog {
	c, err := parse(assets.Gateways)
	if err != nil {
		panic(fmt.Sprintf("assets/gateways.json: %v", err))
	}
	return c
})

// file is the shape of assets/gateways.json. A pattern is written "place: expression", where place is body, title or a
// header's name and the expression is RE2, matched against the lower-cased text with every run of white space as one space.
type file struct {
	Vendors []struct {
		Name  string         `json:"name"`
		Layer evidence.Layer `json:"layer"`
		IDs   []fileID       `json:"ids"`
		Rules []fileRule     `json:"rules"`
	} `json:"vendors"`
	IDs []fileID `json:"ids"`
}

type fileRule struct {
	ID          string         `json:"id"`
	Layer       evidence.Layer `json:"layer"` // in place of the vendor's
	Weight      int            `json:"weight"`
	Status      []int          `json:"status"`
	All         []string       `json:"all"`
	Any         []string       `json:"any"`
	None        []string       `json:"none"`
	Who         string         `json:"who"`
	Cause       string         `json:"cause"`
	Meaning     string         `json:"meaning"`
	Passthrough bool           `json:"origin_passthrough"`
	// Codes makes one rule of each member: "{code}" in the id and in the patterns stands for its key.
	Codes map[string]fileCode `json:"codes"`
}

// fileCode is what differs in the rule of one code; All adds to the rule's.
type fileCode struct {
	Layer   evidence.Layer `json:"layer"`
	Status  []int          `json:"status"`
	All     []string       `json:"all"`
	Who     string         `json:"who"`
	Cause   string         `json:"cause"`
	Meaning string         `json:"meaning"`
}

type fileID struct {
	Header  string `json:"header"`
	Pattern string `json:"body"`
	Where   string `json:"where"`
}

// parse reads the rules of one file.
func parse(data []byte) (catalog, error) {
	var f file
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return catalog{}, err
	}
	c := catalog{byID: map[string]Rule{}}
	var err error
	if c.generic, err = compileIDs(f.IDs); err != nil {
		return catalog{}, err
	}
	for _, v := range f.Vendors {
		ids, err := compileIDs(v.IDs)
		if err != nil {
			return catalog{}, err
		}
		for _, fr := range v.Rules {
			if fr.Layer == "" {
				fr.Layer = v.Layer
			}
			for _, one := range fr.expand() {
				r, err := one.compile()
				if err != nil {
					return catalog{}, fmt.Errorf("rule %s: %w", one.ID, err)
				}
				if _, twice := c.byID[r.ID]; twice {
					return catalog{}, fmt.Errorf("rule %s stands there twice", r.ID)
				}
				r.Name, r.IDs = v.Name, ids
				c.rules = append(c.rules, r)
				c.byID[r.ID] = r
			}
		}
	}
	return c, nil
}

// expand returns the rule itself, or one rule for each of its codes.
func (fr fileRule) expand() []fileRule {
	if len(fr.Codes) == 0 {
		return []fileRule{fr}
	}
	var all []fileRule
	for _, code := range slices.Sorted(maps.Keys(fr.Codes)) {
		c := fr.Codes[code]
		one := fr
		one.ID = strings.ReplaceAll(fr.ID, "{code}", strings.ReplaceAll(strings.ToLower(code), "_", "-"))
		fill := func(patterns []string) []string {
			out := make([]string, len(patterns))
			for i, p := range patterns {
				out[i] = strings.ReplaceAll(p, "{code}", strings.ToLower(code))
			}
			return out
		}
		one.All, one.Any, one.None = append(fill(fr.All), c.All...), fill(fr.Any), fill(fr.None)
		if len(c.Status) > 0 {
			one.Status = c.Status
		}
		if c.Layer != "" {
			one.Layer = c.Layer
		}
		one.Who, one.Cause, one.Meaning = c.Who, c.Cause, c.Meaning
		all = append(all, one)
	}
	return all
}

func (fr fileRule) compile() (Rule, error) {
	r := Rule{
		ID: fr.ID, Layer: fr.Layer, Weight: fr.Weight, Statuses: fr.Status,
		Who: fr.Who, Cause: fr.Cause, Meaning: fr.Meaning, OriginPassthrough: fr.Passthrough,
	}
	var err error
	for _, part := range []struct {
		from []string
		to   *[]Condition
	}{{fr.All, &r.All}, {fr.Any, &r.Any}, {fr.None, &r.None}} {
		if *part.to, err = compileConditions(part.from); err != nil {
			return Rule{}, err
		}
	}
	return r, nil
}

func compileConditions(patterns []string) ([]Condition, error) {
	var all []Condition
	for _, p := range patterns {
		place, expr, ok := strings.Cut(p, ": ")
		if !ok {
			return nil, fmt.Errorf("pattern %q names no place", p)
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			return nil, err
		}
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			return nil, err
		}
		all = append(all, Condition{Place: place, Pattern: re, needles: needles(tree.Simplify())})
	}
	return all, nil
}

func compileIDs(from []fileID) ([]IDSource, error) {
	var all []IDSource
	for _, f := range from {
		id := IDSource{Header: f.Header, Where: f.Where}
		if f.Pattern != "" {
			re, err := regexp.Compile(f.Pattern)
			if err != nil {
				return nil, err
			}
			id.Pattern = re
		}
		all = append(all, id)
	}
	return all, nil
}
