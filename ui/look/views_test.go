package look

import (
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"isitme/checks/checklist"
	"isitme/checks/line"
	"isitme/checks/verdict"
)

// rings are the rectangles a widget is drawn with, its ring among them.
func rings(w fyne.Widget) []*canvas.Rectangle {
	var all []*canvas.Rectangle
	for _, o := range test.WidgetRenderer(w).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok {
			all = append(all, r)
		}
	}
	return all
}

// paper draws an object at a width, two pixels to the unit, on the window's background.
func paper(t *testing.T, o fyne.CanvasObject, width float32) image.Image {
	t.Helper()
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(2)
	c.SetContent(container.NewStack(o))
	c.Resize(fyne.NewSize(width, HeightFor(o, width)))
	return c.Capture()
}

func site(cause verdict.Cause) (line.Line, []Label) {
	l := line.Of(verdict.Verdict{Who: verdict.Site, Cause: cause, Facts: verdict.Facts{Gateway: "Cloudflare"}}, nil)
	labels := make([]Label, len(l.Stations))
	for i, s := range l.Stations {
		labels[i] = Label{string(s.Place), string(s.Word)}
	}
	return l, labels
}

func TestLineView(t *testing.T) {
	start(t)
	l, labels := site(verdict.BadGateway)
	v := NewLineView(l, labels, verdict.Site, Tint(verdict.Site))
	img := paper(t, v, 600)
	column := 600 * 2 / 4
	fill := func(i, dx, dy int) [3]uint32 {
		r, g, b, _ := img.At(i*column+column/2+dx, disc+dy).RGBA()
		return [3]uint32{r >> 8, g >> 8, b >> 8}
	}
	if got := fill(3, -34, 0); got != [3]uint32{0x9C, 0x3A, 0x12} {
		t.Errorf("the broken station is %x, not the answer's colour", got)
	}
	if got := fill(0, -34, 0); got != [3]uint32{0xFF, 0xFF, 0xFF} {
		t.Errorf("a working station is %x, not the surface", got)
	}
	if got := fill(0, column/2, 0); got != [3]uint32{0x14, 0x25, 0x2C} {
		t.Errorf("a solid join is %x", got)
	}
	if len(v.joins[2].bars) != 2 || v.joins[2].cross == nil || len(v.joins[0].bars) != 1 {
		t.Error("the cut is not a bar, a cross and a bar")
	}
}

// TestLineViewNeverBlamesEarly: while a run goes on no station is filled, and the arc turns where something is asked.
func TestLineViewNeverBlamesEarly(t *testing.T) {
	start(t)
	v := NewLineView(line.Start(), make([]Label, 4), verdict.Site, Bg)
	show(t, v, 600)
	running := line.Line{
		Stations: []line.Station{
			{Place: line.Computer, State: line.Works},
			{Place: line.Connection, State: line.Asking},
			{Place: line.Site, State: line.Seen, Word: line.AnsweredCode, Code: 502},
		},
		Joins: []line.Join{line.Solid, line.Dots},
	}
	v.Set(running, []Label{{"Your computer", "fine"}, {"Your connection", "asking…"}, {"The website", "answered: 502"}})
	if len(v.stops) != 3 || len(v.joins) != 2 {
		t.Fatalf("%d stations, %d joins", len(v.stops), len(v.joins))
	}
	for i, s := range v.stops {
		if fill, _, _ := s.colors(); fill != Surface {
			t.Errorf("station %d is filled with %s", i, fill)
		}
	}
	if v.stops[0].arc.Visible() || !v.stops[1].arc.Visible() || v.stops[2].arc.Visible() {
		t.Error("the arc is not where something is asked")
	}
	v.Set(line.Start(), make([]Label, 4))
	if len(v.stops) != 4 || v.stops[1].arc.turning {
		t.Error("the arc goes on turning")
	}
}

func TestLongLabelsWrap(t *testing.T) {
	start(t)
	l, labels := site(verdict.BadGateway)
	short := NewLineView(l, labels, verdict.Site, Bg).HeightFor(420)
	labels[3] = Label{"Der eigene Server der Website", "keine brauchbare Antwort"}
	if got := NewLineView(l, labels, verdict.Site, Bg).HeightFor(420); got <= short {
		t.Errorf("long labels are %v high, short ones %v", got, short)
	}
}

