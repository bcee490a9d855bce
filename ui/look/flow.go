package look

import "fyne.io/fyne/v2"

// lineLength is the widest a line of running text gets, and the width a flowing object is measured for until it has
// been laid out once.
const lineLength = 640

// Flow is an object whose height depends on its width.
type Flow interface {
	fyne.CanvasObject
	// HeightFor is the height the object needs when it is width units wide.
	HeightFor(width float32) float32
}

// flowLayout is a layout whose height depends on its width.
type flowLayout interface {
	fyne.Layout
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// HeightFor is the height that any object needs at a width; objects that do not flow need their minimum height.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if !o.Visible() {
		return 0
	}
	switch o := o.(type) {
	case Flow:
		return o.HeightFor(width)
	case *fyne.Container:
		if l, ok := o.Layout.(flowLayout); ok {
			return l.heightFor(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// widest is the largest minimum width among objects.
func widest(objects []fyne.CanvasObject) float32 {
	var w float32
	for _, o := range objects {
		if o.Visible() {
			w = fyne.Max(w, o.MinSize().Width)
		}
	}
	return w
}

// measured remembers the width a layout was last given, so that its minimum size tells the height for that width.
type measured struct{ width float32 }

func (m *measured) or(fallback float32) float32 {
	if m.width > 0 {
		return m.width
	}
	return fallback
}

// column stacks objects from top to bottom, each as wide as the column and as high as it needs to be.
type column struct {
	measured
	gap float32
}

// Column stacks objects with gap units between them. Hidden objects take no room.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &column{gap: gap}, Objects: objects}
}

func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := HeightFor(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + l.gap
	}
}

func (l *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), l.heightFor(objects, l.or(lineLength)))
}

func (l *column) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var h float32
	shown := 0
	for _, o := range objects {
		if o.Visible() {
			h += HeightFor(o, width)
			shown++
		}
	}
	if shown > 1 {
		h += float32(shown-1) * l.gap
	}
	return h
}

// inset keeps room around its one object.
type inset struct {
	measured
	top, right, bottom, left float32
}

// Inset keeps room around an object: above, to the right, below and to the left of it.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{
		Layout:  &inset{top: top, right: right, bottom: bottom, left: left},
		Objects: []fyne.CanvasObject{o},
	}
}

func (l *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	for _, o := range objects {
		o.Move(fyne.NewPos(l.left, l.top))
		o.Resize(fyne.NewSize(size.Width-l.left-l.right, size.Height-l.top-l.bottom))
	}
}

func (l *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects)+l.left+l.right, l.heightFor(objects, l.or(lineLength)))
}

func (l *inset) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h := float32(0)
	for _, o := range objects {
		h = fyne.Max(h, HeightFor(o, width-l.left-l.right))
	}
	return h + l.top + l.bottom
}

// limit keeps its one object from getting wider than a line that is pleasant to read.
type limit struct {
	measured
	max float32
}

// Limit keeps an object at most max units wide, at the leading edge.
func Limit(max float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &limit{max: max}, Objects: []fyne.CanvasObject{o}}
}

func (l *limit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(fyne.Min(size.Width, l.max), size.Height))
	}
}

func (l *limit) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(fyne.Min(widest(objects), l.max), l.heightFor(objects, l.or(l.max)))
}

func (l *limit) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h := float32(0)
	for _, o := range objects {
		h = fyne.Max(h, HeightFor(o, fyne.Min(width, l.max)))
	}
	return h
}

// Space is an empty object of a height, for where two parts stand further apart than the rest of their column.
func Space(height float32) fyne.CanvasObject {
	return &fyne.Container{Layout: fixed{fyne.NewSize(0, height)}}
}

// fixed has a minimum size and lays nothing out.
type fixed struct{ size fyne.Size }

func (fixed) Layout([]fyne.CanvasObject, fyne.Size) {}

func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }
