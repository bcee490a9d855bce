package picture

import (
	"fyne.io/fyne/v2"

	"isitme/checks/line"
	"isitme/checks/report"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/look"
)

const (
	margin = 26
	inner  = Width - 2*margin
)

// writer puts one report into objects.
type writer struct {
	r    report.Report
	c    *words.Catalog
	v    verdict.Verdict
	page *look.Text // the address, to be cut once its lines can be counted
	keys float32    // width of the column of labels
	// spelled is true once a sign had to be spelled out.
	spelled bool
}

// card is the whole picture's content.
func (w *writer) card() fyne.CanvasObject {
	parts := []fyne.CanvasObject{w.head(), look.Space(14), w.panel(), look.Space(8)}
	parts = append(parts, w.facts()...)
	parts = append(parts, look.Space(16), w.lists())
	parts = append(parts, w.remarks()...)
	parts = append(parts, look.Space(16), look.NewRule(), look.Space(10), w.foot())
	return look.Inset(20, margin, 14, margin, look.Column(0, parts...))
}

// head is the program's name and what this is.
func (w *writer) head() fyne.CanvasObject {
	title := w.c.T("report.title")
	if w.v.Who == verdict.Working {
		title = w.c.T("report.title_working")
	}
	return look.Row(10, 2,
		look.NewPicture("mark", 30, look.Ink),
		look.NewText("Is It Me?", look.Style{Size: sizeName, Bold: true, OneLine: true, Plain: true}),
		look.Secondary(title),
	)
}

// panel is the answer with the line.
func (w *writer) panel() fyne.CanvasObject {
	l := line.Of(w.v, &w.r.Evidence)
	labels := make([]look.Label, len(l.Stations))
	for i, s := range l.Stations {
		labels[i].Name = w.clean(s.Name, 40)
		if labels[i].Name == "" {
			labels[i].Name = w.c.StationPicture(string(s.Place))
		}
		labels[i].Word = w.c.StationWord(string(s.Word), s.Code)
	}
	return look.NewAnswerPanel(look.Answer{
		Who: w.v.Who, Headline: w.c.Headline(w.v, words.Picture), Sentence: w.clean(w.c.Lead(w.r), maxText), Picture: true,
		Line: look.NewLineView(l, labels, w.v.Who, look.Tint(w.v.Who)),
	})
}

// foot says what made the picture and what was left out of it.
func (w *writer) foot() fyne.CanvasObject {
	details := "report.details_left_out"
	if w.r.NetworkDetails {
		details = "report.details_included"
	}
	small := look.Style{Size: look.SizeSmall, Color: look.Muted, Plain: true}
	made := look.NewText(w.clean(w.c.T("report.made_with", words.A{"Version": w.r.Tool.Version, "OS": w.r.Tool.OS}), 120), small)
	left := small
	left.OneLine = true
	foot := look.Beside(12, made, look.NewText(w.c.T(details), left))
	if !w.spelled {
		return foot
	}
	return look.Column(6, look.NewText(w.c.T("report.signs"), small), foot)
}
