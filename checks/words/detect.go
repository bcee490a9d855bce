package words

import "strings"

// Detect returns the code of the available language that this computer's user prefers, "en" when there is none.
func Detect() string {
	for _, lang := range preferred() {
		if code := match(lang); code != "" {
			return code
		}
	}
	return english
}

// fromEnvironment lists the languages that the POSIX variables ask for, best first. As in GNU gettext, LANGUAGE is a
// list that goes before the locale, and counts for nothing in the C locale.
func fromEnvironment(getenv func(string) string) []string {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	base, _, _ := strings.Cut(locale, ".")
	if base == "" || base == "C" || base == "POSIX" {
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
