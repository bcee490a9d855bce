package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"isitme/checks/checklist"
	"isitme/checks/verdict"
)

// show puts an object into a window of a width and gives it the height it needs.
func show(t *testing.T, o fyne.CanvasObject, width float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, HeightFor(o, width)))
	return w
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestPress(t *testing.T) {
	start(t)
	pressed := 0
	b := NewButton("Check again", "again", Normal, func() { pressed++ })
	show(t, b, 300)
	test.Tap(b)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA} {
		b.TypedKey(key(k))
	}
	if pressed != 4 {
		t.Errorf("pressed %d times by pointer, Return, Enter and Space", pressed)
	}
	b.Disable()
	test.Tap(b)
	b.TypedKey(key(fyne.KeySpace))
	if pressed != 4 || b.Cursor() != desktop.DefaultCursor {
		t.Error("a button that is off can be pressed")
	}
	b.Enable()
	if b.Cursor() != desktop.PointerCursor {
		t.Error("a button that is on does not look pressable")
	}
}

func TestFocusRing(t *testing.T) {
	start(t)
	first := NewButton("First", "", Main, func() {})
	off := NewButton("Off", "", Normal, func() {})
	off.Disable()
	row := NewListRow(Entry{Who: verdict.Site, Title: "www.example.com"}, func() {})
	panel := NewAnswerPanel(Answer{Who: verdict.Site, Headline: "It's the site, not you."})
	d := NewDisclosure("The checks", "", nil, Body("inside"))
	seg := NewSegmented([]string{"a", "b"}, 0, nil)
	w := show(t, Column(10, panel, first, off, NewList(row), d, seg), 400)
	want := []fyne.Focusable{panel, first, row, d.header, seg}
	for i, o := range want {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != o {
			t.Fatalf("stop %d of the keyboard is %T", i, got)
		}
		shown := 0
		for _, r := range rings(o.(fyne.Widget)) {
			if r.StrokeWidth == ringWidth && r.Visible() {
				shown++
			}
		}
		if shown != 1 {
			t.Errorf("stop %d (%T) shows %d rings", i, o, shown)
		}
	}
	if got := rings(first)[2]; got.Position() != fyne.NewPos(-5, -5) || got.Visible() {
		t.Errorf("the ring of a button stands at %v", got.Position())
	}
}

func TestTargetsAreLargeEnough(t *testing.T) {
	start(t)
	for kind := range faces {
		m := NewButton("OK", "", kind, nil).MinSize()
		if m.Height < 36 || m.Width < 36 {
			t.Errorf("kind %d is %v", kind, m)
		}
	}
	if h := NewButton("Save picture", "", Main, nil).MinSize().Height; h < 44 {
		t.Errorf("a main action is %v high", h)
	}
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light, 2))
	b := NewButton("Save picture", "", TextOnly, nil)
	if text := fyne.MeasureText("Save", 28, fyne.TextStyle{Bold: true}).Height; b.MinSize().Height < text {
		t.Errorf("large text (%v) does not fit in its button (%v)", text, b.MinSize().Height)
	}
}

func TestButtonsFold(t *testing.T) {
	start(t)
	a := NewButton("Save picture", "save-picture", Main, nil)
	b := NewButton("Copy text", "copy", Normal, nil)
	c := NewButton("Write to the owner", "mail", Normal, nil)
	row := Buttons(a, b, c)
	show(t, row, 700)
	if a.Position().Y != c.Position().Y || a.Size().Width != a.MinSize().Width {
		t.Error("700 wide: not one row at their own widths")
	}
	row.Resize(fyne.NewSize(420, HeightFor(row, 420)))
	if a.Size() != b.Size() || a.Position().Y != b.Position().Y || c.Position().Y <= a.Position().Y {
		t.Error("420 wide: not two equal halves and a second row")
	}
	row.Resize(fyne.NewSize(220, HeightFor(row, 220)))
	if a.Size().Width != 220 || b.Position().Y <= a.Position().Y {
		t.Error("220 wide: not one below the other")
	}
	if row.MinSize().Height != HeightFor(row, 220) {
		t.Errorf("minimum height %v for %v", row.MinSize().Height, HeightFor(row, 220))
	}
}

func TestColumnsFold(t *testing.T) {
	start(t)
	left, right := Body("left"), Body("right")
	both := TwoColumns(left, right)
	show(t, both, 712)
	if right.Position().X < 300 || right.Position().Y != 0 {
		t.Errorf("wide: right stands at %v", right.Position())
	}
	both.Resize(fyne.NewSize(500, HeightFor(both, 500)))
	if right.Position().X != 0 || right.Position().Y <= left.Size().Height {
		t.Errorf("narrow: right stands at %v", right.Position())
	}
	left.Hide()
	both.Resize(fyne.NewSize(712, HeightFor(both, 712)))
	if right.Size().Width != 712 || right.Position().Y != 0 {
		t.Error("the only column does not get all the room")
	}
	tall := NewCard(Column(0, Body("a"), Body("b"), Body("c")))
	cards := TwoCards(NewCard(Body("low")), tall)
	show(t, cards, 712)
	if cards.Objects[0].Size().Height != tall.Size().Height {
		t.Error("two cards beside each other differ in height")
	}
	beside := Beside(10, Heading("A title"), NewButton("Open a report…", "open", Compact, nil))
	show(t, beside, 600)
	if beside.Objects[1].Position().X < 400 {
		t.Error("the button does not stand at the end of its row")
	}
	beside.Resize(fyne.NewSize(160, HeightFor(beside, 160)))
	if beside.Objects[1].Position().X != 0 || beside.Objects[1].Position().Y == 0 {
		t.Error("the button does not go below where there is no room")
	}
}

