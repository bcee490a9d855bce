package words

import (
	"path"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"isitme/assets"
)

// A holds the particulars of one text by placeholder name: A{"Host": "www.example.com"}.
type A map[string]any

// Catalog is the word list of one language. It is safe for concurrent use.
type Catalog struct {
	lang      string
	localizer *i18n.Localizer
	messages  map[string]message
}

// message is what must be known of a text before it is rendered.
type message struct {
	plural bool
	fields []string
}

// Language is one language the program speaks.
type Language struct {
	Code string // "de"
	Name string // in that language: "Deutsch"
}

// english is the source language: every key is there, and a language that nobody knows falls back to it.
const english = "en"

var catalogs sync.Map // language code → *Catalog

// available reads once which languages are embedded, English first, the others by code.
var available = sync.OnceValue(func() []string {
	entries, err := assets.Translations.ReadDir("translations")
	if err != nil {
		panic("words: embedded translations: " + err.Error())
	}
	codes := []string{english}
	for _, e := range entries {
		if code := strings.TrimSuffix(e.Name(), ".json"); code != english {
			codes = append(codes, code)
		}
	}
	sort.Strings(codes[1:])
	return codes
})

// matcher finds the nearest available language by CLDR's distances.
var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, code := range available() {
		tags = append(tags, language.MustParse(code))
	}
	return language.NewMatcher(tags)
})

// For returns the word list that fits lang best: a BCP 47 tag ("pt-BR") or a POSIX locale ("de_AT.UTF-8"). What nobody
// knows gives English.
func For(lang string) *Catalog {
	code := match(lang)
	if code == "" {
		code = english
	}
	if c, ok := catalogs.Load(code); ok {
		return c.(*Catalog)
	}
	c, _ := catalogs.LoadOrStore(code, load(code))
	return c.(*Catalog)
}

// Languages lists what For can give, each with its own name, English first.
func Languages() []Language {
	var all []Language
	for _, code := range available() {
		all = append(all, Language{Code: code, Name: For(code).T("language.name")})
	}
	return all
}

// Lang is the language of c as a BCP 47 tag.
func (c *Catalog) Lang() string { return c.lang }

// match returns the code of the available language nearest to lang, empty when none is near.
func match(lang string) string {
	lang, _, _ = strings.Cut(lang, "@")
	lang, _, _ = strings.Cut(lang, ".")
	tag, err := language.Parse(strings.ReplaceAll(lang, "_", "-"))
	if err != nil || tag == language.Und {
		return ""
	}
	_, i, confidence := matcher().Match(tag)
	if confidence == language.No {
		return ""
	}
	return available()[i]
}

// load parses one language and, under it, English. The files are embedded, so one that cannot be parsed is a fault of
// the build, which the tests find.
func load(code string) *Catalog {
	c := &Catalog{lang: code, messages: map[string]message{}}
	bundle := i18n.NewBundle(language.English)
	codes := []string{english}
	if code != english {
		codes = append(codes, code)
	}
	for _, code := range codes {
		file := path.Join("translations", code+".json")
		buf, err := assets.Translations.ReadFile(file)
		if err != nil {
			panic("words: " + err.Error())
		}
		parsed, err := bundle.ParseMessageFileBytes(buf, code+".json")
		if err != nil {
			panic("words: " + file + ": " + err.Error())
		}
		for _, m := range parsed.Messages {
			all := strings.Join([]string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}, "\n")
			c.messages[m.ID] = message{plural: m.One != "" || m.Few != "" || m.Many != "", fields: fields(all)}
		}
	}
	c.localizer = i18n.NewLocalizer(bundle, code, english)
	return c
}

var (
	fieldInAction = regexp.MustCompile(`\.([A-Z][A-Za-z]*)`)
	action        = regexp.MustCompile(`{{[^}]*}}`)
)

// fields lists the placeholders of a template, sorted.
func fields(template string) []string {
	seen := map[string]bool{}
	for _, a := range action.FindAllString(template, -1) {
		for _, m := range fieldInAction.FindAllStringSubmatch(a, -1) {
			seen[m[1]] = true
		}
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// T is the text under key. A placeholder without a value is filled with nothing; a key that is missing in this language
// gives the English text, one that is missing there too gives the key.
func (c *Catalog) T(key string, args ...A) string { return c.render(key, nil, args) }

// N is the text under key in the plural form that n needs, with {{.N}} set to n.
func (c *Catalog) N(key string, n int, args ...A) string { return c.render(key, &n, args) }

// has reports whether there is a text under key.
func (c *Catalog) has(key string) bool {
	_, ok := c.messages[key]
	return ok
}

// first is the text under the first of keys that exists, empty without one.
func (c *Catalog) first(args A, keys ...string) string {
	for _, key := range keys {
		if c.has(key) {
			return c.T(key, args)
		}
	}
	return ""
}

func (c *Catalog) render(key string, n *int, args []A) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	data := map[string]any{}
	for _, name := range m.fields {
		data[name] = "" // not text/template's "<no value>"
	}
	for _, a := range args {
		for name, value := range a {
			data[name] = value
		}
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: data}
	if n != nil {
		data["N"] = *n
		if m.plural {
			config.PluralCount = *n
		}
	}
	// The error can be ignored: it says that the text is English for want of a translation, or that there is none.
	text, _ := c.localizer.Localize(config)
	if text == "" && config.PluralCount != nil {
		// Spanish, French and Portuguese have a form of their own for whole millions, which no text here needs.
		config.PluralCount = nil
		text, _ = c.localizer.Localize(config)
	}
	if text == "" {
		return key
	}
	return text
}
