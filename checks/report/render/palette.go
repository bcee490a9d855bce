package render

import (
	"strconv"

	"isitme/checks/verdict"
)

// colour is an sRGB colour, "#RRGGBB".
type colour string

// rgb are its parts, 0 to 255.
func (c colour) rgb() (r, g, b int) {
	n, err := strconv.ParseUint(string(c[1:]), 16, 24)
	if err != nil {
		return 0, 0, 0
	}
	return int(n >> 16), int(n >> 8 & 0xFF), int(n & 0xFF)
}

// The light theme, which paper always has. report.css names the same colours; a test holds them together.
const (
	surface   colour = "#FFFFFF"
	hairline  colour = "#D2DCDB"
	border    colour = "#6B7F85"
	ink       colour = "#14252C"
	muted     colour = "#475A61"
	primary   colour = "#0B5563"
	onPrimary colour = "#FFFFFF"
	fine      colour = "#1F6B3A"
)

// tone is the colour of an answer and the tint of its panel.
type tone struct{ strong, tint colour }

var tones = map[verdict.Who]tone{
	verdict.Working: {"#1F6B3A", "#DFF1E3"},
	verdict.Site:    {"#9C3A12", "#FCE7DB"},
	verdict.You:     {"#3F45A8", "#E6E7FA"},
	verdict.Refused: {"#8A2A63", "#F8E3EF"},
	verdict.Address: {"#6B5200", "#F6ECC8"},
	verdict.Unknown: {"#43525C", "#E2E9EC"},
}
