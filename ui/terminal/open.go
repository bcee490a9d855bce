package terminal

import (
	"context"
	"errors"
	"io/fs"

	"isitme/checks/report"
	"isitme/checks/words"
)

// open is `isitme open FILE`: it shows a saved report as the visitor saw it, or saves it in another form.
func (p *Program) open(_ context.Context, a arguments) int {
	c := a.catalog
	if a.subject == "" {
		return p.misused(c, c.T("cli.no_file"))
	}
	r, err := report.ReadFile(a.subject)
	var unreadable *report.ReadError
	switch {
	case errors.As(err, &unreadable):
		p.say("isitme: " + a.subject + ": " + c.T("store."+string(unreadable.Code)))
		return exitFault
	case errors.Is(err, fs.ErrNotExist): // "the folder does not exist" would be said of the file's own
		p.say("isitme: " + c.T("cli.no_such_file", words.A{"File": a.subject}))
		return exitFault
	case err != nil:
		p.say("isitme: " + a.subject + ": " + c.T("store.could_not_open", words.A{"Reason": reason(c, err)}))
		return exitFault
	}
	if !a.json {
		p.say(c.T("screen.answer.from_report", words.A{"When": c.When(r.Started)}))
	}
	return p.tell(r, a, exitOK)
}
