package report_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"isitme/checks/report"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		in, want string
		max      int
	}{
		{"plain", "plain", 10},
		{"  two\t\r\n  words ", "two words", 20},
		{"\x1b[1;31mred\x1b[0m", "red", 20},
		{"\x1b]0;title\x07x", "x", 20},
		{"\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link", 20},
		{"\x1b]never ends", "never ends", 20},
		{"\u009b31mred", "red", 20},
		{"a\u202ecod.exe\u202cb", "acod.exeb", 20},
		{"zero\u200bwidth\ufeff", "zerowidth", 20},
		{"\xffx\xc3(", "\ufffdx\ufffd(", 20},
		{"e\u0301", "e\u0301", 20},
		{"\u0301x", "x", 20},
		{"a" + strings.Repeat("\u0301", 50), "a\u0301\u0301\u0301", 20},
		{"abcdef", "abc…", 4},
		{"abcdef", "", 0},
		{"a\x00b", "ab", 20},
		{"\x1b", "", 20},
		{"grün 漢字", "grün 漢字", 20},
	} {
		if got := report.Clean(c.in, c.max); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("x\x1b[31m\u202e", 5)
	f.Add("\x1b]0;\x07", 1)
	f.Fuzz(func(t *testing.T, s string, max int) {
		max %= 500
		got := report.Clean(s, max)
		switch {
		case !utf8.ValidString(got):
			t.Errorf("%q is not UTF-8", got)
		case utf8.RuneCountInString(got) > max && got != "":
			t.Errorf("%q is longer than %d", got, max)
		case strings.ContainsFunc(got, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }):
			t.Errorf("%q has a control sign", got)
		case report.Clean(got, max) != got:
			t.Errorf("%q is not clean yet: %q", got, report.Clean(got, max))
		}
	})
}
