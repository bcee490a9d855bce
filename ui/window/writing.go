package window

import (
	"net/url"
	"runtime"
	"strings"

	"isitme/checks/contact"
	"isitme/checks/report/render"
	"isitme/checks/verdict"
	"isitme/ui/window/page"
)

// message is one message that is being written.
type message struct {
	kind              string
	to, subject, body string
	searching, done   bool
	found             contact.Result
	said              string
}

// messageKinds are the kinds of message that fit an answer, the one for it first.
func messageKinds(v verdict.Verdict) []string {
	switch v.Who {
	case verdict.You:
		return []string{"provider", "ticket"}
	case verdict.Refused:
		return []string{"access", "mail", "ticket", "post"}
	default:
		return []string{"mail", "post", "ticket"}
	}
}

// showWrite shows the message to the owner, a help desk or a provider.
func (u *ui) showWrite(a *answered) {
	m := &message{}
	u.word(a, m, messageKinds(a.full.Verdict)[0])
	u.showMessage(a, m)
}

func (u *ui) showMessage(a *answered, m *message) {
	u.show(func() page.View {
		kinds := messageKinds(a.full.Verdict)
		nav := u.nav()
		return page.Write{
			Words: u.words, Nav: nav, Kinds: kinds, Kind: m.kind, To: m.to, Subject: m.subject, Body: m.body,
			CanFind:   a.full.Verdict.Who != verdict.You && !a.example && !a.full.Evidence.Target.Private,
			Searching: m.searching, Searched: m.done, Found: m.found, Said: m.said,
			OnKind: func(kind string) { u.word(a, m, kind); u.again() },
			OnPage: u.open,
			OnFind: func() { u.findContact(a, m) },
			OnBack: func() { u.showAnswer(a) },
			OnMail: func(to, subject, body string) { u.openMail(m, to, subject, body) },
			OnCopy: func(to, subject, body string) { u.copyMessage(m, subject, body) },
			OnEdit: func(to, subject, body string) { m.to, m.subject, m.body = to, subject, body },
		}.Build()
	})
	u.writing = m
}

// word fills in the message of a kind, in the language of reports.
func (u *ui) word(a *answered, m *message, kind string) {
	m.kind, m.said = kind, ""
	m.subject, m.body = render.Message(kind, u.shown(a), u.reportWords())
}

// findContact looks for the owner's address, only now that it was asked for.
func (u *ui) findContact(a *answered, m *message) {
	m.searching = true
	u.again()
	env, to, platform := u.deps.Environment, a.full.Evidence.Target, a.full.Verdict.Facts.Gateway
	u.background(func() {
		found := u.doors.contacts(u.ctx, env, to, platform)
		u.post(func() {
			m.searching, m.done, m.found = false, true, found
			if u.writing == m {
				u.again()
			}
		})
	})
}

// openMail opens the mail program with the message. Where there is none, the text can be copied; where it takes no text of
// this length, the text is copied for the visitor to paste.
func (u *ui) openMail(m *message, to, subject, body string) {
	link, whole := render.Mailto(runtime.GOOS, strings.TrimSpace(to), subject, body)
	address, err := url.Parse(link)
	if err != nil {
		u.sayInMessage(m, u.words.T("contact.no_mail"))
		return
	}
	if !whole {
		u.app.Clipboard().SetContent(body)
		u.sayInMessage(m, u.words.T("contact.mail_paste"))
	}
	u.background(func() {
		if err := u.doors.open(address); err != nil {
			u.post(func() { u.sayInMessage(m, u.words.T("contact.no_mail")) })
		}
	})
}

func (u *ui) copyMessage(m *message, subject, body string) {
	text := body
	if subject != "" {
		text = subject + "\n\n" + body
	}
	u.app.Clipboard().SetContent(text)
	u.sayInMessage(m, u.words.T("contact.copied"))
}

func (u *ui) sayInMessage(m *message, text string) {
	if u.writing == m {
		m.said = text
		u.again()
	}
}
