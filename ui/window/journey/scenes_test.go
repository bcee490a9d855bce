package journey

import (
	"fmt"
	"image/color"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/report/store"
	"isitme/checks/verdict"
)

// paintAll goes through the program: what a first visit shows, a check under way, every kind of answer, and the rest.
func (p *painter) paintAll() {
	p.start()
	p.must("xdotool", "mousemove", fmt.Sprint(p.size.X-1), fmt.Sprint(p.size.Y-1)) // out of the picture
	p.units(pageWidth, pageHeight)
	p.firstVisit()
	p.checking()
	p.waiting()
	p.settling()
	p.answers()
	p.fixes()
	p.lists()
	p.afterACrash()
}

// firstVisit is what is there before anything has been checked.
func (p *painter) firstVisit() {
	p.paint("start-empty")
	p.write("not an address")
	p.keys("Return")
	p.paint("start-not-an-address")
	p.keys("alt+n")
	p.write("anna@harbourbooks.example")
	p.keys("Return")
	p.paint("start-mail-address")
	p.keys("alt+h")
	p.paint("history-empty")
	p.keys("alt+s")
	p.paintWhole("settings")
	p.keys("shift+Tab", "Return") // the last control of the settings leads to the page about the program
	p.paint("about")
	p.keys("Return")
	p.paintWhole("licences")
	p.keys("alt+n")
	p.write("https://example.com/reset?token=0123456789abcdef0123456789abcdef")
	p.keys("Return")
	p.paint("question-one-time-link")
	p.keys("Escape", "alt+n")
	p.write("nas.home.arpa")
	p.keys("Return")
	p.paint("question-private-name")
	p.keys("Escape")
}

// checking is a check under way, stopped once and then left to its end.
func (p *painter) checking() {
	p.keys("alt+n")
	p.write(p.site)
	p.keys("Return")
	p.wait(patience, "the first visit", func() bool { return len(p.visits) > 0 })
	time.Sleep(1500 * time.Millisecond) // between two tries
	p.paint("checking")
	p.keys("Escape")
	p.untilReports(1)
	p.paintWhole("answer-stopped")
	p.keys("alt+r")
	p.untilReports(2)
	p.still() // the page turns when the report is on the disk
	p.paintWhole("answer-compared")
}

