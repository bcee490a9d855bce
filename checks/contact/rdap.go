package contact

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"isitme/checks/report"
)

// bootstrap is IANA's list of the registries' RDAP services (RFC 9224).
const bootstrap = "https://data.iana.org/rdap/dns.json"

// rdap asks the registry of the domain who holds it.
func (f *finder) rdap(ctx context.Context) ([]Contact, []Source) {
	silent := []Source{RDAP, Registrar}
	base, err := f.registry(ctx)
	if err != nil {
		return nil, silent
	}
	p, err := f.client.get(ctx, base+"domain/"+url.PathEscape(f.domain), "application/rdap+json", f.env.Version)
	if err == nil && p.status == http.StatusNotFound {
		return nil, nil // the registry knows no such domain (RFC 7480, 5.3)
	}
	if err != nil || p.status != http.StatusOK {
		return nil, silent
	}
	var d entity
	if err := json.Unmarshal(p.body, &d); err != nil {
		return nil, silent
	}
	return d.contacts(0, ""), nil
}

// registry is the base address of the RDAP service for the domain's top level, ending in a slash.
func (f *finder) registry(ctx context.Context) (string, error) {
	p, err := f.client.get(ctx, bootstrap, "application/json", f.env.Version)
	if err != nil {
		return "", err
	}
	var list struct {
		Services [][][]string `json:"services"`
	}
	if err := json.Unmarshal(p.body, &list); err != nil {
		return "", err
	}
	top := f.domain[strings.LastIndexByte(f.domain, '.')+1:]
	for _, s := range list.Services {
		if len(s) != 2 || !slices.ContainsFunc(s[0], func(tld string) bool { return strings.EqualFold(tld, top) }) {
			continue
		}
		for _, base := range s[1] {
			if u, ok := pageURL(base); ok {
				return strings.TrimSuffix(u, "/") + "/", nil
			}
		}
	}
	return "", errors.New("no rdap service for ." + top)
}

// entity is what is read of an RDAP object: a domain has entities, and those have some in turn (RFC 9083, 5.1 and 5.3).
type entity struct {
	Roles    []string        `json:"roles"`
	VCard    json.RawMessage `json:"vcardArray"`
	Entities []entity        `json:"entities"`
}

// deepest is how deep entities are followed; registries nest two.
const deepest = 3

// contacts collects what is published of the holder, and of the registrar its desk for abuse. Company is the name of the
// entity above.
func (e entity) contacts(depth int, company string) []Contact {
	card := readCard(e.VCard)
	source := Source("")
	switch {
	case slices.Contains(e.Roles, "registrant"), slices.Contains(e.Roles, "administrative"), slices.Contains(e.Roles, "technical"):
		source = RDAP
	case slices.Contains(e.Roles, "abuse"):
		source = Registrar
	}
	var all []Contact
	if source != "" {
		name := card.name
		if source == Registrar && company != "" {
			name = company
		}
		for _, m := range card.mails {
			all = append(all, Contact{Source: source, Mail: m, Name: name})
		}
		for _, u := range card.pages {
			all = append(all, Contact{Source: source, URL: u, Name: name})
		}
	}
	if depth < deepest {
		for _, inner := range e.Entities {
			all = append(all, inner.contacts(depth+1, card.name)...)
		}
	}
	return all
}

// card is what is read of a jCard (RFC 7095).
type card struct {
	name         string
	mails, pages []string
}

// readCard reads ["vcard", [[name, parameters, type, value], …]]. What is shaped otherwise is passed over, and so are the
// placeholders that registries put in the place of what they do not publish (RFC 9537).
func readCard(raw json.RawMessage) card {
	var c card
	var outer []json.RawMessage
	if json.Unmarshal(raw, &outer) != nil || len(outer) < 2 {
		return c
	}
	var properties [][]any
	if json.Unmarshal(outer[1], &properties) != nil {
		return c
	}
	organisation := ""
	for _, p := range properties {
		if len(p) < 4 {
			continue
		}
		name, _ := p[0].(string)
		value, _ := p[3].(string)
		value = strings.TrimSpace(value)
		if value == "" || withheld(value) {
			continue
		}
		switch strings.ToLower(name) {
		case "fn":
			c.name = report.Clean(value, 80)
		case "org":
			organisation = report.Clean(value, 80)
		case "email":
			if m, ok := mailbox(value); ok {
				c.mails = append(c.mails, m)
			}
		case "contact-uri", "url": // RFC 8605 for contact-uri
			if u, ok := pageURL(value); ok {
				c.pages = append(c.pages, u)
			}
		}
	}
	if organisation != "" {
		c.name = organisation
	}
	return c
}

// withheld reports whether a value says that there is none to see.
func withheld(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "redacted") || strings.Contains(s, "not disclosed") || strings.Contains(s, "data protected")
}
