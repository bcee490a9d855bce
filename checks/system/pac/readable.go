package pac

import "strings"

// Limits of a source text. The interpreter's reader calls itself for everything that is nested, needs time and memory by
// the square of the depth, cannot be interrupted, and a stack that grows beyond Go's limit ends the whole program. These
// limits hold whatever the text means, so that no trick with strings, comments or expressions evades them. They leave
// room for a list of some ten thousand rules.
const (
	maxBrackets = 40000
	maxPhrase   = 16 << 10 // bytes without any of pauses
	maxArrows   = 1000     // =>, which nests with the fewest signs and costs the reader the most for each
	maxInserted = 16       // ${…}, all of which are put together at once
	pauses      = ";,{}"
)

// readable reports whether the interpreter may read a source text.
func readable(source string) bool {
	if len(source) > MaxScript {
		return false
	}
	brackets := 0
	for _, bracket := range []string{"(", "[", "{"} {
		brackets += strings.Count(source, bracket)
	}
	if brackets > maxBrackets || strings.Count(source, "=>") > maxArrows || strings.Count(source, "${") > maxInserted {
		return false
	}
	for phrase := range strings.FieldsFuncSeq(source, func(r rune) bool { return strings.ContainsRune(pauses, r) }) {
		if len(phrase) > maxPhrase {
			return false
		}
	}
	return true
}
