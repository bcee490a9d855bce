package target

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"
)

// clean removes what cannot be seen and makes every run of white space one space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		// Format characters (zero-width spaces and joiners, directional marks, byte order marks, soft hyphens) and controls
		// come along with text copied from chats and documents.
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == unicode.ReplacementChar:
			return -1
		default:
			return r
		}
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// The signs that wrap a link in prose. Closing brackets are only trimmed where their opening sign is not part of the
// link, so that https://example.org/a_(b) stays whole.
const (
	openers  = "<([\"'`«»“”„‟‚‘’‛‹›「『（【《*|•·–—→>=,;:!¡¿"
	closers  = ">\"'`«»“”„‟‚‘’‛‹›」』）】》*|.?,;:…。，；：！？"
	brackets = ")(]["
)

var (
	label        = regexp.MustCompile(`(?i)^(?:url|uri|link|address|adresse|site|website|page|seite) ?[:=] ?`)
	markdownLink = regexp.MustCompile(`^!?\[[^\]]*\]\(<?([^\s<>]+?)>?(?: ["'(].*)?\)[.,;:!?]*$`)
	defanged     = strings.NewReplacer("[.]", ".", "(.)", ".", "[:]", ":", "[dot]", ".", "(dot)", ".")
)

// maxWraps bounds the layers of quotes, brackets and punctuation around one link; more is noise, and would be slow.
const maxWraps = 12

// unwrap takes the quotes, brackets, labels and punctuation of prose off a link.
func unwrap(s string) string {
	for range maxWraps {
		before := s
		s = strings.TrimSpace(s)
		if m := markdownLink.FindStringSubmatch(s); m != nil {
			s = m[1]
		}
		s = label.ReplaceAllString(s, "")
		if !startsAsIPv6(s) {
			s = strings.TrimLeft(s, openers)
		}
		s = trimPossessive(trimBrackets(strings.TrimRight(s, closers)))
		if s == before {
			break
		}
	}
	return defanged.Replace(s)
}

// trimEnd takes off the signs that a sentence puts behind a link.
func trimEnd(s string) string {
	for range maxWraps {
		before := s
		if s = trimBrackets(strings.TrimRight(s, closers)); s == before {
			break
		}
	}
	return s
}

// trimBrackets removes closing brackets that were not opened inside s.
func trimBrackets(s string) string {
	for _, pair := range []string{"()", "[]"} {
		for extra := strings.Count(s, pair[1:]) - strings.Count(s, pair[:1]); extra > 0 && strings.HasSuffix(s, pair[1:]); extra-- {
			s = s[:len(s)-1]
		}
	}
	return s
}

var possessive = regexp.MustCompile(`['’]s$`)

// trimPossessive takes the English genitive off a name, as in Chromium's "example.org's server IP address".
func trimPossessive(s string) string {
	if strings.Contains(s, "/") {
		return s
	}
	return possessive.ReplaceAllString(s, "")
}

var bracketedIPv6 = regexp.MustCompile(`^\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[^\]]*)?\](?::\d+)?(?:[/?#]|$)`)

func isBracketedIPv6(s string) bool { return bracketedIPv6.MatchString(s) }

// startsAsIPv6 reports whether the brackets or colons at the start of s belong to an address.
func startsAsIPv6(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil || isBracketedIPv6(s)
}

var windowsPath = regexp.MustCompile(`^(?:[A-Za-z]:[\\/]|[A-Za-z]:$|\\\\)`)

func isWindowsPath(s string) bool { return windowsPath.MatchString(s) }
