// Is It Me? tells whose fault it is that a web page does not open: the visitor's side or the site's. Without arguments, or
// with an address alone, it opens a window; `isitme check URL` does the same in a terminal.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/term"

	"isitme/checks/environment/real"
	"isitme/ui/desktop"
	"isitme/ui/terminal"
)

// version is set when a release is linked.
var version = "1.0.0-dev"

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	env, err := real.Environment(version)
	if err != nil {
		return failed(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	if desktop.Available() && !terminal.Wants(args) {
		if err := desktop.Run(ctx, env, strings.Join(args, " ")); err != nil {
			return failed(err)
		}
		return 0
	}
	width, _, err := term.GetSize(int(os.Stderr.Fd()))
	live := err == nil && os.Getenv("TERM") != "dumb" // one that cannot go back to the beginning of a line
	program := terminal.Program{Out: os.Stdout, Err: os.Stderr, Live: live, Width: width, Environment: env}
	return program.Run(ctx, args)
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "isitme:", err)
	return 1
}
