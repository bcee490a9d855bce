package probe

import (
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// clean makes text from the network fit to be kept: valid UTF-8, white space folded to single spaces, no control or
// formatting characters (among them the bidirectional overrides), at most limit runes.
func clean(s string, limit int) string {
	var b strings.Builder
	space, n := false, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = n > 0
			continue
		case r == utf8.RuneError || !unicode.IsPrint(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			n++
			space = false
		}
		if n >= limit {
			break
		}
		b.WriteRune(r)
		n++
	}
	return strings.TrimRight(b.String(), " ")
}

// milliseconds is d in milliseconds, to a hundredth.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(10*time.Microsecond)) / 100
}

// since is the time since start in milliseconds.
func since(start time.Time) float64 { return milliseconds(time.Since(start)) }
