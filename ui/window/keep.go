package window

import (
	"io/fs"
	"slices"
	"sync"
	"time"

	"isitme/checks/report"
	"isitme/checks/report/store"
	"isitme/checks/verdict"
)

// kept is what a list of reports shows of one.
type kept struct {
	ID, Host, URL string
	Started       time.Time
	Verdict       verdict.Verdict
}

func keptOf(r report.Report) kept {
	return kept{r.ID, r.Evidence.Target.DisplayHost, r.Evidence.Target.URL, r.Started, r.Verdict}
}

// keep holds the reports of this computer: on disk where the visitor keeps a history, else until the app closes. It is
// safe for concurrent use, since all but items and setHistory touch the disk and belong away from the screen.
type keep struct {
	store *store.Store // nil when its folder cannot be opened
	err   error        // why
	// disk lets one at a time work in the folder: a list read before a deletion must not stand after it.
	disk sync.Mutex

	mu      sync.Mutex
	history bool
	session map[string]report.Report // what is not on disk
	list    []kept                   // of all, newest first
}

func newKeep(folder string) *keep {
	s, err := store.Open(folder)
	return &keep{store: s, err: err, session: map[string]report.Report{}}
}

// setHistory says whether new reports go to the disk.
func (k *keep) setHistory(on bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.history = on
}

// read reads the list from the disk and returns how many files were damaged and set aside.
func (k *keep) read() (damaged int) {
	if k.store == nil {
		return 0
	}
	k.disk.Lock()
	defer k.disk.Unlock()
	entries, bad := k.store.List()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = nil
	for _, e := range entries {
		k.list = append(k.list, keptOf(e.Report))
	}
	for _, r := range k.session {
		k.list = append(k.list, keptOf(r))
	}
	slices.SortStableFunc(k.list, func(a, b kept) int { return b.Started.Compare(a.Started) })
	k.trim()
	return len(bad)
}

// items are the reports of the last read and what was added since, newest first.
func (k *keep) items() []kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.list)
}

// add keeps a report, in place of the one with its ID, and returns why it is not on the disk where it should be.
func (k *keep) add(r report.Report) error {
	k.disk.Lock()
	defer k.disk.Unlock()
	k.mu.Lock()
	history := k.history
	k.mu.Unlock()
	var err error
	onDisk := false
	if history {
		if err = k.err; err == nil {
			err = k.store.Save(r)
			onDisk = err == nil
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if !onDisk {
		k.session[r.ID] = r
	}
	k.list = slices.DeleteFunc(k.list, func(e kept) bool { return e.ID == r.ID })
	k.list = slices.Insert(k.list, 0, keptOf(r))
	k.trim()
	return err
}

// trim forgets what is older than the reports that are kept, as the store does on the disk.
func (k *keep) trim() {
	for _, old := range k.list[min(len(k.list), store.MaxReports):] {
		delete(k.session, old.ID)
	}
	k.list = k.list[:min(len(k.list), store.MaxReports)]
}

// load is the report with an ID.
func (k *keep) load(id string) (report.Report, error) {
	k.mu.Lock()
	r, ok := k.session[id]
	k.mu.Unlock()
	switch {
	case ok:
		return r, nil
	case k.store == nil:
		return report.Report{}, fs.ErrNotExist
	default:
		return k.store.Load(id)
	}
}

// latest is the newest report about the page at address that began after since and was not stopped, nil without one.
func (k *keep) latest(address string, since time.Time) *report.Report {
	for _, e := range k.items() {
		if e.URL != address || !e.Started.After(since) || e.Verdict.Cause == verdict.Stopped {
			continue
		}
		if r, err := k.load(e.ID); err == nil {
			return &r
		}
	}
	return nil
}

// remove deletes one report for good.
func (k *keep) remove(id string) error {
	k.disk.Lock()
	defer k.disk.Unlock()
	if k.store != nil {
		if err := k.store.Delete(id); err != nil {
			return err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.session, id)
	k.list = slices.DeleteFunc(k.list, func(e kept) bool { return e.ID == id })
	return nil
}

// clear deletes all reports for good.
func (k *keep) clear() error {
	k.disk.Lock()
	defer k.disk.Unlock()
	if k.store != nil {
		if err := k.store.DeleteAll(); err != nil {
			return err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.session)
	k.list = nil
	return nil
}
