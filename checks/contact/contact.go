// Package contact finds out where a site's owner can be written to. It asks only when the visitor presses the button:
// the site itself (security.txt, a contact page), the registry of its domain (RDAP) and its name servers (SOA). Nobody
// learns more from it than the site's name.
//
// Whatever comes back was written by strangers: addresses are checked for form, texts cleaned and cut.
package contact

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"

	"isitme/assets"
	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// Source is where a contact was found. Text hangs on it in the word list under "contact.source.<source>".
type Source string

// The sources, the ones most likely to reach a person who can act first.
const (
	SecurityTxt Source = "security_txt" // RFC 9116
	ContactPage Source = "contact_page" // the site's own page
	RDAP        Source = "rdap"         // the registrant of the domain, where published (RFC 9083)
	SOA         Source = "soa"          // the mailbox of the zone (RFC 1035, 3.3.13)
	Registrar   Source = "registrar"    // the registrar's desk for abuse
	StatusPage  Source = "status_page"  // of the platform whose page the visitor saw
)

// Sources lists all sources in their order.
func Sources() []Source { return []Source{SecurityTxt, ContactPage, RDAP, SOA, Registrar, StatusPage} }

// Contact is one way to reach somebody. Exactly one of Mail and URL is set.
type Contact struct {
	Source Source
	Mail   string // "info@example.com"
	URL    string // "https://example.com/contact"
	Name   string // person, company or platform, where it is known
	// Expired is true for a security.txt whose own date has passed: it may be out of date (RFC 9116, 2.5.5).
	Expired bool
}

// Result is what a search found, in the order of Sources. Unanswered are the sources that could not be asked or gave no
// answer, so that "nothing found" is not said of what was not looked at.
type Result struct {
	Contacts   []Contact
	Unanswered []Source
	// Private is true when nothing was asked, because nobody outside knows the name.
	Private bool
}

// patience is how long the whole search may take; the visitor is waiting.
const patience = 12 * time.Second

// Find looks for the contacts of target's owner. Platform is the name that the gateway rules gave the author of the
// visitor's page, empty when unknown. It asks nothing about private names and addresses.
func Find(ctx context.Context, env *environment.Environment, target evidence.Target, platform string) Result {
	if target.Private || target.Host == "" {
		return Result{Private: true}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	f := &finder{env: env, client: newClient(ctx, env, target), target: target}
	if !target.Literal {
		f.domain, _ = publicsuffix.EffectiveTLDPlusOne(target.Host)
	}
	searches := []func(context.Context) ([]Contact, []Source){f.securityTxt, f.contactPage}
	if f.domain != "" {
		searches = append(searches, f.rdap, f.soa)
	}
	var (
		mu   sync.Mutex
		wait sync.WaitGroup
		res  Result
	)
	for _, search := range searches {
		wait.Go(func() {
			found, silent := search(ctx)
			mu.Lock()
			defer mu.Unlock()
			res.Contacts = append(res.Contacts, found...)
			res.Unanswered = append(res.Unanswered, silent...)
		})
	}
	wait.Wait()
	f.client.CloseIdleConnections()
	if page := statusPages()[platform]; page != "" {
		res.Contacts = append(res.Contacts, Contact{Source: StatusPage, URL: page, Name: platform})
	}
	res.Contacts = tidy(res.Contacts)
	slices.SortFunc(res.Unanswered, func(a, b Source) int { return rank(a) - rank(b) })
	return res
}

// finder is one search.
type finder struct {
	env    *environment.Environment
	client *client
	target evidence.Target
	domain string // registrable domain (publicsuffix.org), empty for an address
}

var statusPages = sync.OnceValue(func() map[string]string {
	pages := map[string]string{}
	if err := json.Unmarshal(assets.StatusPages, &pages); err != nil {
		panic("contact: embedded status pages: " + err.Error())
	}
	return pages
})

func rank(s Source) int { return slices.Index(Sources(), s) }

// most is how many contacts are offered: more than these nobody would read.
const most = 12

// tidy sorts contacts by source and drops what is there twice.
func tidy(all []Contact) []Contact {
	slices.SortStableFunc(all, func(a, b Contact) int { return rank(a.Source) - rank(b.Source) })
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(c Contact) bool {
		key := strings.ToLower(c.Mail + " " + c.URL)
		defer func() { seen[key] = true }()
		return seen[key]
	})
	return all[:min(len(all), most)]
}
