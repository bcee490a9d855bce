package terminal

import "slices"

// commands are the words that may stand first on the command line.
var commands = []string{"check", "demo", "open", "explain", "schema", "version", "help"}

// Wants reports whether a command line is for the terminal: it begins with a command or a flag. Without either it is for
// the window, where there is one.
func Wants(args []string) bool {
	return len(args) > 0 && (slices.Contains(commands, args[0]) || len(args[0]) > 0 && args[0][0] == '-')
}
