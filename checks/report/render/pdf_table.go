package render

// table sets a table of the technical part: columns as wide as their longest value as far as there is room. One that takes
// less than half a sheet is not torn apart; the head of a longer one is repeated on every sheet.
func (s *sheet) table(t table) {
	body := regular
	if t.Fixed {
		body = mono
	}
	widths := s.columns(t, body)
	height := 20.0 // the title, the note and the head of the columns
	for _, cells := range t.Rows {
		height += s.rowHeight(cells, widths, body)
	}
	if height < sheetHeight/2 {
		s.room(height)
	}
	s.heading(t.Title, 10.5, 4)
	if t.Note != "" {
		s.paragraph(t.Note, 8, muted)
	}
	head := func() {
		if len(t.Head) > 0 {
			s.row(t.Head, widths, bold, ink)
		}
	}
	head()
	for _, cells := range t.Rows {
		before := s.pdf.PageNo()
		s.room(s.rowHeight(cells, widths, body))
		if s.pdf.PageNo() != before {
			head()
		}
		s.row(cells, widths, body, ink)
	}
	s.y += 1
}

const cellGap = 3.0

// columns shares the width among the columns: each gets what its longest cell needs, and where that is too much the
// widest give way first.
func (s *sheet) columns(t table, body face) []float64 {
	widths := make([]float64, len(t.Rows[0]))
	grow := func(cells []string, f face) {
		s.use(f, textCell, ink)
		for i, c := range cells {
			widths[i] = max(widths[i], s.pdf.GetStringWidth(s.spell(c))+cellGap)
		}
	}
	if len(t.Head) > 0 {
		grow(t.Head, bold)
	}
	for _, row := range t.Rows {
		grow(row, body)
	}
	for {
		sum, widest, second := 0.0, 0, 0.0
		for i, w := range widths {
			sum += w
			if w > widths[widest] {
				widest = i
			}
		}
		for i, w := range widths {
			if i != widest {
				second = max(second, w)
			}
		}
		over := sum - inner
		if over <= 0.01 {
			return widths
		}
		// Take from the widest down to the next one, or all of what is over; equal ones shrink in turn.
		cut := min(over, max(widths[widest]-second, inner/50))
		widths[widest] -= cut
	}
}

func (s *sheet) rowHeight(cells []string, widths []float64, f face) float64 {
	s.use(f, textCell, ink)
	lines := 1
	for i, c := range cells {
		lines = max(lines, len(s.wrap(c, widths[i]-cellGap)))
	}
	return float64(lines)*lineHeight(textCell) + 1.6
}

func (s *sheet) row(cells []string, widths []float64, f face, c colour) {
	height := s.rowHeight(cells, widths, f)
	s.use(f, textCell, c)
	x := margin
	for i, cell := range cells {
		s.lines(x, s.y+0.8, textCell, s.wrap(cell, widths[i]-cellGap))
		x += widths[i]
	}
	s.y += height
	s.rule()
}
