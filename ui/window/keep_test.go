package window

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"isitme/checks/report/reporttest"
	"isitme/checks/report/store"
)

// TestOnlySoManyReportsAreKept makes more checks than are kept, with a history on the disk and without one.
func TestOnlySoManyReportsAreKept(t *testing.T) {
	for history, checks := range map[bool]int{true: store.MaxReports + 5, false: 500} {
		begun := time.Now().Add(-time.Hour) // what is older than some weeks is not kept either
		k := newKeep(t.TempDir())
		k.setHistory(history)
		for i := range checks {
			r := reporttest.Site()
			r.ID, r.Started = fmt.Sprintf("report%03d", i), begun.Add(time.Duration(i)*time.Second)
			if err := k.add(r); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // as it was kept up, and as it is read
			items := k.items()
			if len(items) != store.MaxReports || items[0].ID != fmt.Sprintf("report%03d", checks-1) || len(k.session) > store.MaxReports {
				t.Errorf("history %v: %d reports from %s on, %d in memory", history, len(items), items[0].ID, len(k.session))
			}
			if _, err := k.load(items[0].ID); err != nil {
				t.Errorf("history %v: the newest cannot be opened: %v", history, err)
			}
			k.read()
		}
	}
}

// TestDeletedStaysDeleted deletes a report while the list is read from the disk.
func TestDeletedStaysDeleted(t *testing.T) {
	k := newKeep(t.TempDir())
	k.setHistory(true)
	r := reporttest.Site()
	for i := range 100 {
		r.ID, r.Started = fmt.Sprintf("report%03d", i), time.Now()
		if err := k.add(r); err != nil {
			t.Fatal(err)
		}
		if i < store.MaxReports/2 { // which make the reading long enough for a deletion to come between
			continue
		}
		var reading sync.WaitGroup
		reading.Go(func() { k.read() })
		time.Sleep(time.Duration(i-store.MaxReports/2) * 400 * time.Microsecond) // each deletion comes at another moment of the reading
		if err := k.remove(r.ID); err != nil {
			t.Fatal(err)
		}
		reading.Wait()
		if slices.ContainsFunc(k.items(), func(e kept) bool { return e.ID == r.ID }) {
			t.Fatal("a deleted report is listed")
		}
	}
}
