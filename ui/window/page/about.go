package page

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"isitme/checks/words"
	"isitme/ui/look"
)

// About is the page about the program.
type About struct {
	Words   *words.Catalog
	Nav     Nav
	Version string
	// Licences is the text that packaging/licences makes: a head, then every part after a line of dashes.
	Licences string
}

// Build makes the page.
func (p About) Build() View {
	c := p.Words
	licences := look.NewDisclosure(c.T("about.licences"), "", nil, p.licences())
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

// partsRule is the line before every part of the licences.
var partsRule = "\n" + strings.Repeat("-", 72) + "\n"

// licences lists the parts, each with its licence behind a disclosure of its own: all the texts at once would be two
// thousand lines, which takes the toolkit many seconds to lay out.
func (p About) licences() fyne.CanvasObject {
	parts := strings.Split(p.Licences, partsRule)
	column := look.Column(itemGap, look.Small(strings.TrimSpace(parts[0])))
	for _, part := range parts[1:] {
		name, text, _ := strings.Cut(part, "\n")
		column.Add(look.NewDisclosure(name, "", nil, newPlainText(strings.TrimSpace(text))))
	}
	return column
}

func percent(n int) string { return strconv.Itoa(n) + " %" }
