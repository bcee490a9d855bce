package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"isitme/checks/checklist"
	"isitme/checks/verdict"
)

// TestNothingIsCutWhereItIsNarrow gives parts less room than their words take on one line.
func TestNothingIsCutWhereItIsNarrow(t *testing.T) {
	start(t)
	t.Run("button", func(t *testing.T) {
		b := NewButton("Nicht mehr beobachten", "", Normal, nil)
		b.Resize(fyne.NewSize(b.MinSize().Width*0.7, 44))
		for _, o := range test.WidgetRenderer(b).Objects() {
			if text, ok := o.(*canvas.Text); ok && (text.Position().X < 0 || text.Position().X+text.MinSize().Width > b.Size().Width) {
				t.Errorf("the word takes %g from %g on of %g", text.MinSize().Width, text.Position().X, b.Size().Width)
			}
		}
	})
	t.Run("chip", func(t *testing.T) {
		c := NewChip("Zwei Wege zur Klärung", verdict.Unknown, false)
		if one, two := c.HeightFor(c.Natural()), c.HeightFor(c.Natural()*0.7); two <= one {
			t.Errorf("the chip is %g high in one line and %g in two", one, two)
		}
	})
	t.Run("a button before its text", func(t *testing.T) {
		button, text := NewButton("Try an example", "", Compact, nil), Small("No page at hand? Try an example: the check runs on this computer only.")
		row := BesideFirst(12, button, text)
		row.Resize(fyne.NewSize(700, HeightFor(row, 700)))
		if text.Position().X <= button.Size().Width {
			t.Errorf("in a wide row the text begins at %v", text.Position())
		}
		row.Resize(fyne.NewSize(300, HeightFor(row, 300)))
		if text.Position().X != 0 || text.Position().Y <= button.Size().Height || text.Size().Width != 300 {
			t.Errorf("in a narrow row the text begins at %v, %g wide", text.Position(), text.Size().Width)
		}
	})
	t.Run("the word of a step", func(t *testing.T) {
		r := NewStepRow(Step{State: checklist.Found, Title: "Ask other name services", Finding: "Yours does not answer.", Word: "Problem · 7.4 s"})
		for width, below := range map[float32]bool{700: false, 280: true} {
			r.Resize(fyne.NewSize(width, r.HeightFor(width)))
			if got := r.word.Position().Y > r.finding.Position().Y; got != below {
				t.Errorf("%g wide: the word below the finding is %v", width, got)
			}
		}
	})
	t.Run("the answer", func(t *testing.T) {
		p := NewAnswerPanel(Answer{Who: verdict.Site, Headline: "Donaudampfschifffahrtsgesellschaft.", Sentence: "It did not answer."})
		p.Resize(fyne.NewSize(230, p.HeightFor(230)))
		if p.headline.Position().Y < p.icon.Position().Y+p.icon.Size().Height || p.headline.Position().X != p.icon.Position().X {
			t.Errorf("the headline at %v is not below the icon at %v", p.headline.Position(), p.icon.Position())
		}
	})
}
