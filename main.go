// Is It Me? tells whose fault it is that a web page does not open: the visitor's side or the site's. Without arguments
// it opens a window; `isitme check URL` does the same in a terminal.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"isitme/checks/environment/real"
	"isitme/ui/terminal"
)

// version is set when a release is linked.
var version = "1.0.0-dev"

func main() { os.Exit(run()) }

func run() int {
	env, err := real.Environment(version)
	if err != nil {
		fmt.Fprintln(os.Stderr, "isitme:", err)
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	width, _, err := term.GetSize(int(os.Stderr.Fd()))
	program := terminal.Program{
		Out: os.Stdout, Err: os.Stderr, Live: err == nil, Width: width, Environment: env,
	}
	return program.Run(ctx, os.Args[1:])
}
