package render

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"

	"isitme/assets"
)

// Lengths are millimetres, sizes of type points.
const (
	sheetWidth   = 210.0 // A4 (ISO 216)
	sheetHeight  = 297.0
	margin       = 18.0
	inner        = sheetWidth - 2*margin
	textBody     = 10.5
	textSmall    = 9.0
	textCell     = 7.5
	leading      = 1.36 // line height of Noto Sans, in sizes
	pointInMM    = 25.4 / 72
	sheetFooting = 16.0
)

// face is one of the three faces of the PDF.
type face struct {
	family, style string
	file          func() []byte
	glyphs        func() *sfnt.Font
}

// newFace takes the font as it is embedded: packed.
func newFace(family, style string, packed []byte) face {
	file := sync.OnceValue(func() []byte {
		unpacked, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			panic("render: embedded font: " + err.Error())
		}
		data, err := io.ReadAll(unpacked)
		if err != nil {
			panic("render: embedded font: " + err.Error())
		}
		return data
	})
	return face{family, style, file, sync.OnceValue(func() *sfnt.Font {
		f, err := sfnt.Parse(file())
		if err != nil {
			panic("render: embedded font: " + err.Error())
		}
		return f
	})}
}

var (
	regular = newFace("noto", "", assets.FontRegular)
	bold    = newFace("noto", "B", assets.FontBold)
	mono    = newFace("mono", "", assets.FontMono)
)

// sheet draws a page onto paper, from top to bottom.
type sheet struct {
	pdf  *fpdf.Fpdf
	page *page
	tone tone
	y    float64
	face face
	// spelled is true once a sign had to be spelled out.
	spelled bool
}

func newSheet(p *page, made time.Time) *sheet {
	pdf := fpdf.New("P", "mm", "A4", "")
	s := &sheet{pdf: pdf, page: p, tone: tones[p.Who], y: margin}
	for _, f := range []face{regular, bold, mono} {
		pdf.AddUTF8FontFromBytes(f.family, f.style, f.file())
	}
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle(p.Host+": "+p.Headline, true)
	pdf.SetCreator("Is It Me?", true)
	pdf.SetLang(p.Lang)
	pdf.SetCreationDate(made.UTC()) // it is written without its zone
	pdf.SetModificationDate(made.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetFooterFunc(s.foot)
	pdf.AddPage()
	return s
}

// use sets face, size and colour of the text that follows.
func (s *sheet) use(f face, size float64, c colour) {
	s.face = f
	s.pdf.SetFont(f.family, f.style, size)
	s.pdf.SetTextColor(c.rgb())
}

// spell is text as the face set can show it.
func (s *sheet) spell(text string) string {
	spelled := s.face.spell(text)
	s.spelled = s.spelled || strings.Contains(spelled, "[U+")
	return spelled
}

// lineHeight is the height of a line of a size.
func lineHeight(size float64) float64 { return size * leading * pointInMM }

// wrap breaks text in the face set into lines of at most width: between words, and inside a word that is longer than a
// line, best after a sign that divides addresses.
func (s *sheet) wrap(text string, width float64) []string {
	width += 0.01 // a column is as wide as its longest value, give or take the last bit of a sum
	var lines []string
	line := ""
	for _, word := range strings.Fields(s.spell(text)) {
		joined := strings.TrimPrefix(line+" "+word, " ")
		if s.pdf.GetStringWidth(joined) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = ""
		for _, r := range word {
			if line != "" && s.pdf.GetStringWidth(line+string(r)) > width {
				at := divide(line)
				lines = append(lines, line[:at])
				line = line[at:]
			}
			line += string(r)
		}
	}
	return append(lines, line)
}

// divide is where a line that holds a part of one long word is best broken: behind the last sign that divides addresses,
// unless that leaves less than half of it, and at its end otherwise.
func divide(line string) int {
	if at := strings.LastIndexAny(line, "/.-_?&=:,;") + 1; at > len(line)/2 {
		return at
	}
	return len(line)
}

// print writes one line with its top at y.
func (s *sheet) print(x, y, size float64, text string) {
	s.pdf.Text(x, y+size*pointInMM*1.07, text)
}

// lines writes several lines from y on and returns where they end.
func (s *sheet) lines(x, y, size float64, lines []string) float64 {
	for _, l := range lines {
		s.print(x, y, size, l)
		y += lineHeight(size)
	}
	return y
}

// room starts a new sheet unless height is left on this one.
func (s *sheet) room(height float64) {
	if s.y+height > sheetHeight-sheetFooting-4 {
		s.pdf.AddPage()
		s.y = margin
	}
}

func (s *sheet) rule() {
	s.pdf.SetDrawColor(hairline.rgb())
	s.pdf.SetLineWidth(0.25)
	s.pdf.Line(margin, s.y, sheetWidth-margin, s.y)
}

// icon fills an outline of 24 units in a square of size at x, y.
func (s *sheet) icon(d string, x, y, size float64, c colour) {
	s.pdf.SetFillColor(c.rgb())
	scale := size / 24
	for _, poly := range polygons(d) {
		for i, p := range poly {
			if i == 0 {
				s.pdf.MoveTo(x+p.x*scale, y+p.y*scale)
			} else {
				s.pdf.LineTo(x+p.x*scale, y+p.y*scale)
			}
		}
		s.pdf.ClosePath()
	}
	s.pdf.DrawPath("F")
}

func (s *sheet) foot() {
	y := sheetHeight - sheetFooting
	s.pdf.SetDrawColor(hairline.rgb())
	s.pdf.SetLineWidth(0.25)
	s.pdf.Line(margin, y, sheetWidth-margin, y)
	saved := s.face
	s.use(regular, 8, muted)
	number := s.pdf.GetStringWidth("00")
	lines := s.wrap(strings.Join(s.page.Foot, " · "), inner-2*number)
	s.lines(margin, y+2, 8, lines[:min(2, len(lines))])
	s.pdf.Text(sheetWidth-margin-number, y+2+8*pointInMM*1.07, strconv.Itoa(s.pdf.PageNo()))
	s.face = saved
}
