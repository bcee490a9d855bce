package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"isitme/ui/look"
)

// answer is one way out of a question.
type answer struct {
	label string
	kind  look.Kind
	do    func()
}

// question is one question over the page. Esc means its last answer, which is always the one that changes nothing.
type question struct {
	pop    *widget.PopUp
	close  func()
	cancel func()
}

// dialogWidth is the widest a question gets: short lines are read, long ones are skipped.
const dialogWidth = 460

// ask puts a question over the page. The last answer changes nothing; the keyboard starts on it, so that a hasty Enter
// does no harm.
func (s *shell) ask(title, text string, answers ...answer) {
	column := look.Column(14)
	if title != "" {
		column.Add(look.Heading(title))
	}
	column.Add(look.Body(text))
	s.over(column, answers...)
}

// over shows a content with answers over the page.
func (s *shell) over(content fyne.CanvasObject, answers ...answer) {
	if s.dialog != nil {
		s.dialog.close()
	}
	canvas := s.window.Canvas()
	before := canvas.Focused()
	d := &question{}
	d.close = func() {
		s.dialog = nil
		d.pop.Hide()
		canvas.Focus(before)
	}
	var buttons []fyne.CanvasObject
	for _, a := range answers {
		buttons = append(buttons, look.NewButton(a.label, "", a.kind, func() {
			d.close()
			if a.do != nil {
				a.do()
			}
		}))
	}
	last := buttons[len(buttons)-1].(*look.Button)
	d.cancel = func() { last.Tapped(nil) }
	width := min(dialogWidth, canvas.Size().Width-48)
	inner := look.Column(20, content, look.Buttons(buttons...))
	box := look.NewPanel(look.Surface, 14, fyne.NewSize(20, 18), inner)
	d.pop = widget.NewModalPopUp(box, canvas)
	s.dialog = d
	d.pop.Resize(fyne.NewSize(width, box.HeightFor(width)))
	d.pop.Show()
	canvas.Focus(last)
}
