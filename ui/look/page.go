package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// narrowBelow is the window width below which margins shrink and the header folds into a menu.
const narrowBelow = 600

// pageTop is the room above the content: that of a focus ring, which the scroll container would cut.
const pageTop = ringGap + ringWidth + 1

// narrowest is the least width of a page: a window of 480 pixels at a text size of 150 %.
const narrowest = 320

// Narrow reports whether a window of that width gets the narrow layout.
func Narrow(width float32) bool { return width < narrowBelow }

// Margin is the page margin of a window of that width.
func Margin(width float32) float32 {
	if Narrow(width) {
		return 16
	}
	return 24
}

// Page is one page of the window: a header that stays and a content that scrolls under it, both with the page's
// margins.
type Page struct {
	widget.BaseWidget
	header fyne.CanvasObject
	inner  *fyne.Container
	scroll *container.Scroll
}

// NewPage makes a page. header may be nil.
func NewPage(header, content fyne.CanvasObject) *Page {
	inner := &fyne.Container{Layout: &margins{}, Objects: []fyne.CanvasObject{content}}
	p := &Page{header: header, inner: inner, scroll: container.NewVScroll(inner)}
	p.ExtendBaseWidget(p)
	return p
}

// ScrollToTop shows the page's beginning.
func (p *Page) ScrollToTop() { p.scroll.ScrollToTop() }

// Scrolled is how far the page is scrolled down, in units.
func (p *Page) Scrolled() float32 { return p.scroll.Offset.Y }

// ScrollTo scrolls the page to where Scrolled was y.
func (p *Page) ScrollTo(y float32) {
	end := fyne.Max(0, p.inner.Size().Height-p.scroll.Size().Height)
	p.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, fyne.Min(y, end))))
}

// Reveal scrolls so that o, which stands somewhere in the content, can be seen: focus must never leave the screen.
func (p *Page) Reveal(o fyne.CanvasObject) {
	top, found := below(p.inner, o)
	if !found {
		driver := fyne.CurrentApp().Driver()
		top = driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.inner).Y
	}
	bottom := top + o.Size().Height
	view := p.scroll.Size().Height
	const room = 12
	switch {
	case top-room < p.scroll.Offset.Y:
		p.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, top-room)))
	case bottom+room > p.scroll.Offset.Y+view:
		p.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, fyne.Min(top-room, bottom+room-view))))
	}
}

// below is how far o stands below the top of a container that holds it through containers alone. The toolkit knows the place
// of nothing that it has not painted yet; what stands deep in a widget had to be painted to be found.
func below(in *fyne.Container, o fyne.CanvasObject) (float32, bool) {
	for _, inner := range in.Objects {
		y := inner.Position().Y
		if inner == o {
			return y, true
		}
		if c, ok := inner.(*fyne.Container); ok {
			if more, found := below(c, o); found {
				return y + more, true
			}
		}
	}
	return 0, false
}

// Relayout measures the content again after it changed its height. Fyne does so by itself in a real window, one frame
// later; tests and pictures have no frames.
func (p *Page) Relayout() { p.layout(p.Size()) }

// layout gives the content its width before the scroll container asks for its height.
func (p *Page) layout(size fyne.Size) {
	top := float32(0)
	if p.header != nil {
		m := Margin(size.Width)
		top = HeightFor(p.header, size.Width-2*m)
		p.header.Move(fyne.NewPos(m, 0))
		p.header.Resize(fyne.NewSize(size.Width-2*m, top))
	}
	view := fyne.NewSize(size.Width, fyne.Max(0, size.Height-top))
	p.inner.Resize(fyne.NewSize(view.Width, fyne.Max(view.Height, HeightFor(p.inner, view.Width))))
	p.scroll.Move(fyne.NewPos(0, top))
	p.scroll.Resize(view)
	p.scroll.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	r := &pageRenderer{p: p}
	if p.header != nil {
		r.objects = append(r.objects, p.header) // first, as it is read: Tab goes in this order
	}
	r.objects = append(r.objects, p.scroll)
	return r
}

type pageRenderer struct {
	base
	p *Page
}

func (r *pageRenderer) Layout(size fyne.Size) { r.p.layout(size) }

func (r *pageRenderer) MinSize() fyne.Size {
	size := r.p.scroll.MinSize()
	if r.p.header != nil {
		size.Height += r.p.header.MinSize().Height
	}
	return size
}

func (r *pageRenderer) Refresh() {
	r.p.layout(r.p.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

// margins keeps the page's margins around its one object, by the page's own width.
type margins struct{ measured }

func (l *margins) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	m := Margin(size.Width)
	objects[0].Move(fyne.NewPos(m, pageTop))
	objects[0].Resize(fyne.NewSize(size.Width-2*m, HeightFor(objects[0], size.Width-2*m)))
}

func (l *margins) MinSize(objects []fyne.CanvasObject) fyne.Size {
	// not the widest object: what is too wide for a narrow window must fold, not push the page out of sight
	return fyne.NewSize(narrowest, l.heightFor(objects, l.or(lineLength)))
}

func (l *margins) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	m := Margin(width)
	return pageTop + HeightFor(objects[0], width-2*m) + m
}
