package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"isitme/checks/contact"
	"isitme/checks/words"
	"isitme/ui/look"
)

// Write is the page of a message to the owner, a help desk or a provider. The visitor reads and changes it; nothing is
// sent by the program.
type Write struct {
	Words *words.Catalog
	Nav   Nav
	// Kinds are the kinds of message, Kind the chosen one.
	Kinds []string
	Kind  string
	// To, Subject and Body are the message so far; a short post has no subject.
	To, Subject, Body string
	// CanFind offers to look for the owner's address; Searching is true while that goes on, Searched after it.
	CanFind, Searching, Searched bool
	Found                        contact.Result
	Said                         string

	OnKind         func(kind string)
	OnFind, OnBack func()
	// OnPage opens a page to write on.
	OnPage func(address string)
	// OnMail opens the mail program, OnCopy copies the text.
	OnMail, OnCopy func(to, subject, body string)
	// OnEdit tells of every change, so that nothing typed is lost when the page is built again.
	OnEdit func(to, subject, body string)
}

// Build makes the page.
func (p Write) Build() View {
	c := p.Words
	to, subject, body := newLine(p.To), newLine(p.Subject), newLines(p.Body)
	edited := func(string) { p.OnEdit(to.Text, subject.Text, body.Text) }
	to.OnChanged, subject.OnChanged, body.OnChanged = edited, edited, edited

	labels := make([]string, len(p.Kinds))
	for i, k := range p.Kinds {
		labels[i] = c.T("contact.kind." + k)
	}
	column := look.Column(sectionGap, look.Title(c.T("contact.title")),
		NewChoice(labels, index(p.Kinds, p.Kind), func(i int) { p.OnKind(p.Kinds[i]) }))
	if p.CanFind {
		column.Add(p.contacts(func(address string) { to.SetText(address) }))
	}
	form := look.Column(14)
	if p.Kind != "post" {
		form.Add(labelled(c.T("contact.to"), to))
		form.Add(labelled(c.T("contact.subject"), subject))
	}
	form.Add(labelled(c.T("contact.text"), body))
	column.Add(form)
	column.Add(look.Small(c.T("contact.change_hint")))
	copyText := look.NewButton(c.T("button.copy"), "copy", look.Normal, func() { p.OnCopy(to.Text, subject.Text, body.Text) })
	buttons := []fyne.CanvasObject{copyText, look.NewButton(c.T("button.back"), "back", look.Normal, p.OnBack)}
	if p.Kind != "post" {
		mail := look.NewButton(c.T("button.open_mail"), "mail", look.Main, func() { p.OnMail(to.Text, subject.Text, body.Text) })
		buttons = append([]fyne.CanvasObject{mail}, buttons...)
	} else {
		copyText.SetKind(look.Main)
	}
	column.Add(look.Buttons(buttons...))
	if p.Said != "" {
		column.Add(look.NewBanner(look.Body(p.Said)))
	}
	column.Add(look.Small(c.T("contact.drag")))
	return View{Header: p.Nav.Header(c), Content: column}
}

// contacts looks for the owner's address on a press, and lists what was found.
func (p Write) contacts(use func(address string)) fyne.CanvasObject {
	c := p.Words
	find := look.NewButton(c.T("button.find_contact"), "elsewhere", look.Normal, p.OnFind)
	if p.Searching {
		find.Set(c.T("contact.searching"), "elsewhere")
		find.Disable()
	}
	column := look.Column(8, look.Buttons(find), look.Small(c.T("contact.asked")))
	if !p.Searched {
		return column
	}
	if len(p.Found.Contacts) == 0 {
		column.Add(look.Body(c.T("contact.none")))
		column.Add(look.Secondary(c.T("contact.unknown_owner")))
	} else {
		column.Add(look.Body(c.T("contact.found")))
	}
	for _, found := range p.Found.Contacts {
		button := look.NewButton(found.Mail, "mail", look.Compact, func() { use(found.Mail) })
		if found.URL != "" {
			button = look.NewButton(found.URL, "open", look.Compact, func() { p.OnPage(found.URL) })
		}
		column.Add(look.Column(2, look.Buttons(button), look.Small(whose(found, c))))
	}
	if silent := p.Found.Unanswered; len(silent) > 0 {
		names := make([]string, len(silent))
		for i, source := range silent {
			names[i] = c.T("contact.source." + string(source))
		}
		column.Add(look.Secondary(c.T("contact.unanswered", words.A{"List": c.List(names)})))
	}
	return column
}

// whose says where a contact was found, whose it is where that is known, and that it may be old.
func whose(found contact.Contact, c *words.Catalog) string {
	parts := []string{c.T("contact.source." + string(found.Source))}
	if found.Name != "" {
		parts = append(parts, found.Name)
	}
	if found.Expired {
		parts = append(parts, c.T("contact.expired"))
	}
	return strings.Join(parts, " · ")
}

// newLine is a field for one line of text.
func newLine(text string) *look.Input {
	e := look.NewInput()
	e.SetText(text)
	return e
}

// messageRows is how many lines of a message are in sight before it scrolls inside its field, which a message longer
// than the window would otherwise push the buttons out of reach.
const messageRows = 14

// newLines is a field for a message.
func newLines(text string) *look.Input {
	e := look.NewInputLines()
	e.SetMinRowsVisible(messageRows)
	e.SetText(text)
	return e
}
