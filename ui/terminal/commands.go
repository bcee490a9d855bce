package terminal

import (
	"context"
	"slices"
	"strings"
)

// command is one word of the command line.
type command struct {
	run func(*Program, context.Context, arguments) int
	// flags are those it takes besides --help and --lang; tooMany is the text for a second argument.
	flags   []string
	tooMany string
}

// commands are the words that may stand first on the command line, besides help.
var commands = map[string]command{
	"check": {(*Program).check, []string{
		"--json", "--save", "--wait", "--beside-vpn", "--elsewhere", "--ask-public", "--no-compare", "--no-resolvers", "--no-flush",
		"--no-keep", "--network-details",
	}, "cli.two_urls"},
	"demo":    {(*Program).demo, []string{"--json", "--save"}, "cli.two_names"},
	"open":    {(*Program).open, []string{"--json", "--save", "--network-details"}, "cli.two_names"},
	"explain": {(*Program).explain, nil, "cli.two_names"},
	"schema":  {(*Program).schema, nil, "cli.two_names"},
	"version": {(*Program).version, nil, "cli.two_names"},
}

// languageLast moves a language that stands before the command behind it, where every command takes it.
func languageLast(args []string) []string {
	n := 0
	switch {
	case args[0] == "--lang":
		n = 2
	case strings.HasPrefix(args[0], "--lang="):
		n = 1
	}
	if n == 0 || len(args) <= n {
		return args
	}
	return slices.Concat(args[n:n+1], args[:n], args[n+1:])
}

// alias is the command that a lone flag stands for, as people try it on any program.
func alias(args []string) (string, bool) {
	switch args[0] {
	case "--version", "-v", "-V":
		return "version", true
	case "--help", "-h", "-?", "/?":
		return "help", true
	}
	return "", false
}

// addressLike reports whether a first argument that is no command is meant as an address, or as the text around one: an
// address has a dot, a colon or a slash in it, a text a space, a flag belongs to check.
func addressLike(arg string) bool {
	return strings.ContainsAny(arg, ".:/ ") || strings.HasPrefix(arg, "-") || arg == "localhost"
}

// Wants reports whether a command line is for the terminal: it begins with a command or a flag. Without either it is for
// the window, where there is one.
func Wants(args []string) bool {
	if len(args) == 0 {
		return false
	}
	_, ok := commands[args[0]]
	return ok || args[0] == "help" || strings.HasPrefix(args[0], "-")
}
