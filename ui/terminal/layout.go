package terminal

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"isitme/checks/report"
)

const (
	// usual is the width of a terminal that does not tell its own, narrowest the least that text can be set in, and
	// widest the longest line that eyes find back from.
	usual, narrowest, widest = 80, 40, 100
	// maxLine is the longest line that the terminal prints; only an address can be longer.
	maxLine = 2000
)

// columns is how wide text is set.
func (p *Program) columns() int {
	if p.Width <= 0 {
		return usual
	}
	return min(max(p.Width, narrowest), widest)
}

// hang sets text behind a mark, in lines of up to width columns that stand under its beginning. A word that is longer
// than a line, such as an address, is left whole so that it can be copied. It ends with a line end.
func hang(mark, text string, width int) string {
	indent := utf8.RuneCountInString(mark)
	var b strings.Builder
	b.WriteString(mark)
	at := indent
	for i, word := range strings.Fields(plain(text)) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	b.WriteByte('\n')
	return b.String()
}

// plain is text of the word list, or with names from the network in it, as a terminal may show it: one clean line,
// without the marks that make words bold elsewhere.
func plain(text string) string { return report.Clean(strings.ReplaceAll(text, "**", ""), maxLine) }

// say writes a line of text to standard error, broken where the terminal ends.
func (p *Program) say(text string) { fmt.Fprint(p.Err, hang("", text, p.columns())) }
