package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"isitme/checks/report"
	"isitme/checks/words"
)

// Markdown writes the report for an issue tracker (GitHub Flavored Markdown). Nothing in it is a link, a mention or markup
// of somebody else's: values stand in code spans, and text is escaped.
func Markdown(w io.Writer, r report.Report, c *words.Catalog) error {
	p, err := newPage(r, c)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	line := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	line("## %s\n\n%s\n", markText(p.Headline), markText(p.Sentence))
	line("> %s\n", markText(textLine(p.Line)))
	line("| | |\n| --- | --- |")
	for _, f := range p.Facts {
		value := markText(f.Value)
		if f.Code || f.Strong {
			value = markCode(f.Value)
		}
		if f.Note != "" {
			value += "<br>" + markText(f.Note)
		}
		line("| **%s** | %s |", markText(f.Label), value)
	}
	set := func(head string, l list) {
		line("\n%s %s\n", head, markText(l.Title))
		for i, item := range l.Items {
			bullet := "-"
			if l.Numbered {
				bullet = l.bullet(i)
			}
			line("%s %s", bullet, markText(item))
		}
	}
	for _, l := range p.Lists {
		set("###", l)
	}
	line("\n<details>\n<summary>%s</summary>\n\n%s", htmlText(p.Technical), markText(p.Warning))
	if len(p.Checklist.Items) > 0 {
		set("####", p.Checklist)
	}
	for _, t := range p.Tables {
		line("\n#### %s\n", markText(t.Title))
		if t.Note != "" {
			line("%s\n", markText(t.Note))
		}
		head := t.Head
		if len(head) == 0 {
			head = make([]string, len(t.Rows[0]))
		}
		line("%s", markRow(head, markText))
		line("%s", markRow(head, func(string) string { return "---" }))
		for _, row := range t.Rows {
			if t.Fixed {
				line("%s", markRow(row, markCode))
			} else {
				line("%s", markRow(row, markText))
			}
		}
	}
	line("\n</details>\n\n<sub>%s</sub>", markText(strings.Join(p.Foot, " · ")))
	return out.Flush()
}

func markRow(cells []string, set func(string) string) string {
	var b strings.Builder
	b.WriteString("|")
	for _, c := range cells {
		b.WriteString(" " + set(c) + " |")
	}
	return b.String()
}

// markText escapes a line of text: every sign that can mean something in Markdown, and the ones with which trackers
// mention people, issues and repositories. An empty comment keeps those apart from what follows, where a backslash does
// not: trackers look for them in the finished text.
func markText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@' || r == '#':
			b.WriteString("\\" + string(r) + "<!-- -->")
		case strings.ContainsRune("\\`*_{}[]()!|~:.$^=-+", r):
			b.WriteString("\\" + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// markCode sets a value as a code span whose fence is longer than any run of backticks in it. In a table a pipe ends the
// cell even there, unless it is escaped.
func markCode(s string) string {
	if s == "" {
		return ""
	}
	longest, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if longest > 0 {
		s = " " + s + " "
	}
	return fence + strings.ReplaceAll(s, "|", `\|`) + fence
}

// htmlText escapes text inside the few HTML tags of the Markdown.
func htmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
