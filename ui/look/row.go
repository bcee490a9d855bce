package look

import "fyne.io/fyne/v2"

// NoGrow is the index for a row in which nothing takes the room that is left.
const NoGrow = -1

// row places objects side by side; one of them may take the room that is left.
type row struct {
	measured
	gap  float32
	grow int
	top  bool
}

// Row places objects side by side with gap units between them, centred on one another. The object at index grow takes
// the room that the others leave; with NoGrow all keep their minimum width.
func Row(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &row{gap: gap, grow: grow}, Objects: objects}
}

// RowTop is a Row whose objects stand at its top instead of its middle.
func RowTop(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &row{gap: gap, grow: grow, top: true}, Objects: objects}
}

func (l *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	rest := l.rest(objects, size.Width)
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if i == l.grow {
			w = rest
		}
		h := fyne.Min(HeightFor(o, w), size.Height)
		y := (size.Height - h) / 2
		if l.top {
			y = 0
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		x += w + l.gap
	}
}

// rest is what the growing object gets of width.
func (l *row) rest(objects []fyne.CanvasObject, width float32) float32 {
	gaps := -1
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		gaps++
		if i != l.grow {
			width -= o.MinSize().Width
		}
	}
	if gaps > 0 {
		width -= float32(gaps) * l.gap
	}
	return fyne.Max(width, 0)
}

func (l *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	shown := 0
	for _, o := range objects {
		if o.Visible() {
			w += o.MinSize().Width
			shown++
		}
	}
	if shown > 1 {
		w += float32(shown-1) * l.gap
	}
	return fyne.NewSize(w, l.heightFor(objects, l.or(fyne.Max(w, lineLength))))
}

func (l *row) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	rest := l.rest(objects, width)
	h := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if i == l.grow {
			w = rest
		}
		h = fyne.Max(h, HeightFor(o, w))
	}
	return h
}

// buttons places buttons in one row where they fit, else in equal halves, else one below the other.
type buttons struct {
	measured
	gap float32
}

// Buttons places buttons side by side where they fit in one row, else in equal halves, else one to a line: none is
// ever cut.
func Buttons(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &buttons{gap: 8}, Objects: objects}
}

// perRow is how many buttons stand side by side; 0 means all, at their own widths.
func (l *buttons) perRow(objects []fyne.CanvasObject, width float32) int {
	sum, most, shown := float32(0), float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			w := o.MinSize().Width
			sum += w
			most = fyne.Max(most, w)
			shown++
		}
	}
	switch {
	case shown < 2 && sum <= width, sum+float32(shown-1)*l.gap <= width:
		return 0
	case shown > 1 && most <= (width-l.gap)/2:
		return 2
	default:
		return 1
	}
}

func (l *buttons) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	per := l.perRow(objects, size.Width)
	x, y, i := float32(0), float32(0), 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		o.Move(fyne.NewPos(x, y))
		if per == 0 {
			o.Resize(m)
			x += m.Width + l.gap
			continue
		}
		m.Width = (size.Width - float32(per-1)*l.gap) / float32(per)
		o.Resize(m)
		x += m.Width + l.gap
		if i++; i%per == 0 {
			x, y = 0, y+m.Height+l.gap
		}
	}
}

func (l *buttons) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), l.heightFor(objects, l.or(lineLength)))
}

func (l *buttons) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h, shown := float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			h = fyne.Max(h, o.MinSize().Height)
			shown++
		}
	}
	per := l.perRow(objects, width)
	if per == 0 || shown == 0 {
		return h
	}
	rows := float32((shown + per - 1) / per)
	return rows*h + (rows-1)*l.gap
}

// besideAtLeast is the least that the first of two objects beside each other may get before they stand below each other.
const besideAtLeast = 220

// beside places a growing object before one that keeps its width, or above it where there is no room.
type beside struct {
	measured
	gap float32
	// swap puts the one that keeps its width first.
	swap bool
}

// Beside places right after left, which takes the room that right leaves. Where that is too little, right goes below: a
// title with its buttons, a field with its button.
func Beside(gap float32, left, right fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &beside{gap: gap}, Objects: []fyne.CanvasObject{left, right}}
}

// BesideFirst is Beside with the object that keeps its width before, or above, the one that grows.
func BesideFirst(gap float32, kept, grows fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &beside{gap: gap, swap: true}, Objects: []fyne.CanvasObject{kept, grows}}
}

// split is the widths of both objects, the growing one's first; below says that they stand one under the other.
func (l *beside) split(objects []fyne.CanvasObject, width float32) (a, b float32, below bool) {
	grows, kept := l.order(objects)
	b = kept.MinSize().Width
	a = width - l.gap - b
	need := besideAtLeast * enlarged()
	if t, ok := grows.(*Text); ok {
		need = fyne.Min(need, t.Natural())
	}
	if a < need {
		return width, fyne.Min(b, width), true
	}
	return a, b, false
}

// order is which object grows and which keeps its width.
func (l *beside) order(objects []fyne.CanvasObject) (grows, kept fyne.CanvasObject) {
	if l.swap {
		return objects[1], objects[0]
	}
	return objects[0], objects[1]
}

func (l *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	a, b, below := l.split(objects, size.Width)
	grows, kept := l.order(objects)
	ha, hb := HeightFor(grows, a), HeightFor(kept, b)
	grows.Resize(fyne.NewSize(a, ha))
	kept.Resize(fyne.NewSize(b, hb))
	first, second := objects[0], objects[1]
	if below {
		first.Move(fyne.NewPos(0, 0))
		second.Move(fyne.NewPos(0, first.Size().Height+l.gap))
		return
	}
	first.Move(fyne.NewPos(0, (size.Height-first.Size().Height)/2))
	second.Move(fyne.NewPos(first.Size().Width+l.gap, (size.Height-second.Size().Height)/2))
}

func (l *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), l.heightFor(objects, l.or(lineLength)))
}

func (l *beside) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	a, b, below := l.split(objects, width)
	grows, kept := l.order(objects)
	ha, hb := HeightFor(grows, a), HeightFor(kept, b)
	if below {
		return ha + l.gap + hb
	}
	return fyne.Max(ha, hb)
}
