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
	// Live is true when Err is a terminal whose last line can be written over; Width is its width.
	Live  bool
	Width int
	// Environment is the real one.
	Environment environment.Environment
}

// Run runs one command line, without the program's name, and returns the exit status. Cancelling ctx, as Ctrl-C does,
// stops a check within 200 ms; what was learnt is printed all the same.
func (p *Program) Run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		return p.usage(words.For(words.Detect()))
	}
	switch args[0] {
	case "check":
		return p.check(ctx, args[1:])
	case "demo":
		return p.demo(ctx, args[1:])
	case "open":
		return p.open(args[1:])
	case "explain":
		return p.explain(args[1:])
	case "schema":
		return p.schema()
	case "version", "--version", "-v":
		return p.version()
	default:
		return p.usage(words.For(words.Detect()))
	}
}
