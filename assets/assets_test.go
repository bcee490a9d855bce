package assets_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"isitme/assets"
	"isitme/checks/environment"
)

func strict(t *testing.T, data []byte, to any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		t.Fatal(err)
	}
}

// TestWellKnown: enough unrelated operators that two can agree and a third disagree, each reached as its use needs.
func TestWellKnown(t *testing.T) {
	var known struct {
		Portals []environment.Portal `json:"portals"`
		Sites   []environment.Site   `json:"sites"`
	}
	strict(t, assets.WellKnown, &known)
	portals, sites := map[string]bool{}, map[string]bool{}
	for _, p := range known.Portals {
		u, err := url.Parse(p.URL)
		if err != nil || u.Scheme != "http" || u.Path == "" || p.Status == 204 && p.Body != "" || p.Status == 200 && p.Body == "" {
			t.Errorf("%+v", p)
		}
		portals[p.Operator] = true
	}
	for _, s := range known.Sites {
		u, err := url.Parse(s.URL)
		if err != nil || u.Scheme != "https" || u.Path != "/" {
			t.Errorf("%+v", s)
		}
		sites[s.Operator] = true
	}
	if len(portals) != len(known.Portals) || len(sites) != len(known.Sites) || len(portals) < 3 || len(sites) < 3 {
		t.Errorf("%d operators of %d portals, %d of %d sites", len(portals), len(known.Portals), len(sites), len(known.Sites))
	}
}

func TestResolvers(t *testing.T) {
	var resolvers []environment.Resolver
	strict(t, assets.Resolvers, &resolvers)
	if len(resolvers) < 3 {
		t.Errorf("%d resolvers", len(resolvers))
	}
	for _, r := range resolvers {
		if _, err := netip.ParseAddr(r.Address); err != nil || r.Name == "" || len(r.DoH) == 0 {
			t.Errorf("%+v", r)
		}
		for _, d := range r.DoH {
			if u, err := url.Parse(d); err != nil || u.Scheme != "https" || u.Path != "/dns-query" {
				t.Errorf("%s: %s", r.Name, d)
			}
		}
	}
}

// TestIcons: every icon is one path with one fill and no stroke, which is all that recolouring understands. The mark has
// two colours and is shown as it is.
func TestIcons(t *testing.T) {
	icons, err := fs.Glob(assets.Icons, "icons/*.svg")
	if err != nil || len(icons) == 0 {
		t.Fatalf("%d icons (%v)", len(icons), err)
	}
	for _, name := range icons {
		data, err := fs.ReadFile(assets.Icons, name)
		if err != nil {
			t.Fatal(err)
		}
		var svg struct {
			Paths []struct {
				Fill   string `xml:"fill,attr"`
				Stroke string `xml:"stroke,attr"`
			} `xml:"path"`
		}
		if err := xml.Unmarshal(data, &svg); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !strings.HasSuffix(name, "/mark.svg") && (len(svg.Paths) != 1 || svg.Paths[0].Stroke != "") {
			t.Errorf("%s: %d paths", name, len(svg.Paths))
		}
	}
	if mark, err := fs.ReadFile(assets.Icons, "icons/mark-1024.png"); err != nil || !bytes.HasPrefix(mark, []byte("\x89PNG")) {
		t.Errorf("the mark: %v", err)
	}
}
