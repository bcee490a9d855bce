package terminal

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"isitme/checks/checklist"
	"isitme/checks/words"
)

// arguments are the flags of a command and its one argument: an address, the name of an example, a file.
type arguments struct {
	subject        string
	json           bool
	save           []string
	elsewhere      bool
	noKeep         bool
	networkDetails bool
	help           bool
	options        checklist.Options
	catalog        *words.Catalog
}

// parse reads flags before, after and around the one argument of a command. A lone "--" ends the flags. The error is a
// sentence for the user, in the language asked for so far; what could be read is returned with it.
func parse(args []string, of command) (arguments, error) {
	a := arguments{catalog: words.For(words.Detect())}
	switches := map[string]*bool{
		"--json": &a.json, "--wait": &a.options.Wait, "--beside-vpn": &a.options.BesideVPN, "--elsewhere": &a.elsewhere,
		"--ask-public": &a.options.AskPublic, "--no-compare": &a.options.NoCompare, "--no-resolvers": &a.options.NoResolvers,
		"--no-flush": &a.options.NoFlush, "--no-keep": &a.noKeep, "--network-details": &a.networkDetails,
		"--help": &a.help, "-h": &a.help,
	}
	var first error
	wrong := func(key string, particulars words.A) {
		if first == nil {
			first = errors.New(a.catalog.T(key, particulars))
		}
	}
	takes := func(flag string) bool {
		return flag == "--lang" || flag == "--help" || flag == "-h" || slices.Contains(of.flags, flag)
	}
	flags := true
	for i := 0; i < len(args); i++ {
		arg := args[i]
		name, value, joined := strings.Cut(arg, "=")
		switch {
		case flags && arg == "--":
			flags = false
		case flags && (name == "--save" || name == "--lang") && takes(name):
			if !joined {
				if i++; i >= len(args) {
					wrong("cli.flag_needs_value", words.A{"Flag": name})
					continue
				}
				value = args[i]
			}
			if key, particulars := a.set(name, value); key != "" {
				wrong(key, particulars)
			}
		case flags && switches[arg] != nil && takes(arg):
			*switches[arg] = true
		case flags && len(arg) > 1 && arg[0] == '-':
			wrong("cli.unknown_flag", words.A{"Flag": arg})
		case a.subject != "":
			wrong(of.tooMany, words.A{"Name": arg})
		default:
			a.subject = arg
		}
	}
	return a, first
}

// set takes the value of a flag that has one. What it returns is the text that says what is wrong with it.
func (a *arguments) set(name, value string) (string, words.A) {
	if name == "--save" {
		if _, known := formats()[strings.ToLower(filepath.Ext(value))]; !known {
			return "cli.unknown_format", nil
		}
		a.save = append(a.save, value)
		return "", nil
	}
	var codes []string
	for _, l := range words.Languages() {
		codes = append(codes, l.Code)
	}
	// A region may stand behind: "pt-BR", "de_AT.UTF-8".
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(value, "_", "-")), "-")
	if !slices.Contains(codes, base) {
		return "cli.unknown_language", words.A{"Name": value, "Names": strings.Join(codes, ", ")}
	}
	a.catalog = words.For(value)
	return "", nil
}
