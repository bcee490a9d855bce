package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"isitme/assets"
	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/line"
	"isitme/checks/verdict"
)

// each runs f once per language.
func each(t *testing.T, f func(t *testing.T, c *Catalog)) {
	t.Helper()
	for _, l := range Languages() {
		t.Run(l.Code, func(t *testing.T) { f(t, For(l.Code)) })
	}
}

// wants fails when text is empty or still a key.
func wants(t *testing.T, what, text string) {
	t.Helper()
	if text == "" || keyShape.MatchString(text) || strings.Contains(text, "<no value>") {
		t.Errorf("%s: no text: %q", what, text)
	}
}

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+$`)

func TestEveryCauseHasItsTexts(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for _, pair := range verdict.Causes() {
			for _, certainty := range []verdict.Certainty{verdict.Certain, verdict.Likely, verdict.Unsure} {
				if (certainty == verdict.Unsure) != (pair.Who == verdict.Unknown) {
					continue
				}
				v := verdict.Verdict{Who: pair.Who, Cause: pair.Cause, Certainty: certainty}
				v.Facts.Host = "www.harbourbooks.example"
				name := string(pair.Cause) + " " + string(certainty)
				for _, face := range []Face{Screen, Picture, Short} {
					wants(t, name+" headline "+string(face), c.Headline(v, face))
				}
				wants(t, name+" sentence", c.Sentence(v))
				wants(t, name+" say", c.Say(v))
				wants(t, name+" short", c.CauseShort(v))
				wants(t, name+" chip", c.Chip(v))
				wants(t, name+" how sure", c.HowSure(v))
				todo := c.Todo(v)
				if len(todo) < 2 || len(todo) > 4 {
					t.Errorf("%s has %d steps", name, len(todo))
				}
				for _, a := range todo {
					wants(t, name+" todo", a.Text)
					if guide, ok := strings.CutPrefix(a.Kind, "guide:"); ok {
						if _, ok := c.Guide(guide, "windows"); !ok {
							t.Errorf("%s: there is no guide %q", name, guide)
						}
					}
				}
			}
		}
	})
}

// constants lists the string constants of a Go file whose names begin with one of prefixes.
func constants(t *testing.T, file string, prefixes ...string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range spec.Names {
			for _, prefix := range prefixes {
				if !strings.HasPrefix(name.Name, prefix) || i >= len(spec.Values) {
					continue
				}
				if lit, ok := spec.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					value, _ := strconv.Unquote(lit.Value)
					all = append(all, value)
				}
			}
		}
		return true
	})
	return all
}

func TestEveryFindingHasAText(t *testing.T) {
	codes := constants(t, "../verdict/codes.go", "Reason", "Out", "Note", "Since", "Gap", "Step")
	if len(codes) < 100 {
		t.Fatalf("only %d codes found", len(codes))
	}
	each(t, func(t *testing.T, c *Catalog) {
		for _, code := range codes {
			if !c.has("finding." + code) {
				t.Errorf("finding.%s is missing", code)
				continue
			}
			wants(t, code, c.Finding(verdict.Finding{Code: code}))
		}
	})
}

func TestEveryStepStateAndReasonHasAText(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for _, step := range append(evidence.Steps(), evidence.StepElsewhere) {
			wants(t, string(step), c.StepTitle(step))
		}
		for _, state := range []checklist.State{
			checklist.Waiting, checklist.Running, checklist.Fine, checklist.Found, checklist.CouldNot, checklist.Skipped,
		} {
			wants(t, string(state), c.StateWord(state))
		}
		for _, reason := range []evidence.Reason{
			evidence.NoNetwork, evidence.NoTime, evidence.NotAllowed, evidence.NeedsPassword, evidence.WasStopped,
			evidence.NoConsent, evidence.SwitchedOff, evidence.Blocked, evidence.NotPossible,
		} {
			wants(t, string(reason), c.Reason(reason))
			wants(t, string(reason), c.NotKnown(evidence.Gap{Step: evidence.StepCompare, Reason: reason}))
		}
	})
}

func TestEveryStationHasItsWords(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for _, place := range line.Places() {
			wants(t, string(place), c.Station(string(place)))
			wants(t, string(place), c.StationPicture(string(place)))
		}
		for _, word := range line.Words() {
			wants(t, string(word), c.StationWord(string(word), 502))
		}
		if got := c.StationWord(""); got != "" {
			t.Errorf("no word, but %q", got)
		}
	})
}

// TestEveryMeaningHasASentence holds the gateway rules and the word list together.
func TestEveryMeaningHasASentence(t *testing.T) {
	c := For(english)
	for _, m := range regexp.MustCompile(`"meaning": *"([^"]+)"`).FindAllSubmatch(assets.Gateways, -1) {
		if !c.has("meaning." + string(m[1])) {
			t.Errorf("meaning.%s is missing", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`"where": *"([^"]+)"`).FindAllSubmatch(assets.Gateways, -1) {
		if !c.has("where_id." + string(m[1])) {
			t.Errorf("where_id.%s is missing", m[1])
		}
	}
}

