package render

import (
	"net/url"
	"slices"
	"strings"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/words"
)

// Message words a message about a redacted report: kind is one of words.Messages. The visitor reads and changes it
// before it goes anywhere. A report that was not redacted gives an empty message.
func Message(kind string, r report.Report, c *words.Catalog) (subject, body string) {
	if !r.Redacted {
		return "", ""
	}
	d := c.MessageData(r.Verdict, r.Started)
	d.URL, d.Version, d.OS, d.Details = r.URL, r.Tool.Version, r.Tool.OS, r.NetworkDetails
	for i := range r.Evidence.WellKnown {
		site := &r.Evidence.WellKnown[i]
		if site.Fetch.Loaded() {
			d.Works = append(d.Works, site.Host)
		} else {
			d.WorksNot = append(d.WorksNot, site.Host)
		}
	}
	if d.Host != "" && !(len(r.Evidence.Tries) > 0 && r.Evidence.Tries[len(r.Evidence.Tries)-1].Loaded()) {
		d.WorksNot = append([]string{d.Host}, d.WorksNot...)
	}
	for _, s := range r.Steps {
		if s.Step != evidence.StepAnswer && (s.State == checklist.Fine || s.State == checklist.Found) {
			d.StepsDone = append(d.StepsDone, c.StepTitle(s.Step))
		}
	}
	d.Elsewhere = elsewhere(r, c)
	subject, body = c.Message(kind, d)
	return report.Clean(subject, maxValue), cleanLines(body)
}

// elsewhere is what others saw, in a few words; empty when nobody else was asked.
func elsewhere(r report.Report, c *words.Catalog) string {
	ev := &r.Evidence
	if ev.Phone != nil {
		if ev.Phone.Opened {
			return c.T("contact.phone_opens")
		}
		return c.T("contact.phone_fails")
	}
	if ev.Elsewhere == nil {
		return earlier(ev, c)
	}
	down, all := 0, 0
	for _, v := range ev.Elsewhere.Views {
		if v.Up || v.Down {
			all++
		}
		if v.Down {
			down++
		}
	}
	if all == 0 {
		return earlier(ev, c)
	}
	return c.N("contact.elsewhere_fails", down, words.A{"All": all})
}

// earlier is what this computer saw from another network a while before; empty where that says nothing.
func earlier(ev *evidence.Evidence, c *words.Catalog) string {
	switch e := ev.Earlier; {
	case e == nil:
		return ""
	case e.Opened:
		return c.T("contact.earlier_opens")
	case e.Unheard && !slices.ContainsFunc(ev.Tries, func(f evidence.Fetch) bool { return f.Loaded() }):
		return c.T("contact.earlier_fails")
	}
	return ""
}

// cleanLines cleans a text line by line.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = report.Clean(l, 2*maxValue)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// longestMailto is how many bytes a mailto URL may have on an operating system. Windows hands no longer one to a mail
// program (2083 signs, the limit of ShellExecute's URLs); elsewhere it is an argument of a program, of which Linux allows
// 128 KiB (execve(2), MAX_ARG_STRLEN).
func longestMailto(goos string) int {
	if goos == "windows" {
		return 2000
	}
	return 100_000
}

// Mailto is the mailto URL (RFC 6068) that opens a message in the visitor's mail program, and whether the body is in it.
// One that would make it too long for the operating system goos (every Cyrillic letter takes six signs) is left out
// whole: half a message would be sent unnoticed. It is to be pasted.
func Mailto(goos, to, subject, body string) (link string, whole bool) {
	head := "mailto:" + escapeMail(to) + "?subject=" + escapeMail(report.Clean(subject, 200))
	body = strings.ReplaceAll(cleanLines(body), "\n", "\r\n")
	if link = head + "&body=" + escapeMail(body); len(link) <= longestMailto(goos) {
		return link, true
	}
	return head, false
}

// escapeMail escapes for a mailto URL, where a plus is a plus and a space must be %20. Signs that RFC 6068 allows as they are
// and that are frequent in sentences stay, for the sake of length.
func escapeMail(s string) string { return mailSigns.Replace(url.QueryEscape(s)) }

var mailSigns = strings.NewReplacer("+", "%20", "%40", "@", "%3A", ":", "%2C", ",", "%28", "(", "%29", ")")
