package look

import (
	"encoding/binary"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// How far a line reaches below its baseline, in parts of the text size. Fyne 2.7 puts the baseline on the next whole pixel
// but rounds the height of a line; with the fonts' own 0.293 and 0.236 that cut the last row off every g of 15 units,
// and of 13 in the font for codes. These are the least at which no size and no usual scale of the screen cuts any.
const (
	sansDescent = 0.300
	monoDescent = 0.279
)

// The fonts, made once, since the painter keeps what it has drawn by font.
var (
	regular = sync.OnceValue(func() fyne.Resource { return withDescent(theme.DefaultTextFont(), sansDescent) })
	bold    = sync.OnceValue(func() fyne.Resource { return withDescent(theme.DefaultTextBoldFont(), sansDescent) })
	mono    = sync.OnceValue(func() fyne.Resource { return withDescent(theme.DefaultTextMonospaceFont(), monoDescent) })
)

// withDescent is a TrueType font whose lines reach so far below the baseline: another number in its tables "hhea" and
// "OS/2" (OpenType specification 1.9, "hhea", "OS/2": descender, sTypoDescender), else the same.
func withDescent(font fyne.Resource, descent float64) fyne.Resource {
	data := append([]byte(nil), font.Content()...)
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		entry := data[12+16*i:]
		tables[string(entry[:4])] = data[binary.BigEndian.Uint32(entry[8:]):]
	}
	unitsPerEm := float64(binary.BigEndian.Uint16(tables["head"][18:]))
	down := uint16(-int16(descent * unitsPerEm))
	binary.BigEndian.PutUint16(tables["hhea"][6:], down)
	binary.BigEndian.PutUint16(tables["OS/2"][70:], down)
	return fyne.NewStaticResource(font.Name(), data)
}