// TestEveryOutcomeOfALookupHasAWord covers the small vocabularies that the verdict puts into Facts.
func TestEveryOutcomeOfALookupHasAWord(t *testing.T) {
	c := For(english)
	outcomes := constants(t, "../verdict/names.go", "nxdomain", "noData", "servfail", "refusedQuery", "silent", "misbehaving",
		"addresses")
	if len(outcomes) != 7 {
		t.Fatalf("outcomes %q", outcomes)
	}
	for _, how := range append(outcomes, "sinkhole", "extended_error", "silence", "refused", "unreachable", "reset", "block_page", "plain_http",
		"ipv4_dead", "computer") {
		if !c.has("how." + how) {
			t.Errorf("how.%s is missing", how)
		}
	}
	for _, answer := range []string{"no_such_name", "no_address", "refused", "no_answer"} {
		if !c.has("finding_answer." + answer) {
			t.Errorf("finding_answer.%s is missing", answer)
		}
	}
	for _, detail := range []string{"client_certificate", "plain_http", "old_version", "cut_off", "not_http", "empty"} {
		if !c.has("detail." + detail) {
			t.Errorf("detail.%s is missing", detail)
		}
	}
}

// TestNoCodeUsesAnUnknownKey reads every call of T and N in the tree whose key is written out, wholly or as the
// beginning of a sum.
func TestNoCodeUsesAnUnknownKey(t *testing.T) {
	c := For(english)
	prefixed := func(prefix string) bool {
		for key := range c.messages {
			if strings.HasPrefix(key, prefix) {
				return true
			}
		}
		return false
	}
	calls := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler will say so
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "T" && sel.Sel.Name != "N" {
				return true
			}
			key, whole := literal(call.Args[0])
			if key == "" {
				return true
			}
			calls++
			if whole && !c.has(key) || !whole && !prefixed(key) {
				t.Errorf("%s: no text under %q", set.Position(call.Pos()), key)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls < 20 {
		t.Errorf("only %d calls found", calls)
	}
}

// TestEveryTextIsUsed holds every key of the word list against the string literals of the code: it stands there, or
// begins with one that ends where a code is added.
func TestEveryTextIsUsed(t *testing.T) {
	whole, beginnings := map[string]bool{}, []string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler will say so
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, _ := strconv.Unquote(lit.Value)
			whole[text] = true
			if strings.Contains(text, ".") && (strings.HasSuffix(text, ".") || strings.HasSuffix(text, "_")) {
				beginnings = append(beginnings, text)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range For(english).messages {
		begun := slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) })
		if !whole[key] && !begun {
			t.Errorf("nothing shows %q", key)
		}
	}
}

// literal returns the string that e is, or begins with; whole says which.
func literal(e ast.Expr) (text string, whole bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ = strconv.Unquote(e.Value)
		return text, true
	case *ast.BinaryExpr:
		text, _ = literal(e.X)
		return text, false
	}
	return "", false
}

// TestEverythingThatSettlesHasWords reads what the rules name from their source: no constants stand for it.
func TestEverythingThatSettlesHasWords(t *testing.T) {
	files, err := filepath.Glob("../verdict/rules*.go")
	if err != nil {
		t.Fatal(err)
	}
	lists, word := regexp.MustCompile(`(?:Settle\b[^\n]*|return )\[\]string{([^}]*)}`), regexp.MustCompile(`"([a-z_]+)"`)
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range lists.FindAllStringSubmatch(string(source), -1) {
			for _, w := range word.FindAllStringSubmatch(list[1], -1) {
				found++
				each(t, func(t *testing.T, c *Catalog) { wants(t, w[1], c.T("sure.settle."+w[1])) })
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d found", found)
	}
}

// TestReportsSpeakOfTheVisitor: whoever gets a report takes "your name service" and "this computer" for their own.
func TestReportsSpeakOfTheVisitor(t *testing.T) {
	passing := regexp.MustCompile(`_(waiting|running|pause)$`) // no finished report holds those
	for lang, reader := range map[string]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)\b(you|yours?|this (computer|network))\b`),
		"de": regexp.MustCompile(`(?i)\b(du|dein(e[mnrs]?)?|dich|dir|diese[mnrs]? (Computer|Netz)s?)\b`),
	} {
		c := For(lang)
		for _, code := range constants(t, "../verdict/codes.go", "Reason", "Out", "Note", "Since", "Gap", "Step") {
			for _, args := range []map[string]any{nil, {"Problem": "untrusted", "Issuer": "Anna"}, {"Problem": "untrusted"}} {
				text := c.Reported(verdict.Finding{Code: code, Args: args})
				if reader.MatchString(text) && !passing.MatchString(code) {
					t.Errorf("%s, %s: %q", lang, code, text)
				}
			}
		}
		for _, reason := range []evidence.Reason{
			evidence.NoNetwork, evidence.NoTime, evidence.NotAllowed, evidence.NeedsPassword, evidence.WasStopped,
			evidence.NoConsent, evidence.SwitchedOff, evidence.Blocked, evidence.NotPossible,
		} {
			if text := c.ReportedGap(evidence.Gap{Step: evidence.StepFlush, Reason: reason}); reader.MatchString(text) {
				t.Errorf("%s, %s: %q", lang, reason, text)
			}
		}
	}
}
