package journey

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"image"
	"path/filepath"
	"testing"
)

var picturesTo = flag.String("pictures", "", "draw every page in every look into this `folder`; without it, in one look among the artefacts")

// looks are the ways in which every page is drawn: both themes, two languages, two scales of the screen.
var looks = []struct {
	theme, language string
	scale           float64
}{
	{"light", "en", 1}, {"dark", "en", 1}, {"light", "de", 1}, {"dark", "de", 1},
	{"light", "en", 1.5}, {"dark", "en", 1.5}, {"light", "de", 1.5}, {"dark", "de", 1.5},
}

// The window's width and its height, in units; a page that is longer is drawn once more in a window of tall units.
const (
	pageWidth, pageHeight = 760, 720
	tall                  = 1900
)

// painter goes through the program page by page and draws what it shows.
type painter struct {
	*visitor
	out, look string
	scale     float64
	seen      map[[sha256.Size]byte]string
}

// TestPictures shows every page of the program in every state and draws it. A page without anything on it, or that
// looks the same as another one, is not the page that was asked for.
func TestPictures(t *testing.T) {
	needAll(t)
	chosen := looks
	if *picturesTo == "" {
		chosen = looks[:1]
	}
	for _, l := range chosen {
		name := fmt.Sprintf("%s-%s-%.0f", l.theme, l.language, 100*l.scale)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			size := image.Pt(int(pageWidth*l.scale), int(tall*l.scale))
			p := &painter{
				visitor: moveIn(newScreenOf(t, size), map[string]any{"theme": l.theme, "language": l.language}),
				look:    name, scale: l.scale, seen: map[[sha256.Size]byte]string{},
			}
			p.out = p.artefacts
			if *picturesTo != "" {
				p.out = *picturesTo
			}
			p.environ = []string{fmt.Sprintf("FYNE_SCALE=%g", l.scale)}
			p.paintAll()
		})
	}
}

// units gives the window a size in the toolkit's units.
func (p *painter) units(width, height int) {
	p.t.Helper()
	p.resize(int(float64(width)*p.scale), int(float64(height)*p.scale))
}

// paint draws the page that is shown, as the visitor sees it first.
func (p *painter) paint(page string) {
	p.t.Helper()
	p.put(page, p.still())
}

// put saves a picture of a page.
func (p *painter) put(page string, img *image.NRGBA) {
	p.t.Helper()
	if !drawn(img) {
		p.t.Errorf("%s: there is nothing on the page", page)
	}
	sum := sha256.Sum256(img.Pix[:img.Stride*(img.Rect.Dy()-1)])
	if other, ok := p.seen[sum]; ok {
		p.t.Errorf("%s looks the same as %s", page, other)
	}
	p.seen[sum] = page
	p.save(filepath.Join(p.out, page+"-"+p.look+".png"), img)
}

// paintWhole draws the page that is shown, and once more with all that lies below the window's edge.
func (p *painter) paintWhole(page string) {
	p.t.Helper()
	p.paint(page)
	p.units(pageWidth, tall)
	p.paintCut(page + "-whole")
	p.units(pageWidth, pageHeight)
}

// paintCut draws the page that is shown without the empty part at its end.
func (p *painter) paintCut(page string) {
	p.t.Helper()
	img := p.still()
	end := img.Rect.Max.Y
	for end > 1 && oneColour(img, end-1) {
		end--
	}
	p.put(page, img.SubImage(image.Rect(0, 0, img.Rect.Max.X, min(end+int(24*p.scale), img.Rect.Max.Y))).(*image.NRGBA))
}

// oneColour reports whether a line of a picture has nothing but the colour of its first pixel.
func oneColour(img *image.NRGBA, y int) bool {
	line := img.Pix[img.PixOffset(0, y):img.PixOffset(img.Rect.Max.X-1, y)]
	for i := range line {
		if line[i] != line[i%4] {
			return false
		}
	}
	return true
}
