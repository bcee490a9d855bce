package words

import (
	"reflect"
	"sync"
	"testing"
)

func TestForFindsTheBestMatch(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "en", "de": "de", "de_AT.UTF-8": "de", "de-CH": "de", "pt-BR": "pt", "pt_PT@euro": "pt", "fr_CA": "fr",
		"uk_UA.utf8": "uk", "es-419": "es", "pl": "pl", "ja": "en", "C": "en", "": "en", "not a tag": "en",
	} {
		if got := For(lang).Lang(); got != want {
			t.Errorf("For(%q) is %q, want %q", lang, got, want)
		}
	}
}

func TestEnvironmentLanguages(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want []string
	}{
		{map[string]string{}, nil},
		{map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "de"}, nil},
		{map[string]string{"LANG": "de_DE.UTF-8"}, []string{"de_DE.UTF-8"}},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR"}, []string{"fr_FR"}},
		{map[string]string{"LANG": "de_DE", "LC_ALL": "pl_PL", "LANGUAGE": "sv:uk"}, []string{"sv", "uk", "pl_PL"}},
	} {
		if got := fromEnvironment(func(name string) string { return c.env[name] }); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v gives %v, want %v", c.env, got, c.want)
		}
	}
	for locale, want := range map[string]string{"de_DE.UTF-8": "de_DE.UTF-8", "C.UTF-8": "", "POSIX": "", "": ""} {
		if got := localeOf(func(name string) string { return map[string]string{"LANG": locale}[name] }); got != want {
			t.Errorf("LANG=%s: %q, want %q", locale, got, want)
		}
	}
	list := "(\n    \"de-AT\",\n    en,\n    \"zh-Hans-CN\"\n)\n"
	if got, want := fromPropertyList(list), []string{"de-AT", "en", "zh-Hans-CN"}; !reflect.DeepEqual(got, want) {
		t.Errorf("property list gives %v, want %v", got, want)
	}
}

func TestPlurals(t *testing.T) {
	for lang, want := range map[string]map[int]string{
		"en": {0: "0 days", 1: "1 day", 2: "2 days"},
		"de": {1: "1 Tag", 21: "21 Tage"},
		"fr": {0: "0 jour", 2: "2 jours", 1000000: "1000000 jours"},
		"pl": {1: "1 dzień", 2: "2 dni", 5: "5 dni"},
		"uk": {1: "1 день", 2: "2 дні", 5: "5 днів", 11: "11 днів", 21: "21 день"},
	} {
		for n, text := range want {
			if got := For(lang).N("format.days", n); got != text {
				t.Errorf("%s, %d: %q, want %q", lang, n, got, text)
			}
		}
	}
}

func TestMissingKeyAndMissingPlaceholder(t *testing.T) {
	if got := For("de").T("no.such.key"); got != "no.such.key" {
		t.Errorf("a missing key gives %q", got)
	}
	if got := For("en").T("note.none", A{"x": 1}); got != "note.none" {
		t.Errorf("a missing key gives %q", got)
	}
	if got := For("en").T("screen.run.title"); got != "Checking " {
		t.Errorf("a missing placeholder gives %q", got)
	}
}

func TestCatalogIsSafeForConcurrentUse(t *testing.T) {
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, l := range Languages() {
				if For(l.Code).N("format.days", 2) == "" {
					t.Error("no text")
				}
			}
		})
	}
	wait.Wait()
}
