package terminal

import (
	"context"
	"fmt"
	"strings"

	"isitme/checks/demo"
	"isitme/checks/report/schema"
	"isitme/checks/words"
)

// helpAbout is `isitme help [COMMAND]`.
func (p *Program) helpAbout(args []string) int {
	c := words.For(words.Detect())
	if len(args) == 0 || args[0] == "help" {
		return p.help(c, "")
	}
	if _, ok := commands[args[0]]; !ok {
		return p.misused(c, c.T("cli.unknown_command", words.A{"Name": args[0]}))
	}
	return p.help(c, args[0])
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
	return p.print(text + "\n")
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
