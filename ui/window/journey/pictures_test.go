package journey

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"image"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var picturesTo = flag.String("pictures", "", "draw every page in every look into this `folder`; without it, in one look among the artefacts")

// looks are the ways in which every page is drawn: both themes, two languages, two scales of the screen.
var looks = []struct {
	theme, language string
	scale           float64
}{
	{"light", "en", 1},
	{"dark", "en", 1},
	{"light", "de", 1},
	{"dark", "de", 1},
	{"light", "en", 1.5},
	{"dark", "en", 1.5},
	{"light", "de", 1.5},
	{"dark", "de", 1.5},
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
	doubtful  string // the address of a site of which it is not certain whose side it is
	silent    string // the address of a site that leaves its visitors waiting
	scale     float64
	dark      bool
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
	routeToNowhere(t)
	for i, l := range chosen {
		name := fmt.Sprintf("%s-%s-%.0f", l.theme, l.language, 100*l.scale)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			size := image.Pt(int(pageWidth*l.scale), int(tall*l.scale))
			p := &painter{
				visitor: moveIn(newScreenOf(t, size), map[string]any{"theme": l.theme, "language": l.language}),
				look:    name, scale: l.scale, seen: map[[sha256.Size]byte]string{},
				doubtful: fmt.Sprintf("192.0.2.%d", 20+i), silent: fmt.Sprintf("192.0.2.%d", 40+i), dark: l.theme == "dark",
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
	img := p.still()
	for deadline := time.Now().Add(patience / 3); (!drawn(img) || p.known(img) != "") && time.Now().Before(deadline); {
		img = p.still() // a busy computer has not turned the page yet
	}
	p.put(page, img)
}

// sum is what tells one picture from another: all of it but the last line.
func sum(img *image.NRGBA) [sha256.Size]byte {
	return sha256.Sum256(img.Pix[:img.Stride*(img.Rect.Dy()-1)])
}

// known is the page that looked like that before, if there is one.
func (p *painter) known(img *image.NRGBA) string { return p.seen[sum(img)] }

// put saves a picture of a page.
func (p *painter) put(page string, img *image.NRGBA) {
	p.t.Helper()
	if !drawn(img) {
		p.t.Errorf("%s: there is nothing on the page", page)
	}
	if other := p.known(img); other != "" {
		p.t.Errorf("%s looks the same as %s", page, other)
	}
	p.seen[sum(img)] = page
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

// routeToNowhere gives this network a router that nobody is behind: with no route at all every check says the same.
func routeToNowhere(t *testing.T) {
	t.Helper()
	for _, command := range []string{
		"ip link add nowhere type veth peer name nobody", "ip link set nobody up", "ip addr add 192.168.178.42/24 dev nowhere", "ip link set nowhere up",
		"ip route add default via 192.168.178.1",
	} {
		words := strings.Fields(command)
		if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", command, err, out)
		}
	}
	t.Cleanup(func() { _ = exec.Command("ip", "link", "del", "nowhere").Run() })
}

// oneColour reports whether a line of a picture has nothing but the colour of its first pixel.
func oneColour(img *image.NRGBA, y int) bool {
	const pointer = 32 // it waits at the corner
	line := img.Pix[img.PixOffset(0, y):img.PixOffset(img.Rect.Max.X-pointer, y)]
	for i := range line {
		if line[i] != line[i%4] {
			return false
		}
	}
	return true
}
