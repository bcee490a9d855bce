package picture

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/ui/look"
)

const (
	// maxText is how many runes one value may have on the picture: twice our longest sentence with its names.
	maxText = 300
	// pageLines is how many lines the address may take before its middle is left out: its host and its end matter.
	pageLines = 3

	labelGap = 14 // between a label and its value
	labelMin = 88 // the column of labels is as wide as the widest one, within these
	labelMax = 150
)

// labelWidth is the width of the column of labels: languages differ.
func (w *writer) labelWidth() float32 {
	labels := []string{"report.page", "report.when", "report.seen", "report.how_sure"}
	if w.v.Facts.RequestID != "" {
		labels = append(labels, "report.request_id")
	}
	if w.r.Previous != nil {
		labels = append(labels, "report.previous")
	}
	width := float32(labelMin)
	for _, key := range labels {
		width = max(width, fyne.MeasureText(w.c.T(key), sizes[sizeValue], fyne.TextStyle{}).Width+1)
	}
	return min(width, labelMax)
}

// clean makes text that may hold names from the network fit to be drawn.
func (w *writer) clean(s string, max int) string {
	text := render.Spell(report.Clean(s, max))
	w.spelled = w.spelled || strings.Contains(text, "[U+")
	return text
}

// facts are the labelled values: which page, when, what was seen, how sure, the number to look for in a log, and the check
// before.
func (w *writer) facts() []fyne.CanvasObject {
	w.keys = w.labelWidth()
	value, plain := look.Style{Size: sizeValue}, look.Style{Size: sizeValue, Plain: true}
	address := look.Style{Size: sizeValue, Bold: true, Plain: true}
	w.page = look.NewText(w.clean(w.r.URL, 2000), address)
	rows := w.fact("report.page", w.page, w.otherName())
	rows = append(rows, w.fact("report.when", look.NewText(w.when(), value), "")...)
	if seen := w.c.Seen(w.r, w.outcome); seen != "" {
		rows = append(rows, w.fact("report.seen", look.NewText(w.clean(seen, maxText), plain), "")...)
	}
	rows = append(rows, w.fact("report.how_sure", look.NewText(w.clean(w.c.HowSure(w.v), maxText), plain), "")...)
	if id := w.v.Facts.RequestID; id != "" {
		name := w.v.Facts.RequestName
		number := strings.TrimPrefix(name+": "+id, ": ")
		text := look.NewText(w.clean(number, 200), look.Style{Size: look.SizeCode, Mono: true, Plain: true})
		rows = append(rows, w.fact("report.request_id", text, w.c.WhereID(name))...)
	}
	if before, note := w.c.Before(w.r); before != "" {
		rows = append(rows, w.fact("report.previous", look.NewText(w.clean(before, maxText), value), note)...)
	}
	return rows
}

// fact is one row with the hairline under it. note stands below the value, smaller; it may be empty.
func (w *writer) fact(label string, value *look.Text, note string) []fyne.CanvasObject {
	content := look.Column(0, value)
	if note != "" {
		content.Add(look.NewText(w.clean(note, maxText), look.Style{Size: look.SizeRow, Color: look.Muted, Plain: true}))
	}
	key := look.NewText(w.c.T(label), look.Style{Size: sizeValue, Color: look.Muted})
	row := look.SplitColumns(labelGap, w.keys/(inner-labelGap), key, content)
	return []fyne.CanvasObject{look.Inset(6, 0, 6, 0, row), look.NewRule()}
}

// cutPage leaves out the middle of an address that takes too many lines. It is called when the text has its theme.
func (w *writer) cutPage() {
	full := []rune(w.page.Text())
	width := inner - labelGap - w.keys
	if w.page.Lines(width) <= pageLines {
		return
	}
	fits := func(keep int) string {
		head := keep * 2 / 3
		return string(full[:head]) + report.Hidden + string(full[len(full)-(keep-head):])
	}
	low, high := 1, len(full) // low fits, high does not
	for high-low > 1 {
		mid := (low + high) / 2
		w.page.SetText(fits(mid))
		if w.page.Lines(width) <= pageLines {
			low = mid
		} else {
			high = mid
		}
	}
	w.page.SetText(fits(low))
}

// otherName is the site's name as a person reads it, where the address shows it in its ASCII form. Both are there, since
// the fonts that come with the program know Latin, Greek and Cyrillic only, and since names can be made to look alike.
func (w *writer) otherName() string {
	t := w.r.Evidence.Target
	if t.DisplayHost == t.Host || render.Spell(t.DisplayHost) != t.DisplayHost {
		return ""
	}
	return t.DisplayHost
}

// when is the moment of the run, the times in bold: they are what one searches a log for.
func (w *writer) when() string {
	text := w.c.When(w.r.Started)
	local, utc := w.r.Started.Format(time.TimeOnly), w.r.Started.UTC().Format(time.TimeOnly)
	for _, s := range []string{local, utc + " UTC"} {
		if strings.Count(text, s) == 1 {
			text = strings.Replace(text, s, "**"+s+"**", 1)
		}
	}
	return text
}

// outcome is what came of one visit: the site's own status, or that it gave none.
func (w *writer) outcome(f *evidence.Fetch) string {
	if hop := f.Last(); hop != nil && hop.Response != nil && hop.Response.StatusLine != "" {
		return hop.Response.StatusLine
	}
	return w.c.T("report.no_reply")
}
