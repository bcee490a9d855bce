package signature

import (
	"regexp/syntax"
	"strings"
)

// needles returns strings of which every text that re matches contains at least one, nil when there are none to name.
// Looking for them first spares almost every run of an expression over a long page.
func needles(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return nil
		}
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return needles(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needles(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if n := needles(sub); shortest(n) > shortest(best) {
				best = n
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			n := needles(sub)
			if n == nil {
				return nil
			}
			all = append(all, n...)
		}
		return all
	}
	return nil
}

func shortest(all []string) int {
	if len(all) == 0 {
		return 0
	}
	least := len(all[0])
	for _, s := range all[1:] {
		least = min(least, len(s))
	}
	return least
}

// holds reports whether the condition's pattern is found in text.
func (c Condition) holds(text string) bool {
	for _, n := range c.needles {
		if strings.Contains(text, n) {
			return c.Pattern.MatchString(text)
		}
	}
	return c.needles == nil && c.Pattern.MatchString(text)
}
