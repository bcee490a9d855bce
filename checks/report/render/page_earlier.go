package render

import "isitme/checks/words"

// earlier are the tables of the run before that a reader compares with this one's, each named as the earlier one.
func (b *builder) earlier() []table {
	r, ok := b.r.Earlier()
	if !ok {
		return nil
	}
	e := &builder{r: r, c: b.c, v: r.Verdict}
	answer := table{Title: b.c.T("report.answer")}
	for _, f := range e.facts() {
		answer.Rows = append(answer.Rows, []string{f.Label, f.Value})
	}
	answer.Rows = append(answer.Rows, []string{b.c.T("report.number", words.A{"ID": ""}), r.ID})
	all := filled([]table{answer, e.tries(), e.lookups(), e.otherWays(), e.computer(), e.steps()})
	for i := range all {
		all[i].Title = b.c.T("report.earlier", words.A{"Title": all[i].Title})
	}
	return all
}
