package terminal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/store"
	"isitme/checks/words"
	"isitme/ui/window/settings"
)

// choices reads what the visitor chose once for all in the window's settings; without any, those of a visitor who never
// opened them hold.
func (p *Program) choices() settings.Settings {
	s := settings.Default()
	if dir, err := store.DefaultDir(); err == nil {
		if s, err = settings.Load(filepath.Dir(dir)); err != nil {
			p.broken(err)
		}
	}
	return s
}

// reports opens the history of this computer's user.
func (p *Program) reports() (*store.Store, error) {
	dir, err := store.DefaultDir()
	if err != nil {
		return nil, &store.Error{Code: store.NoFolder, Err: err}
	}
	return store.Open(dir)
}

// keep writes the private report to the history. That it could not be is said, and does not change the answer.
func (p *Program) keep(full report.Report, c *words.Catalog) {
	s, err := p.reports()
	if err == nil {
		err = s.Save(full)
	}
	if err != nil {
		p.say(c.T("store."+string(store.CodeOf(err)), words.A{"Reason": reason(c, err)}))
	}
}

// after puts the last report about the same page beside a new one, if the history has one that is not too old. A history
// that cannot be read is said when the report is to be kept.
func (p *Program) after(full report.Report) report.Report {
	if s, err := p.reports(); err == nil {
		if before, ok := s.Latest(full.Evidence.Target.URL, full.Started.Add(-report.PreviousAge)); ok {
			return full.After(before)
		}
	}
	return full
}

// formats are the ways to save a report, by the ending of the file.
func formats() map[string]render.Renderer {
	all := render.Formats()
	addPicture(all)
	return all
}

// save writes the report to a file, of the kind that its ending says. The file appears whole or not at all.
func save(path string, r report.Report, c *words.Catalog) error {
	return render.Save(path, r, c, formats())
}

func isPicture(path string) bool { return strings.EqualFold(filepath.Ext(path), ".png") }

// reason says in a few words why a file could not be read or written: in ours where the system's is a common one, else
// in the system's own, without the path, which the user knows.
func reason(c *words.Catalog, err error) string {
	code := store.Reason(err)
	if code != store.Other {
		return c.T("store.reason." + string(code))
	}
	var path *fs.PathError
	var link *os.LinkError // of a rename
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}
