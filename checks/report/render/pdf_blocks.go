package render

import (
	"strconv"

	"isitme/checks/line"
)

// head is the mark with the program's name and what this document is.
func (s *sheet) head() {
	for _, m := range markShapes() {
		s.icon(m.D, margin, s.y, 9, colour(m.Fill))
	}
	s.use(bold, 13, ink)
	s.print(margin+12, s.y+1.4, 13, "Is It Me?")
	x := margin + 12 + s.pdf.GetStringWidth("Is It Me?") + 4
	s.use(regular, textBody, muted)
	s.print(x, s.y+2.2, textBody, s.spell(s.page.Title))
	s.y += 14
}

// panel is the answer: headline, sentence and the line, on the answer's tint.
func (s *sheet) panel() {
	const pad, icon = 7.0, 15.0
	left := margin + pad + icon + 6
	width := sheetWidth - margin - pad - left
	s.use(bold, 20, ink)
	headline := s.wrap(s.page.Headline, width)
	s.use(regular, 12, ink)
	sentence := s.wrap(s.page.Sentence, width)
	height := pad*2 + float64(len(headline))*lineHeight(20) + float64(len(sentence))*lineHeight(12) + 28
	s.pdf.SetFillColor(s.tone.tint.rgb())
	s.pdf.RoundedRect(margin, s.y, inner, height, 5, "1234", "F")
	s.icon(outline(verdictIcon(s.page.Who)), margin+pad, s.y+pad, icon, s.tone.strong)
	s.use(bold, 20, ink)
	y := s.lines(left, s.y+pad-1, 20, headline)
	s.use(regular, 12, ink)
	y = s.lines(left, y+0.5, 12, sentence)
	s.stations(y + 5)
	s.y += height + 5
}

// stations draws the line with the tops of its circles at y.
func (s *sheet) stations(y float64) {
	const radius = 6.0
	column := (inner - 8) / float64(len(s.page.Line))
	for i, st := range s.page.Line {
		x := margin + 4 + column*(float64(i)+0.5)
		s.station(st, x, y+radius, radius)
		if st.Join != "" {
			s.join(st.Join, x+radius+3.5, x+column-radius-3.5, y+radius)
		}
		c, word := muted, regular
		if st.State == line.Broken || st.State == line.Seen {
			c, word = s.tone.strong, bold
		}
		s.use(bold, textSmall, ink)
		below := s.centred(x, y+2*radius+1.5, column-2, st.Name)
		s.use(word, textSmall, c)
		s.centred(x, below, column-2, st.Word)
	}
}

// centred writes up to two lines around x and returns where they end.
func (s *sheet) centred(x, y, width float64, text string) float64 {
	lines := s.wrap(text, width)
	for _, l := range lines[:min(2, len(lines))] {
		s.print(x-s.pdf.GetStringWidth(l)/2, y, textSmall, l)
		y += lineHeight(textSmall)
	}
	return y
}

func (s *sheet) station(st station, x, y, radius float64) {
	face, ring, sign := surface, ink, ink
	switch st.State {
	case line.Broken:
		face, ring, sign = s.tone.strong, s.tone.strong, surface
	case line.Works:
	default:
		ring, sign = border, muted
	}
	s.pdf.SetFillColor(face.rgb())
	s.pdf.SetDrawColor(ring.rgb())
	s.pdf.SetLineWidth(0.5)
	s.pdf.Circle(x, y, radius, "FD")
	s.icon(outline(placeIcon(st.Place)), x-3.2, y-3.2, 6.4, sign)
	mark, kind := badge(st.State)
	c := map[string]colour{"fine": fine, "bad": s.tone.strong, "none": muted}[kind]
	s.pdf.SetFillColor(s.tone.tint.rgb())
	s.pdf.Circle(x+5, y+4.3, 2.9, "F")
	s.icon(outline(mark), x+5-2.2, y+4.3-2.2, 4.4, c)
}

