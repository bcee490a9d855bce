package window

import (
	"isitme/checks/report"
	"isitme/ui/window/page"
)

// compare shows two reports beside each other, the older one first.
func (u *ui) compare(one, other string) {
	u.background(func() {
		a, err := u.keep.load(one)
		b, errB := u.keep.load(other)
		if err == nil {
			err = errB
		}
		u.post(func() {
			if err != nil {
				u.sayNotOpened(err)
				return
			}
			if b.Started.Before(a.Started) {
				a, b = b, a
			}
			u.showCompare(a, b)
		})
	})
}

func (u *ui) showCompare(before, after report.Report) {
	after.Previous, after.Evidence.Earlier = nil, nil
	if before.Evidence.Target.Host == after.Evidence.Target.Host {
		after = after.Beside(before)
	}
	u.show(func() page.View {
		keep := u.settings.NetworkDetails
		return page.Compare{
			Words: u.words, Nav: u.nav(), Before: before.Redact(keep), After: after.Redact(keep), Now: u.deps.Now(),
		}.Build()
	})
}