func TestDisclosure(t *testing.T) {
	start(t)
	inside := Body("inside")
	d := NewDisclosure("The checks", "1 problem · 3 fine", []checklist.State{checklist.Found, checklist.Fine}, inside)
	closed := HeightFor(d, 600)
	told := 0
	d.OnChanged = func(bool) { told++ }
	show(t, d, 600)
	if inside.Visible() || closed != 46 {
		t.Errorf("closed: shown %v, %v high", inside.Visible(), closed)
	}
	d.header.TypedKey(key(fyne.KeySpace))
	if !d.Open() || !inside.Visible() || HeightFor(d, 600) <= closed || told != 1 {
		t.Error("Space does not open it")
	}
	test.Tap(d.header)
	if d.Open() || inside.Visible() || told != 2 {
		t.Error("a tap does not close it")
	}
	d.Resize(fyne.NewSize(200, closed))
	if d.header.summary.Visible() {
		t.Error("the summary is cut instead of left out")
	}
}

func TestSegmented(t *testing.T) {
	start(t)
	var got []int
	s := NewSegmented([]string{"Windows 11", "Mac", "Linux"}, 0, func(i int) { got = append(got, i) })
	show(t, s, 400)
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyEnd, fyne.KeyRight, fyne.KeyHome} {
		s.TypedKey(key(k))
	}
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(s.width(0)+10, 10)})
	want := []int{1, 2, 0, 1}
	if len(got) != len(want) {
		t.Fatalf("chose %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("chose %v, want %v", got, want)
		}
	}
}

func TestField(t *testing.T) {
	start(t)
	pasted, sent, changed := 0, "", 0
	f := NewField("Address, like www.example.com", NewButton("Paste", "paste", Quiet, func() { pasted++ }))
	f.OnSubmitted = func(s string) { sent = s }
	f.OnChanged = func(string) { changed++ }
	w := show(t, f, 500)
	w.Canvas().Focus(f.Focusable())
	test.Type(f.Focusable(), "example.com")
	f.entry.TypedKey(key(fyne.KeyReturn))
	face := rings(f)[0]
	if face.StrokeWidth != 2.5 || face.StrokeColor != paint(f, Focus) {
		t.Error("a focused field has no focus border")
	}
	test.Tap(f.button)
	if sent != "example.com" || pasted != 1 || changed == 0 {
		t.Errorf("sent %q, pasted %d, changed %d", sent, pasted, changed)
	}
	w.Canvas().Unfocus()
	if face.StrokeWidth != 1.5 {
		t.Error("the focus border stays")
	}
	f.SetText("www.example.org")
	if f.Text() != "www.example.org" || f.entry.CursorColumn != 15 {
		t.Errorf("%q, cursor at %d", f.Text(), f.entry.CursorColumn)
	}
	if f.MinSize().Height < 52 {
		t.Errorf("%v high", f.MinSize().Height)
	}
}

func TestPageScrollsToWhatHasTheKeyboard(t *testing.T) {
	start(t)
	var rows []fyne.CanvasObject
	for range 30 {
		rows = append(rows, NewListRow(Entry{Who: verdict.Site, Title: "www.example.com"}, func() {}))
	}
	p := NewPage(Heading("Is It Me?"), Column(0, rows...))
	w := test.NewTempWindow(t, container.NewStack(p))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(500, 300))
	if rows[0].Position().X != 0 || rows[0].Size().Width != 500-2*16 {
		t.Errorf("the margins of a narrow page: row %v wide", rows[0].Size().Width)
	}
	p.Reveal(rows[29])
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(rows[29]).Y
	if top < 0 || top+rows[29].Size().Height > 300 {
		t.Errorf("the last row stands at %v of 300", top)
	}
	p.Reveal(rows[0])
	if top := fyne.CurrentApp().Driver().AbsolutePositionForObject(rows[0]).Y; top < 0 {
		t.Errorf("the first row stands at %v", top)
	}
	p.Reveal(rows[20])
	p.ScrollToTop()
	if p.scroll.Offset.Y != 0 {
		t.Error("not at the top")
	}
}

// TestTheCaretStandsStill looks for what draws the window again while nobody types: Fyne's caret is an animation.
func TestTheCaretStandsStill(t *testing.T) {
	start(t)
	app := fyne.CurrentApp()
	driver := &animated{Driver: app.Driver()}
	fyne.SetCurrentApp(&animatedApp{App: app, driver: driver})
	defer fyne.SetCurrentApp(app)
	w := app.NewWindow("")
	defer w.Close()
	f := NewField("Address", nil)
	lines := NewInputLines()
	w.SetContent(Column(0, f, lines))
	for _, e := range []fyne.Focusable{f.Focusable(), lines} {
		w.Canvas().Focus(e)
		e.TypedRune('x')
	}
	if driver.started > 0 {
		t.Errorf("%d animations run while an entry waits for a key", driver.started)
	}
	if now, is := fyne.CurrentApp().(*animatedApp); !is || now.App != app {
		t.Error("the app was not put back")
	}
}

// animatedApp is an app as a visitor has it: with animations, which are counted.
type animatedApp struct {
	fyne.App
	driver *animated
}

func (a *animatedApp) Driver() fyne.Driver     { return a.driver }
func (a *animatedApp) Settings() fyne.Settings { return moving{a.App.Settings()} }

type moving struct{ fyne.Settings }

func (moving) ShowAnimations() bool { return true }

type animated struct {
	fyne.Driver
	started int
}

func (a *animated) StartAnimation(*fyne.Animation) { a.started++ }