func (s *sheet) join(j line.Join, from, to, y float64) {
	bar := func(a, b float64) {
		s.pdf.SetFillColor(ink.rgb())
		s.pdf.RoundedRect(a, y-0.5, b-a, 1, 0.5, "1234", "F")
	}
	middle := (from + to) / 2
	switch j {
	case line.Solid:
		bar(from, to)
	case line.Cut:
		bar(from, middle-3.6)
		bar(middle+3.6, to)
		s.icon(outline("close"), middle-2.6, y-2.6, 5.2, s.tone.strong)
	case line.Dots:
		s.pdf.SetFillColor(border.rgb())
		for i := range 5 {
			s.pdf.Circle(from+(to-from)*(float64(i)+0.5)/5, y, 0.6, "F")
		}
	}
}

// facts are label and value, a hairline between them.
func (s *sheet) facts() {
	const label = 42.0
	for _, f := range s.page.Facts {
		s.use(regular, textBody, muted)
		name := s.wrap(f.Label, label-3)
		value, size := regular, textBody
		if f.Strong {
			value = bold
		}
		if f.Code {
			value = mono
		}
		s.use(value, size, ink)
		lines := s.wrap(f.Value, inner-label)
		s.use(regular, textSmall, muted)
		var note []string
		if f.Note != "" {
			note = s.wrap(f.Note, inner-label)
		}
		height := max(float64(len(name))*lineHeight(textBody), float64(len(lines))*lineHeight(size)+float64(len(note))*lineHeight(textSmall)) + 3
		s.room(height)
		s.use(regular, textBody, muted)
		s.lines(margin, s.y+1.5, textBody, name)
		s.use(value, size, ink)
		y := s.lines(margin+label, s.y+1.5, size, lines)
		s.use(regular, textSmall, muted)
		s.lines(margin+label, y, textSmall, note)
		s.y += height
		s.rule()
	}
	s.y += 3
}

// lists sets lists side by side, two and two.
func (s *sheet) lists(all []list) {
	const gap = 8.0
	for len(all) > 0 {
		row := all[:min(2, len(all))]
		all = all[len(row):]
		width := inner
		if len(row) == 2 {
			width = (inner - gap) / 2
		}
		height := 0.0
		for _, l := range row {
			height = max(height, s.list(l, 0, 0, width, false))
		}
		s.room(min(height, sheetHeight-2*margin-sheetFooting))
		for i, l := range row {
			s.list(l, margin+float64(i)*(width+gap), s.y, width, true)
		}
		s.y += height
	}
}

// list draws one list with its top at y, or only measures it, and returns its height.
func (s *sheet) list(l list, x, y, width float64, draw bool) float64 {
	const indent = 7.0
	if len(l.Items) == 0 {
		return 0
	}
	top := y
	y += 3
	s.use(bold, 12, ink)
	title := s.wrap(l.Title, width)
	if draw {
		s.lines(x, y, 12, title)
	}
	y += float64(len(title))*lineHeight(12) + 1.2
	for i, item := range l.Items {
		s.use(regular, textBody, ink)
		lines := s.wrap(item, width-indent)
		if draw {
			s.bullet(l, i, x, y)
			s.use(regular, textBody, ink)
			s.lines(x+indent, y, textBody, lines)
		}
		y += float64(len(lines))*lineHeight(textBody) + 1.2
	}
	return y - top + 1
}

func (s *sheet) bullet(l list, i int, x, y float64) {
	middle := y + lineHeight(textBody)/2
	switch {
	case l.Ticked:
		s.icon(outline("state-fine"), x, middle-2.4, 4.8, fine)
	case l.Numbered:
		s.pdf.SetFillColor(primary.rgb())
		s.pdf.Circle(x+2.4, middle, 2.4, "F")
		s.use(bold, 8, onPrimary)
		number := strconv.Itoa(i + 1)
		s.print(x+2.4-s.pdf.GetStringWidth(number)/2, middle-lineHeight(8)/2+0.15, 8, number)
	default:
		s.pdf.SetFillColor(border.rgb())
		s.pdf.Circle(x+2.4, middle, 0.75, "F")
	}
}

func (s *sheet) heading(text string, size, before float64) {
	s.room(before + 20)
	s.y += before
	s.use(bold, size, ink)
	s.y = s.lines(margin, s.y, size, s.wrap(text, inner)) + 0.6
}

func (s *sheet) paragraph(text string, size float64, c colour) {
	s.use(regular, size, c)
	lines := s.wrap(text, inner)
	s.room(float64(len(lines)) * lineHeight(size))
	s.y = s.lines(margin, s.y, size, lines) + 0.8
}
