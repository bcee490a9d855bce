package terminal

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/checks/words"
)

// sheet is a report being set for the terminal.
type sheet struct {
	strings.Builder
	width int
	c     *words.Catalog
	r     report.Report
	whole bool // the report holds the page's whole address
}

// answer is a redacted report in words: headline, sentence, reasons, what to do now with the exact clicks, and the rows
// of the checklist. Whole says that nothing was taken out of the page's address.
func (p *Program) answer(r report.Report, a arguments, whole bool) string {
	s := &sheet{width: p.columns(), c: a.catalog, r: r, whole: whole}
	c, v := s.c, r.Verdict
	if r.Evidence.Stopped {
		s.line("", c.T("cli.stopped"))
	}
	s.line("", "")
	s.line("", c.Headline(v, words.Screen))
	s.line("", c.Sentence(v))
	s.line("", "")
	s.line("", r.URL)
	s.line("", fmt.Sprintf("%s (%s / %s / %s)", c.Chip(v), v.Who, v.Cause, v.Certainty))
	s.list("screen.answer.how_we_know", s.findings(v.Reasons))
	s.list("compare.title", c.Since(r, words.Short).Lines())
	s.todo(slices.ContainsFunc(a.save, isPicture))
	s.list("screen.answer.also_noticed", s.findings(v.Notes))
	if seen := r.Evidence.Elsewhere; seen != nil {
		s.list("elsewhere.results", opinions(c, seen))
	}
	s.rows()
	if v.Who == verdict.Working {
		s.onlyYou()
	}
	return s.String()
}

// line sets one text behind a mark.
func (s *sheet) line(mark, text string) { s.WriteString(hang(mark, text, s.width)) }

func (s *sheet) title(key string) {
	s.line("", "")
	s.line("", s.c.T(key))
}

// list sets a title and its lines, nothing without lines.
func (s *sheet) list(key string, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.title(key)
	for _, l := range lines {
		s.line("  - ", l)
	}
}

func (s *sheet) findings(list []verdict.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, s.c.Finding(f))
	}
	return out
}

// rows sets the checklist, the state of each step before it.
func (s *sheet) rows() {
	widest := 0
	var shown []checklist.StepResult
	for _, row := range s.r.Steps {
		if row.Step != evidence.StepAnswer { // it stands above
			shown = append(shown, row)
			widest = max(widest, utf8.RuneCountInString(s.c.StateWord(row.State)))
		}
	}
	if len(shown) == 0 {
		return
	}
	s.title("screen.answer.checks")
	for _, row := range shown {
		word := s.c.StateWord(row.State)
		pad := strings.Repeat(" ", widest-utf8.RuneCountInString(word)+2)
		s.line("  "+word+pad, s.c.StepTitle(row.Step)+": "+s.c.Finding(row.Finding))
	}
}

// onlyYou sets what the program cannot try: it does not see inside the visitor's browser.
func (s *sheet) onlyYou() {
	s.title("screen.answer.only_you")
	for _, t := range s.c.OnlyYou() {
		if t.Code == "data" { // its clicks are another page
			continue
		}
		what := t.What
		if !strings.HasSuffix(what, "?") {
			what += ":"
		}
		s.line("  - ", what+" "+t.How)
	}
}
