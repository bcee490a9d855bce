package page

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/line"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// Answer is the page of a result, of a run that has just ended or of a report from before.
type Answer struct {
	Words *words.Catalog
	Nav   Nav
	// Report is the redacted one: what is shown is what can be shown around.
	Report report.Report
	Now    time.Time
	// System is the one whose clicks the guides show first, as words.Guide takes it.
	System string
	// Saved says that the report was opened from the history or from a file.
	Saved bool
	// Technical is the text of the technical details.
	Technical string
	// Trouble is said above the answer: the report could not be kept.
	Trouble string
	// Elsewhere, Phone and Browsers are the parts with their own state.
	Elsewhere *Elsewhere
	Phone     *Phone
	Browsers  []string
	// Watching says that this page is being watched already.
	Watching bool
	// Remembers offers to clear the remembered addresses, with a password; Beside to try it beside the VPN.
	Remembers, Beside bool

	On AnswerActions

	// The parts that change while the page is shown.
	said, private *fyne.Container
	writers       []*look.Button
	ask           *look.Button
}

// AnswerActions are what the visitor can mean on the page of an answer.
type AnswerActions struct {
	CheckAgain, CheckAnother, SavePicture, SaveAs, CopyText, WriteOwner, WriteProvider, Watch func()
	OpenBrowser, OpenSettings, OpenPortal, Forget, BesideVPN, KeepWaiting                     func()
	// OpenPrivately opens the page in the browser at that index.
	OpenPrivately func(browser int)
	// Suggestion checks the name that was probably meant.
	Suggestion func()
}

// Build makes the page.
func (p *Answer) Build() View {
	c, v := p.Words, p.Report.Verdict
	l := line.Of(v, &p.Report.Evidence)
	panel := look.NewAnswerPanel(look.Answer{
		Who: v.Who, Headline: c.Headline(v, words.Screen), Sentence: c.Sentence(v),
		Chip: c.Chip(v), Sure: v.Certainty == verdict.Certain,
		Address: p.Report.Evidence.Target.DisplayHost, Time: c.Ago(p.Report.Started, p.Now),
		Line: look.NewLineView(l, Labels(c, l), v.Who, look.Tint(v.Who)),
	})
	column := look.Column(sectionGap)
	if p.Trouble != "" {
		column.Add(look.NewBanner(look.Body(p.Trouble)))
	}
	column.Add(panel)
	if p.Saved {
		column.Add(look.Small(c.T("screen.answer.from_report", words.A{"When": c.When(p.Report.Started)})))
	}
	if changed := p.changed(); changed != nil {
		column.Add(changed)
	}
	for _, part := range p.body() {
		column.Add(part)
	}
	p.said = look.Column(0) // shown from the start: the toolkit knows no place of what it has never painted
	column.Add(look.Column(0, p.buttons(), p.said))
	column.Add(look.Column(itemGap, p.disclosures()...))
	nav := p.Nav
	if v.Who == verdict.You || v.Cause == verdict.Stopped {
		nav.CheckAgain = nil // it is the primary button of the page
	}
	return View{Header: nav.Header(c), Content: column, Focus: panel}
}

// body is what stands between the panel and the buttons: it depends on whose side it is.
func (p *Answer) body() []fyne.CanvasObject {
	c, v := p.Words, p.Report.Verdict
	var parts []fyne.CanvasObject
	settling := false
	switch v.Who {
	case verdict.You:
		parts = append(parts, p.fix()...)
	case verdict.Unknown:
		if v.Cause == verdict.Stopped {
			parts = append(parts, p.todo())
		} else if ways := p.settle(c.T("screen.answer.either")); ways != nil {
			parts, settling = append(parts, ways), true
		}
	default:
		parts = append(parts, look.TwoColumns(section(c.T("screen.answer.how_we_know"), p.reasons()), p.todo()))
		if len(v.Settle) > 0 && v.Certainty == verdict.Likely && v.Who != verdict.Working {
			if ways := p.settle(c.T("screen.answer.either")); ways != nil {
				parts, settling = append(parts, ways), true
			}
		}
	}
	if seen := p.Report.Evidence.Elsewhere; seen != nil && len(seen.Views) > 0 && !(settling && p.Elsewhere != nil) {
		parts = append(parts, section(c.T("elsewhere.results"), look.NewCard(p.views(seen))))
	}
	if len(v.Notes) > 0 {
		parts = append(parts, section(c.T("screen.answer.also_noticed"), findings(c, v.Notes, "state-skipped", look.Strong(verdict.Unknown))))
	}
	return parts
}

