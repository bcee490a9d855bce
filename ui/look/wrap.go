package look

import (
	"sort"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// tagPad is the room inside a code tag, left and right of its text.
const tagPad = 7

// segment is one span placed on its line.
type segment struct {
	span
	x, width float32
}

// textLine is one line of wrapped text.
type textLine struct {
	segments []segment
	width    float32
}

// typesetter measures text in one size and breaks it into lines.
type typesetter struct {
	size       float32
	bold, mono bool
}

func (t typesetter) style(s span) fyne.TextStyle {
	return fyne.TextStyle{Bold: (t.bold || s.bold || s.tag) && !t.mono, Monospace: t.mono}
}

// measure is the width of one span.
func (t typesetter) measure(s span) float32 {
	w := fyne.MeasureText(s.text, t.size, t.style(s)).Width
	if s.tag {
		w += 2 * tagPad
	}
	return w
}

// height is the height of one line.
func (t typesetter) height() float32 {
	return fyne.MeasureText("Ag", t.size, t.style(span{})).Height
}

// natural is the width of the text on one line.
func (t typesetter) natural(list []word) float32 {
	most := float32(0)
	for _, l := range t.lines(list, 1e6) {
		most = fyne.Max(most, l.width)
	}
	return most
}

// widest is the width of the widest word, or part of one that has a hyphen to break at.
func (t typesetter) widest(list []word) float32 {
	most := float32(0)
	for _, w := range list {
		if len(w.spans) != 1 {
			most = fyne.Max(most, t.wordWidth(w))
			continue
		}
		for part := range strings.SplitAfterSeq(w.spans[0].text, "-") {
			most = fyne.Max(most, t.measure(span{text: part, bold: w.spans[0].bold, tag: w.spans[0].tag}))
		}
	}
	return most
}

// lines breaks words into lines of at most width units. A word that is wider than a whole line is broken inside, best
// after a sign that divides addresses. There is always at least one line.
func (t typesetter) lines(list []word, width float32) []textLine {
	var lines []textLine
	var now []span
	used := float32(0)
	end := func() {
		lines = append(lines, t.place(now))
		now, used = nil, 0
	}
	gap := t.measure(span{text: " "})
	for _, w := range list {
		if w.brk {
			end()
		}
		need := t.wordWidth(w)
		lead := float32(0)
		if w.space && len(now) > 0 {
			lead = gap
		}
		if len(now) > 0 && used+lead+need > width {
			end()
			lead = 0
		}
		for need > width {
			head, tail := t.split(w, width)
			if len(tail.spans) == 0 {
				break
			}
			now = append(now, head.spans...)
			end()
			w, need = tail, t.wordWidth(tail)
		}
		if lead > 0 {
			now = append(now, span{text: " "})
		}
		now = append(now, w.spans...)
		used += lead + need
	}
	end()
	return lines
}

func (t typesetter) wordWidth(w word) float32 {
	sum := float32(0)
	for _, s := range w.spans {
		sum += t.measure(s)
	}
	return sum
}

// split cuts a word so that its head fits in width: after the last sign that divides addresses in the second half of
// what fits, else after the last sign that fits. The head has at least one sign.
func (t typesetter) split(w word, width float32) (head, tail word) {
	used := float32(0)
	for i, s := range w.spans {
		m := t.measure(s)
		if used+m <= width {
			used += m
			continue
		}
		if s.tag {
			if i == 0 {
				return w, word{}
			}
			return word{spans: w.spans[:i]}, word{spans: w.spans[i:]}
		}
		runes := []rune(s.text)
		fit := sort.Search(len(runes), func(n int) bool {
			return used+t.measure(span{text: string(runes[:n+1]), bold: s.bold}) > width
		})
		for back := fit; back > fit/2; back-- {
			if strings.ContainsRune("/-_.?&=,:;", runes[back-1]) {
				fit = back
				break
			}
		}
		if fit == 0 && i == 0 {
			fit = 1
		}
		hyphen := ""
		fits := func(n int) bool { return t.measure(span{text: string(runes[:n]) + "-", bold: s.bold}) <= width }
		if n, ok := hyphenate(runes, fit, fits); ok && len(w.spans) == 1 && !t.mono {
			fit, hyphen = n, "-"
		}
		head.spans = append(append([]span(nil), w.spans[:i]...), keep(span{string(runes[:fit]) + hyphen, s.bold, false})...)
		tail.spans = append(keep(span{string(runes[fit:]), s.bold, false}), w.spans[i+1:]...)
		return head, tail
	}
	return w, word{}
}

// hyphenate is where a word of letters is cut with a hyphen when most of its signs fit: where the head fits with the hyphen,
// and neither in nor near the ends of the word. Names and addresses are left alone: a hyphen would be read as theirs.
func hyphenate(runes []rune, most int, fits func(head int) bool) (int, bool) {
	const least = 3
	end := len(runes)
	for end > 0 && unicode.IsPunct(runes[end-1]) {
		end--
	}
	for _, r := range runes[:end] {
		if !unicode.IsLetter(r) {
			return 0, false
		}
	}
	for n := min(most, end-least); n >= least; n-- {
		if fits(n) {
			return n, true
		}
	}
	return 0, false
}

// keep is s as a list, empty when s has no text.
func keep(s span) []span {
	if s.text == "" {
		return nil
	}
	return []span{s}
}

// place joins spans of one look and gives each its position.
func (t typesetter) place(spans []span) textLine {
	var line textLine
	for i, s := range spans {
		last := len(line.segments) - 1
		same := last >= 0 && !s.tag && !line.segments[last].tag && line.segments[last].bold == s.bold
		if s.text == " " && last >= 0 && !line.segments[last].tag && i+1 < len(spans) && !same {
			same = true // a space has no weight: it goes with what stands before it
		}
		if same {
			line.segments[last].text += s.text
			continue
		}
		line.segments = append(line.segments, segment{span: s})
	}
	for i := range line.segments {
		line.segments[i].x = line.width
		line.segments[i].width = t.measure(line.segments[i].span)
		line.width += line.segments[i].width
	}
	return line
}
