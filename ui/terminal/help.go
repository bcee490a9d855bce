package terminal

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"isitme/checks/demo"
	"isitme/checks/report/schema"
	"isitme/checks/words"
)

// helpAbout is `isitme help [COMMAND]`.
func (p *Program) helpAbout(args []string) int {
	a, err := parse(args, command{tooMany: "cli.two_names"})
	c, name := a.catalog, a.subject
	if err != nil {
		return p.misused(c, err.Error())
	}
	if _, ok := commands[name]; !ok && name != "" && name != "help" {
		return p.misused(c, c.T("cli.unknown_command", words.A{"Name": name}))
	}
	return p.help(c, name)
}

// help prints the help about a command, or about the program, to standard output: it was asked for.
func (p *Program) help(c *words.Catalog, name string) int {
	text := ""
	switch name {
	case "demo":
		var names []string
		for _, n := range demo.Names() {
			names = append(names, fmt.Sprintf("  %-20s %s", n, c.T("cli.demo_name."+n)))
		}
		text = c.T("cli.help_demo", words.A{"Names": strings.Join(names, "\n")})
	case "open", "explain", "schema", "version":
		text = c.T("cli.help_" + name)
	default: // check is what the program is for: its help is that of the program
		text = c.T("cli.help")
	}
	return p.print(p.columned(text))
}

// entry is a line of a list in a help text: what may be typed, and behind two spaces what it does.
var entry = regexp.MustCompile(`^( +\S.*? {2,})(\S.*)$`)

// columned sets a help text in lines of the terminal's width; what something does stays beside it.
func (p *Program) columned(text string) string {
	var b strings.Builder
	for _, l := range strings.Split(text, "\n") {
		mark := ""
		if parts := entry.FindStringSubmatch(l); parts != nil {
			mark, l = parts[1], parts[2]
		}
		b.WriteString(hang(mark, l, p.columns()))
	}
	return b.String()
}

// print writes what was asked for to standard output.
func (p *Program) print(text string) int {
	if _, err := fmt.Fprint(p.Out, text); err != nil {
		return p.broken(err)
	}
	return exitOK
}

// misused says what was not right about the command and where to read more.
func (p *Program) misused(c *words.Catalog, problem string) int {
	p.say("isitme: " + problem)
	p.say(c.T("cli.see_help"))
	return exitUsage
}

// broken reports a fault of the program itself.
func (p *Program) broken(err error) int {
	p.say("isitme: " + err.Error())
	return exitFault
}

func (p *Program) version(context.Context, arguments) int {
	return p.print("isitme " + p.Environment.Version + "\n")
}

func (p *Program) schema(context.Context, arguments) int { return p.print(string(schema.JSON)) }
