package look

import (
	"errors"
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"github.com/boombuler/barcode/qr"
)

const (
	// quiet is the light border that ISO/IEC 18004 asks for round a QR code, in modules.
	quiet = 4
	// leastModule is the side of a module below which a camera at arm's length reads nothing.
	leastModule = 2
	// qrEdge is what the square's rounded face keeps around the code.
	qrEdge = 4
)

var errTooFine = errors.New("too much text for a square of this size")

// QR is the square that a phone can read. It is dark on light in both variants: many cameras read nothing else.
type QR struct {
	widget.BaseWidget
	size    float32
	modules image.Image
}

// NewQR makes a square of size units with text, usually an address. Text that no QR code of that size can hold gives an
// error.
func NewQR(text string, size float32) (*QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return nil, err
	}
	if (size-2*qrEdge)/float32(code.Bounds().Dx()+2*quiet) < leastModule {
		return nil, errTooFine
	}
	q := &QR{size: size, modules: code}
	q.ExtendBaseWidget(q)
	return q, nil
}

// draw paints the square for w × h pixels, every module a whole number of pixels: a blurred edge costs reading.
func (q *QR) draw(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(QRLight), image.Point{}, draw.Src)
	n := q.modules.Bounds().Dx()
	px := min(w, h) / (n + 2*quiet)
	if px == 0 {
		return img
	}
	left, top := (w-px*n)/2, (h-px*n)/2
	for y := range n {
		for x := range n {
			if dark(q.modules.At(x, y)) {
				cell := image.Rect(left+x*px, top+y*px, left+(x+1)*px, top+(y+1)*px)
				draw.Draw(img, cell, image.NewUniform(QRDark), image.Point{}, draw.Src)
			}
		}
	}
	return img
}

func dark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}

// CreateRenderer implements [fyne.Widget].
func (q *QR) CreateRenderer() fyne.WidgetRenderer {
	face := round(10)
	face.FillColor = QRLight
	raster := canvas.NewRaster(q.draw)
	raster.ScaleMode = canvas.ImageScalePixels
	return &qrRenderer{base: base{[]fyne.CanvasObject{face, raster}}, q: q, face: face, raster: raster}
}

type qrRenderer struct {
	base
	q      *QR
	face   *canvas.Rectangle
	raster *canvas.Raster
}

func (r *qrRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.q.size) }

func (r *qrRenderer) Layout(size fyne.Size) {
	side := fyne.Min(size.Width, size.Height)
	r.face.Resize(fyne.NewSquareSize(side))
	// the quiet zone stays light without the raster's square corners over the round ones
	r.raster.Move(fyne.NewSquareOffsetPos(qrEdge))
	r.raster.Resize(fyne.NewSquareSize(side - 2*qrEdge))
}

func (r *qrRenderer) Refresh() { canvas.Refresh(r.q) }
