// Package store keeps the private reports of this computer's user in one folder: one file per report, written whole or
// not at all, readable by the user only. It knows of a report when it began, about which page it is, and if it was stopped.
package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"isitme/checks/report"
	"isitme/checks/verdict"
)

// The limits of the store: what a history is still useful for. Older reports, and the oldest of too many, are deleted
// when a new one is saved.
const (
	MaxReports = 50
	MaxAge     = 180 * 24 * time.Hour
)

const (
	ending  = ".json"
	partial = ".partial-"
	damaged = "damaged"
	lock    = ".lock"
)

// Store is one folder of reports. Several programs may use it at once.
type Store struct {
	dir string
	now func() time.Time
}

// Entry is one report in the list.
type Entry struct {
	ID      string
	Started time.Time // as the report says, with its zone
	URL     string    // without query and tokens
	Report  report.Report
}

// Damaged is a file that was no readable report. It was moved to the folder "damaged", where nothing deletes it.
type Damaged struct {
	File string // where it lies now
	Err  error
}

// Open opens the store in a folder, which is made, for this user only, if it is not there. The error is an *Error.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, classify(err, NoFolder)
	}
	return &Store{dir: dir, now: time.Now}, nil
}

// Save writes a report, which should be the private one, under its ID. When it returns nil the report is on the disk, whole,
// and stays there whatever happens to the program. The error is an *Error.
func (s *Store) Save(r report.Report) error {
	if !validID(r.ID) {
		return &Error{Code: Other, Err: fmt.Errorf("report id %q cannot name a file", r.ID)}
	}
	if err := s.write(r); err != nil {
		return classify(err, Other)
	}
	s.prune(r.ID)
	return nil
}

func (s *Store) write(r report.Report) (err error) {
	file, err := os.CreateTemp(s.dir, partial+"*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // the first error says it all; prune takes what is left
		}
	}()
	if err := errors.Join(report.Write(file, r), file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), s.path(r.ID)); err != nil {
		return err
	}
	return syncDir(s.dir)
}

// List reads all reports, the newest first. A file that cannot be read as a report is set aside and named, once.
func (s *Store) List() ([]Entry, []Damaged) {
	var list []Entry
	var bad []Damaged
	for _, id := range s.ids() {
		r, err := s.Load(id)
		switch {
		case err == nil:
			list = append(list, Entry{ID: id, Started: r.Started, URL: r.PageAddress(), Report: r})
		case errors.Is(err, report.ErrNotReport):
			if d := s.setAside(id, err); !errors.Is(d.Err, fs.ErrNotExist) { // else another instance was quicker
				bad = append(bad, d)
			}
		}
		// One that vanished meanwhile was deleted by another instance; one of a newer version is that version's.
	}
	slices.SortFunc(list, func(a, b Entry) int { return b.Started.Compare(a.Started) })
	return list, bad
}

// Latest is the newest report about the page at address, as it was checked, that began after since and was not stopped; ok
// is false without one.
func (s *Store) Latest(address string, since time.Time) (r report.Report, ok bool) {
	list, _ := s.List()
	for _, e := range list {
		same := e.Report.Evidence.Target.URL == address && e.Started.After(since)
		if same && e.Report.Verdict.Cause != verdict.Stopped {
			return e.Report, true
		}
	}
	return report.Report{}, false
}

// Load reads one report. The error is fs.ErrNotExist, or that of report.Read.
func (s *Store) Load(id string) (report.Report, error) {
	if !validID(id) {
		return report.Report{}, fs.ErrNotExist
	}
	r, err := report.ReadFile(s.path(id))
	if err == nil && r.ID != id {
		err = &report.ReadError{Code: report.NotOurs, Err: fmt.Errorf("file %s holds report %s", id, r.ID)}
	}
	return r, err
}

// Delete removes one report for good. One that is not there is no error.
func (s *Store) Delete(id string) error {
	if !validID(id) {
		return nil
	}
	if err := os.Remove(s.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return classify(err, Other)
	}
	return nil
}

// DeleteAll removes every report, and the damaged files too: they hold the same things.
func (s *Store) DeleteAll() error {
	var all []error
	for _, id := range s.ids() {
		all = append(all, s.Delete(id))
	}
	if err := os.RemoveAll(filepath.Join(s.dir, damaged)); err != nil {
		all = append(all, classify(err, Other))
	}
	return errors.Join(all...)
}

func (s *Store) path(id string) string { return filepath.Join(s.dir, id+ending) }

// ids are the names of the files that could be reports.
func (s *Store) ids() []string {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil
	}
	var all []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ending); ok && e.Type().IsRegular() && validID(id) {
			all = append(all, id)
		}
	}
	return all
}

// validID reports whether an ID can be a file name everywhere: small letters and digits, as report.NewID makes them.
func validID(id string) bool {
	return id != "" && len(id) <= 64 && !strings.ContainsFunc(id, func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
}

// setAside moves a damaged file out of the way. Its name gets the time, so that it replaces none that is there.
func (s *Store) setAside(id string, why error) Damaged {
	dir := filepath.Join(s.dir, damaged)
	to := filepath.Join(dir, id+"-"+s.now().UTC().Format("20060102T150405.000000000")+ending)
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.Rename(s.path(id), to)); err != nil {
		return Damaged{File: s.path(id), Err: errors.Join(why, err)}
	}
	return Damaged{File: to, Err: why}
}

// prune deletes reports over the limits, but never the one just saved, and parts of files that a killed program left. Only
// one instance prunes at a time; another simply does not.
func (s *Store) prune(saved string) {
	l := flock.New(filepath.Join(s.dir, lock), flock.SetPermissions(0o600))
	if ok, err := l.TryLock(); !ok || err != nil {
		return
	}
	defer func() { _ = l.Unlock() }() // the lock goes with the process if not now
	s.sweep()
	type aged struct {
		id string
		at time.Time
	}
	var all []aged
	for _, id := range s.ids() {
		if info, err := os.Stat(s.path(id)); err == nil {
			all = append(all, aged{id, info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b aged) int { return b.at.Compare(a.at) })
	for i, a := range all {
		if a.id != saved && (i >= MaxReports || s.now().Sub(a.at) > MaxAge) {
			_ = s.Delete(a.id) // the next save tries again
		}
	}
}

// abandoned is the age from which a part of a file cannot belong to a program that is still writing it.
const abandoned = time.Hour

func (s *Store) sweep() {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), partial) && s.now().Sub(info.ModTime()) > abandoned {
			_ = os.Remove(filepath.Join(s.dir, e.Name()))
		}
	}
}
