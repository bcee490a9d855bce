package render

// PaletteForTest lists the colours of the PDF.
func PaletteForTest() []string {
	all := []string{}
	for _, c := range []colour{surface, hairline, border, ink, muted, primary, onPrimary, fine} {
		all = append(all, string(c))
	}
	for _, t := range tones {
		all = append(all, string(t.strong), string(t.tint))
	}
	return all
}
