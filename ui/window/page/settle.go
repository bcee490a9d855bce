package page

import (
	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/elsewhere"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

// Elsewhere is the card that asks computers elsewhere.
type Elsewhere struct {
	Asking bool
	// Always is the consent once for all.
	Always   bool
	OnAsk    func()
	OnAlways func(bool)
}

// Phone is the card for the visitor's own phone.
type Phone struct {
	// URL is the address in the square: the phone needs the whole one.
	URL      string
	OnOpened func(opened bool)
}

// The square's side: large enough for a camera at arm's length, and for a long address the largest that the card holds.
const qrSize, qrLarge = 150, 260

// settle are the two ways to find out, nil where neither has a place.
func (p *Answer) settle(heading string) fyne.CanvasObject {
	var cards []fyne.CanvasObject
	if p.Elsewhere != nil {
		cards = append(cards, p.elsewhere())
	}
	if p.Phone != nil {
		cards = append(cards, p.phone())
	}
	switch len(cards) {
	case 0:
		return nil
	case 1:
		return section(heading, cards[0])
	default:
		return section(heading, look.TwoCards(cards[0], cards[1]))
	}
}

func cardHead(icon, title string) fyne.CanvasObject {
	return look.Row(iconGap, 1, look.NewPicture(icon, 24, look.Primary), look.Heading(title))
}

// elsewhere asks, shows that it is asking, or shows what came back.
func (p *Answer) elsewhere() fyne.CanvasObject {
	c, e := p.Words, p.Elsewhere
	host := p.Report.Evidence.Target.DisplayHost
	head := cardHead("elsewhere", c.T("elsewhere.card_title"))
	if p.Report.Evidence.Target.Private {
		return look.NewCard(look.Column(12, head, look.Body(c.T("elsewhere.private", words.A{"Host": host}))))
	}
	if seen := p.Report.Evidence.Elsewhere; seen != nil && !e.Asking {
		return look.NewCard(look.Column(12, head, p.views(seen)))
	}
	leaves := look.NewNote(look.Column(4,
		look.NewText(bold(c.T("elsewhere.leaves_title")), look.Style{Size: look.SizeSmall}),
		look.NewText(c.T("elsewhere.leaves", words.A{"Host": elsewhere.Told(p.Report.Evidence.Target)}), look.Style{Size: look.SizeSmall}),
		look.NewText(c.T("elsewhere.not_sent"), look.Style{Size: look.SizeSmall})))
	kind := look.Normal
	if p.Report.Verdict.Who == verdict.Unknown {
		kind = look.Main
	}
	label := c.T("button.ask_them")
	if e.Asking {
		label = c.T("elsewhere.asking")
	}
	p.ask = look.NewButton(label, "elsewhere", kind, e.OnAsk)
	if e.Asking {
		p.ask.Disable()
	}
	return look.NewCard(look.Column(12, head, look.Body(c.T("elsewhere.card")), leaves,
		look.NewCheck(c.T("elsewhere.always"), e.Always, e.OnAlways), look.Buttons(p.ask)))
}

// SetAsking shows that the computers elsewhere are being asked.
func (p *Answer) SetAsking() {
	if p.ask != nil {
		p.ask.Set(p.Words.T("elsewhere.asking"), "elsewhere")
		p.ask.Disable()
	}
}

// views are what the computers elsewhere saw, or why they saw nothing.
func (p *Answer) views(seen *evidence.Elsewhere) fyne.CanvasObject {
	c := p.Words
	if seen.Unavailable != "" {
		lines := look.Column(8, look.Body(c.T("elsewhere.unavailable."+seen.Unavailable)))
		if seen.RetryInS > 0 {
			lines.Add(look.Secondary(c.T("elsewhere.retry_in", words.A{"Wait": c.Duration(float64(seen.RetryInS))})))
		}
		lines.Add(look.Buttons(look.NewButton(c.T("button.try_again"), "again", look.Normal, p.Elsewhere.OnAsk)))
		return lines
	}
	lines := look.Column(8)
	for _, v := range seen.Views {
		state := checklist.CouldNot
		switch {
		case v.Up:
			state = checklist.Fine
		case v.Down:
			state = checklist.Found
		}
		place := v.Country
		if v.City != "" {
			place = v.City + ", " + v.Country
		}
		icon, color := look.StateIcon(state)
		lines.Add(look.NewIconText(icon, color, bold(place)+"  "+c.Vote(v)))
	}
	return lines
}

// phone shows the square and asks what the phone saw.
func (p *Answer) phone() fyne.CanvasObject {
	c := p.Words
	head := cardHead("phone", c.T("phone.card_title"))
	if said := p.Report.Evidence.Phone; said != nil {
		key := "screen.answer.phone_failed"
		if said.Opened {
			key = "screen.answer.phone_opened"
		}
		return look.NewCard(look.Column(12, head, look.Body(c.T(key))))
	}
	steps := look.NewNumberedList(c.T("phone.step.1"), c.T("phone.step.2"), c.T("phone.step.3"))
	var how fyne.CanvasObject = steps
	if square, err := look.NewQR(p.Phone.URL, qrSize); err == nil {
		how = look.RowTop(12, 0, steps, square)
	} else if square, err := look.NewQR(p.Phone.URL, qrLarge); err == nil {
		how = look.Column(12, steps, look.Row(0, look.NoGrow, square))
	} else { // an address that no square can hold is typed
		how = look.Column(8, steps, newPlainText(p.Phone.URL))
	}
	return look.NewCard(look.Column(16, head, how, look.Buttons(
		look.NewButton(c.T("button.opened"), "", look.Normal, func() { p.Phone.OnOpened(true) }),
		look.NewButton(c.T("button.did_not_open"), "", look.Normal, func() { p.Phone.OnOpened(false) }))))
}