// todo are the numbered next steps, with a button under a step that has one of its own.
func (p *Answer) todo() fyne.CanvasObject {
	var items []fyne.CanvasObject
	for i, a := range p.Words.Todo(p.Report.Verdict) {
		var content fyne.CanvasObject = look.Body(a.Text)
		if button := p.stepButton(i, a.Kind); button != nil {
			content = look.Column(6, content, look.Buttons(button))
		}
		items = append(items, look.NewNumbered(i+1, content))
	}
	return section(p.Words.T("screen.answer.what_to_do"), look.Column(itemGap, items...))
}

// stepButton is the button of a step that none of the page's own buttons stands for.
func (p *Answer) stepButton(i int, kind string) fyne.CanvasObject {
	c := p.Words
	meant := p.Report.Verdict.Facts.Suggestion
	switch {
	case kind == "open_browser":
		return look.NewButton(c.T("button.open_browser"), "open", look.Compact, p.On.OpenBrowser)
	case kind == "provider":
		return look.NewButton(c.T("button.write_provider"), "mail", look.Compact, p.On.WriteProvider)
	case kind == "keep_waiting":
		return look.NewButton(c.T("button.keep_waiting"), "", look.Compact, p.On.KeepWaiting)
	case i == 0 && meant != "" && p.Report.Verdict.Cause == verdict.NoSuchSite: // the first step is to look for a slip
		return look.NewButton(suggestion(c, meant), "", look.Compact, p.On.Suggestion)
	default:
		return nil
	}
}

// reasons are what the answer rests on. The decisive one stands last and has the answer's colour where it is a problem.
func (p *Answer) reasons() fyne.CanvasObject {
	v := p.Report.Verdict
	var items []fyne.CanvasObject
	for i, f := range v.Reasons {
		icon, color := "state-fine", look.Strong(verdict.Working)
		if i == len(v.Reasons)-1 && v.Who != verdict.Working {
			icon, color = "state-found", look.Strong(v.Who)
		}
		items = append(items, look.NewIconText(icon, color, p.Words.Finding(f)))
	}
	return look.Column(itemGap, items...)
}

// findings is a list of findings with one icon.
func findings(c *words.Catalog, list []verdict.Finding, icon string, color fyne.ThemeColorName) fyne.CanvasObject {
	var items []fyne.CanvasObject
	for _, f := range list {
		items = append(items, look.NewIconText(icon, color, c.Finding(f)))
	}
	return look.Column(itemGap, items...)
}

// changed says what differs from the last check, when this one was made to see that.
func (p *Answer) changed() fyne.CanvasObject {
	before := p.Report.Previous
	if before == nil {
		return nil
	}
	c := p.Words
	return look.NewCard(look.Column(6, look.Heading(c.T("compare.title")),
		look.Small(c.T("compare.with", words.A{"When": c.Ago(before.Started, p.Now)})), changes(c, p.Report)))
}

// measured are the steps without the last, which is the answer itself.
func measured(steps []checklist.StepResult) []checklist.StepResult {
	return slices.DeleteFunc(slices.Clone(steps), func(s checklist.StepResult) bool { return s.Step == evidence.StepAnswer })
}

// summary counts the states of steps in words.
func summary(c *words.Catalog, steps []checklist.StepResult) string {
	count := map[checklist.State]int{}
	for _, s := range steps {
		count[s.State]++
	}
	says := ""
	for _, part := range []struct {
		state checklist.State
		key   string
	}{
		{checklist.Found, "screen.answer.steps_problem"},
		{checklist.Fine, "screen.answer.steps_fine"},
		{checklist.Skipped, "screen.answer.steps_skipped"},
		{checklist.CouldNot, "screen.answer.steps_could_not"},
	} {
		if n := count[part.state]; n > 0 {
			if says != "" {
				says += " · "
			}
			says += c.N(part.key, n)
		}
	}
	return says
}
