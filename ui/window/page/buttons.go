package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/verdict"
	"isitme/ui/look"
)

// buttons are the things to do with an answer. The first is the one primary action of its kind of answer.
func (p *Answer) buttons() fyne.CanvasObject {
	c, v := p.Words, p.Report.Verdict
	again := Command{c.T("button.check_again"), "again", p.On.CheckAgain}
	picture := Command{c.T("button.save_picture"), "save-picture", p.On.SavePicture}
	text := Command{c.T("button.copy_text"), "copy", p.On.CopyText}
	owner := Command{c.T("button.write_owner"), "mail", p.On.WriteOwner}
	watch := Command{c.T("button.tell_me"), "bell", p.On.Watch}
	if p.Watching {
		watch.Do = nil
	}
	var list []Command
	switch v.Who {
	case verdict.Working:
		list = []Command{{c.T("button.check_another"), "add", p.On.CheckAnother}, picture, text}
	case verdict.You:
		list = append([]Command{again}, p.fixes()...)
		list = append(list, text, picture)
	case verdict.Unknown:
		list = []Command{picture, text, watch}
		if v.Cause == verdict.Stopped {
			list = []Command{again, picture, text}
		}
	default:
		list = []Command{picture, text, owner, watch}
	}
	p.writers = nil
	var buttons []fyne.CanvasObject
	for i, cmd := range list {
		if cmd.Do == nil {
			continue
		}
		kind := look.Normal
		if i == 0 && (v.Who != verdict.Unknown || v.Cause == verdict.Stopped) { // else "Ask them" is the primary one
			kind = look.Main
		}
		b := look.NewButton(cmd.Label, cmd.Icon, kind, cmd.Do)
		if cmd.Label == picture.Label || cmd.Label == text.Label {
			p.writers = append(p.writers, b)
		}
		buttons = append(buttons, b)
	}
	return look.Buttons(buttons...)
}

// fixes are the buttons that do something about this cause.
func (p *Answer) fixes() []Command {
	c := p.Words
	var list []Command
	if p.Report.Verdict.Cause == verdict.CaptivePortal {
		list = append(list, Command{c.T("button.open_portal"), "open", p.On.OpenPortal})
	}
	if p.Remembers {
		list = append(list, Command{c.T("button.clear_them"), "again", p.On.Forget})
	}
	if p.Beside {
		list = append(list, Command{c.T("button.beside_vpn"), "", p.On.BesideVPN})
	}
	return append(list, Command{c.T("button.open_network"), "open", p.On.OpenSettings})
}

// SetSaid shows the app's word about the last press, with what can be done about it, and returns where it stands. ok says
// that the press did what it was for.
func (p *Answer) SetSaid(ok bool, text string, action Command) fyne.CanvasObject {
	p.said.RemoveAll()
	state := checklist.Found
	if ok {
		state = checklist.Fine
	}
	icon, color := look.StateIcon(state)
	line := look.NewIconText(icon, color, text)
	var content fyne.CanvasObject = line
	if action.Do != nil {
		content = look.Beside(12, line, look.NewButton(action.Label, action.Icon, look.Compact, action.Do))
	}
	p.said.Add(look.Inset(sectionGap, 0, 0, 0, look.NewBanner(content)))
	p.said.Refresh()
	return p.said
}

// SetBusy disables the buttons that write while one of them is at work.
func (p *Answer) SetBusy(busy bool) {
	for _, b := range p.writers {
		if busy {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// disclosures are the closed parts at the end of the page.
func (p *Answer) disclosures() []fyne.CanvasObject {
	c, r := p.Words, p.Report
	var all []fyne.CanvasObject
	if r.Verdict.Who == verdict.You || r.Verdict.Who == verdict.Unknown {
		all = append(all, look.NewDisclosure(c.T("screen.answer.how_we_know"), "", nil, p.reasons()))
	}
	all = append(all, look.NewDisclosure(c.T("screen.answer.checks"), summary(c, measured(r.Steps)), states(measured(r.Steps)), p.checks()))
	if short, plain, who, ok := c.StatusCode(r.Verdict.Facts.Status); ok {
		all = append(all, look.NewDisclosure(c.T("screen.answer.what_status", statusArgs(r)), short, nil, look.Column(6,
			look.Body(plain), look.Secondary(c.T("screen.answer.who_fixes", whoArgs(who))))))
	}
	only := look.NewDisclosure(c.T("screen.answer.only_you"), "", nil, p.onlyYou())
	only.SetOpen(r.Verdict.Who == verdict.Working)
	all = append(all, only)
	as := look.NewButton(c.T("button.save_as"), "save-picture", look.Compact, p.On.SaveAs)
	p.writers = append(p.writers, as)
	return append(all, look.NewDisclosure(c.T("screen.answer.technical"), c.T("screen.answer.technical_note"), nil, look.Column(10,
		look.Small(c.T("screen.answer.network_note")), look.Buttons(as), newPlainText(p.Technical))))
}

// checks are the rows of the checklist as they ended, and what could not be found out.
func (p *Answer) checks() fyne.CanvasObject {
	c := p.Words
	column := look.Column(12)
	rows := make([]fyne.CanvasObject, len(p.Report.Steps))
	for i, s := range p.Report.Steps {
		rows[i] = look.NewStepRow(step(c, s))
	}
	column.Add(look.NewList(rows...))
	if len(p.Report.Verdict.RuledOut) > 0 {
		column.Add(section(c.T("screen.answer.ruled_out"), findings(c, p.Report.Verdict.RuledOut, "state-fine", look.Strong(verdict.Working))))
	}
	if gaps := p.Report.Evidence.Gaps; len(gaps) > 0 {
		icon, color := look.StateIcon(checklist.CouldNot)
		list := look.Column(itemGap)
		for _, g := range gaps {
			list.Add(look.NewIconText(icon, color, c.NotKnown(g)))
		}
		column.Add(section(c.T("screen.answer.not_known"), list))
	}
	return column
}
