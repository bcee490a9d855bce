package words

import (
	"encoding/json"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"testing"
	"text/template"
	"unicode"

	"isitme/assets"
)

// texts reads one translation file as key → plural form → text; a text without forms has the form "other" alone.
func texts(t *testing.T, code string) map[string]map[string]string {
	t.Helper()
	buf, err := assets.Translations.ReadFile("translations/" + code + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(buf, &raw); err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	all := map[string]map[string]string{}
	for key, value := range raw {
		var one string
		forms := map[string]string{}
		if json.Unmarshal(value, &one) == nil {
			forms["other"] = one
		} else if err := json.Unmarshal(value, &forms); err != nil {
			t.Fatalf("%s: %s: %v", code, key, err)
		}
		all[key] = forms
	}
	return all
}

// pluralForms are the forms each language needs for whole numbers below a million (CLDR).
var pluralForms = map[string][]string{
	"pl": {"few", "many", "one", "other"},
	"uk": {"few", "many", "one", "other"},
}

func formsOf(forms map[string]string) []string {
	var names []string
	for name := range forms {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func joined(forms map[string]string) string {
	var all []string
	for _, name := range formsOf(forms) {
		all = append(all, forms[name])
	}
	return strings.Join(all, "\n")
}

func TestLanguagesAreThere(t *testing.T) {
	want := []string{"en", "de", "es", "fr", "pl", "pt", "uk"}
	var got []string
	for _, l := range Languages() {
		got = append(got, l.Code)
		if l.Name == "" || l.Name == "language.name" {
			t.Errorf("%s has no name of its own", l.Code)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("languages %v, want %v", got, want)
	}
}

func TestEveryLanguageIsComplete(t *testing.T) {
	en := texts(t, english)
	for _, code := range available()[1:] {
		t.Run(code, func(t *testing.T) {
			other := texts(t, code)
			for key := range other {
				if en[key] == nil {
					t.Errorf("%s is not a key of English", key)
				}
			}
			wantForms := pluralForms[code]
			if wantForms == nil {
				wantForms = []string{"one", "other"}
			}
			for key, source := range en {
				forms := other[key]
				if forms == nil {
					t.Errorf("%s is missing", key)
					continue
				}
				want := []string{"other"}
				if len(source) > 1 {
					want = wantForms
				}
				if got := formsOf(forms); !reflect.DeepEqual(got, want) {
					t.Errorf("%s has the plural forms %v, want %v", key, got, want)
				}
				if got, want := fields(joined(forms)), fields(joined(source)); !reflect.DeepEqual(got, want) {
					t.Errorf("%s has the placeholders %v, English has %v", key, got, want)
				}
				if code == "uk" && len(source) > 1 && !strings.Contains(forms["one"], ".N}}") {
					t.Errorf("%s: the form for 1 is also that for 21 and must hold {{.N}}", key)
				}
			}
		})
	}
}

// TestNoEnglishIsLeft takes a long text that is the same in two languages for one that was forgotten.
func TestNoEnglishIsLeft(t *testing.T) {
	en := texts(t, english)
	for _, code := range available()[1:] {
		for key, forms := range texts(t, code) {
			for form, text := range forms {
				bare := action.ReplaceAllString(text, "")
				letters := 0
				for _, r := range bare {
					if unicode.IsLetter(r) {
						letters++
					}
				}
				if letters > 25 && text == en[key][form] {
					t.Errorf("%s: %s is still English: %q", code, key, text)
				}
			}
		}
	}
}

func TestEveryTextIsWellFormed(t *testing.T) {
	emptyPair := regexp.MustCompile(`\(\s*\)|""|„“|«\s*»|“”|  |<no value>`)
	for _, code := range available() {
		c := For(code)
		for key, forms := range texts(t, code) {
			for form, text := range forms {
				if strings.TrimSpace(text) == "" || text != strings.TrimSpace(text) {
					t.Errorf("%s: %s (%s) is empty or has white space around it: %q", code, key, form, text)
				}
				parsed, err := template.New(key).Parse(text)
				if err != nil {
					t.Errorf("%s: %s: %v", code, key, err)
					continue
				}
				if strings.Count(text, "**")%2 != 0 {
					t.Errorf("%s: %s: a bold mark is not closed: %q", code, key, text)
				}
				full := map[string]any{}
				for _, name := range c.messages[key].fields {
					full[name] = "x"
				}
				var b strings.Builder
				if err := parsed.Execute(&b, full); err != nil {
					t.Errorf("%s: %s: %v", code, key, err)
				}
				if !strings.HasPrefix(key, "cli.help") && emptyPair.MatchString(b.String()) {
					t.Errorf("%s: %s renders as %q", code, key, b.String())
				}
			}
		}
	}
}

// TestKeysStandInOrder finds keys that stand twice, of which a reader of JSON silently takes one.
func TestKeysStandInOrder(t *testing.T) {
	key := regexp.MustCompile(`(?m)^  "([^"]+)":`)
	for _, code := range available() {
		buf, err := assets.Translations.ReadFile("translations/" + code + ".json")
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for _, m := range key.FindAllStringSubmatch(string(buf), -1) {
			if m[1] <= last {
				t.Errorf("%s: %s stands after %s", code, m[1], last)
			}
			last = m[1]
		}
		if last == "" {
			t.Errorf("%s: no keys found", code)
		}
	}
}

// marks are the quotation marks and the spacing that each language has of its own. French has a space that does not break
// before a double mark and inside quotation marks; the one of a header's name ("Retry-After: 5") is none of these.
var marks = map[string]*regexp.Regexp{
	"de": regexp.MustCompile(`["”«»]`),
	"es": regexp.MustCompile(`["“”„]`),
	"fr": regexp.MustCompile(` [:;?!»]|« |["“”„]`),
	"pl": regexp.MustCompile(`["“«»]`),
	"pt": regexp.MustCompile(`["„«»]`),
	"uk": regexp.MustCompile(`["“”„]|—`),
}

func TestEveryLanguageHasItsOwnMarks(t *testing.T) {
	for _, code := range available()[1:] {
		for key, forms := range texts(t, code) {
			for _, text := range forms {
				if wrong := marks[code].FindString(action.ReplaceAllString(text, "x")); wrong != "" {
					t.Errorf("%s: %s holds %q: %q", code, key, wrong, text)
				}
			}
		}
	}
}

// technical are the parts of the word list that are read by owners, help desks and people in a terminal.
var technical = regexp.MustCompile(`\.say$|^(owner|where_id|report|message|cli|guide|detail|contact)\.`)

func TestEnglishIsPlain(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\b(errors?|failures?|failed|invalid|illegal|abort\w*|kill\w*|dns|cdn|tls|ssl|` +
		`time-?out|resolvers?|upstream|backend|your fault)\b`)
	brackets := regexp.MustCompile(`\([^)]*\)`)
	end := regexp.MustCompile(`[.!?:;…](\s|$)|\n|{{else[^}]*}}|{{end}}`)
	for key, forms := range texts(t, english) {
		for _, text := range forms {
			plain := brackets.ReplaceAllString(action.ReplaceAllString(text, " "), "")
			if word := forbidden.FindString(plain); word != "" && !technical.MatchString(key) {
				t.Errorf("%s holds %q: %q", key, word, text)
			}
			if strings.HasPrefix(key, "cli.help") {
				continue
			}
			for _, sentence := range end.Split(text, -1) {
				if n := len(strings.Fields(action.ReplaceAllString(sentence, " x "))); n > 25 {
					t.Errorf("%s: %d words in one sentence: %q", key, n, sentence)
				}
			}
		}
	}
}
