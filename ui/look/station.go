package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"isitme/checks/line"
	"isitme/checks/verdict"
)

// stop is one station of the line as drawn: a circle with its picture, a badge at its corner, a name and a word.
type stop struct {
	station   line.Station
	who       verdict.Who
	on        fyne.ThemeColorName
	face      *canvas.Circle
	icon      *Picture
	badgeFace *canvas.Rectangle
	badge     *Picture
	arc       *Spinner
	name      *Text
	word      *Text
}

func newStop() *stop {
	label := Style{Size: SizeSmall, Bold: true, Align: fyne.TextAlignCenter, Plain: true}
	s := &stop{
		face: &canvas.Circle{}, badgeFace: round(badge / 2),
		icon: NewPicture("place-way", placeIcon, Ink), badge: NewPicture("state-fine", badgeIcon, Ink),
		arc: NewSpinner(badgeIcon), name: NewText("", label),
	}
	label.Bold = false
	s.word = NewText("", label)
	s.face.StrokeWidth = discStroke
	return s
}

func (s *stop) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.face, s.icon, s.badgeFace, s.badge, s.arc, s.name, s.word}
}

// colors are the names of what a station's circle is filled with, its edge and its icon.
func (s *stop) colors() (fill, edge, icon fyne.ThemeColorName) {
	switch s.station.State {
	case line.Works:
		return Surface, Ink, Ink
	case line.Broken:
		return Strong(s.who), Strong(s.who), Surface
	case line.Seen:
		return Surface, Strong(verdict.Site), Strong(verdict.Site)
	case line.Asking:
		return Surface, Primary, Primary
	default:
		return Surface, Border, Muted
	}
}

// mark is the icon and colour of the badge; an empty name means none.
func (s *stop) mark() (string, fyne.ThemeColorName) {
	switch s.station.State {
	case line.Works:
		return "state-fine", Strong(verdict.Working)
	case line.Broken:
		return "state-found", Strong(s.who)
	case line.Seen:
		return "state-found", Strong(verdict.Site)
	case line.Unknown:
		return "verdict-unknown", Strong(verdict.Unknown)
	default:
		return "", ""
	}
}

func (s *stop) set(st line.Station, label Label, who verdict.Who, on fyne.ThemeColorName) {
	s.station, s.who, s.on = st, who, on
	s.name.SetText(label.Name)
	s.word.SetText(label.Word)
	_, _, ink := s.colors()
	icon, ok := placeIcons[st.Place]
	if !ok {
		icon = "place-way"
	}
	s.icon.Set(icon, ink)
	name, color := s.mark()
	s.badge.Hidden = name == ""
	if name != "" {
		s.badge.Set(name, color)
	}
	asking := st.State == line.Asking
	s.arc.Turn(asking)
	s.badgeFace.Hidden = name == "" && !asking
	switch st.State {
	case line.Broken:
		s.word.SetColor(Strong(who))
	case line.Seen:
		s.word.SetColor(Strong(verdict.Site))
	default:
		s.word.SetColor(Muted)
	}
	s.word.SetBold(st.State == line.Broken || st.State == line.Seen)
}

// labelWidth is the width of the labels in a column: a little more than the column where a long word needs it, since a
// word broken in two reads worse than labels that stand close.
func (s *stop) labelWidth(column float32) float32 {
	w := s.widestWord() + 1
	return fyne.Min(fyne.Max(w, column-2*labelMargin), column+labelReach)
}

// widestWord is the width of the widest word of the labels.
func (s *stop) widestWord() float32 { return fyne.Max(s.name.widestWord(), s.word.widestWord()) }

// downHeight is what the station takes on a line that goes down and is width units wide.
func (s *stop) downHeight(width float32) float32 {
	width -= disc + downLabel
	return fyne.Max(disc, s.name.HeightFor(width)+s.word.HeightFor(width))
}

// layout places the station in its column, which begins at x.
func (s *stop) layout(x, width float32) {
	s.layoutCircle(x+(width-disc)/2, 0)
	w := s.labelWidth(width)
	s.layoutLabel(fyne.NewPos(x+(width-w)/2, disc+labelGap), w, fyne.TextAlignCenter)
}

// layoutDown places the station on a line that goes down and is width units wide, from y on, its label beside it.
func (s *stop) layoutDown(y, width float32) {
	s.layoutCircle(0, y)
	width -= disc + downLabel
	label := s.name.HeightFor(width) + s.word.HeightFor(width)
	s.layoutLabel(fyne.NewPos(disc+downLabel, y+fyne.Max(0, (disc-label)/2)), width, fyne.TextAlignLeading)
}

// layoutLabel places the name and, under it, the word.
func (s *stop) layoutLabel(pos fyne.Position, width float32, align fyne.TextAlign) {
	for _, t := range []*Text{s.name, s.word} {
		h := t.HeightFor(width)
		t.SetAlign(align)
		t.Move(pos)
		t.Resize(fyne.NewSize(width, h))
		pos.Y += h
	}
}

// layoutCircle places the circle with what is in it and on it.
func (s *stop) layoutCircle(left, top float32) {
	s.face.Move(fyne.NewPos(left+discStroke/2, top+discStroke/2)) // the stroke is drawn astride the circle's edge
	s.face.Resize(fyne.NewSquareSize(disc - discStroke))
	in := float32(disc-placeIcon) / 2
	s.icon.Move(fyne.NewPos(left+in, top+in))
	s.icon.Resize(fyne.NewSquareSize(placeIcon))
	// the badge hangs over the circle's lower right edge
	bx, by := left+disc-badge+7, top+disc-badge+3
	s.badgeFace.Move(fyne.NewPos(bx, by))
	s.badgeFace.Resize(fyne.NewSquareSize(badge))
	in = float32(badge-badgeIcon) / 2
	for _, o := range []fyne.CanvasObject{s.badge, s.arc} {
		o.Move(fyne.NewPos(bx+in, by+in))
		o.Resize(fyne.NewSquareSize(badgeIcon))
	}
}

func (s *stop) paint(v *LineView) {
	fill, edge, _ := s.colors()
	s.face.FillColor, s.face.StrokeColor = paint(v, fill), paint(v, edge)
	s.badgeFace.FillColor = paint(v, s.on)
}
