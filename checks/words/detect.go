package words

import (
	"os"
	"strings"
)

// Detect returns the code of the available language that this computer's user prefers, "en" when there is none.
func Detect() string {
	for _, lang := range preferred() {
		if code := match(lang); code != "" {
			return code
		}
	}
	return english
}

// Locale is what this computer is set to, with a region where it says one: "de_DE.UTF-8" or "de-DE"; empty where it
// does not say.
func Locale() string {
	if locale := localeOf(os.Getenv); locale != "" {
		return locale
	}
	if all := preferred(); len(all) > 0 {
		return all[0]
	}
	return ""
}

// localeOf is the locale that the POSIX variables set, empty for the C locale, which is that of nobody.
func localeOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			if base, _, _ := strings.Cut(locale, "."); base == "C" || base == "POSIX" {
				return ""
			}
			return locale
		}
	}
	return ""
}

// fromEnvironment lists the languages that the POSIX variables ask for, best first. As in GNU gettext, LANGUAGE is a
// list that goes before the locale, and counts for nothing in the C locale.
func fromEnvironment(getenv func(string) string) []string {
	locale := localeOf(getenv)
	if locale == "" {
		return nil
	}
	var all []string
	for _, lang := range strings.Split(getenv("LANGUAGE"), ":") {
		if lang != "" {
			all = append(all, lang)
		}
	}
	return append(all, locale)
}

// fromPropertyList reads the languages out of what macOS' "defaults read" prints for a list: one per line, in quotes
// where it holds more than letters, between parentheses.
func fromPropertyList(out string) []string {
	var all []string
	for _, line := range strings.Split(out, "\n") {
		if lang := strings.Trim(line, " \t\r,\"()"); lang != "" {
			all = append(all, lang)
		}
	}
	return all
}
