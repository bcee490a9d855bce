package words

import (
	"strings"
	"time"
	"unicode/utf8"

	"isitme/checks/verdict"
)

// MessageData are the particulars of a message to an owner, a help desk or a provider. What is empty leaves its line
// out.
type MessageData struct {
	URL, Host string
	Status    string // "502 Bad Gateway"
	Seen      time.Time
	Tries     int
	Seconds   float64 // how long the tries took together
	Say       string  // what happened, for an owner or support person
	Cause     string  // in a few words
	RuledOut  []string
	// RequestName and RequestID are the number the owner can search for, by the name of its header.
	RequestName, RequestID string
	OwnerMessage           string
	Version, OS            string
	Theirs                 bool   // the fault is on the site's side
	Details                bool   // the report holds the visitor's network details
	Elsewhere              string // what other computers or the phone saw
	Works, WorksNot        []string
	StepsDone              []string
}

// Messages lists the kinds of message.
func Messages() []string { return []string{"post", "mail", "ticket", "provider", "access"} }

// postLength is how many signs a short post may have; the strictest of the common services allows 280.
const postLength = 280

// MessageData fills in what an answer knows. The caller adds the address, the program's version and what was seen
// elsewhere.
func (c *Catalog) MessageData(v verdict.Verdict, seen time.Time) MessageData {
	f := v.Facts
	d := MessageData{
		Host: f.Host, Status: f.StatusLine, Seen: seen, Tries: f.Tries, Seconds: f.Seconds,
		Say: c.Say(v), Cause: c.CauseShort(v),
		RequestName: f.RequestName, RequestID: f.RequestID, OwnerMessage: c.OwnerLong(v, seen),
		Theirs: v.Who == verdict.Site,
	}
	if d.Status == "" {
		d.Status = positive(f.Status)
	}
	for _, out := range v.RuledOut {
		d.RuledOut = append(d.RuledOut, c.Reported(out))
	}
	return d
}

// Message words a message: kind is "post", "mail", "ticket", "provider" or "access". A post has no subject. Nothing is
// ever sent by the program: the visitor reads the message, changes it and sends it.
func (c *Catalog) Message(kind string, d MessageData) (subject, body string) {
	args := c.messageArgs(d)
	key := "message." + kind
	subject, body = c.first(args, key+".subject"), c.T(key+".body", args)
	if kind == "post" && utf8.RuneCountInString(body) > postLength {
		args["URL"] = d.Host
		body = c.T(key+".body", args)
	}
	return subject, body
}

func (c *Catalog) messageArgs(d MessageData) A {
	often := ""
	if d.Tries > 0 {
		often = c.N("message.how_often", d.Tries, A{"Seconds": c.secondsOrNone(d.Seconds)})
	}
	return A{
		"URL": d.URL, "Host": d.Host, "Status": d.Status, "When": c.When(d.Seen), "LocalTime": c.Time(d.Seen),
		"UTCTime": c.Time(d.Seen.UTC()), "UTCDate": c.Date(d.Seen.UTC()), "HowOften": often,
		"Say": d.Say, "Cause": d.Cause, "RuledOut": strings.Join(d.RuledOut, "; "), "RequestName": d.RequestName,
		"RequestID": d.RequestID, "OwnerMessage": d.OwnerMessage, "Version": d.Version, "OS": d.OS,
		"Elsewhere": d.Elsewhere, "Works": c.List(d.Works), "WorksNot": c.List(d.WorksNot),
		"StepsDone": strings.Join(d.StepsDone, "; "), "Theirs": d.Theirs, "Details": d.Details,
	}
}
