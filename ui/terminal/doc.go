// Package terminal is the program without a window: it reads the command line, runs the same checklist, prints its
// progress and the verdict in words, or the report as JSON, and saves it to files.
//
// What the user asked for goes to standard output, everything else to standard error. The exit status of check is that
// of VERDICTS.md: the kind of answer, 2 for a command that was not right, 1 for a problem of the program itself.
package terminal

import (
	"context"
	"io"

	"isitme/checks/environment"
	"isitme/checks/words"
)

// Exit statuses that are not a kind of answer.
const (
	exitOK    = 0
	exitFault = 1
	exitUsage = 2
)

// Program is what the terminal needs of the world.
type Program struct {
	Out, Err io.Writer
	// Live is true when Err is a terminal whose last line can be written over.
	Live bool
	// Width is that of the terminal in columns, 0 where it is not known.
	Width int
	// Environment is the real one.
	Environment environment.Environment
}

// Run runs one command line, without the program's name, and returns the exit status. Cancelling ctx, as Ctrl-C does,
// stops a check within 200 ms; what was learnt is printed all the same.
func (p *Program) Run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		c := words.For(words.Detect())
		p.say(c.T("cli.no_window_build"))
		p.say(c.T("cli.see_help"))
		return exitUsage
	}
	args = languageLast(args)
	if name, ok := alias(args); ok {
		args = append([]string{name}, args[1:]...)
	}
	if name := args[0]; name == "help" {
		return p.helpAbout(args[1:])
	} else if command, ok := commands[name]; ok {
		return p.command(ctx, name, command, args[1:])
	}
	if !addressLike(args[0]) && args[0] != "" { // an empty one is an address that is missing
		c := words.For(words.Detect())
		return p.misused(c, c.T("cli.unknown_command", words.A{"Name": args[0]}))
	}
	return p.command(ctx, "check", commands["check"], args)
}

// command reads the arguments of one command and runs it.
func (p *Program) command(ctx context.Context, name string, does command, args []string) int {
	a, err := parse(args, does)
	switch {
	case a.help: // asked for, it is an answer even where something else was not right
		return p.help(a.catalog, name)
	case err != nil:
		return p.misused(a.catalog, err.Error())
	}
	return does.run(p, ctx, a)
}
