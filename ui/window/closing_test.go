package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"isitme/checks/contact"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/ui/look"
)

func TestClosing(t *testing.T) {
	t.Run("during a run", func(t *testing.T) {
		r := newRig(t)
		r.waits()
		r.ui.check("www.example.com")
		r.untilText("Step 1 of 6")
		r.ui.close()
		r.until("the window to close", func() bool { return r.closed })
		if got := r.ui.keep.items(); len(got) != 1 {
			t.Errorf("kept %d reports of the stopped run, want 1", len(got))
		}
	})
	t.Run("while watching", func(t *testing.T) {
		r := newRig(t)
		r.ui.check("www.example.com")
		r.untilText("It's the site, not you.")
		r.press("Tell me when it's back")
		r.untilText("Watching www.harbourbooks.example. Down since")
		r.ui.close()
		r.untilText("Closing stops watching")
		r.press("Keep open")
		if r.closed || r.ui.watch == nil {
			t.Error("it closed, or stopped watching, without a yes")
		}
		r.ui.close()
		r.press("Close")
		r.until("the window to close", func() bool { return r.closed })
	})
}

func TestElsewhereAndThePhoneSettleIt(t *testing.T) {
	t.Run("elsewhere", func(t *testing.T) {
		r := newRig(t)
		r.answers(reporttest.Unknown())
		r.ui.check("www.example.com")
		r.untilText("What leaves this computer")
		r.press("Ask them")
		r.untilText("Paris, FR")
		if strings.Contains(r.text(), "What leaves this computer") {
			t.Error("the answered question is still there")
		}
	})
	t.Run("phone", func(t *testing.T) {
		r := newRig(t)
		r.answers(reporttest.Unknown())
		r.ui.check("www.example.com")
		r.untilText("Turn Wi-Fi off.")
		r.press("It opened")
		r.untilText("So the site is up.")
	})
}

func TestHistory(t *testing.T) {
	r := newRig(t)
	for i, sample := range []report.Report{reporttest.Site(), reporttest.You(), reporttest.Working()} {
		r.answers(sample)
		r.ui.check("www.example.com")
		r.until("the report", func() bool { return len(r.ui.keep.items()) == i+1 && r.ui.answer != nil })
	}
	r.press("History")
	r.until("three rows", func() bool { return len(all[*look.ListRow](r)) == 3 })
	r.press("Delete")
	r.untilText("Delete this report?")
	r.press("Keep")
	r.press("Delete")
	r.press("Delete")
	r.until("two rows", func() bool { return len(all[*look.ListRow](r)) == 2 })
	r.press("Compare two")
	r.untilText("Choose two reports to compare.")
	test.Tap(all[*look.ListRow](r)[0])
	r.drain()
	test.Tap(all[*look.ListRow](r)[1])
	r.untilText("What changed")
	if panels := all[*look.AnswerPanel](r); len(panels) != 2 {
		t.Errorf("%d answers beside each other, want 2", len(panels))
	}
	r.press("History")
	r.press("Clear all…")
	r.untilText("Delete all 2 reports?")
	r.press("Delete")
	r.untilText("No checks yet.")
}

func TestWriteToTheOwner(t *testing.T) {
	r := newRig(t)
	r.found.Contacts = []contact.Contact{
		{Source: contact.SecurityTxt, Mail: "owner@example.com", Expired: true},
		{Source: contact.StatusPage, URL: "https://www.cloudflarestatus.com/", Name: "Cloudflare"},
	}
	r.ui.check("www.example.com")
	r.untilText("It's the site, not you.")
	r.press("Write to the owner")
	r.untilText("You can change every word")
	if r.searches.Load() != 0 {
		t.Error("somebody was asked before the button was pressed")
	}
	r.press("Look for the owner's address")
	r.until("the address", func() bool { return r.has("owner@example.com") })
	for _, want := range []string{"past its own date", "the status page · Cloudflare", "https://www.cloudflarestatus.com/"} {
		r.untilText(want)
	}
	if n := r.searches.Load(); n != 1 {
		t.Errorf("%d searches for one press", n)
	}
	r.press("owner@example.com")
	r.press("Open mail program")
	r.until("the mail program", func() bool { return len(r.opened) == 1 })
	if m := r.opened[0]; !strings.HasPrefix(m, "mailto:owner@example.com?subject=") || !strings.Contains(m, "%0D%0A") || strings.Contains(m, "+") {
		t.Errorf("opened %q", m)
	}
	r.press("Copy")
	r.untilText("Copied.")
	if !strings.Contains(r.ui.app.Clipboard().Content(), reporttest.Host) {
		t.Errorf("copied %q", r.ui.app.Clipboard().Content())
	}
	r.press("Back")
	r.untilText("It's the site, not you.")
}

func TestNobodyToWriteTo(t *testing.T) {
	r := newRig(t)
	r.found.Unanswered = []contact.Source{contact.SecurityTxt, contact.RDAP}
	r.ui.check("www.example.com")
	r.untilText("It's the site, not you.")
	r.press("Write to the owner")
	r.press("Look for the owner's address")
	r.untilText("We found no address to write to.")
	r.untilText("No answer came from: the site's security contact (security.txt) and the public record of the name.")
}

func TestPrivateWindows(t *testing.T) {
	r := newRig(t)
	r.answers(reporttest.Working())
	r.ui.check("www.example.com")
	r.until("the browsers", func() bool { return r.has("Chromium") })
	r.press("Chromium")
	r.until("the browser", func() bool { return len(r.launched) == 1 })
	if want := "Chromium " + reporttest.URL; r.launched[0] != want {
		t.Errorf("launched %q, want %q", r.launched[0], want)
	}
}

func TestNothingOfTheVisitorIsShown(t *testing.T) {
	sample, never, chosen, _ := reporttest.Canary()
	r := newRig(t)
	r.ui.showAnswer(&answered{full: sample})
	r.press("Copy text")
	r.untilText("Copied.")
	copied := r.ui.app.Clipboard().Content()
	for _, secret := range append(never, chosen...) {
		if strings.Contains(copied, secret) {
			t.Errorf("the copied text gives %q away", secret)
		}
		if strings.Contains(r.text(), secret) {
			t.Errorf("the page shows %q", secret)
		}
	}
}