// waiting is a check of a site that leaves its visitors waiting: the offer to wait on, and after it was taken.
func (p *painter) waiting() {
	p.plugIn(p.silent, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	p.keys("alt+n")
	p.write("http://" + p.silent + "/summer")
	p.keys("Return")
	banner := color.NRGBA{R: 0xCF, G: 0xE3, B: 0xE6, A: 0xFF} // also the row of the step that runs, which has less of it
	if p.dark {
		banner = color.NRGBA{R: 0x24, G: 0x47, B: 0x4F, A: 0xFF}
	}
	least, over := int(60000*p.scale*p.scale), func() bool { return len(p.reports()) > 2 }
	p.wait(patience, "the offer to wait on", func() bool { return p.much(banner) > least || over() })
	if over() { // the offer stands for five seconds, which a busy computer may miss
		p.t.Log("no picture of the offer to wait on")
		return
	}
	p.put("checking-slow", p.screen.look())
	p.keys("Tab", "Tab", "Return") // over Stop
	p.paint("checking-waits-on")
	p.keys("Escape")
	p.untilReports(3)
}

// settling is an answer that is not certain, with the two ways that would settle it: the consent to ask computers
// elsewhere, and the square for the phone. Nothing is asked: there is no way out of this network.
func (p *painter) settling() {
	p.plugIn(p.doubtful, badGateway)
	p.keys("alt+n")
	p.write("http://" + p.doubtful + "/summer")
	p.keys("Return")
	p.untilReports(4)
	p.still() // the page turns when the report is on the disk
	p.paintWhole("answer-two-ways")
}

// answers are the results of all six kinds, and what can be done with one.
func (p *painter) answers() {
	for _, r := range []report.Report{
		reporttest.Working(), reporttest.Refused(), reporttest.Address(), reporttest.Unknown(), reporttest.You(),
	} {
		p.open(r)
		p.paintWhole("answer-" + string(r.Verdict.Who))
	}
	p.open(reporttest.Site())
	p.paint("answer-site")
	p.keys("alt+p")
	p.untilPicture(1)
	p.paint("answer-site-saved")
	p.open(reporttest.Site())
	p.units(pageWidth, tall)
	p.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return") // over buttons and disclosures to the last
	for range 3 {
		p.keys("shift+Tab", "Return") // the others
	}
	p.paintCut("answer-site-open-whole")
	p.units(pageWidth, pageHeight)

	p.open(reporttest.Site())
	p.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return", "Tab", "Return")
	p.paint("question-save-as")
	p.keys("shift+Tab", "Return")
	p.paint("choose-a-folder")
	p.keys("Escape")

	p.open(reporttest.Site())
	p.keys("Tab", "Tab", "Tab", "Return")
	p.paintWhole("write")
}

// fixes are the guides for what is wrong on the visitor's side.
func (p *painter) fixes() {
	for _, fix := range []struct {
		guide string
		cause verdict.Cause
		facts verdict.Facts
	}{
		{"proxy", verdict.ProxyError, verdict.Facts{Proxy: "proxy.example:3128", StatusLine: "503 Service Unavailable", Direct: "200 OK"}},
		{"vpn", verdict.VPNDown, verdict.Facts{VPN: "Harbour VPN"}},
		{"clock", verdict.ClockWrong, verdict.Facts{OffsetS: -400 * 86400}},
		{"own-list", verdict.HostsFile, verdict.Facts{HostsLine: 12, Answered: "127.0.0.1"}},
		{"reconnect", verdict.Offline, verdict.Facts{}},
		{"sign-in", verdict.CaptivePortal, verdict.Facts{Portal: "http://hotel.example/sign-in"}},
		{"web-scan", verdict.TLSIntercepted, verdict.Facts{Program: "Harbour Antivirus", Issuer: "Harbour Antivirus Root"}},
		{"ipv6", verdict.IPv6Broken, verdict.Facts{}},
		{"restart", verdict.NoInternet, verdict.Facts{All: 7}},
	} {
		r := reporttest.You()
		fix.facts.Host = reporttest.Host
		r.Verdict.Cause, r.Verdict.Facts, r.Verdict.Reasons = fix.cause, fix.facts, nil
		p.open(r)
		p.paintWhole("fix-" + fix.guide)
	}
}

// lists are the pages with past checks on them.
func (p *painter) lists() {
	p.forgetReports()
	for i, r := range []report.Report{
		reporttest.Site(), reporttest.Refused(), reporttest.You(), reporttest.Address(), reporttest.Unknown(), reporttest.Working(),
	} {
		r.Evidence.Target.DisplayHost = []string{
			"www.harbourbooks.example", "shop.lumen-lamps.example", "www.rivergames.example", "www.citylibary.example",
			"tickets.northstage.example", "a-very-long-name.of-a-department.of-some-university.example",
		}[i]
		p.keep(fmt.Sprintf("kept%d", i), r, time.Duration(i*i)*5*time.Hour)
	}
	p.keys("alt+h")
	p.paintWhole("history")
	p.keys("alt+n")
	p.paint("start-recent")
	p.keys("alt+h", "Tab", "Return")
	p.paint("compare-choosing")
	p.keys("Tab", "Tab", "Return", "Return")
	p.still() // both are read from the disk
	p.paintWhole("compare")

	p.open(reporttest.Site())
	p.keys("Tab", "Tab", "Tab", "Tab", "Return")
	p.paint("answer-site-watched")
	p.keys("alt+h")
	p.paint("history-watched")
	p.keys("Tab", "Return")
	p.paint("question-delete-all")
	p.keys("Escape", "shift+Tab", "Return")
	p.still()
	p.paint("choose-a-report")
}

// afterACrash is the first page of the start after one that ended with a fault of the program.
func (p *painter) afterACrash() {
	_ = p.cmd.Process.Kill()
	p.ended <- <-p.ended
	if err := os.WriteFile(filepath.Join(p.folder(), "crash.txt"), []byte("panic: made for a picture"), 0o600); err != nil {
		p.t.Fatal(err)
	}
	p.start()
	p.units(pageWidth, pageHeight)
	p.paint("start-after-a-crash")
}

// open shows a report out of the history, which holds nothing else then.
func (p *painter) open(r report.Report) {
	p.t.Helper()
	p.forgetReports()
	p.keep("opened", r, 3*time.Minute)
	p.keys("alt+n", "alt+h")
	p.still() // the list has been read
	p.keys("Tab", "Tab", "Return")
	p.still()
}

// keep puts a report into the history.
func (p *painter) keep(id string, r report.Report, ago time.Duration) {
	p.t.Helper()
	s, err := store.Open(filepath.Join(p.folder(), "reports"))
	if err != nil {
		p.t.Fatal(err)
	}
	for name, sample := range reporttest.Samples() { // their last step fits their answer
		if strings.EqualFold(name, string(r.Verdict.Who)) {
			r.Steps[len(r.Steps)-1] = sample.Steps[len(sample.Steps)-1]
		}
	}
	r.ID, r.Started = id, time.Now().Add(-ago)
	if err := s.Save(r); err != nil {
		p.t.Fatal(err)
	}
}

// forgetReports empties the history.
func (p *painter) forgetReports() {
	p.t.Helper()
	if err := os.RemoveAll(filepath.Join(p.folder(), "reports")); err != nil {
		p.t.Fatal(err)
	}
}
