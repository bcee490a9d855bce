package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// fix is the middle of a page whose answer is on the visitor's side: what to do, and the clicks for it.
func (p *Answer) fix() []fyne.CanvasObject {
	c, v := p.Words, p.Report.Verdict
	guides := p.guides()
	var parts []fyne.CanvasObject
	if sys := p.Report.Evidence.System; sys != nil && sys.Managed {
		parts = append(parts, look.NewIconText("privacy", look.Strong(verdict.You), bold(c.T("guide.managed"))))
	}
	if v.Cause == verdict.DNSBlocksSite {
		// The blocking may be on purpose: that question comes first, and it says what the list of steps would.
		parts = append(parts, look.NewIconText("place-lookup", look.Strong(verdict.You), c.T("guide.name-service.intro_blocked")))
	} else {
		parts = append(parts, p.todo())
	}
	for i, name := range guides {
		if i == 0 {
			parts = append(parts, p.guideCard(name))
			continue
		}
		if g, _, ok := p.guide(name, p.System); ok {
			parts = append(parts, look.NewDisclosure(g.Title, "", nil, newGuide(p, name, false)))
		}
	}
	return parts
}

// guides are the names of the guides that the steps of this answer point to, each once.
func (p *Answer) guides() []string {
	var names []string
	seen := map[string]bool{}
	for _, a := range p.Words.Todo(p.Report.Verdict) {
		if name, ok := strings.CutPrefix(a.Kind, "guide:"); ok && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// guide is the guide of that name for a system, or the one that holds everywhere.
func (p *Answer) guide(name, system string) (words.Guide, string, bool) {
	for _, s := range []string{system, "any"} {
		if g, ok := p.Words.Guide(name, s); ok {
			return g, s, true
		}
	}
	return words.Guide{}, "", false
}

// guideCard is a guide on a card of its own.
func (p *Answer) guideCard(name string) fyne.CanvasObject {
	return look.NewCard(newGuide(p, name, true))
}

// newGuide shows the clicks of one guide, with a switch between the systems that have clicks of their own.
func newGuide(p *Answer, name string, heading bool) fyne.CanvasObject {
	c := p.Words
	var systems, labels []string
	for _, s := range words.Systems() {
		if _, ok := c.Guide(name, s); ok && s != "any" {
			systems = append(systems, s)
			labels = append(labels, c.T("guide.system."+s))
		}
	}
	steps := look.Column(itemGap)
	fill := func(system string) {
		steps.RemoveAll()
		g, _, ok := p.guide(name, system)
		if !ok {
			return
		}
		steps.Add(look.Secondary(g.Intro))
		steps.Add(look.NewNumberedList(g.Steps...))
		if g.Note != "" {
			steps.Add(look.Small(g.Note))
		}
		if g.Undo != "" {
			steps.Add(look.Small(bold(c.T("guide.undo")+":") + " " + g.Undo))
		}
		steps.Add(look.Small(c.T("guide.after")))
	}
	fill(p.System)
	g, _, _ := p.guide(name, p.System)
	content := look.Column(12)
	if heading {
		content.Add(look.Heading(g.Title))
	}
	if len(systems) > 1 {
		content.Add(NewChoice(labels, index(systems, p.System), func(i int) {
			fill(systems[i])
			steps.Refresh()
		}))
	}
	content.Add(steps)
	return content
}

// index is the place of s in list, 0 when it is not there.
func index(list []string, s string) int {
	for i, each := range list {
		if each == s {
			return i
		}
	}
	return 0
}
