package contact

import (
	"context"
	"net/http"
	"strings"
)

// pages are the paths where sites keep their contact: "Impressum" is required by law in German-speaking countries.
var pages = []string{"/contact", "/kontakt", "/impressum"}

// contactPage looks for a page of the site's own, and stops asking a site that is down.
func (f *finder) contactPage(ctx context.Context) ([]Contact, []Source) {
	for _, path := range pages {
		p, err := f.client.get(ctx, f.origin(f.target.Host)+path, "text/html", f.env.Version)
		if err != nil || p.status >= 500 {
			return nil, []Source{ContactPage}
		}
		// Sites that send every unknown address to the front page have no such page.
		if p.status == http.StatusOK && strings.HasPrefix(strings.ToLower(p.kind), "text/html") && strings.Trim(p.path, "/") != "" {
			if u, ok := pageURL(p.url); ok {
				return []Contact{{Source: ContactPage, URL: u}}, nil
			}
		}
	}
	return nil, nil
}
