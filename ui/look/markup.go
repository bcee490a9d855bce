package look

import (
	"strings"
	"unicode"
)

// span is a piece of text in one look.
type span struct {
	text string
	bold bool
	tag  bool // drawn as a code tag, like an address to type
}

// word is what must stay on one line where there is room: spans without a space between them.
type word struct {
	spans []span
	space bool // a space stands before it
	brk   bool // a line break stands before it
}

// parse reads the marks of our texts: **bold** and `tag`. A mark that is opened and never closed is shown as it is, so
// that no text can be swallowed.
func parse(text string) []span {
	var spans []span
	add := func(s string, bold, tag bool) {
		if s != "" {
			spans = append(spans, span{s, bold, tag})
		}
	}
	for text != "" {
		b, t := strings.Index(text, "**"), strings.Index(text, "`")
		open, mark, bold := b, "**", true
		if b < 0 || t >= 0 && t < b {
			open, mark, bold = t, "`", false
		}
		if open < 0 {
			add(text, false, false)
			break
		}
		inner := text[open+len(mark):]
		end := strings.Index(inner, mark)
		if end <= 0 {
			add(text[:open+len(mark)], false, false)
			text = inner
			continue
		}
		add(text[:open], false, false)
		add(inner[:end], bold, !bold)
		text = inner[end+len(mark):]
	}
	return spans
}

// words splits spans at spaces and line breaks. Signs of scripts that are written without spaces are words of their
// own, so that a line may end after any of them.
func words(spans []span) []word {
	var list []word
	var now word
	space, brk := false, false
	flush := func() {
		if len(now.spans) > 0 {
			list = append(list, now)
			now = word{}
		}
	}
	start := func() {
		if len(now.spans) == 0 {
			now.space, now.brk = space, brk
			space, brk = false, false
		}
	}
	for _, s := range spans {
		if s.tag {
			start()
			now.spans = append(now.spans, s)
			continue
		}
		var b strings.Builder
		put := func() {
			if b.Len() > 0 {
				start()
				now.spans = append(now.spans, span{b.String(), s.bold, false})
				b.Reset()
			}
		}
		for _, r := range s.text {
			switch {
			case r == '\n':
				put()
				flush()
				brk = true
			case r == ' ' || r == '\t':
				put()
				flush()
				space = true
			case unbroken(r):
				put()
				flush()
				b.WriteRune(r)
				put()
				flush()
			default:
				b.WriteRune(r)
			}
		}
		put()
	}
	flush()
	return list
}

// unbroken reports whether r belongs to a script without spaces between words.
func unbroken(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer)
}

// plain is the text without marks, for measuring in tests and for copying.
func plain(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}
