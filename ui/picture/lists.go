package picture

import (
	"fyne.io/fyne/v2"

	"isitme/checks/checklist"
	"isitme/checks/verdict"
	"isitme/ui/look"
)

const (
	itemGap = 8
	// ownerShare is the part of the width that the left of two lists gets: the owner's lines are the longer ones.
	ownerShare = 1 / 2.2
)

// itemStyle is how the lines of all lists are set.
var itemStyle = look.Style{Size: look.SizeRow, Plain: true}

// mark puts the mark of the i-th of n lines before a text.
type mark func(i, n int, content fyne.CanvasObject) fyne.CanvasObject

func ticked(_, _ int, o fyne.CanvasObject) fyne.CanvasObject {
	icon, color := look.StateIcon(checklist.Fine)
	return look.NewMarked(icon, color, o)
}

func numbered(i, _ int, o fyne.CanvasObject) fyne.CanvasObject { return look.NewSmallNumbered(i+1, o) }

func bulleted(_, _ int, o fyne.CanvasObject) fyne.CanvasObject { return look.NewBullet(o) }

func unknown(_, _ int, o fyne.CanvasObject) fyne.CanvasObject {
	icon, color := look.StateIcon(checklist.CouldNot)
	return look.NewMarked(icon, color, o)
}

// reason marks the reasons of an answer: the last one decided, and it is what was found unless the page works; what
// went wrong before the page worked is marked too.
func (w *writer) reason(i, n int, o fyne.CanvasObject) fyne.CanvasObject {
	code, decided := w.v.Reasons[i].Code, i == n-1 && w.v.Who != verdict.Working
	switch {
	case decided && w.v.Who == verdict.Unknown:
		return look.NewMarked(look.AnswerIcon(w.v.Who), look.Strong(w.v.Who), o)
	case decided:
		icon, _ := look.StateIcon(checklist.Found)
		return look.NewMarked(icon, look.Strong(w.v.Who), o)
	case code == verdict.ReasonFirstFailed || code == verdict.ReasonSlowHere:
		icon, color := look.StateIcon(checklist.Found)
		return look.NewMarked(icon, color, o)
	}
	return ticked(i, n, o)
}

// section is a titled list, nil when there is nothing in it.
func (w *writer) section(title string, lines []string, m mark) fyne.CanvasObject {
	if len(lines) == 0 {
		return nil
	}
	column := look.Column(itemGap, look.Heading(w.c.T(title)))
	for i, line := range lines {
		column.Add(m(i, len(lines), look.NewText(w.clean(line, maxText), itemStyle)))
	}
	return column
}

func (w *writer) findings(list []verdict.Finding) []string {
	var lines []string
	for _, f := range list {
		lines = append(lines, w.c.Reported(f))
	}
	return lines
}

// forReader is what the one who gets the picture should do: the owner's checklist, or for an answer on the visitor's side
// what the help desk needs to know. It is nil when there is nothing to do.
func (w *writer) forReader() fyne.CanvasObject {
	lines := w.c.OwnerShort(w.v, w.r.Started)
	if w.v.Who != verdict.You {
		return w.section("report.for_owner", lines, numbered)
	}
	column := look.Column(itemGap, look.Heading(w.c.T("report.for_help_desk")))
	for _, line := range lines {
		column.Add(look.NewText(w.clean(line, maxText), itemStyle))
	}
	reasons := w.findings(w.v.Reasons)
	for i, line := range reasons {
		column.Add(w.reason(i, len(reasons), look.NewText(w.clean(line, maxText), itemStyle)))
	}
	return column
}

// lists are what was ruled out beside what to do, or how we know where there is nothing of the one or the other.
func (w *writer) lists() fyne.CanvasObject {
	out := w.section("report.ruled_out", w.findings(w.v.RuledOut), ticked)
	todo := w.forReader()
	if out == nil || todo == nil {
		how := w.section("report.how_we_know", w.findings(w.v.Reasons), w.reason)
		switch {
		case todo != nil && w.v.Who != verdict.You:
			out = how
		case todo == nil:
			todo = how
		}
	}
	return pair(out, todo)
}

// remarks are what else was noticed, and what could not be found out.
func (w *writer) remarks() []fyne.CanvasObject {
	var gaps []string
	for _, g := range w.r.Evidence.Gaps {
		gaps = append(gaps, w.c.ReportedGap(g))
	}
	noticed := w.section("report.also_noticed", w.findings(w.v.Notes), bulleted)
	missing := w.section("report.not_known", gaps, unknown)
	if noticed == nil && missing == nil {
		return nil
	}
	return []fyne.CanvasObject{look.Space(16), pair(noticed, missing)}
}

// pair places two sections side by side, or the one there is over the whole width.
func pair(left, right fyne.CanvasObject) fyne.CanvasObject {
	switch {
	case left == nil && right == nil:
		return look.Space(0)
	case left == nil:
		return right
	case right == nil:
		return left
	}
	return look.SplitColumns(20, ownerShare, left, right)
}
