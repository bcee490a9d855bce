package window

import (
	"fmt"
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
