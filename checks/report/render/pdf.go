package render

import (
	"io"

	"isitme/checks/report"
	"isitme/checks/words"
)

// PDF writes the report on sheets of A4, with its text selectable and searchable. Signs that the faces do not have are
// spelled out, and the last line says so.
func PDF(w io.Writer, r report.Report, c *words.Catalog) error {
	p, err := newPage(r, c)
	if err != nil {
		return err
	}
	s := newSheet(p, r.Finished)
	s.head()
	s.panel()
	s.facts()
	s.lists(p.Lists)
	s.heading(p.Technical, 13, 6)
	s.paragraph(p.Warning, textSmall, muted)
	s.lists([]list{p.Checklist})
	for _, t := range p.Tables {
		s.table(t)
	}
	if s.spelled {
		s.y += 4
		s.paragraph(c.T("report.signs"), textSmall, muted)
	}
	return s.pdf.Output(w)
}
