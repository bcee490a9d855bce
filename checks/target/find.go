package target

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// link finds an address with its scheme inside other text. It ends at white space and at signs that no URL holds.
var link = regexp.MustCompile("(?i)(?:\\b|_)(?:https?|hxxps?):[/\\\\]{1,3}[^\\s<>\"`«»“”„「」『』（）【】《》]+")

// candidates returns the addresses in a text with white space: links first, then bare names, each in the order of the
// text. Error codes, version numbers and file names are none.
func candidates(text string) []string {
	var links, names []string
	rest := link.ReplaceAllStringFunc(text, func(found string) string {
		found = strings.TrimPrefix(found, "_")
		if u := fromProse(cutMarkdown(found)); u != "" {
			links = append(links, u)
		}
		return " "
	})
	rest = removeHints(rest)
	lone := len(strings.Fields(rest)) == 1
	for _, word := range strings.FieldsFunc(rest, separates) {
		if u := fromProse(word); namesSite(u, lone) {
			names = append(names, u)
		}
	}
	return append(links, names...)
}

// fromProse is unwrap for a link that other words surround: an exclamation mark behind it is the sentence's.
func fromProse(s string) string { return strings.TrimRight(unwrap(s), "!！") }

func separates(r rune) bool {
	return strings.ContainsRune(" <>\"`«»“”„「」『』（）【】《》，。；！？、|", r)
}

// cutMarkdown ends a link where the brackets of a Markdown link around it close.
func cutMarkdown(s string) string {
	if i := strings.Index(s, "]("); i > 0 {
		return s[:i]
	}
	return s
}

var (
	dotted     = regexp.MustCompile(`^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$`)
	namedPort  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*:\d{1,5}(?:/|$)`)
	privateEnd = regexp.MustCompile(`\.(?:localhost|local|internal|intranet|lan|home|corp|private|test|example|invalid|onion|home\.arpa)$`)
)

// productNames look like sites and stand in error pages of other sites.
var productNames = map[string]bool{"asp.net": true}

// namesSite reports whether a word of a text is the address of a site rather than prose: an IP address, or a name with
// a dot and an ending that exists. Only a word that stands alone beside an error code may be a single label with a port.
func namesSite(word string, lone bool) bool {
	if isBracketedIPv6(word) {
		return true
	}
	if strings.Contains(word, "@") || isWindowsPath(word) {
		return false
	}
	if lone && namedPort.MatchString(word) || word == "localhost" || strings.HasPrefix(word, "localhost:") || strings.HasPrefix(word, "localhost/") {
		return true
	}
	authority, _ := splitAuthority(strings.TrimLeft(word, "/"))
	name, _, err := splitPort(authority)
	if err != nil {
		return false
	}
	h, err := parseHost(name)
	if err != nil {
		return strings.HasSuffix(strings.ToLower(name), ".onion")
	}
	if h.literal {
		return strings.Contains(h.name, ":") || dotted.MatchString(name)
	}
	if !strings.Contains(h.name, ".") || productNames[h.name] {
		return false
	}
	suffix, listed := publicsuffix.PublicSuffix(h.name)
	return (listed || strings.Contains(suffix, ".")) && suffix != h.name || privateEnd.MatchString(h.name)
}
