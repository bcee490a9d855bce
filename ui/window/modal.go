package window

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"isitme/ui/look"
)

// modal is a box over the whole window, which is darkened and takes no input until the box is gone. The toolkit's own
// does not know that the height of our contents follows their width, and its scrim is the shadow that our theme has not.
type modal struct {
	widget.BaseWidget
	box fyne.CanvasObject
}

// scrim darkens the page; light and dark pages both stay recognisable under it.
var scrim = color.NRGBA{A: 0x8C}

// The widest a question gets (short lines are read, long ones are skipped), and what is left free around it.
const (
	modalWidth  = 460
	modalMargin = 24
)

func newModal(content fyne.CanvasObject) *modal {
	edge := fyne.NewSquareSize(1.5)
	m := &modal{box: look.NewPanel(look.Border, 15, edge, look.NewPanel(look.Surface, 14, fyne.NewSize(20, 18), content))}
	m.ExtendBaseWidget(m)
	return m
}

// Tapped takes the press away from what lies under it.
func (m *modal) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements [fyne.Widget].
func (m *modal) CreateRenderer() fyne.WidgetRenderer {
	return &modalRenderer{m: m, scrim: canvas.NewRectangle(scrim)}
}

type modalRenderer struct {
	m     *modal
	scrim *canvas.Rectangle
}

func (r *modalRenderer) Layout(size fyne.Size) {
	r.scrim.Resize(size)
	width := min(modalWidth, size.Width-2*modalMargin)
	height := min(look.HeightFor(r.m.box, width), size.Height)
	r.m.box.Move(fyne.NewPos((size.Width-width)/2, (size.Height-height)/2))
	r.m.box.Resize(fyne.NewSize(width, height))
}

func (r *modalRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }

func (r *modalRenderer) Refresh() {
	r.Layout(r.m.Size())
	r.m.box.Refresh()
}

func (r *modalRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scrim, r.m.box}
}

func (r *modalRenderer) Destroy() {}
