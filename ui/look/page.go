package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// narrowBelow is the window width below which margins shrink and the header folds into a menu.
const narrowBelow = 600

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
	*fyne.Container
	scroll *container.Scroll
	layout *pageLayout
}

// NewPage makes a page. header may be nil.
func NewPage(header, content fyne.CanvasObject) *Page {
	inner := &fyne.Container{Layout: &margins{}, Objects: []fyne.CanvasObject{content}}
	l := &pageLayout{scroll: container.NewVScroll(inner), inner: inner}
	objects := []fyne.CanvasObject{l.scroll}
	if header != nil {
		l.header = header
		objects = append(objects, header)
	}
	return &Page{Container: &fyne.Container{Layout: l, Objects: objects}, scroll: l.scroll, layout: l}
}

// ScrollToTop shows the page's beginning.
func (p *Page) ScrollToTop() { p.scroll.ScrollToTop() }

// Reveal scrolls so that o, which stands somewhere in the content, can be seen: focus must never leave the screen.
func (p *Page) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.layout.inner).Y
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

// Relayout measures the content again after it changed its height. Fyne does so by itself in a real window, one frame
// later; tests and pictures have no frames.
func (p *Page) Relayout() { p.layout.Layout(p.Objects, p.Size()) }

// pageLayout gives the content its width before the scroll container asks for its height.
type pageLayout struct {
	header fyne.CanvasObject
	scroll *container.Scroll
	inner  *fyne.Container
}

func (l *pageLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top := float32(0)
	if l.header != nil {
		m := Margin(size.Width)
		top = HeightFor(l.header, size.Width-2*m)
		l.header.Move(fyne.NewPos(m, 0))
		l.header.Resize(fyne.NewSize(size.Width-2*m, top))
	}
	view := fyne.NewSize(size.Width, fyne.Max(0, size.Height-top))
	l.inner.Resize(fyne.NewSize(view.Width, fyne.Max(view.Height, HeightFor(l.inner, view.Width))))
	l.scroll.Move(fyne.NewPos(0, top))
	l.scroll.Resize(view)
	l.scroll.Refresh()
}

func (l *pageLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	size := l.scroll.MinSize()
	if l.header != nil {
		size.Height += l.header.MinSize().Height
	}
	return size
}

// margins keeps the page's margins around its one object, by the page's own width.
type margins struct{ measured }

func (l *margins) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	m := Margin(size.Width)
	objects[0].Move(fyne.NewPos(m, 4))
	objects[0].Resize(fyne.NewSize(size.Width-2*m, HeightFor(objects[0], size.Width-2*m)))
}

func (l *margins) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects)+2*16, l.heightFor(objects, l.or(lineLength)))
}

func (l *margins) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	m := Margin(width)
	return 4 + HeightFor(objects[0], width-2*m) + m
}