func TestSpinner(t *testing.T) {
	start(t)
	s := NewSpinner(24)
	if s.Visible() {
		t.Error("the arc is shown before anything runs")
	}
	s.Turn(true)
	if !s.Visible() || (s.animation != nil) != fyne.CurrentApp().Settings().ShowAnimations() {
		t.Error("the arc does not turn as the settings say")
	}
	s.Turn(false)
	if s.Visible() || s.animation != nil {
		t.Error("the arc does not stop")
	}
}

func TestStepRow(t *testing.T) {
	start(t)
	r := NewStepRow(Step{State: checklist.Waiting, Title: "Try the page again", Finding: "Up to 4 tries, with pauses."})
	if r.HeightFor(700) != 62 {
		t.Errorf("%v high", r.HeightFor(700))
	}
	list := NewList(r)
	show(t, list, 700)
	face := rings(r)[0]
	r.Set(Step{State: checklist.Running, Title: "Try the page again", Finding: "Try 2 of 4…"})
	if face.FillColor != paint(r, Selection) || r.icon.Visible() || !r.spinner.Visible() {
		t.Error("the row that runs is not highlighted")
	}
	r.Set(Step{State: checklist.Found, Title: "Try the page again", Finding: strings.Repeat("It said so. ", 20), Word: "Problem"})
	if face.FillColor == paint(r, Selection) || r.spinner.Visible() || r.word.Text() != "Problem" {
		t.Error("the row that ended still looks as if it ran")
	}
	if r.HeightFor(700) <= 62 {
		t.Error("a long finding does not make the row higher")
	}
	r.Set(Step{State: checklist.Fine, Title: "The answer", Finding: "x", Who: verdict.You})
	if r.icon.name != "verdict-you" {
		t.Errorf("the last step shows %s", r.icon.name)
	}
	if list.HeightFor(700) != r.HeightFor(700) {
		t.Error("the list is not as high as its row")
	}
}

func TestAnswerPanel(t *testing.T) {
	start(t)
	l, labels := site(verdict.BadGateway)
	for _, who := range everyone {
		p := NewAnswerPanel(Answer{
			Who: who, Headline: "It's the site, not you.", Sentence: "The site's front door answered. The server behind it did not.",
			Chip: "We're sure", Sure: true, Address: "**www.harbourbooks.example**", Time: "today, 14:32",
			Line: NewLineView(l, labels, who, Tint(who)),
		})
		wide, narrow := p.HeightFor(712), p.HeightFor(475)
		if narrow <= wide {
			t.Errorf("%s: %v high when narrow, %v when wide", who, narrow, wide)
		}
		img := paper(t, p, 712)
		r, g, b, _ := img.At(712, 20).RGBA()
		tint := tokens[Tint(who)].light
		if r>>8 != uint32(tint.R) || g>>8 != uint32(tint.G) || b>>8 != uint32(tint.B) {
			t.Errorf("%s: the panel is %x %x %x", who, r>>8, g>>8, b>>8)
		}
		if p.meta.Natural() < p.meta.typesetter().measure(span{text: "**www", bold: true}) || !strings.HasPrefix(p.meta.text, "**") {
			t.Errorf("%s: marks in a name are read", who)
		}
	}
}

func TestListRowNeverCutsANameForATime(t *testing.T) {
	start(t)
	r := NewListRow(Entry{Who: verdict.Unknown, Title: "a.rather.long.name.of.a.site.example", Right: "Your side · yesterday"}, nil)
	if _, below := r.text(700); below {
		t.Error("wide: the time stands below")
	}
	if w, below := r.text(400); !below || w < 250 {
		t.Errorf("narrow: the time is below %v, the name has %v", below, w)
	}
}

func TestQR(t *testing.T) {
	start(t)
	q, err := NewQR("https://www.harbourbooks.example", 148)
	if err != nil {
		t.Fatal(err)
	}
	img := q.draw(280, 280)
	n := q.modules.Bounds().Dx()
	px := 280 / (n + 2*quiet)
	left := (280 - px*n) / 2
	for y := range n {
		for x := range n {
			want := dark(q.modules.At(x, y))
			for _, at := range [][2]int{{0, 0}, {px - 1, px - 1}} {
				if got := dark(img.At(left+x*px+at[0], left+y*px+at[1])); got != want {
					t.Fatalf("module %d,%d is drawn dark=%v", x, y, got)
				}
			}
		}
	}
	if left < quiet*px {
		t.Errorf("the quiet zone is %d pixels, needs %d", left, quiet*px)
	}
	if _, err := NewQR(strings.Repeat("x", 5000), 148); err == nil {
		t.Error("a text that fits into no square gives no error")
	}
}

