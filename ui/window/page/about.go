package page

import (
	"strconv"

	"isitme/checks/words"
	"isitme/ui/look"
)

// About is the page about the program.
type About struct {
	Words    *words.Catalog
	Nav      Nav
	Version  string
	Licences string
}

// Build makes the page.
func (p About) Build() View {
	c := p.Words
	licences := look.NewDisclosure(c.T("about.licences"), "", nil, newPlainText(p.Licences))
	return View{Header: p.Nav.Header(c), Focus: licences.Header(), Content: look.Column(sectionGap,
		look.Row(0, look.NoGrow, look.NewPicture("mark", 72, look.Ink)),
		look.Column(6,
			look.Title(c.T("about.version", words.A{"Version": p.Version})),
			look.Limit(640, look.Body(c.T("about.does"))),
			look.Body(c.T("about.free"))),
		look.RowTop(iconGap, 1, look.NewPicture("privacy", 24, look.Primary),
			look.Small(bold(c.T("screen.start.privacy_title"))+" "+c.T("screen.start.privacy"))),
		licences)}
}

func percent(n int) string { return strconv.Itoa(n) + " %" }
