package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hidden stands wherever something was taken out.
const Hidden = "…"

// maxMarks is how many combining marks one sign may carry: two are in daily use (Vietnamese), more only climb over
// other lines.
const maxMarks = 3

// Clean makes text from the network fit to be shown: one line of valid UTF-8 without terminal escapes, control
// characters, bidirectional overrides or isolates (Unicode UAX 9) and signs of no width, at most max runes long, the
// last one an ellipsis where something was cut. Runs of white space become one space.
func Clean(s string, max int) string {
	var b strings.Builder
	runes, marks, space := 0, 0, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == 0x1B || r == 0x9B {
			i += escapeLength(s[i:])
			continue
		}
		i += size
		if unicode.IsSpace(r) {
			space = runes > 0
			continue
		}
		if !shown(r) {
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks || runes == 0 {
				continue
			}
		} else {
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			runes++
			space = false
		}
		b.WriteRune(r)
		if runes >= max {
			return cut(b.String(), max)
		}
		runes++
	}
	return cut(b.String(), max)
}

// shown reports whether r has a glyph of its own. Format characters (Cf) hold the bidirectional controls, the signs of
// no width and the invisible tag letters.
func shown(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return false
	case r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0xFFA0 || r == 0x2800: // blanks that are no space
		return false
	case r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF: // variation selectors
		return false
	case r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE: // noncharacters
		return false
	}
	return true
}

// escapeLength is the length in bytes of the terminal escape sequence (ECMA-48) that s begins with: a control
// sequence up to its final byte, a string sequence up to its terminator, else the escape and the sign after it.
func escapeLength(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	if s[0] == 0x1B {
		if n = 2; len(s) < 2 {
			return len(s)
		}
		switch s[1] {
		case '[':
		case ']', 'P', 'X', '^', '_':
			return stringSequence(s)
		default:
			if s[1] >= utf8.RuneSelf {
				return 1
			}
			return n
		}
	}
	for n < len(s) && s[n] >= 0x20 && s[n] < 0x40 {
		n++
	}
	if n < len(s) && s[n] >= 0x40 && s[n] < 0x7F {
		n++
	}
	return n
}

// stringSequence is the length of an operating system command or its like, ended by BEL or ESC \. One that does not
// end within a line's length is only its introducer: it must not swallow the text behind it.
func stringSequence(s string) int {
	const longest = 512
	for i := 2; i < len(s) && i < longest; i++ {
		if s[i] == 0x07 {
			return i + 1
		}
		if s[i] == 0x1B && i+1 < len(s) && s[i+1] == '\\' {
			return i + 2
		}
	}
	return 2
}

// cut shortens s to max runes.
func cut(s string, max int) string {
	if max <= 0 {
		return ""
	}
	if utf8.RuneCountInString(s) <= max {
		return strings.TrimRight(s, " ")
	}
	runes := []rune(s)
	return strings.TrimRight(string(runes[:max-1]), " ") + Hidden
}
