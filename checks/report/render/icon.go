package render

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"isitme/assets"
	"isitme/checks/line"
	"isitme/checks/verdict"
)

// icons caches the outline of every icon by name: the d attribute of its one path, in a field of 24 by 24.
var icons sync.Map

var reOutline = regexp.MustCompile(` d="([^"]*)"`)

// outline is the path data of an icon of assets/icons, empty for a name that is not there.
func outline(name string) string {
	if d, ok := icons.Load(name); ok {
		return d.(string)
	}
	d := ""
	if svg, err := assets.Icons.ReadFile("icons/" + name + ".svg"); err == nil {
		if m := reOutline.FindSubmatch(svg); m != nil {
			d = string(m[1])
		}
	}
	icons.Store(name, d)
	return d
}

// point is a corner of an outline.
type point struct{ x, y float64 }

// polygons reads path data that is made of straight lines only, as all icons are.
func polygons(d string) [][]point {
	var all [][]point
	var now []point
	fields := strings.FieldsFunc(strings.NewReplacer("M", " M ", "L", " L ", "H", " H ", "V", " V ", "Z", " Z ").Replace(d),
		func(r rune) bool { return r == ' ' || r == ',' })
	number := func(i int) float64 {
		if i >= len(fields) {
			return 0
		}
		f, _ := strconv.ParseFloat(fields[i], 64)
		return f
	}
	for i := 0; i < len(fields); i++ {
		switch fields[i] {
		case "M", "L":
			now = append(now, point{number(i + 1), number(i + 2)})
			i += 2
		case "Z":
			all, now = append(all, now), nil
		}
	}
	return all
}

// verdictIcon is the picture of an answer.
func verdictIcon(w verdict.Who) string { return "verdict-" + string(w) }

// placeIcon is the picture of a station.
func placeIcon(p line.Place) string {
	switch p {
	case line.Computer:
		return "place-computer"
	case line.Connection:
		return "place-connection"
	case line.Lookup, line.Listing:
		return "place-lookup"
	case line.Door:
		return "place-door"
	case line.Server:
		return "place-server"
	case line.Site:
		return "place-site"
	case line.Page:
		return "place-page"
	}
	return "place-way"
}

// badge is the small picture at a station's edge, and whose colour it has: "fine", "bad", "none".
func badge(s line.State) (icon, tone string) {
	switch s {
	case line.Works:
		return "state-fine", "fine"
	case line.Broken, line.Seen:
		return "state-found", "bad"
	}
	return "verdict-unknown", "none"
}
