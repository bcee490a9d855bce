package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"isitme/checks/line"
	"isitme/checks/report"
	"isitme/checks/words"
)

// Text writes the report as plain text for a chat or a mail. Lines are not wrapped: whatever shows them does that better.
func Text(w io.Writer, r report.Report, c *words.Catalog) error {
	p, err := newPage(r, c)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	line := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	line("%s", p.Headline)
	line("%s", p.Sentence)
	line("")
	line("%s", textLine(p.Line))
	line("")
	for _, f := range p.Facts {
		line("%s: %s", f.Label, f.Value)
		if f.Note != "" {
			line("  %s", f.Note)
		}
	}
	set := func(l list) {
		line("\n%s:", l.Title)
		for i, item := range l.Items {
			line("%s %s", l.bullet(i), item)
		}
	}
	for _, l := range p.Lists {
		set(l)
	}
	line("\n--- %s ---", p.Technical)
	line("%s", p.Warning)
	if len(p.Checklist.Items) > 0 {
		set(p.Checklist)
	}
	for _, t := range p.Tables {
		line("\n%s", t.Title)
		if t.Note != "" {
			line("%s", t.Note)
		}
		for _, row := range t.Rows {
			line("- %s", t.textRow(row))
		}
	}
	line("\n%s", strings.Join(p.Foot, " · "))
	return out.Flush()
}

// bullet is what stands before item i.
func (l list) bullet(i int) string {
	switch {
	case l.Numbered:
		return fmt.Sprintf("%d.", i+1)
	case l.Ticked:
		return "✓"
	}
	return "-"
}

// textRow is a row of a table as running text: "1 · 13:32:08.000 · …", with each column's head where the values alone
// would not say what they are.
func (t table) textRow(row []string) string {
	var parts []string
	for i, cell := range row {
		if cell == "" {
			continue
		}
		if t.Named && i < len(t.Head) {
			cell = t.Head[i] + " " + cell
		}
		parts = append(parts, cell)
	}
	if len(t.Head) == 0 && len(parts) == 2 {
		return parts[0] + ": " + parts[1]
	}
	return strings.Join(parts, " · ")
}

// textLine draws the line with signs that every chat shows.
func textLine(all []station) string {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(s.Name)
		if s.Word != "" {
			b.WriteString(" (" + s.Word + ")")
		}
		switch s.Join {
		case line.Solid:
			b.WriteString(" —— ")
		case line.Cut:
			b.WriteString(" — ✗ — ")
		case line.Dots:
			b.WriteString(" ···· ")
		}
	}
	return b.String()
}
