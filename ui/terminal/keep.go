package terminal

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"isitme/checks/checklist"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/store"
	"isitme/checks/words"
	"isitme/ui/window/settings"
)

// choices are what the visitor chose once for all in the window's settings.
type choices struct {
	checklist.Options
	keep bool
}

// choices reads the settings; without any, those of a visitor who never opened them hold.
func (p *Program) choices() choices {
	s := settings.Default()
	if dir, err := store.DefaultDir(); err == nil {
		if s, err = settings.Load(filepath.Dir(dir)); err != nil {
			p.broken(err)
		}
	}
	return choices{s.Options(), s.KeepHistory}
}

// keep writes the private report to the history of this computer's user. That it could not be is said, and does not
// change the answer.
func (p *Program) keep(full report.Report, c *words.Catalog) {
	dir, err := store.DefaultDir()
	if err != nil {
		err = &store.Error{Code: store.NoFolder, Err: err}
	}
	var s *store.Store
	if err == nil {
		s, err = store.Open(dir)
	}
	if err == nil {
		err = s.Save(full)
	}
	if err == nil {
		return
	}
	code := store.Other
	var known *store.Error
	if errors.As(err, &known) {
		code = known.Code
	}
	p.say(c.T("store."+string(code), words.A{"Reason": reason(c, err)}))
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
	var known *store.Error
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c.T("store.reason.no_folder")
	case errors.Is(err, fs.ErrPermission):
		return c.T("store.reason.not_allowed")
	case errors.Is(err, syscall.EROFS):
		return c.T("store.reason.read_only")
	case errors.Is(err, syscall.ENOSPC):
		return c.T("store.reason.disk_full")
	case errors.As(err, &known) && known.Code != store.Other:
		return c.T("store.reason." + string(known.Code))
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}
