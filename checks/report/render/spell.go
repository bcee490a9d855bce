package render

import (
	"fmt"
	"strings"

	"golang.org/x/image/font/sfnt"
)

// maxSpelled is how many signs in a row are spelled out: more say nothing to whoever cannot read the first.
const maxSpelled = 8

// plainer are signs of our own texts that Noto Sans has no glyph for, with what stands for them.
var plainer = strings.NewReplacer("→", "->", "−", "-")

// Spell writes the signs of a text that the picture and the PDF have no letter for by their numbers: "[U+4E2D U+6587]".
// Faces for every script would make the program several times as large. Latin, Greek and Cyrillic stay as they are.
func Spell(text string) string { return regular.spell(text) }

func (f face) spell(text string) string {
	text = plainer.Replace(text)
	var b strings.Builder
	run := 0
	for _, r := range text {
		switch has := f.has(r); {
		case has && run > 0:
			b.WriteString("]")
			run = 0
			fallthrough
		case has:
			b.WriteRune(r)
			continue
		case run == 0:
			fmt.Fprintf(&b, "[U+%04X", r)
		case run < maxSpelled:
			fmt.Fprintf(&b, " U+%04X", r)
		case run == maxSpelled:
			b.WriteString(" …")
		}
		run++
	}
	if run > 0 {
		b.WriteString("]")
	}
	return b.String()
}

// has reports whether a face has a glyph for r. The text operators of PDF take the basic plane only.
func (f face) has(r rune) bool {
	var buf sfnt.Buffer
	i, err := f.glyphs().GlyphIndex(&buf, r)
	return err == nil && i != 0 && r <= 0xFFFF
}