// TestFollowsTheTheme draws one widget in both variants: colours must not be remembered.
func TestFollowsTheTheme(t *testing.T) {
	start(t)
	c := NewCard(Body("text"))
	light := paper(t, container.NewThemeOverride(c, NewTheme(Light, 1)), 100)
	night := paper(t, container.NewThemeOverride(NewCard(Body("text")), NewTheme(Dark, 1)), 100)
	a, _, _, _ := light.At(100, 20).RGBA()
	b, _, _, _ := night.At(100, 20).RGBA()
	if a>>8 != 0xFF || b>>8 != 0x17 {
		t.Errorf("the card is %x in the light and %x in the dark theme", a>>8, b>>8)
	}
}

func TestMarkup(t *testing.T) {
	start(t)
	l, labels := site(verdict.BadGateway)
	rows := NewList(
		NewStepRow(Step{State: checklist.Found, Title: "Try the page again", Finding: "Tried 4 times. No reply.", Word: "Problem"}),
		NewStepRow(Step{State: checklist.Waiting, Title: "The answer", Finding: "Whose side it is on, and what to do now."}),
	)
	panel := NewAnswerPanel(Answer{
		Who: verdict.Site, Headline: "It's the site, not you.", Sentence: "The server behind the front door did not answer.",
		Chip: "We're sure", Sure: true, Address: "www.harbourbooks.example", Time: "today, 14:32",
		Line: NewLineView(l, labels, verdict.Site, Tint(verdict.Site)),
	})
	items := NewNumberedList("Open **Settings**.", "Preferred DNS: `1.1.1.1` Then **Save**.")
	page := Column(20, panel, rows, items, Buttons(NewButton("Save picture", "save-picture", Main, nil), NewButton("Copy text", "copy", Normal, nil)))
	w := show(t, page, 712)
	test.AssertRendersToMarkup(t, "answer.xml", w.Canvas())
}

// TestOnlyWhatChangesIsDrawnAgain tells a running step something new: its title is drawn as it was.
func TestOnlyWhatChangesIsDrawnAgain(t *testing.T) {
	start(t)
	row := NewStepRow(Step{State: checklist.Running, Title: "Try the page again", Finding: "Next try in 3 seconds…"})
	row.Resize(fyne.NewSize(700, row.HeightFor(700)))
	drawn := func(x *Text) fyne.CanvasObject { return test.WidgetRenderer(x).Objects()[0] }
	title := drawn(row.title)
	row.Set(Step{State: checklist.Running, Title: "Try the page again", Finding: "Next try in 2 seconds…"})
	if drawn(row.title) != title || drawn(row.finding).(*canvas.Text).Text != "Next try in 2 seconds…" {
		t.Error("the row was drawn anew, or does not say what is new")
	}
	row.Set(Step{State: checklist.Fine, Title: "Try the page again", Finding: "It opened at try 2.", Word: "Fine"})
	if drawn(row.title) == title {
		t.Error("the end of the step was not drawn")
	}
}

// TestALineGoesDownWhereItsNamesWouldTouch lays one line out in a wide window and in a narrow one.
func TestALineGoesDownWhereItsNamesWouldTouch(t *testing.T) {
	start(t)
	l := line.Start()
	labels := []Label{{Name: "Your computer"}, {Name: "Your connection"}, {Name: "Name lookup"}, {Name: "The website"}}
	v := NewLineView(l, labels, verdict.Site, Bg)
	for width, down := range map[float32]bool{712: false, 360: false, 200: true} {
		v.Resize(fyne.NewSize(width, v.HeightFor(width)))
		first, last := v.stops[0], v.stops[len(v.stops)-1]
		if got := last.face.Position().Y > first.face.Position().Y; got != down {
			t.Errorf("%g wide: from top to bottom is %v, want %v", width, got, down)
		}
		for i, s := range v.stops {
			end := s.name.Position().X + s.name.Size().Width
			if end > width+labelReach/2 || s.name.Position().Y+s.name.Size().Height > v.Size().Height+1 {
				t.Errorf("%g wide: the name of station %d ends at %g, %g", width, i, end, s.name.Position().Y+s.name.Size().Height)
			}
		}
	}
}
