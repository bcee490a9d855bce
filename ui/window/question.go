package window

import (
	"fyne.io/fyne/v2"

	"isitme/ui/look"
)

// answer is one way out of a question.
type answer struct {
	label string
	kind  look.Kind
	do    func()
}

// question is one question over the page. Esc closes it and does nothing else.
type question struct{ close func() }

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

// dismiss takes away the question that is open, unanswered.
func (s *shell) dismiss() {
	if s.question != nil {
		s.question.close()
	}
}

// over shows a content with answers over the page.
func (s *shell) over(content fyne.CanvasObject, answers ...answer) {
	s.dismiss()
	canvas := s.window.Canvas()
	before := canvas.Focused()
	q := &question{}
	var buttons []fyne.CanvasObject
	for _, a := range answers {
		buttons = append(buttons, look.NewButton(a.label, "", a.kind, func() {
			q.close()
			if a.do != nil {
				a.do()
			}
		}))
	}
	last := buttons[len(buttons)-1].(*look.Button)
	m := newModal(look.Column(20, content, look.Buttons(buttons...)))
	q.close = func() {
		s.question = nil
		canvas.Overlays().Remove(m)
		canvas.Focus(before)
	}
	s.question = q
	canvas.Overlays().Add(m)
	m.Resize(canvas.Size())
	canvas.Focus(last)
}
