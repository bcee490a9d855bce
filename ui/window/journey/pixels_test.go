package journey

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
)

// primary is the colour of the one primary button of a page in the light theme (design tokens).
var primary = color.NRGBA{R: 0x0B, G: 0x55, B: 0x63, A: 0xFF}

// look is what the window shows.
func (s *screen) look() image.Image {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "look.png")
	s.must("import", "-window", s.window, path)
	file, err := os.Open(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// drawn reports whether a page is on the window: until then it has one colour.
func drawn(img image.Image) bool {
	seen := map[color.Color]bool{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += 3 {
		for x := b.Min.X; x < b.Max.X; x += 3 {
			seen[img.At(x, y)] = true
		}
	}
	return len(seen) > 20
}

// leastButton is the length of a run of one colour that only a button's face has: a number's disc is 24 wide.
const leastButton = 60

// clickPrimary presses the page's primary button, which is found by its colour, under the header.
func (s *screen) clickPrimary() {
	s.t.Helper()
	img := s.look()
	b := img.Bounds()
	for y := b.Min.Y + 60; y < b.Max.Y; y++ {
		run := 0
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) != primary {
				run = 0
				continue
			}
			if run++; run >= leastButton {
				s.click(x-leastButton/2, y+8)
				return
			}
		}
	}
	s.shot("no-primary-button")
	s.t.Fatal("no primary button is in sight")
}
