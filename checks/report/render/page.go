package render

import (
	"isitme/checks/line"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/checks/words"
)

// maxValue is how many runes one value may have on the page: enough for the longest address that a report holds.
const maxValue = 600

// page is a report in words, ready to be set in any format. All its strings are clean, single lines.
type page struct {
	Lang, Dir string
	Title     string // what this document is
	Host      string
	Who       verdict.Who
	Headline  string
	Sentence  string
	Line      []station
	LineTitle string
	Facts     []fact
	Lists     []list
	Technical string // head of what follows
	Warning   string
	Checklist list // the owner's, in full
	Tables    []table
	Foot      []string
}

// station is one stop of the line, and what lies between it and the next.
type station struct {
	Place line.Place
	State line.State
	Name  string
	Word  string
	Join  line.Join // after this station; empty after the last
	Says  string    // what a screen reader says of the join; empty where all is well
}

// fact is one labelled value. Note stands below it, smaller; Code values are set in the fixed-width face.
type fact struct {
	Label, Value, Note string
	Code, Strong       bool
}

// list is a titled list; numbered where the order matters, ticked where each line is something that was seen to be fine.
type list struct {
	Title            string
	Items            []string
	Numbered, Ticked bool
}

// table is one table of the technical part. The first column names the row. Fixed columns are numbers, codes and addresses.
type table struct {
	Title string
	Note  string
	Head  []string // empty for a table of names and values
	Rows  [][]string
	Fixed bool
	Named bool // in running text every value needs its column's head
}

// newPage puts a redacted report into words.
func newPage(r report.Report, c *words.Catalog) (*page, error) {
	if !r.Redacted {
		return nil, ErrPrivate
	}
	b := &builder{r: r, c: c, v: r.Verdict}
	p := &page{
		Lang: c.Lang(), Dir: direction(c.Lang()), Title: b.title(), Host: r.Evidence.Target.DisplayHost, Who: who(r.Verdict.Who),
		Headline: c.Headline(r.Verdict, words.Picture), Sentence: c.Lead(r),
		Line: b.line(), LineTitle: c.T("report.line"),
		Facts: b.facts(), Lists: b.lists(),
		Technical: c.T("report.technical"), Warning: c.T("report.on_purpose"), Checklist: b.checklist(), Tables: append(b.tables(), b.earlier()...), Foot: b.foot(),
	}
	p.clean()
	return p, nil
}

// builder holds what all parts of a page are made from.
type builder struct {
	r report.Report
	c *words.Catalog
	v verdict.Verdict
}

func (b *builder) title() string {
	if b.v.Who == verdict.Working {
		return b.c.T("report.title_working")
	}
	return b.c.T("report.title")
}

// who is one of the six kinds of answer, unknown for any other that a file may claim.
func who(w verdict.Who) verdict.Who {
	switch w {
	case verdict.Working, verdict.Site, verdict.You, verdict.Refused, verdict.Address:
		return w
	}
	return verdict.Unknown
}

// direction is the writing direction of a language, for HTML's dir attribute.
func direction(lang string) string {
	switch lang[:min(2, len(lang))] {
	case "ar", "fa", "he", "ur":
		return "rtl"
	}
	return "ltr"
}

func (b *builder) line() []station {
	l := line.Of(b.v, &b.r.Evidence)
	all := make([]station, len(l.Stations))
	for i, s := range l.Stations {
		name := s.Name
		if name == "" {
			name = b.c.StationPicture(string(s.Place))
		}
		all[i] = station{Place: s.Place, State: s.State, Name: name, Word: b.c.StationWord(string(s.Word), s.Code)}
		if i < len(l.Joins) {
			all[i].Join = l.Joins[i]
			switch l.Joins[i] {
			case line.Cut:
				all[i].Says = b.c.T("report.cut")
			case line.Dots:
				all[i].Says = b.c.T("report.join_unknown")
			}
		}
	}
	return all
}

func (b *builder) foot() []string {
	details := "report.details_left_out"
	if b.r.NetworkDetails {
		details = "report.details_included"
	}
	return []string{
		b.c.T("report.made_with", words.A{"Version": b.r.Tool.Version, "OS": b.r.Tool.OS}),
		b.c.T(details),
		b.c.T("report.number", words.A{"ID": b.r.ID}),
	}
}

// clean makes every string of the page a clean line: values that came from the network stand inside sentences too.
func (p *page) clean() {
	for _, s := range []*string{&p.Title, &p.Host, &p.Headline, &p.Sentence, &p.LineTitle, &p.Technical, &p.Warning} {
		*s = report.Clean(*s, maxValue)
	}
	for i := range p.Line {
		s := &p.Line[i]
		s.Name, s.Word, s.Says = report.Clean(s.Name, 60), report.Clean(s.Word, 60), report.Clean(s.Says, 60)
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		f.Label, f.Value, f.Note = report.Clean(f.Label, maxValue), report.Clean(f.Value, maxValue), report.Clean(f.Note, maxValue)
	}
	for i := range p.Lists {
		cleanAll(p.Lists[i].Items)
	}
	cleanAll(p.Checklist.Items)
	for i := range p.Tables {
		for _, row := range p.Tables[i].Rows {
			cleanAll(row)
		}
	}
	cleanAll(p.Foot)
}

func cleanAll(list []string) {
	for i := range list {
		list[i] = report.Clean(list[i], maxValue)
	}
}
