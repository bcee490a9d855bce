package journey

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// primary is the colour of the one primary button of a page in the light theme (design tokens).
var primary = color.NRGBA{R: 0x0B, G: 0x55, B: 0x63, A: 0xFF}

// look is what the window shows now.
func (s *screen) look() *image.NRGBA {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.memory, "Xvfb_screen0"))
	if err != nil {
		s.t.Fatal(err)
	}
	img, err := decodeXWD(data, s.shown)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// decodeXWD reads a part of a screen out of the file in which Xvfb keeps it: the dump format of X11 (XWDFile.h), of
// which Xvfb writes version 7 with 32 bits a pixel.
func decodeXWD(data []byte, part image.Rectangle) (*image.NRGBA, error) {
	const header, entry = 25, 12 // 32-bit words of the header, bytes of a colour map's entry
	if len(data) < 4*header {
		return nil, errors.New("no screen is there yet")
	}
	field := func(i int) int { return int(binary.BigEndian.Uint32(data[4*i:])) }
	size, bits, stride, colours := image.Pt(field(4), field(5)), field(11), field(12), field(19)
	if field(1) != 7 || bits != 32 || field(7) != 0 {
		return nil, fmt.Errorf("a screen dump of version %d with %d bits a pixel", field(1), bits)
	}
	pixels := data[field(0)+colours*entry:]
	part = part.Intersect(image.Rectangle{Max: size})
	if len(pixels) < size.Y*stride {
		return nil, errors.New("the screen dump is cut off")
	}
	img := image.NewNRGBA(part)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		from, to := pixels[y*stride:], img.Pix[(y-part.Min.Y)*img.Stride:]
		for x := range part.Dx() {
			bgrx := from[4*(part.Min.X+x):]
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = bgrx[2], bgrx[1], bgrx[0], 0xFF
		}
	}
	return img, nil
}

// What still waits for: the page to stay as it is for that long, or for so many times as long as the window takes to handle
// what it is told, if that is more; but for no more than a few times that, since an arc may turn.
const (
	stillFor      = 200 * time.Millisecond
	stillTimes    = 4
	stillPatience = 7
)

// still is what the window shows once it has stopped changing: what was asked for is drawn in the next frames.
func (s *screen) still() *image.NRGBA {
	s.t.Helper()
	begun := time.Now()
	s.handled()
	calm := max(stillFor, stillTimes*time.Since(begun))
	time.Sleep(calm)
	last, since := s.look(), time.Now()
	for deadline := since.Add(stillPatience * calm); time.Now().Before(deadline); {
		time.Sleep(calm / 4)
		now := s.look()
		if !slices.Equal(now.Pix, last.Pix) {
			last, since = now, time.Now()
			continue
		}
		if time.Since(since) >= calm {
			break
		}
	}
	return last
}

// save writes a picture to a file.
func (s *screen) save(path string, img image.Image) {
	s.t.Helper()
	file, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := errors.Join(encoder.Encode(file, img), file.Close()); err != nil {
		s.t.Fatal(err)
	}
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

// primary is a place on the page's primary button, which is found by its colour, under the header.
func (s *screen) primary() image.Point {
	s.t.Helper()
	img := s.still()
	b := img.Bounds()
	for y := b.Min.Y + 60; y < b.Max.Y; y++ {
		run := 0
		for x := b.Min.X; x < b.Max.X; x++ {
			if img.NRGBAAt(x, y) != primary {
				run = 0
				continue
			}
			if run++; run >= leastButton {
				return image.Pt(x-leastButton/2, y+8)
			}
		}
	}
	s.shot("no-primary-button")
	s.t.Fatal("no primary button is in sight")
	return image.Point{}
}

// tinted is how many pixels of an answer's tint only that answer's page has.
const tinted = 20000

// shows waits for a page with at least so many pixels of a colour on it.
func (s *screen) shows(c color.NRGBA, least int) {
	s.t.Helper()
	s.wait(patience, "the page in its colour", func() bool { return s.much(c) > least })
}

// much is how many pixels of a colour the window shows.
func (s *screen) much(c color.NRGBA) int {
	s.t.Helper()
	img, much := s.look(), 0
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] == c.R && img.Pix[i+1] == c.G && img.Pix[i+2] == c.B {
			much++
		}
	}
	return much
}

// differs waits until the window shows something else than before.
func (s *screen) differs(what string, before *image.NRGBA) {
	s.t.Helper()
	s.wait(patience, what, func() bool { return !slices.Equal(s.look().Pix, before.Pix) })
}

// wheel turns the mouse wheel by so many notches towards the page's end.
func (s *screen) wheel(notches int) {
	s.t.Helper()
	s.must("xdotool", "mousemove", "--window", s.window, "380", "400")
	s.must("xdotool", "click", "--repeat", strconv.Itoa(notches), "--delay", "20", "5")
}
