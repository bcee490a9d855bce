package pac

import "strings"

// Match reports whether text matches a shell expression in which * stands for any run of characters and ? for one. It
// needs time in proportion to the product of both lengths at most.
func Match(pattern, text string) bool {
	p, t := 0, 0
	star, mark := -1, 0 // where the last * stands, and up to where it has been stretched
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
