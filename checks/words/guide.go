package words

import "strconv"

// Guide is a fix with the exact clicks of one system. **Bold** marks stand around what is seen on the screen.
type Guide struct {
	Title, Intro string
	Steps        []string
	Note         string // may be empty
	Undo         string // how to take it back, empty where there is nothing to take back
}

// guides are the names of the guides; "guide:<name>" is the kind of the step that leads there.
var guides = []string{
	"reconnect", "name-service", "forget", "proxy", "vpn", "clock", "own-list", "ipv6", "web-scan",
}

// systems maps each system to the sets of steps that hold for it, the most exact first.
var systems = map[string][]string{
	"windows": {"windows"},
	"macos":   {"macos", "unix"},
	"gnome":   {"gnome", "linux", "unix"},
	"kde":     {"kde", "linux", "unix"},
	"any":     {},
}

// Guides lists the names of all guides.
func Guides() []string { return append([]string(nil), guides...) }

// Systems lists the systems a guide can be asked for, in the order they are offered.
func Systems() []string { return []string{"windows", "macos", "gnome", "kde", "any"} }

// Guide returns the guide name for system ("windows", "macos", "gnome", "kde", "any"). It is false where this guide has
// no steps for that system.
func (c *Catalog) Guide(name, system string) (Guide, bool) {
	prefix := "guide." + name + "."
	sets, known := systems[system]
	if !known || !c.has(prefix+"title") {
		return Guide{}, false
	}
	g := Guide{
		Title: c.T(prefix + "title"),
		Intro: c.T(prefix + "intro"),
		Note:  c.first(nil, prefix+"note"),
		Steps: c.steps(prefix + "any."), // what holds everywhere comes first
		Undo:  c.first(nil, prefix+system+".undo", prefix+"undo"),
	}
	for _, set := range sets {
		if own := c.steps(prefix + set + "."); len(own) > 0 {
			g.Steps = append(g.Steps, own...)
			break
		}
	}
	return g, len(g.Steps) > 0
}

// steps lists the texts prefix1, prefix2 and so on.
func (c *Catalog) steps(prefix string) []string {
	var all []string
	for i := 1; c.has(prefix + strconv.Itoa(i)); i++ {
		all = append(all, c.T(prefix+strconv.Itoa(i)))
	}
	return all
}

// Try is one thing that only the visitor can try, in their own browser or with another device.
type Try struct{ Code, What, How, Tells string }

// OnlyYou lists what the app cannot do itself, in the order to try it.
func (c *Catalog) OnlyYou() []Try {
	var all []Try
	for _, code := range []string{
		"reload", "wait", "private", "browser", "data", "extensions", "reconnect", "network", "device", "vpn", "paid",
	} {
		key := "only_you." + code + "."
		all = append(all, Try{Code: code, What: c.T(key + "what"), How: c.T(key + "how"), Tells: c.T(key + "tells")})
	}
	return all
}

// BrowserHow says how one browser clears the data of one site.
type BrowserHow struct{ Browser, How string }

// ClearSiteData lists the clicks per browser.
func (c *Catalog) ClearSiteData() []BrowserHow {
	return []BrowserHow{
		{"Chrome", c.T("clear_data.chrome")},
		{"Edge", c.T("clear_data.edge")},
		{"Firefox", c.T("clear_data.firefox")},
		{"Safari", c.T("clear_data.safari")},
	}
}
