package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"

	"isitme/checks/report"
	"isitme/checks/report/schema"
	"isitme/checks/verdict"
	"isitme/checks/words"
)

// usage prints the help to standard error, as after a command that was not right.
func (p *Program) usage(c *words.Catalog) int {
	p.help(p.Err, c)
	return exitUsage
}

func (p *Program) help(w io.Writer, c *words.Catalog) { fmt.Fprintln(w, c.T("cli.help")) }

// Help prints the help to standard output.
func (p *Program) Help() int {
	p.help(p.Out, words.For(words.Detect()))
	return exitOK
}

// misused says what was not right about the command and where to read more.
func (p *Program) misused(c *words.Catalog, problem string) int {
	p.say("isitme: " + problem)
	p.say("isitme: " + c.T("cli.see_help"))
	return exitUsage
}

// broken reports a fault of the program itself.
func (p *Program) broken(err error) int {
	p.say("isitme: " + err.Error())
	return exitFault
}

func (p *Program) version() int {
	fmt.Fprintf(p.Out, "isitme %s\n", p.Environment.Version)
	return exitOK
}

func (p *Program) schema() int {
	if _, err := p.Out.Write(schema.JSON); err != nil {
		return p.broken(err)
	}
	return exitOK
}

// open is `isitme open FILE`: it shows a saved report as the visitor saw it.
func (p *Program) open(args []string) int {
	a, err := parse(args)
	if err != nil || a.url == "" {
		return p.usage(a.catalog)
	}
	file, err := os.Open(a.url)
	if err != nil {
		return p.broken(err)
	}
	defer file.Close()
	r, err := report.Read(file)
	if err != nil {
		return p.broken(err)
	}
	if err := p.print(r.Redact(a.networkDetails), a); err != nil {
		return p.broken(err)
	}
	return exitOK
}

// explain prints the rules in their order: what leads to each answer, and what makes it certain.
func (p *Program) explain(args []string) int {
	found := false
	for _, rule := range verdict.Rules() {
		if len(args) > 0 && args[0] != string(rule.Cause) && args[0] != string(rule.Who) {
			continue
		}
		found = true
		fmt.Fprintf(p.Out, "%s / %s   (%s)\n", rule.Who, rule.Cause, rule.ID)
		fmt.Fprintf(p.Out, "    when     %s\n", wrap(rule.When))
		if rule.Sure != "" {
			fmt.Fprintf(p.Out, "    certain  %s\n", wrap(rule.Sure))
		}
	}
	if !found {
		c := words.For(words.Detect())
		return p.misused(c, c.T("cli.unknown_cause", words.A{"Name": args[0]}))
	}
	return exitOK
}

// wrap breaks a long explanation into lines that stand under its beginning.
func wrap(text string) string {
	const width = 100
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if len(line)+len(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n             ")
}
